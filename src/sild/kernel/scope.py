"""Scope: the row-level policies of record tables, as SQL for migrations.

Forced on every record table, in the form that the database evaluates once a statement: `(select f())`. A row is seen inside its
mechanism by its owner and by those it is released to (once its embargo is over), within their ceiling and their compartments;
it is inserted by its owner; without an actor there are no rows.
"""

from __future__ import annotations

from django.db import migrations

WITHIN = (
    "mechanism_id = (select sild_mechanism()) and marking <= (select sild_ceiling())"
    " and (compartment_id is null or compartment_id = any((select sild_compartments())::uuid[]))"
)
OWN = f"{WITHIN} and owner_id = (select sild_organisation())"
VISIBLE = (
    f"{WITHIN} and (owner_id = (select sild_organisation()) or ((select sild_organisation()) = any(releasable_to)"
    " and (embargo_until is null or embargo_until <= (select sild_moment()))))"
)

ACTOR_FUNCTIONS = [
    # without an actor nothing is low enough to be seen
    """create function sild_ceiling() returns integer language sql stable
       as $$ select coalesce(nullif(current_setting('sild.ceiling', true), '')::integer, -1) $$""",
    """create function sild_compartments() returns uuid[] language sql stable
       as $$ select coalesce(nullif(current_setting('sild.compartments', true), '')::uuid[], '{}') $$""",
    """create function sild_auditor() returns boolean language sql stable
       as $$ select coalesce(nullif(current_setting('sild.auditor', true), '')::boolean, false) $$""",
    # the desk's clock, which a replayed exercise may set; the database's where nobody did
    """create function sild_moment() returns timestamptz language sql stable
       as $$ select coalesce(nullif(current_setting('sild.moment', true), '')::timestamptz, statement_timestamp()) $$""",
]
"""What the database knows of the actor beside mechanism and organisation (made in the first migrations)."""

GUARD = """create or replace function sild_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.id <> old.id or new.mechanism_id <> old.mechanism_id or new.owner_id <> old.owner_id then
    raise exception 'a record keeps its id, its mechanism and its owner' using errcode = 'insufficient_privilege';
  end if;
  if old.owner_id is distinct from sild_organisation()
     and (new.marking <> old.marking or new.releasable_to <> old.releasable_to
          or new.compartment_id is distinct from old.compartment_id or new.embargo_until is distinct from old.embargo_until) then
    raise exception 'marking and release are for the owner of a record' using errcode = 'insufficient_privilege';
  end if;
  if new.marking < old.marking
     or (old.compartment_id is not null and new.compartment_id is distinct from old.compartment_id)
     or (old.embargo_until > sild_moment() and (new.embargo_until is null or new.embargo_until < old.embargo_until)) then
    if not exists (
      select from kernel_lowering lowering
      where lowering.id = nullif(current_setting('sild.lowering', true), '')::uuid
        and lowering.owner_id = old.owner_id and not lowering.applied
        and lowering.confirmed_by is not null and lowering.confirmed_by <> lowering.proposed_by
        and lowering.to_marking <= new.marking and old.marking <= lowering.marking
        and old.id = any(lowering.covers)
        and (old.compartment_id is not distinct from new.compartment_id
             or (lowering.leaves_compartment and old.compartment_id is not distinct from lowering.compartment_id)
             or old.compartment_id is null)
        and (lowering.ends_embargo or old.embargo_until is null or new.embargo_until >= old.embargo_until
             or old.embargo_until <= sild_moment())
    ) then
      raise exception 'a marking is lowered by two people' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$"""
"""Policies cannot compare a row with what it was: this holds what nobody, what only the owner, and what only two people may change."""

TWO_PEOPLE = [
    """create or replace function sild_two_people() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.confirmed_by is not null or new.applied then
      raise exception 'a lowering is proposed before it is confirmed' using errcode = 'insufficient_privilege';
    end if;
    new.covers := '{}';
    return new;
  end if;
  if (new.subject_model, new.to_marking, new.leaves_compartment, new.ends_embargo, new.proposed_by)
       is distinct from (old.subject_model, old.to_marking, old.leaves_compartment, old.ends_embargo, old.proposed_by)
     or new.proposed_by_account is distinct from old.proposed_by_account
     or (new.subject_id <> old.subject_id and new.confirmed_by is not null and not old.applied)
     or (old.applied and not new.applied) or (new.applied and new.confirmed_by is null) then
    raise exception 'a lowering that was proposed stays as it was proposed' using errcode = 'insufficient_privilege';
  end if;
  if new.confirmed_by is distinct from old.confirmed_by
     and (old.confirmed_by is not null or new.confirmed_by = old.proposed_by or old.declined
          or (row_security_active('kernel_lowering') and new.confirmed_by is distinct from sild_person())) then
    raise exception 'a lowering is confirmed once, by somebody else than who proposed it' using errcode = 'insufficient_privilege';
  end if;
  new.covers := old.covers;
  if new.confirmed_by is distinct from old.confirmed_by then
    new.covers := sild_covered(new.subject_model, new.subject_id);
  end if;
  return new;
end $$""",
    "drop trigger if exists two_people on kernel_lowering",
    "create trigger two_people before insert or update on kernel_lowering for each row execute function sild_two_people()",
]
"""What the guard trusts: a lowering is proposed first, confirmed by somebody else, and not changed in between.

What it covers is reckoned by the database itself when it is confirmed (kernel.inheritance.covered_sql).
"""

POLICIES = {"scope_read": "select", "scope_insert": "insert", "scope_update": "update", "scope_delete": "delete"}


WRITTEN_BY_READERS = {
    "register_need": "gates at the recipient's move it",
    "register_offer": "those who asked answer it",
    "clearance_licencecase": "licence liaisons of other offices move it",
    "clearance_donation": "states say their position in it, and who keeps the line decides it",
    "clearance_objection": "those who see an objection reply to it, and who keeps the line closes it",
    "agreements_agreement": "those who asked accept it, those who give commit it",
    "delivery_consignment": "those who give move it, those who receive answer for what arrived",
}
"""Tables whose records those change to whom they are released; all others are changed by their owner alone."""


def _writers(table: str) -> str:
    return VISIBLE if table in WRITTEN_BY_READERS else OWN


def scope_statements(table: str) -> list[str]:
    """The statements that close a record table to everybody but the rows' own readers; safe to run again."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        *(f"drop policy if exists {name} on {table}" for name in POLICIES),
        f"create policy scope_read on {table} for select using ({VISIBLE})",
        f"create policy scope_insert on {table} for insert with check ({OWN})",
        f"create policy scope_update on {table} for update using ({_writers(table)}) with check ({_writers(table)})",
        f"create policy scope_delete on {table} for delete using ({OWN})",
        f"drop trigger if exists guard on {table}",
        f"create trigger guard before update on {table} for each row execute function sild_guard()",
        f"grant select, insert, update, delete on {table} to sild_app",
    ]


def scoped(*tables: str) -> migrations.RunSQL:
    """A migration step that puts the policies on the tables, in the migration that makes or changes them."""
    return migrations.RunSQL(
        [statement for table in tables for statement in scope_statements(table)],
        migrations.RunSQL.noop,
    )


_FRAMEWORK = "holds no record: "
UNSCOPED_TABLES = {
    "django_migrations": "names of applied migrations, the same in every home; written by the migrate role alone",
    "django_content_type": _FRAMEWORK + "names of the program's tables, the same in every home",
    "auth_permission": _FRAMEWORK + "the framework's own rights, which the desk does not use",
    "auth_group": _FRAMEWORK + "the framework's own groups, which the desk does not use",
    "auth_group_permissions": _FRAMEWORK + "the framework's own groups, which the desk does not use",
    "django_session": "a signed-in person's session, found by its secret key before anybody acts",
    "kernel_account": "addresses and password hashes, read at sign-in before anybody acts; no page lists them",
    "account_emailaddress": "addresses of accounts, read at sign-in before anybody acts; no page lists them",
    "account_emailconfirmation": "keys of addresses to be confirmed, found by the key before anybody acts",
    "mfa_authenticator": "second factors, encrypted with the home's key, read at sign-in before anybody acts",
    "procrastinate_jobs": "the queue: names of jobs, ids, and the member who asked; read by the worker before anybody acts",
    "procrastinate_events": _FRAMEWORK + "when a job of the queue was put down, begun and ended, by its number",
    "procrastinate_workers": _FRAMEWORK + "the heartbeats of the workers",
    "procrastinate_periodic_defers": _FRAMEWORK + "the queue's own timetable, which the desk does not use",
    "kernel_cache": "counters of attempts to sign in, by address and by place; short-lived",
}
"""Tables without forced policies, each with its reason. The doctor and a test hold the database against this list."""

GATES = {
    "gate.actor": "who is this member of that mechanism: asked before anybody acts, answers one row of names and roles",
    "gate.mechanisms": "which mechanisms are in this home: asked before anybody acts, answers their short names",
    "gate.seats": "for which organisations may this account act: asked at sign-in and at every page, answers the account's own seats",
    "gate.member": "who asked for this job, do they sit there still, and what may they now: asked by the worker before anybody acts",
    "gate.account_on": "which account sits on a seat: asked when a job is put down, so that it is done for nobody else; answers its id",
    "gate.sweep": "removes answers and undertakings that are older than their use, by age alone; answers how many",
    "gate.token": "whose token is this: asked by the API before anybody acts, found by the digest of a secret",
    **{
        f"gate.found_register_{kind}": f"which {kind}s have these words and values: repeats their policy and answers those rows alone"
        for kind in ("need", "offer", "line")
    },
    "gate.found_intake_messagetext": "which texts of messages have these words: repeats their policy and answers those rows alone",
    "gate.overlap": "whether something that the caller may not see is alike: compares keyed values of a question put down, answers one bit",
    "gate.act_begins": "whether an act that another claims to be part of is over: a trigger, answers nothing",
    "gate.tokens_end": "whoever leaves a seat leaves no tokens behind, which those who end seats do not see: a trigger, answers nothing",
    "gate.seat_changed": "whoever leaves a seat leaves its closed rooms, which those who end seats do not see: a trigger, answers nothing",
    "gate.forget_images": "nobody may change images that history keeps: erases those of the caller's own records, answers a count",
    "gate.forget_reasons": "acts and ledger entries are never changed: empties words of the caller's organisation, answers a count",
    "gate.forget_entries": "ledger entries are never changed: empties those of the caller's organisation, answers a count",
    "gate.original_elsewhere": "whether another mechanism or room keeps the same bytes, before a file goes: one bit, told to nobody",
    "gate.invitation": "who is invited by this link: asked before anybody acts, found by the digest of a secret",
}
"""Functions that see more than their caller, each with its reason."""
