"""What givers and carriers do: plan the way, set out, come, hand over, lose, call off, say how far it is used, give it longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.delivery.actions.doing import GIVING, Doing
from sild.wings.delivery.actions.letting_out import Gate
from sild.wings.delivery.actions.routing import Route
from sild.wings.delivery.rules.consignments import MOST_LEGS, ConsignmentDeed, State
from sild.wings.delivery.rules.legs import Leg, came, legs_of, replanned, set_out


@action("delivery.plan-route", roles=GIVING)
def plan_route(
    actor: Actor,
    consignment_id: UUID,
    ahead: Sequence[Leg],
    *,
    due: date | None = None,
    on: date | None = None,
    version: int | None = None,
    reason: str = "",
) -> None:
    """Plan the legs that nobody has set out on anew; those behind stay. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.ROUTE, on=on, version=version, reason=reason)
    legs = replanned(legs_of(doing.one.legs), Route.checked(ahead))
    if len(legs) > MOST_LEGS:
        raise Refused(_("At most {most} legs. Name the places between in the words of one leg.").format(most=MOST_LEGS))
    before = doing.one.due
    doing.one.legs = [leg.kept() for leg in legs]
    doing.one.due = due or Route.due(legs) or before
    moved = before is not None and doing.one.due != before
    said = {"due": doing.one.due.isoformat() if doing.one.due else "", "before": before.isoformat() if moved and before else ""}
    doing.write(said=said)


@action("delivery.depart", roles=GIVING)
def depart_consignment(actor: Actor, consignment_id: UUID, *, on: date | None = None, version: int | None = None, reason: str = "") -> None:
    """It set out on its next leg; of services and hosting: the work has begun. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.DEPART, on=on, version=version, reason=reason)
    Gate.refuse_leaving(actor, doing)
    legs, leg = set_out(legs_of(doing.one.legs), doing.day)
    doing.one.legs = [one.kept() for one in legs]
    doing.write(replace(doing.one.parts, stage=State.UNDER_WAY), said={"from": leg.start, "to": leg.end, "carrier": leg.by} if leg else {})


@action("delivery.arrive", roles=GIVING)
def arrive_consignment(actor: Actor, consignment_id: UUID, *, on: date | None = None, version: int | None = None, reason: str = "") -> None:
    """The leg under way ended; after the last one the consignment has arrived. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.ARRIVE, on=on, version=version, reason=reason)
    legs, leg = came(legs_of(doing.one.legs), doing.day)
    doing.one.legs = [one.kept() for one in legs]
    stage = State.UNDER_WAY if any(one.came is None for one in legs) else State.ARRIVED
    doing.write(replace(doing.one.parts, stage=stage), said={"to": leg.end, "carrier": leg.by} if leg else {})


@action("delivery.hand-over", roles=GIVING)
def hand_over_consignment(
    actor: Actor, consignment_id: UUID, *, to: str = "", on: date | None = None, version: int | None = None, reason: str = ""
) -> None:
    """It was handed over to the recipient, `to` whom there; licences: the keys were sent. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.HAND_OVER, on=on, version=version, reason=reason)
    Gate.refuse_leaving(actor, doing)
    doing.write(replace(doing.one.parts, stage=State.HANDED_OVER), said={"received_by": " ".join(to.split())[:200]})


@action("delivery.report-lost", roles=GIVING)
def lose_pieces(
    actor: Actor, consignment_id: UUID, quantity: Decimal | None, *, on: date | None = None, version: int | None = None, reason: str
) -> None:
    """Pieces of which nobody has said that they arrived were lost. They are owed again. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.LOSE, on=on, version=version, reason=reason)
    lost = doing.amount(quantity)
    parts = doing.one.parts
    doing.write(replace(parts, lost=parts.lost + lost), amounts={"lost": lost})


@action("delivery.report-use", roles=GIVING)
def count_use(
    actor: Actor, consignment_id: UUID, quantity: Decimal, *, on: date | None = None, version: int | None = None, reason: str = ""
) -> None:
    """The giver says how many seats are activated, days worked, terabytes hosted so far. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.COUNT_USE, on=on, version=version, reason=reason)
    doing.one.reported = quantity if quantity == 0 else doing.amount(quantity)
    doing.write(amounts={"reported": quantity})


@action("delivery.extend", roles=GIVING)
def extend_consignment(
    actor: Actor, consignment_id: UUID, until: date, *, on: date | None = None, version: int | None = None, reason: str = ""
) -> None:
    """The giver gives it longer, or says for the first time when it lapses. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.EXTEND, on=on, version=version, reason=reason)
    before = doing.one.ends_on
    if until <= (before or doing.day):
        told = _("It is given until {day} already. Say a later day; what ends earlier is recalled.")
        raise Refused(told.format(day=(before or doing.day).isoformat()))
    doing.one.ends_on, doing.one.asked_until = until, None
    doing.write(said={"until": until.isoformat(), "before": before.isoformat() if before else ""})


@action("delivery.call-off", roles=GIVING)
def call_off_consignment(actor: Actor, consignment_id: UUID, *, on: date | None = None, version: int | None = None, reason: str) -> None:
    """What has not set out is not sent; its quantity is left to prepare again. Raises NotThere, Stale, Refused."""
    doing = Doing.of(actor, consignment_id, ConsignmentDeed.CALL_OFF, on=on, version=version, reason=reason)
    doing.write(replace(doing.one.parts, stage=State.CALLED_OFF))
