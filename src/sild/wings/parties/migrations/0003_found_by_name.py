"""Parties are found by their names and by the party above them, without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0002_access'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['name'], name='party_name'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['parent'], name='party_parent'),
        ),
    ]
