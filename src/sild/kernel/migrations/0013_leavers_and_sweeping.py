"""A job is done for who asked for it and still sits there; what nobody needs any more is swept away."""

from django.db import migrations

from sild.kernel.sweeping import STATEMENTS

ROW = """table (person uuid, name text, organisation uuid, mechanism uuid, roles text[], ceiling integer, compartments uuid[],
    member_slug text, mechanism_slug text, mechanism_name text, exercise boolean, organisation_name text)"""
DEFINER = "language sql stable security definer set search_path = public, pg_temp"
ASKERS = [
    "drop function gate.member(uuid)",
    # the account that sat there when it asked, or nobody's seat that acts from the command line, as it was then
    f"""create function gate.member(member uuid, account uuid) returns {ROW} {DEFINER}
      as $$ select seat.* from kernel_member one
        join kernel_mechanism mechanism on mechanism.id = one.mechanism_id and mechanism.owner_id = one.owner_id
        join lateral gate.actor(mechanism.slug, one.slug) seat on seat.person = one.id
        where one.id = $1 and one.account_id is not distinct from $2 and (one.account_id is not null or not one.was_taken)
          and (one.account_id is null
               or exists (select from kernel_account account where account.id = one.account_id and account.is_active)) $$""",
    f"""create function gate.account_on(member uuid) returns uuid {DEFINER}
      as $$ select one.account_id from kernel_member one where one.id = $1 $$""",
    *(f"alter function gate.{one} owner to sild_gate" for one in ("member(uuid, uuid)", "account_on(uuid)")),
    "grant execute on function gate.member(uuid, uuid), gate.account_on(uuid) to sild_app",
]


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0012_keys_of_account"),
    ]

    operations = [
        migrations.RunSQL([*ASKERS, *STATEMENTS], migrations.RunSQL.noop),
    ]
