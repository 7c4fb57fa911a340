"""Who acts, as the database is told it: nobody's acts, words and secrets are written in another person's name; as SQL for migrations.

This holds against mistakes and injected statements. Whoever runs statements of their own choice in the web's process can tell the
database another person: then the ledger, the process's logs and the two people of a lowering are what is left.
"""

from __future__ import annotations

ROLES = "sild_app, sild_sequencer, sild_gate, sild_backup"

FUNCTION = [
    """create or replace function sild_person() returns uuid language sql stable
       as $$ select nullif(current_setting('sild.person', true), '')::uuid $$""",
    f"grant execute on function sild_person() to {ROLES}",
]

SIGNED = {
    "kernel_apitoken": "member_id",
    "kernel_grant": "granted_by",
    "kernel_invitation": "asked_by",
    "kernel_lowering": "proposed_by",
    "kernel_note": "written_by",
}
"""Records that somebody puts down in their own name, by table: the column that says who."""

_MINE = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"
_WITHIN = "marking <= (select sild_ceiling()) and compartments <@ (select sild_compartments())::uuid[]"
_ENTRY = (
    "plain::json ->> 'person' = (select sild_person())::text and plain::json ->> 'organisation' = owner_id::text"
    " and plain::json ->> 'mechanism' = mechanism_id::text"
    " and commitment = encode(sha256(decode(salt, 'hex') || convert_to(plain, 'UTF8')), 'hex')"
    " and exists (select from kernel_act act where act.id = (plain::json ->> 'act')::uuid and act.action = plain::json ->> 'action'"
    " and act.owner_id = (select sild_organisation()) and act.person_id = (select sild_person()))"
)

POLICIES = [
    "drop policy if exists own_insert on kernel_act",
    f"create policy own_insert on kernel_act for insert with check"
    f" ({_MINE} and {_WITHIN} and person_id = (select sild_person()) and undone_by is null)",
    "drop policy if exists own_insert on kernel_ledgerentry",
    f"create policy own_insert on kernel_ledgerentry for insert with check ({_MINE} and index is null and {_ENTRY})",
    # what one program of an organisation was answered is not for the programs of colleagues
    "drop policy if exists own on kernel_answered",
    f"create policy own on kernel_answered using ({_MINE} and member_id = (select sild_person()))"
    f" with check ({_MINE} and member_id = (select sild_person()))",
    *(f"drop policy if exists signed on {table}" for table in SIGNED),
    *(
        f"create policy signed on {table} as restrictive for insert to sild_app with check ({column} = (select sild_person()))"
        for table, column in SIGNED.items()
    ),
    # nobody turns a colleague's token into one whose secret they know
    "drop policy if exists of_oneself on kernel_apitoken",
    "create policy of_oneself on kernel_apitoken as restrictive for update to sild_app using (member_id = (select sild_person()))"
    " with check (member_id = (select sild_person()))",
]
"""An act, its entry in the ledger, a note, a release, a token, an invitation are somebody's own."""

_TRIGGER = "returns trigger language plpgsql set search_path = public, pg_temp"

HISTORY = [
    # what an act wrote is put down by whoever did the act, under that act; nobody slips a line into another's
    f"""create or replace function sild_changes_of_own_acts() {_TRIGGER} as $$
begin
  if row_security_active('kernel_change') and exists (
    select from (select distinct act_id, root_id from added) one
    where not exists (
      select from kernel_act act
      where act.id = one.act_id and act.root_id is not distinct from one.root_id
        and act.owner_id = (select sild_organisation()) and act.person_id = (select sild_person()))
  ) then
    raise exception 'the history of an act is written by who did it' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$""",
    "drop trigger if exists of_own_acts on kernel_change",
    "create trigger of_own_acts after insert on kernel_change referencing new table as added"
    " for each statement execute function sild_changes_of_own_acts()",
    f"""create or replace function sild_history_closes() {_TRIGGER} as $$
begin
  if tg_table_name = 'kernel_act' then
    if new.marking < old.marking or not old.compartments <@ new.compartments
       or (new.undone_by is distinct from old.undone_by
           and (old.undone_by is not null or new.undone_by is distinct from sild_person())) then
      raise exception 'an act is never opened, and is undone once, by who undoes it' using errcode = 'insufficient_privilege';
    end if;
  elsif new.marking < old.marking or (old.compartment_id is not null and new.compartment_id is distinct from old.compartment_id)
        or (new.record_id <> old.record_id and new.compartment_id is null) then
    raise exception 'history is closed further and never opened' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$""",
    "drop trigger if exists closes on kernel_act",
    "create trigger closes before update on kernel_act for each row execute function sild_history_closes()",
    "drop trigger if exists closes on kernel_change",
    "create trigger closes before update on kernel_change for each row execute function sild_history_closes()",
    # a part of an act is written before the act is: one that claims an act which is there already would be undone with it
    """create or replace function gate.act_begins() returns trigger language plpgsql security definer
       set search_path = public, pg_temp as $$
begin
  if new.root_id <> new.id and exists (select from kernel_act where id = new.root_id) then
    raise exception 'the act that this one claims to be part of is over' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$""",
    "alter function gate.act_begins() owner to sild_gate",
    "revoke execute on function gate.act_begins() from public",
    "grant select (id) on kernel_act to sild_gate",
    "drop policy if exists gate_read on kernel_act",
    "create policy gate_read on kernel_act for select to sild_gate using (true)",
    "drop trigger if exists begins on kernel_act",
    "create trigger begins before insert on kernel_act for each row execute function gate.act_begins()",
]
"""History is put down once, by who acted, and only ever closed further."""

INVITATIONS = [
    f"""create or replace function sild_two_officers() {_TRIGGER} as $$
begin
  if not row_security_active('kernel_invitation') then
    return new;
  end if;
  if tg_op = 'INSERT' then
    -- the operator on the command line, whose seat it is, is past the second officer
    if new.confirmed_by is not null and (new.confirmed_by <> sild_person() or new.member_id <> sild_person()) then
      raise exception 'an invitation is asked for before it is confirmed' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if (new.member_id, new.asked_by, new.recovers) is distinct from (old.member_id, old.asked_by, old.recovers)
     or new.asked_by_account is distinct from old.asked_by_account or (old.needs_second and not new.needs_second)
     or (old.used_at is not null and new.used_at is distinct from old.used_at)
     or (new.confirmed_by is distinct from old.confirmed_by
         and (old.confirmed_by is not null or new.confirmed_by is distinct from sild_person() or new.confirmed_by = old.asked_by)) then
    raise exception 'an invitation stays as it was asked for, and is confirmed once, by somebody else'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$""",
    "drop trigger if exists two_officers on kernel_invitation",
    "create trigger two_officers before insert or update on kernel_invitation for each row execute function sild_two_officers()",
]
"""The second officer of an invitation is somebody else than who asked for it."""

LEAVING = [
    """create or replace function gate.tokens_end() returns trigger language plpgsql security definer
       set search_path = public, pg_temp as $$
begin
  if old.account_id is not null and new.account_id is distinct from old.account_id then
    update kernel_apitoken set withdrawn = true, version = version + 1 where member_id = old.id and not withdrawn;
  end if;
  return null;
end $$""",
    "alter function gate.tokens_end() owner to sild_gate",
    "revoke execute on function gate.tokens_end() from public",
    "grant update (withdrawn, version) on kernel_apitoken to sild_gate",
    "drop policy if exists gate_withdraws on kernel_apitoken",
    "create policy gate_withdraws on kernel_apitoken for update to sild_gate using (not withdrawn) with check (withdrawn)",
    "drop trigger if exists tokens_end on kernel_member",
    "create trigger tokens_end after update on kernel_member for each row execute function gate.tokens_end()",
]
"""Whoever leaves a seat leaves no way in behind: its tokens are withdrawn for good, whatever statement ends the seat."""

STATEMENTS = [*FUNCTION, *POLICIES, *HISTORY, *INVITATIONS, *LEAVING]
