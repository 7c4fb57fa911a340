"""Values across walls are looked up without a list of pending entries, by a statement that is planned once in a session."""

import django.contrib.postgres.indexes
from django.db import migrations

from sild.kernel.scope import VISIBLE

RED = 4
GATE = [
    # As in 0003_overlap; the values are looked up first and alone: what is visible is asked of nothing but what is alike.
    f"""create or replace function gate.overlap(question uuid, wanted uuid[]) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off as $gate$
begin
  if not exists (
    select from linkage_overlapquestion asked where asked.id = question and asked.possible is null
      and asked.mechanism_id = sild_mechanism() and asked.owner_id = sild_organisation() and asked.asked_by = sild_person()
  ) then
    raise exception 'whether something may overlap is asked by a question that waits for its answer' using errcode = 'insufficient_privilege';
  end if;
  return exists (
    with alike as materialized (select line_id, mechanism_id from linkage_overlapmark where keys && wanted)
    select from alike mark
      cross join lateral (select * from register_line where id = mark.line_id offset 0) line
      join kernel_mechanism there on there.id = mark.mechanism_id
      join kernel_mechanism here on here.id = sild_mechanism()
    where line.marking < {RED} and (line.embargo_until is null or line.embargo_until <= sild_moment())
      and jsonb_typeof(here.spec -> 'overlap') = 'object' and jsonb_typeof(there.spec -> 'overlap') = 'object'
      and (there.id = here.id
           or (here.spec -> 'overlap' -> 'beside' ? there.slug and there.spec -> 'overlap' -> 'beside' ? here.slug))
      and (line.compartment_id is null
           or (there.spec -> 'overlap' @> '{{"compartments": true}}'
               and exists (select from linkage_overlapconsent consent
                           where consent.compartment_id = line.compartment_id and not consent.withdrawn)))
      and not exists (select from register_line where id = line.id and {VISIBLE})
      and not exists (select from register_need where id = line.need_id and {VISIBLE})
      and not exists (select from register_offer where id = line.offer_id and {VISIBLE})
  );
end $gate$""",
]


class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0006_met'),
        ('register', '0005_joined'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='overlapmark',
            name='overlapmark_keys',
        ),
        migrations.AddIndex(
            model_name='overlapmark',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['keys'], name='overlapmark_keys'),
        ),
        migrations.RunSQL([*GATE], migrations.RunSQL.noop),
    ]
