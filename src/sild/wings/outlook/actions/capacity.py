"""A body's capacity by month, as its authority says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.outlook.reads.absorption import speaks_for
from sild.wings.outlook.reads.readers import readers_of
from sild.wings.outlook.rules import LARGEST_CAPACITY, LONGEST_TEXT
from sild.wings.parties.public import desk_day
from sild.wings.planning.public import RESOURCES, LimitEntry, record_limit, stated_capacities

SPEAKERS = frozenset({Role.OFFICER, Role.RECIPIENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMonth:
    """What a body can take in within a month (its first day), in pieces of all things together, or what it has of a resource in hundredths
    at most; None: not known."""

    month: date
    amount: Decimal | None
    resource: str = ""


@action("outlook.state-capacity", roles=SPEAKERS)
def state_capacity(actor: Actor, body: str, months: Sequence[StatedMonth], *, source: str, reason: str = "") -> int:
    """Say what a body can take in; a later word stands, and what is as it was is left alone. Returns how many months are news.

    The plans of the secretariat keep to it. Raises Refused for a body that the actor does not speak for, a part of a piece, a month twice.
    """
    if body not in speaks_for(actor):
        raise Refused(
            _("You do not speak for {body}. Ask its own member, the recipient's authority, or the secretariat.").format(body=body)
        )
    told = " ".join(source.split())[:LONGEST_TEXT]
    if not told:
        raise Refused(_("Say who said so or where it stands, such as “the ministry's IT department, by telephone”."))
    if len({(one.month, one.resource) for one in months}) < len(months):
        raise Refused(_("A month is told twice. Say each one once."))
    now, today, fresh = stated_capacities(actor), desk_day(actor), 0
    for one in months:
        _refuse_odd(one)
        known = now.get(one.resource, {}).get(body, {}).get(one.month)
        if (known.amount if known is not None else None) == one.amount:
            continue
        kind = RESOURCES[one.resource].capacity if one.resource else "absorption"
        entry = LimitEntry(kind=kind, subject=body, month=one.month.isoformat()[:7], amount=one.amount, source=told, as_of=today)
        fresh += record_limit(actor, entry, releasable_to=readers_of(actor, body), reason=reason)
    return fresh


def _refuse_odd(one: StatedMonth) -> None:
    if one.resource:
        _refuse_odd_resource(one)
    elif one.amount is not None and (one.amount != one.amount.to_integral_value() or not 0 <= one.amount <= LARGEST_CAPACITY):
        raise Refused(_("Capacity is a whole number of pieces, from 0 to {most}.").format(most=LARGEST_CAPACITY))


def _refuse_odd_resource(one: StatedMonth) -> None:
    if one.resource not in RESOURCES:
        raise Refused(_("There is no resource {resource}. Load the page anew and try again.").format(resource=one.resource[:20]))
    if one.amount is not None and (one.amount * 100 % 1 or not 0 <= one.amount <= LARGEST_CAPACITY):
        raise Refused(
            _("Hours, places, rack units and watts have two decimals at most and lie from 0 to {most}.").format(most=LARGEST_CAPACITY)
        )
