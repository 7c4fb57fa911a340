"""Senders of sealed messages are told that they were not read and are wiped."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0011_erased_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='receipt',
            name='sealed',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.sealedmessage'),
        ),
        migrations.AddField(
            model_name='sealedmessage',
            name='answer_to',
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.AddField(
            model_name='sealedmessage',
            name='language',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AlterField(
            model_name='receipt',
            name='message',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.message'),
        ),
    ]
