"""What runs out and came by no consignment: told, renewed, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.outlook.models import Term
from sild.wings.outlook.reads.absorption import speaks_for
from sild.wings.outlook.reads.readers import readers_of
from sild.wings.outlook.rules import LONGEST_REASON, LONGEST_TEXT, TermKind, TermState
from sild.wings.parties.public import desk_day
from sild.wings.register.public import CATEGORIES

KEEPERS = frozenset({Role.OFFICER, Role.RECIPIENT})
LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerm:
    """What runs out on `ends_on`, for which body. `quantity` None: nobody said how many; `vendor` makes or runs it, `giver` gave it."""

    kind: TermKind
    title: str
    body: str
    ends_on: date
    category: str = ""
    vendor: str = ""
    giver: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    source: str = ""


@action("outlook.keep-term", roles=KEEPERS)
def keep_term(actor: Actor, new: NewTerm, *, reason: str = "") -> UUID:
    """Write down what runs out. Raises Refused for a body that the actor does not speak for, and for what has no name or no source."""
    if new.body not in speaks_for(actor):
        raise Refused(
            _("You do not speak for {body}. Ask its own member, the recipient's authority, or the secretariat.").format(body=new.body)
        )
    if new.category and new.category not in CATEGORIES:
        raise Refused(_("There is no category {category}. Choose one of the list.").format(category=new.category[:40]))
    if new.quantity is not None and not 0 < new.quantity < LARGEST:
        raise Refused(_("Say how many, more than 0, or leave it empty."))
    title, source = _short(new.title), _short(new.source)
    if not title or not source:
        raise Refused(_("Say what it is, and where it is written that it ends: a contract, a letter, somebody's word."))
    term = Term(
        kind=new.kind,
        title=title,
        body=new.body,
        category=new.category,
        vendor=_short(new.vendor),
        giver=_short(new.giver),
        quantity=new.quantity,
        unit=" ".join(new.unit.split())[:60],
        ends_on=new.ends_on,
        source=source,
        releasable_to=readers_of(actor, new.body),
        steps=[_step(actor, new.ends_on, reason)],
    )
    term.save()
    return term.id


@action("outlook.renew-term", roles=KEEPERS)
def renew_term(actor: Actor, term_id: UUID, ends_on: date, *, version: int | None = None, reason: str) -> None:
    """It was renewed until another day. Raises NotThere, Stale; Refused for a day that is not later, and without a word of who said so."""
    term = _own(actor, term_id, version)
    if ends_on <= term.ends_on:
        raise Refused(_("It ends on {day} already. Say a later day, or end it.").format(day=term.ends_on.isoformat()))
    _refuse_silence(reason)
    term.ends_on = ends_on
    term.steps = [*term.steps, _step(actor, ends_on, reason)]
    term.save()


@action("outlook.end-term", roles=KEEPERS)
def end_term(actor: Actor, term_id: UUID, *, version: int | None = None, reason: str) -> None:
    """It is not needed any more, and leaves the calendar. Raises NotThere, Stale, Refused."""
    term = _own(actor, term_id, version)
    _refuse_silence(reason)
    term.state = TermState.ENDED
    term.steps = [*term.steps, _step(actor, term.ends_on, reason)]
    term.save()


def _own(actor: Actor, term_id: UUID, version: int | None) -> Term:
    term: Term = Term.found(term_id, version=version)
    if term.owner_id != actor.organisation:
        raise Refused(_("Another organisation wrote this down. Ask it to change it, or write your own."))
    if term.state != TermState.RUNNING:
        raise Refused(_("It was ended already."))
    return term


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say in a few words who said so; it stays with it."))


def _step(actor: Actor, ends_on: date, reason: str) -> dict[str, Any]:
    return {"on": desk_day(actor).isoformat(), "by": actor.name, "ends_on": ends_on.isoformat(), "reason": reason.strip()[:LONGEST_REASON]}


def _short(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TEXT]
