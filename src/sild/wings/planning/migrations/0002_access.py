"""The planning wing's records can stand in compartments and under embargoes."""

from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_access'),
        ('planning', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='assessment',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='assessment',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='limit',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='limit',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='match',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='match',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='plan',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='plan',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        scoped("planning_assessment", "planning_limit", "planning_match", "planning_plan"),
    ]
