"""Files that came for a licence case stand beside the papers that were made of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clearance', '0005_handovers'),
    ]

    operations = [
        migrations.AddField(
            model_name='casedocument',
            name='came',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='casedocument',
            name='name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='casedocument',
            name='signed_on',
            field=models.DateField(null=True),
        ),
    ]
