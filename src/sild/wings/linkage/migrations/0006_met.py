"""Which lines share slots with others is asked in one way, planned once in a session, and answered from the index alone."""

from django.db import migrations

# What the policies of the table and the question read stands in the index, where the lines of one slot lie side by side in time: in the
# table they lie a thousand pages apart.
INDEX = [
    "drop index linkage_slot_latest",
    "create index linkage_slot_latest on linkage_slot (slot, told_at, line_id) include (owner_id, mechanism_id, marking, compartment_id)",
]

# One look into each slot: the latest lines before the line's own moment, some of that moment and some after it, in the order of the index
# to its end, so that equal registers give equal answers. It runs as its caller, under the policies: what is hidden is neither met nor
# counted. It is a function to be planned once; and never to fetch and sort a whole slot, which may hold every hundredth line.
MET = """create or replace function sild_met(lines uuid[], moments timestamptz[], rooms uuid[], slots bigint[], worths int[], depths int[],
  beside int, after int, few int, most int
) returns table (line uuid, other uuid) language plpgsql stable set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off as $met$
begin
  return query
  with wanted as materialized (
    select * from unnest(lines, moments, rooms, slots, worths, depths) as one(line_id, told_at, room, slot, worth, depth)
  ), met as (
    select wanted.line_id, wanted.worth, found.line_id as near, found.told_at,
      count(*) over (partition by wanted.line_id, wanted.slot) as many
    from wanted cross join lateral (
      (select one.line_id, one.told_at from linkage_slot one where one.slot = wanted.slot and one.told_at < wanted.told_at
         and one.compartment_id is not distinct from wanted.room
         order by one.told_at desc, one.line_id desc limit wanted.depth)
      union all
      (select one.line_id, one.told_at from linkage_slot one where one.slot = wanted.slot and one.told_at = wanted.told_at
         and one.compartment_id is not distinct from wanted.room and one.line_id <> wanted.line_id
         order by one.told_at, one.line_id limit beside)
      union all
      (select one.line_id, one.told_at from linkage_slot one where one.slot = wanted.slot and one.told_at > wanted.told_at
         and one.compartment_id is not distinct from wanted.room
         order by one.told_at, one.line_id limit after)
    ) found
  ), ranked as (
    select met.line_id, met.near, row_number() over (
      partition by met.line_id
      order by sum(met.worth + case when met.many <= few then few else 0 end) desc, max(met.told_at) desc, met.near) as place
    from met group by met.line_id, met.near
  )
  select ranked.line_id, ranked.near from ranked where ranked.place <= most order by ranked.line_id, ranked.place;
end $met$"""
GRANT = (
    "grant execute on function sild_met(uuid[], timestamptz[], uuid[], bigint[], int[], int[], int, int, int, int) to sild_app"
)


class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0005_vectors'),
    ]

    operations = [
        migrations.RunSQL([*INDEX, MET, GRANT], migrations.RunSQL.noop),
    ]
