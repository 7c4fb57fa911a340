"""The intake wing's records can stand in compartments and under embargoes."""

from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_access'),
        ('intake', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='replay',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='replay',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sighting',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='sighting',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        scoped("intake_message", "intake_replay", "intake_sighting"),
    ]
