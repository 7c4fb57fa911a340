"""Whether the slots of an organisation's lines are of the lexicon and the program as they are now."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from sild.kernel.action import read
from sild.kernel.actor import Actor, on_behalf_of
from sild.wings.linkage.reads.slots import made_as
from sild.wings.parties.public import organisation_ids


@read
def is_stale(actor: Actor, owner: UUID) -> bool:
    """Whether slots of this organisation's lines in the open are of another edition."""
    with on_behalf_of(owner), connection.cursor() as cursor:
        cursor.execute("select from linkage_slotedition where owner_id = %s and (edition <> %s or upto is not null)", [owner, made_as()])
        return cursor.fetchone() is not None


@read
def any_stale(actor: Actor) -> bool:
    """Whether slots of any organisation of the mechanism are."""
    return any(is_stale(actor, owner) for owner in organisation_ids(actor).values())


_STALE = """select count(*) filter (where line.compartment_id is null and (told.edition <> '{edition}' or line.id > told.upto)) as waiting,
  count(*) filter (where line.compartment_id is not null and told.closed <> '{edition}') as closed
from register_line line join linkage_slotedition told using (mechanism_id, owner_id) where line.state <> 'rejected'"""


def stale_lines_asked() -> str:
    """What the doctor asks as the administrator: how many lines stand under slots of another edition, in the open and in compartments."""
    return _STALE.format(edition=made_as())
