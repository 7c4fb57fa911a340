"""Which organisations keep something beside records: their notes, their rulings, their history of them.

Inheritance asks this of every organisation at the end of every act. The database asks them all in one statement, each under its own
policies and in its own name, so that an act costs no more where forty organisations sit than where two do. It sees no more than
`on_behalf_of` shows for one organisation after the other.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from sild.kernel.actor import current_actor, on_behalf_of
from sild.kernel.identity import Organisation

BESIDE = """create or replace function sild_beside(owners uuid[], kept regclass, named name, subjects uuid[], kind text)
returns table(owner uuid, ids uuid[]) language plpgsql set search_path = public, pg_temp as $$
declare
  outer_one text := current_setting('sild.organisation', true);
  one uuid;
begin
  foreach one in array owners loop
    perform set_config('sild.organisation', one::text, true);
    return query execute
      format('select $1, array_agg(kept.id) from %s kept where kept.owner_id = $1 and kept.%I = any($2)', kept, named)
      || case when kind = '' then '' else ' and kept.subject_model = $3' end || ' having count(*) > 0'
      using one, subjects, kind;
  end loop;
  perform set_config('sild.organisation', outer_one, true);
end $$"""
"""Rows of (organisation, ids of what it keeps in `kept` whose column `named` holds a subject), for one kind of subjects or any ('')."""


def organisations() -> list[UUID]:
    """Every organisation of the mechanism, in one order for all: who closes records in another could wait for one who waits for them."""
    return sorted({current_actor().organisation, *Organisation.objects.values_list("id", flat=True)})


def kept_beside(table: str, column: str, subjects: Collection[UUID], kind: str = "") -> dict[UUID, set[UUID]]:
    """By organisation that has such rows, the ids of those of `table` whose `column` names a subject, of one kind or any ('')."""
    owners = organisations()
    with on_behalf_of(current_actor().organisation), connection.cursor() as cursor:
        cursor.execute("select owner, ids from sild_beside(%s, %s::regclass, %s, %s, %s)", [owners, table, column, list(subjects), kind])
        return {owner: set(ids) for owner, ids in cursor.fetchall()}
