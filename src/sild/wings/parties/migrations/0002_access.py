"""The parties wing's records can stand in compartments and under embargoes."""

from django.db import migrations, models

from sild.kernel.scope import scoped


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_access'),
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='party',
            name='compartment_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='party',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        scoped("parties_party"),
    ]
