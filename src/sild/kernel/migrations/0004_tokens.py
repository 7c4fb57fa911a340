"""A token is a person's on a seat: it opens nothing once they left the seat, are switched off, or recovered their account."""

import uuid

from django.db import migrations, models

ROW = """table (person uuid, name text, organisation uuid, mechanism uuid, roles text[], ceiling integer, compartments uuid[],
    member_slug text, mechanism_slug text, mechanism_name text, exercise boolean, organisation_name text)"""
GATE = [
    "grant select (id, is_active, tokens_since) on kernel_account to sild_gate",
    f"""create or replace function gate.token(digest text) returns {ROW}
      language sql stable security definer set search_path = public, pg_temp
      as $$ select seat.* from kernel_apitoken token
        join kernel_member member on member.id = token.member_id and member.organisation_id = token.owner_id
        join kernel_account account on account.id = token.account_id and account.id = member.account_id and account.is_active
        join lateral gate.seats(account.id) seat on seat.person = member.id
        where token.digest = $1 and not token.withdrawn and token.expires_at > sild_moment()
          and (account.tokens_since is null or account.tokens_since < token.created_at) $$""",
]


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_access'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='tokens_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='account_id',
            # no token was made before this step: nothing could make one
            field=models.UUIDField(default=uuid.UUID(int=0)),
            preserve_default=False,
        ),
        migrations.RunSQL([*GATE], migrations.RunSQL.noop),
    ]
