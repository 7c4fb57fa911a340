"""Whether single keys do something on the pages of an account: its person's own choice."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0011_persons'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='keys',
            field=models.BooleanField(default=True),
        ),
    ]
