"""Taking in a sheet of the inventory: all of it or nothing, in one act that is undone whole; the same sheet again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import ngettext

from sild.formats.record_book import BookRow
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.wings.continuity.actions.systems import WORKERS
from sild.wings.continuity.reads.importing import KINDS, SHEETS, RowOutcome, SheetLook, look_of, planned
from sild.wings.continuity.reads.standing import refuse_above, refuse_too_many


@action("continuity.import-inventory", roles=WORKERS)
def import_inventory(actor: Actor, rows: Sequence[BookRow], *, reason: str = "") -> SheetLook:
    """Take the rows in, for the actor's organisation. Raises Refused where one of them is to be mended: then nothing is written."""
    turn_until_commit(actor.mechanism, "inventory sheets")
    plan = planned(actor, rows)
    look = look_of(plan, taken=True)
    if look.mend:
        told = ngettext(
            "{many} row is to be mended first: nothing was taken in.",
            "{many} rows are to be mended first: nothing was taken in.",
            look.mend,
        )
        raise Refused(told.format(many=look.mend))
    fresh = {sheet: [one.record for one in plan if one.row.sheet == sheet and one.outcome == RowOutcome.FRESH] for sheet in SHEETS}
    refuse_too_many(actor, len(fresh[SHEETS[0]]))
    for sheet in SHEETS:
        refuse_above(actor, fresh[sheet])
        KINDS[sheet].objects.bulk_create(fresh[sheet])
    for one in plan:
        if one.outcome == RowOutcome.CHANGED:
            one.record.save()
    return look
