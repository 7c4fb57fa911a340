"""When words were erased from a message: then its original is not kept, and nobody looks for it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0010_mailboxes_and_receipts'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='erased_at',
            field=models.DateTimeField(null=True),
        ),
    ]
