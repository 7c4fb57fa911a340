"""The linkage wing's records can stand in compartments and under embargoes."""

from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_access'),
        ('linkage', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='judgement',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='judgement',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='link',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='link',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        scoped("linkage_judgement", "linkage_link"),
    ]
