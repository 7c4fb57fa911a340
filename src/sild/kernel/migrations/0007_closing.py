"""Closing a record closes the acts that wrote it: an act's reason may speak of what it wrote."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0006_grants'),
    ]

    operations = [
        migrations.RunSQL(
            ["grant update (marking, compartments) on kernel_act to sild_app"],
            ["revoke update (marking, compartments) on kernel_act from sild_app"],
        ),
    ]
