"""What stops what was agreed from going out, in words: which line, which jurisdiction, whose move it is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.wings.agreements.public import Agreement
from sild.wings.clearance.public import Mover, Stop, StopWord, stops_of


def stopped(actor: Actor, agreement: Agreement | None, need: UUID, offer: UUID, day: date) -> tuple[Stop, ...]:
    """What stops an offer's things from going out for a need on a day, as far as the actor sees it, the worst first; of an `agreement`
    that the actor sees the lines that it was made on, too."""
    return stops_of(actor, [need], [offer], day, lines=agreement.lines if agreement is not None else ())


def sentence_of(stop: Stop) -> str:
    """One stop as a person reads it, with what to do next."""
    told = {
        StopWord.DENIED: _("{item}: the licence was denied ({whose}). It does not go out."),
        StopWord.EXPIRED: _("{item}: the licence ran out on {day} ({whose}). It does not go out before a new one is granted."),
        StopWord.MISSING: _("{item}: the licence is not granted ({whose}). It does not go out before it is."),
        StopWord.UNKNOWN: _("{item}: nobody knows yet whether it needs a licence ({whose}). An officer may go on, with a reason."),
        StopWord.OBJECTION: _("{item}: {whose} objects, and the objection blocks it. It does not go out before that is closed."),
        StopWord.DECISION: _("{item}: {whose} decided that it is not given. It does not go out unless that is decided anew."),
    }[stop.word]
    whose = " · ".join(part for part in (stop.jurisdiction, stop.who) if part) or _("not known")
    day = date_format(stop.expired_on, "j M Y") if stop.expired_on is not None else ""
    movers = {
        Mover.LIAISON: _("The next move is the licence liaison's."),
        Mover.AUTHORITY: _("The next move is the authority's."),
        Mover.GIVER: _("The next move is the giver's."),
        Mover.NOBODY: "",
    }
    said = told.format(item=stop.item or _("without a title"), whose=whose, day=day)
    return f"{said} {movers[stop.mover]}".strip()
