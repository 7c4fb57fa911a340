"""What an act asks for before it writes: a record of the own organisation, a reason, words within their bounds; how closed it begins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.moving import own_compartment
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.continuity.models import System
from sild.wings.continuity.rules import CURRENCY_LETTERS, LONGEST_NAME, LONGEST_REASON, LONGEST_WORDS, MOST_SYSTEMS, Permission

R = TypeVar("R", bound=Record)
FIRST_YEAR, LAST_YEAR = 1980, 2200


def own(actor: Actor, kind: type[R], key: UUID, version: int | None = None) -> R:
    """A record of the actor's own organisation. Raises NotThere, Stale; Refused for another's."""
    record = kind.found(key, version=version)
    if record.owner_id != actor.organisation:
        raise Refused(_("Another organisation keeps this. Ask it to change it."))
    return record


def own_system(actor: Actor, key: UUID) -> System:
    """A system of the actor's own organisation that is in use. Raises NotThere, Refused."""
    system = own(actor, System, key)
    if system.retired:
        raise Refused(_("The system is out of use. Put it back into use first."))
    return system


def reason_given(reason: str) -> str:
    """The reason as it is kept. Raises Refused where there is none."""
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise Refused(_("Say why: the reason is kept."))
    return said


def short(text: str, most: int = LONGEST_NAME) -> str:
    """A name on one line."""
    return " ".join(text.split())[:most]


def full(text: str) -> str:
    """Words of several lines, as they were written."""
    return text.strip()[:LONGEST_WORDS]


def closed_as(*parents: Record) -> dict[str, Any]:
    """The columns that make something as closed as what it belongs to, from the first moment. Raises Refused for two compartments."""
    rooms = {one.compartment_id for one in parents if one.compartment_id is not None}
    if len(rooms) > 1:
        raise Refused(_("These lie in two compartments. What joins them can lie in neither."))
    embargoes = [one.embargo_until for one in parents if one.embargo_until is not None]
    return {
        "marking": max([int(Marking.AMBER_STRICT), *(one.marking for one in parents)]),
        "compartment_id": next(iter(rooms), None),
        "embargo_until": max(embargoes, default=None),
    }


def closed_by_choice(actor: Actor, marking: Marking, compartment: UUID | None) -> dict[str, Any]:
    """How closed something begins that belongs to nothing: never below AMBER+STRICT. Raises NotThere, Refused."""
    if marking < Marking.AMBER_STRICT:
        raise Refused(_("What a State carries on with is AMBER+STRICT at least."))
    if marking > actor.ceiling:
        raise Refused(_("You could not see something as closed as that. Choose a lower marking, or ask who may."))
    room = own_compartment(actor, compartment).id if compartment is not None else None
    return {"marking": int(marking), "compartment_id": room}


def in_time(at: datetime | None) -> None:
    """Raises Refused for a moment before there were such registers, or far ahead: a slip of the pen, and more than tables hold."""
    if at is not None and not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise Refused(_("The moment lies outside the years {first} to {last}. Check it.").format(first=FIRST_YEAR, last=LAST_YEAR))


def positive(*amounts: Decimal | None) -> None:
    """Raises Refused for an amount below nought."""
    if any(one is not None and one < 0 for one in amounts):
        raise Refused(_("An amount is nought or more. Leave it empty where it is not known."))


def refuse_above(actor: Actor, records: Iterable[Record]) -> None:
    """Raises Refused where something begins more closed than the actor sees."""
    if any(one.marking > actor.ceiling for one in records):
        raise Refused(_("You could not see something as closed as that. Choose a lower marking, or ask who may."))


def refuse_permission(permission: Permission, of: str, act: str, on: date | None, today: date) -> None:
    """Raises Refused where a permission is said without what belongs to it."""
    if permission in (Permission.ASKED, Permission.GRANTED, Permission.REFUSED) and not of:
        raise Refused(_("Say whose permission it is."))
    if permission == Permission.GRANTED and not (act and on):
        raise Refused(_("Say by which act it was granted, and on which day."))
    if on is not None and on > today:
        raise Refused(_("{day} has not come yet. Say the day on which it was done.").format(day=on.isoformat()))


def currency_of(text: str) -> str:
    """A currency as three letters; "" for points. Raises Refused."""
    currency = text.strip().upper()
    if currency and not (len(currency) == CURRENCY_LETTERS and currency.isascii() and currency.isalpha()):
        raise Refused(_("{currency} is no currency. Write three letters, or nothing for points.").format(currency=text[:20]))
    return currency


def refuse_too_many(actor: Actor, more: int) -> None:
    """Raises Refused where so many more systems are too many."""
    if System.objects.filter(owner_id=actor.organisation).count() + more > MOST_SYSTEMS:
        raise Refused(_("The inventory would have more than {most} systems, the most there are.").format(most=MOST_SYSTEMS))
