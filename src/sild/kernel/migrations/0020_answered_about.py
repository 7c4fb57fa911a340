"""Kept answers know the account that they were given to and the records that they are about; those of before, all that their act wrote."""

from django.db import migrations, models

KNOWN_OF_BEFORE = [
    "update kernel_answered answered set account_id = member.account_id from kernel_member member where member.id = answered.member_id",
    """update kernel_answered answered set about = written.about
       from (select root_id, jsonb_agg(distinct jsonb_build_array(model, record_id)) about from kernel_change group by root_id) written
       where written.root_id = (answered.headers ->> 'Sild-Act')::uuid""",
]


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0019_carried_withholdings"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="answered", name="answered_once"),
        migrations.AddField(model_name="answered", name="about", field=models.JSONField(default=list)),
        migrations.AddField(model_name="answered", name="account_id", field=models.UUIDField(null=True)),
        migrations.RunSQL([*KNOWN_OF_BEFORE], migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="answered",
            constraint=models.UniqueConstraint(
                fields=("mechanism_id", "owner_id", "member_id", "account_id", "key"), name="answered_once", nulls_distinct=False
            ),
        ),
    ]
