"""What recipients ask to have longer, and givers ask back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='consignment',
            name='asked_back',
            field=models.DecimalField(decimal_places=3, default=0, max_digits=18),
        ),
        migrations.AddField(
            model_name='consignment',
            name='asked_until',
            field=models.DateField(null=True),
        ),
    ]
