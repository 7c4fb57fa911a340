"""Finding: what the database holds so that lists and searches stay quick at a million records, as SQL for migrations.

Beside a listed table stand: `terms` (its words and, as name=value, what it is filtered by, as lexemes of one indexed tsvector), a table
of what is shown to others, newest first, and two functions. One is a gate, because an index of words cannot be used under policies (its
operators may run on rows before they are checked); it repeats VISIBLE word for word, and a test holds it against it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import migrations

from sild.kernel.scope import VISIBLE

NEWEST = "order by created_at desc, id desc"
FEW = 400
"""Rows that are fetched in about a millisecond: up to here nobody asks whether walking would be shorter."""
LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff"

SHOW = """create or replace function sild_show() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    execute format('delete from %I where record_id = $1', tg_argv[0]) using old.id;
  end if;
  if tg_op <> 'DELETE' then
    execute format('insert into %I (mechanism_id, owner_id, reader_id, created_at, record_id)
      select distinct $1, $2, reader, $3, $4 from unnest($5) reader where reader <> $2', tg_argv[0])
      using new.mechanism_id, new.owner_id, new.created_at, new.id, new.releasable_to;
  end if;
  return null;
end $$"""

LIKELY = [
    # volatile, because EXPLAIN is no query; runs with its caller's rights and tells no more than EXPLAIN would tell them
    """create or replace function sild_likely(listed text, wanted tsquery, reader uuid) returns float
language plpgsql volatile set search_path = public, pg_temp as $$
declare
  told text;
begin
  if wanted is null then
    execute format('explain select from %I where reader_id = %L::uuid', listed || '_shown', reader) into told;
  elsif reader is null then
    execute format('explain select from %I where terms @@ %L::tsquery', listed, wanted) into told;
  else
    execute format('explain select from %I where terms @@ %L::tsquery and releasable_to @> array[%L::uuid]', listed, wanted, reader)
      into told;
  end if;
  return split_part(split_part(told, ' rows=', 2), ' ', 1)::float;
end $$""",
    "grant execute on function sild_likely(text, tsquery, uuid) to sild_app, sild_gate",
]
"""How many rows the planner expects to have these words; of them shown to a reader; or shown to a reader at all."""

# The gate: the visible records that have all that is wanted, newest first after a place; each side at most `many`, to be merged
# by the caller. `via` are records that come too, if they have all of `rest`; `only_ids` come into question, null for all.
# The own records and those shown by others are asked for one after the other, so that nobody pays for what is hidden from them;
# each side in the shorter of two ways: look up all that has the words ("offset 0" keeps that index) and sort no more of it than places,
# or walk from the newest ("is true" keeps the words from being looked up, and most rows go by them). All is static: planned once in a
# session, whatever is asked and however few records there are then; so sorting and reading the whole table are left for where
# nothing else can be done.
GATE = """create or replace function gate.found_{table}(wanted tsquery, via uuid[], rest tsquery, only_ids uuid[],
  before_at timestamptz, before_id uuid, many integer
) returns setof {table} language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_sort = off as $gate$
declare
  me uuid := sild_organisation();
  below_at timestamptz := coalesce(before_at, 'infinity');
  below_id uuid := coalesce(before_id, '{last}');
  likely float;
begin
  if only_ids is not null then
    return query select * from {table} where {visible} and id = any(only_ids) and (created_at, id) < (below_at, below_id)
      and (wanted is null or terms @@ wanted or (id = any(via) and (rest is null or terms @@ rest))) {newest} limit many;
    return;
  end if;
  if cardinality(via) > 0 then
    return query select * from {table} where {visible} and id = any(via) and (created_at, id) < (below_at, below_id)
      and (rest is null or terms @@ rest) and not terms @@ wanted {newest} limit many;
  end if;
  -- asked in the order of its index, which "exists" would not be
  if (select id from {table} where owner_id = me {newest} limit 1) is not null then
    likely := sild_likely('{table}', wanted, null);
    if likely < {few} or likely ^ 2 < many * (select greatest(reltuples, 1) from pg_class where oid = '{table}'::regclass) then
      return query select * from {table} where ctid = any(array(select ctid from (
        select ctid, owner_id, created_at, id from {table} where {visible} and terms @@ wanted offset 0
      ) one where owner_id = me and (created_at, id) < (below_at, below_id) {newest} limit many));
    else
      return query select * from {table} where (terms @@ wanted) is true and {visible} and owner_id = me
        and (created_at, id) < (below_at, below_id) {newest} limit many;
    end if;
  end if;
  if (select record_id from {table}_shown where reader_id = me order by created_at desc, record_id desc limit 1) is not null then
    likely := case when likely < {few} then likely else sild_likely('{table}', wanted, me) end;
    if likely < {few} or likely ^ 2 < many * sild_likely('{table}', null, me) then
      return query select * from {table} where ctid = any(array(select ctid from (
        select ctid, owner_id, created_at, id from {table} where {visible} and terms @@ wanted and releasable_to @> array[me] offset 0
      ) one where owner_id <> me and (created_at, id) < (below_at, below_id) {newest} limit many));
    else
      return query select record.* from {table}_shown shown
        cross join lateral (
          select * from {table} where (terms @@ wanted) is true and {visible} and id = shown.record_id offset 0
        ) record
        where shown.reader_id = me and (shown.created_at, shown.record_id) < (below_at, below_id)
        order by shown.created_at desc, shown.record_id desc limit many;
    end if;
  end if;
end $gate$"""

# Without words no gate is needed: this one runs as its caller, under the policies. It is a function so that it is planned once.
NEWEST_OF_ALL = """create or replace function newest_{table}(before_at timestamptz, before_id uuid, many integer)
returns setof {table} language plpgsql stable set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_sort = off as $newest$
declare
  me uuid := sild_organisation();
  below_at timestamptz := coalesce(before_at, 'infinity');
  below_id uuid := coalesce(before_id, '{last}');
begin
  return query select * from {table} where owner_id = me and (created_at, id) < (below_at, below_id) {newest} limit many;
  return query select record.* from {table}_shown shown
    cross join lateral (select * from {table} where id = shown.record_id offset 0) record
    where shown.reader_id = me and (shown.created_at, shown.record_id) < (below_at, below_id)
    order by shown.created_at desc, shown.record_id desc limit many;
end $newest$"""


def found_in(table: str, facets: Sequence[str]) -> migrations.RunSQL:
    """A migration step that makes a record table with a column `words` quick to list. `facets` are SQL texts of name=value."""
    own = f"create index {table}_own on {table} (owner_id, created_at desc, id desc)"
    return migrations.RunSQL([SHOW, own, *_shown(table, f"{table}_shown"), *_terms(table, facets)], migrations.RunSQL.noop)


def found_anew_in(table: str, facets: Sequence[str]) -> migrations.RunSQL:
    """The same for a table that is listed already and whose terms or gate changed."""
    return migrations.RunSQL([*_terms(table, facets)], migrations.RunSQL.noop)


def _terms(table: str, facets: Sequence[str]) -> list[str]:
    """What is searched, its index, and the functions that ask; safe to run again."""
    values = {"table": table, "visible": VISIBLE, "newest": NEWEST, "few": FEW, "last": LAST}
    found = f"gate.found_{table}(tsquery, uuid[], tsquery, uuid[], timestamptz, uuid, integer)"
    newest = f"newest_{table}(timestamptz, uuid, integer)"
    terms = f"array_to_tsvector(words || array[{', '.join(facets)}])"
    return [
        f"drop function if exists gate.found_{table}(text[], text[], text[], uuid[], uuid[], timestamptz, uuid, integer)",
        f"alter table {table} drop column if exists terms",
        f"alter table {table} add column terms tsvector generated always as ({terms}) stored",
        # the readers stand in it too, so that words of what is shown to one of them are looked up in one go;
        # without the list of pending entries: a search would have to walk through it
        f"create index {table}_terms on {table} using gin (terms, releasable_to) with (fastupdate = off)",
        *LIKELY,
        GATE.format(**values),
        f"alter function {found} owner to sild_gate",
        f"grant execute on function {found} to sild_app",
        f"grant select on {table}, {table}_shown to sild_gate",
        f"drop policy if exists gate_read on {table}",
        f"create policy gate_read on {table} for select to sild_gate using (true)",
        f"drop policy if exists gate_read on {table}_shown",
        f"create policy gate_read on {table}_shown for select to sild_gate using (true)",
        NEWEST_OF_ALL.format(**values),
        f"grant execute on function {newest} to sild_app",
    ]


def _shown(table: str, shown: str) -> list[str]:
    """The table of what is shown to organisations other than its owner, kept by triggers; read by the owner and that reader."""
    mine = "mechanism_id = (select sild_mechanism())"
    return [
        f"create table {shown} (mechanism_id uuid not null, owner_id uuid not null, reader_id uuid not null,"
        " created_at timestamptz not null, record_id uuid not null, primary key (record_id, reader_id))",
        f"create index {shown}_newest on {shown} (reader_id, created_at desc, record_id desc)",
        f"insert into {shown} select distinct mechanism_id, owner_id, reader, created_at, id from {table}"
        " cross join unnest(releasable_to) reader where reader <> owner_id",
        f"alter table {shown} enable row level security",
        f"alter table {shown} force row level security",
        f"create policy read on {shown} for select using ({mine} and (reader_id = (select sild_organisation())"
        " or owner_id = (select sild_organisation())))",
        f"create policy put on {shown} for insert with check ({mine} and owner_id = (select sild_organisation()))",
        f"create policy take on {shown} for delete using ({mine} and owner_id = (select sild_organisation()))",
        f"grant select, insert, delete on {shown} to sild_app",
        f"create trigger show_new after insert on {table} for each row when (cardinality(new.releasable_to) > 0)"
        f" execute function sild_show('{shown}')",
        f"create trigger show_changed after update of releasable_to on {table} for each row"
        f" when (new.releasable_to is distinct from old.releasable_to) execute function sild_show('{shown}')",
        f"create trigger show_gone after delete on {table} for each row when (cardinality(old.releasable_to) > 0)"
        f" execute function sild_show('{shown}')",
    ]
