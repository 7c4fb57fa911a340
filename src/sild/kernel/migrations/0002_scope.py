"""Who acts, as the database sees it: the scope functions, the gate functions, and the policies of the kernel's tables."""

from django.db import migrations

from sild.kernel.migrations._first_scope import GUARD, OWN, scoped

ROLES = "sild_app, sild_sequencer, sild_gate, sild_backup"

SCOPE_FUNCTIONS = [
    # after a transaction the setting reads as an empty text, not as null
    """create function sild_mechanism() returns uuid language sql stable
       as $$ select nullif(current_setting('sild.mechanism', true), '')::uuid $$""",
    """create function sild_organisation() returns uuid language sql stable
       as $$ select nullif(current_setting('sild.organisation', true), '')::uuid $$""",
    f"grant execute on function sild_mechanism(), sild_organisation() to {ROLES}",
    GUARD,
]

# The two look-ups that happen before anybody acts: which mechanisms are here, and who is this member of that mechanism.
GATE_FUNCTIONS = [
    """create function gate.actor(mechanism_slug text, member_slug text)
       returns table (person uuid, name text, organisation uuid, mechanism uuid, roles text[])
       language sql stable security definer set search_path = public, pg_temp
       as $$ select member.id, member.name::text, member.organisation_id, member.mechanism_id, member.roles::text[]
             from kernel_member member join kernel_mechanism mechanism on mechanism.id = member.mechanism_id
             where mechanism.slug = mechanism_slug and member.slug = member_slug
               and member.owner_id = mechanism.owner_id $$""",
    """create function gate.mechanisms() returns table (slug text, exercise boolean)
       language sql stable security definer set search_path = public, pg_temp
       as $$ select slug::text, exercise from kernel_mechanism order by created_at $$""",
    "alter function gate.actor(text, text) owner to sild_gate",
    "alter function gate.mechanisms() owner to sild_gate",
    "grant execute on function gate.actor(text, text), gate.mechanisms() to sild_app",
    "grant select on kernel_member, kernel_mechanism to sild_gate",
    "create policy gate_read on kernel_member for select to sild_gate using (true)",
    "create policy gate_read on kernel_mechanism for select to sild_gate using (true)",
]

# History is read and marked as undone by the organisation whose act it was; an entry of the ledger is put in and never read back.
HISTORY = [
    "alter table kernel_act enable row level security",
    "alter table kernel_act force row level security",
    f"create policy own_read on kernel_act for select using ({OWN})",
    f"create policy own_insert on kernel_act for insert with check ({OWN})",
    f"create policy own_update on kernel_act for update using ({OWN}) with check ({OWN})",
    "revoke update, delete on kernel_act from sild_app",
    "grant update (undone_by) on kernel_act to sild_app",
    "alter table kernel_ledgerentry enable row level security",
    "alter table kernel_ledgerentry force row level security",
    f"create policy own_insert on kernel_ledgerentry for insert with check ({OWN} and index is null)",
    "revoke select, update, delete on kernel_ledgerentry from sild_app",
    "grant select, update (index) on kernel_ledgerentry to sild_sequencer",
    "create policy sequencer_read on kernel_ledgerentry for select to sild_sequencer using (true)",
    "create policy sequencer_number on kernel_ledgerentry for update to sild_sequencer using (true) with check (true)",
]


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL([*SCOPE_FUNCTIONS], migrations.RunSQL.noop),
        scoped("kernel_mechanism", "kernel_organisation", "kernel_member"),
        migrations.RunSQL([*GATE_FUNCTIONS], migrations.RunSQL.noop),
        migrations.RunSQL([*HISTORY], migrations.RunSQL.noop),
    ]
