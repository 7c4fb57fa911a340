"""On which lines an agreement was made."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0003_no_help'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='lines',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
    ]
