"""Slots of an older lexicon are made anew: some lines at a time, each time for good, from where the last time ended."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, acting, on_behalf_of
from sild.wings.linkage.actions.filing import Filing
from sild.wings.linkage.reads.slots import made_as
from sild.wings.linkage.reads.stale import is_stale
from sild.wings.parties.public import organisation_ids
from sild.wings.register.public import Line

AT_A_TIME = 500
FIRST = UUID(int=0)

# one who begins while another is at it waits, and goes on after them
_HELD = """update linkage_slotedition set upto = case when edition = %s then upto else %s end, edition = %s
  where owner_id = %s returning upto"""
_DONE = "update linkage_slotedition set upto = %s where owner_id = %s"


@action("linkage.renew-slots", roles=frozenset({Role.SERVICE}), stepwise=True)
def renew_slots(actor: Actor) -> int:
    """File anew the lines of the mechanism in the open whose slots are of another edition; returns how many. May be broken off.

    Lines in compartments are there for their members alone: `file_lines` reaches them.
    """
    many = 0
    for owner in organisation_ids(actor).values():
        while is_stale(actor, owner):
            many += _renew_some(actor, owner)
    return many


def _renew_some(actor: Actor, owner: UUID) -> int:
    with acting(actor), on_behalf_of(owner), connection.cursor() as cursor:
        cursor.execute(_HELD, [made_as(), FIRST, made_as(), owner])
        [after] = cursor.fetchone()
        if after is None:
            return 0
        standing = Line.objects.filter(owner_id=owner, compartment_id=None, id__gt=after).order_by("id")
        # a line that is changed meanwhile is waited for
        some = list(standing.select_for_update(of=("self",), no_key=True)[:AT_A_TIME])
        Filing(some, instead_of=[line.id for line in some]).write()
        cursor.execute(_DONE, [some[-1].id if len(some) == AT_A_TIME else None, owner])
    return len(some)
