"""The same bytes may lie in a compartment: that they are there once holds in the open alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0004_as_their_message'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='message',
            name='message_digest_in_organisation',
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('compartment_id__isnull', True)), fields=('mechanism_id', 'owner_id', 'digest'), name='message_digest_in_organisation'),
        ),
    ]
