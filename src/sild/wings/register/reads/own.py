"""Which line is the actor's organisation's own, to be judged and mended by it; what stands no more by itself is not ruled on."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused
from sild.wings.register.models import Line, Need, Offer


def own_line(actor: Actor, line_id: UUID, version: int | None = None) -> Line:
    """A line of the actor's organisation: others to whom it is released read it and leave it alone. Raises NotThere, Stale.

    Runs inside an act.
    """
    line = Line.found(line_id)
    if line.owner_id != actor.organisation:
        raise NotThere(_("There is no such line of yours."))
    if version is not None and line.version != version:
        raise line.stale()
    return line


def refuse_joined(record: Need | Offer) -> None:
    """Raise Refused for a need or an offer that was joined into another: nobody rules on it or answers it any more."""
    if record.joined_into is not None:
        told = _("{title} was joined into another one. Go on there, or split its lines off first.")
        raise Refused(told.format(title=record.title))
