"""Finding: what the database holds so that lists and searches stay quick at a million records, as SQL for migrations.

Beside a listed table stand: `terms` (its words and, as name=value, what it is filtered by, in one indexed array), a table of what is
shown to others, newest first, and one gate function. The gate exists because an index of words cannot be used under policies (its
operators may run on rows before they are checked); it repeats VISIBLE word for word, and a test holds it against it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import migrations

from sild.kernel.scope import VISIBLE

NEWEST = "order by created_at desc, id desc"

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


def found_in(table: str, facets: Sequence[str]) -> migrations.RunSQL:
    """A migration step that makes a record table with a column `words` quick to list. `facets` are SQL texts of name=value."""
    shown, gate = f"{table}_shown", f"gate.found_{table}"
    listed = ", ".join(facets)
    return migrations.RunSQL(
        [
            SHOW,
            f"alter table {table} add column terms text[] generated always as (words || array[{listed}]) stored",
            # without the list of pending entries: a search would have to walk through it
            f"create index {table}_terms on {table} using gin (terms) with (fastupdate = off)",
            f"create index {table}_own on {table} (owner_id, created_at desc, id desc)",
            *_shown(table, shown),
            *_gate(table, shown, gate),
        ],
        migrations.RunSQL.noop,
    )


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


def _gate(table: str, shown: str, gate: str) -> list[str]:
    """The gate: the visible records that have all of `facets`, newest first after a place, at most `many`.

    `either` are groups of facets of which one must hold, `groups` words, each as its forms: of each group one form must be there, or
    the record is one of `via`. Groups are texts with spaces between their members. `only_ids` come into question; null for all.
    The own records and those shown by others are walked one beside the other, so that nobody pays for what is hidden from them.
    """
    signature = f"{gate}(text[], text[], text[], uuid[], uuid[], timestamptz, uuid, integer)"
    return [
        f"""create or replace function {gate}(facets text[], either text[], groups text[], via uuid[], only_ids uuid[],
  before_at timestamptz, before_id uuid, many integer
) returns setof {table} language plpgsql volatile security definer set search_path = public, pg_temp as $gate$
declare
  me uuid := sild_organisation();
  asked text := '';
  worded text := 'true';
  below text := '';
  shown_below text := '';
  sides text[] := '{{}}';
  plan json;
  whole float;
  one text;
begin
  if cardinality(facets) > 0 then asked := format(' and terms @> %L::text[]', facets); end if;
  foreach one in array either loop
    asked := asked || format(' and terms && %L::text[]', string_to_array(one, ' '));
  end loop;
  foreach one in array groups loop
    worded := worded || format(' and terms && %L::text[]', string_to_array(one, ' '));
  end loop;
  if cardinality(groups) > 0 then
    if cardinality(via) > 0 then worded := format('((%s) or id = any(%L::uuid[]))', worded, via); end if;
    asked := asked || ' and ' || worded;
  end if;
  if only_ids is not null then asked := asked || format(' and id = any(%L::uuid[])', only_ids); end if;
  if before_at is not null then
    below := format(' and (created_at, id) < (%L::timestamptz, %L::uuid)', before_at, before_id);
    shown_below := format(' and (shown.created_at, shown.record_id) < (%L::timestamptz, %L::uuid)', before_at, before_id);
  end if;
  -- a side on which there is nothing is not even planned; asked in the order of its index, which "exists" would not be
  if (select id from {table} where owner_id = me order by created_at desc, id desc limit 1) is not null then
    sides := array[format('(select * from {table} where %s and owner_id = %L::uuid%s%s {NEWEST} limit %s)',
      $visible${VISIBLE}$visible$, me, asked, below, many)];
  end if;
  if (select record_id from {shown} where reader_id = me order by created_at desc, record_id desc limit 1) is not null then
    -- the planner takes "released to me" and "shown to me" for two conditions; so it is told which of the two ways is the shorter:
    -- to fetch all that has the words and values, or to walk what is shown, newest first, until enough of it has them
    execute 'explain (format json) select from {table} where true' || asked into plan;
    select greatest(reltuples, 1) into whole from pg_class where oid = '{table}'::regclass;
    if only_ids is not null or (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float ^ 2 < many * whole then
      sides := sides || format('(select record.* from {shown} shown'
        ' join (select * from {table} where %s%s offset 0) record on record.id = shown.record_id'
        ' where shown.reader_id = %L::uuid%s order by shown.created_at desc, shown.record_id desc limit %s)',
        $visible${VISIBLE}$visible$, asked, me, shown_below, many);
    else
      sides := sides || format('(select record.* from (select * from {shown} shown where shown.reader_id = %L::uuid%s'
        ' order by shown.created_at desc, shown.record_id desc offset 0) shown'
        ' cross join lateral (select * from {table} where id = shown.record_id and %s%s offset 0) record limit %s)',
        me, shown_below, $visible${VISIBLE}$visible$, asked, many);
    end if;
  end if;
  if cardinality(sides) > 0 then
    return query execute format('select * from (%s) found {NEWEST} limit %s', array_to_string(sides, ' union all '), many);
  end if;
end $gate$""",
        f"alter function {signature} owner to sild_gate",
        f"grant execute on function {signature} to sild_app",
        f"grant select on {table}, {shown} to sild_gate",
        f"create policy gate_read on {table} for select to sild_gate using (true)",
        f"create policy gate_read on {shown} for select to sild_gate using (true)",
    ]
