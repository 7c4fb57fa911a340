"""A lowering keeps whose account proposed it, is proposed before it is confirmed, and opens no more than it says."""

from django.db import migrations, models

from sild.kernel.scope import GUARD, TWO_PEOPLE

# those that wait were proposed by whoever sits there, as far as anybody knows
WHO_SITS_THERE = """update kernel_lowering lowering set proposed_by_account = member.account_id
    from kernel_member member where member.id = lowering.proposed_by and lowering.confirmed_by is null"""


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0009_second_officer'),
    ]

    operations = [
        migrations.AddField(
            model_name='lowering',
            name='proposed_by_account',
            field=models.UUIDField(null=True),
        ),
        migrations.RunSQL([WHO_SITS_THERE, *TWO_PEOPLE, GUARD], migrations.RunSQL.noop),
    ]
