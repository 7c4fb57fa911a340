"""Approvals are of words, by their digest, and versions know who wrote them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attribution', '0008_statements'),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='country',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='statement',
            name='said_why',
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='statementapproval',
            name='answered',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='statementapproval',
            name='digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='statementversion',
            name='account',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='statementversion',
            name='approved',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='statementversion',
            name='written_by',
            field=models.UUIDField(null=True),
        ),
    ]
