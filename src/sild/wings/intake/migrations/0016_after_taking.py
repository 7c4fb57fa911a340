"""What happens at a mailbox to a message that was taken and kept: nothing, unless it was added with other words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0015_originals_of_several"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="afterwards",
            field=models.CharField(blank=True, default="", max_length=210),
        ),
    ]
