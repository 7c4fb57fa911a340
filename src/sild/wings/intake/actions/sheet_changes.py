"""A row that was taken before says something else now: an officer takes the change over into its line, or leaves it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused
from sild.wings.intake.models import MessageText
from sild.wings.intake.reads.sheets import sheet_of
from sild.wings.register.public import MENDABLE, mend_line

OFFICERS = frozenset({Role.OFFICER})


@action("intake.take-change", roles=OFFICERS)
def take_change(actor: Actor, message_id: UUID, number: int, version: int, *, reason: str = "") -> int:
    """Mend the line of row `number` (from 1) of a sheet as the row says now, read at `version`. Returns how many fields changed.

    Raises NotThere, Stale; Refused where the row changed nothing, or something that a line takes in its own way alone.
    """
    view = sheet_of(actor, message_id)
    if not view.own or not 0 < number <= len(view.rows):
        raise NotThere(_("There is no such row of yours."))
    row = view.rows[number - 1]
    if row.outcome != "changed" or not row.differs:
        raise Refused(_("The row says nothing else than before."))
    if row.before is None or row.before.line is None:
        raise Refused(_("The line of this row is not there any more. Add it by hand if it is to be there again."))
    if any(one.column not in MENDABLE for one in row.differs):
        raise Refused(_("The marking and the conditions of a line are not changed by a sheet. Open the line and change them there."))
    why = reason.strip() or _("The sender's sheet {name} says so, {place}.").format(name=view.name, place=row.row.locator)
    changed = mend_line(actor, row.before.line, version, {one.column: one.now for one in row.differs}, reason=why[:1000])
    text = MessageText.objects.get(message_id=message_id)
    for kept in text.sheet["rows"]:
        if (kept["part"], kept["block"]) == (row.row.part, row.row.block):
            kept["outcome"] = "mended"
    text.save()
    return len(changed)
