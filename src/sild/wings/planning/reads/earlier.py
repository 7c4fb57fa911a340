"""What stood before a plan is made: what givers committed, and what the plan before proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sild.cores.allocation.problem import Earlier, Need, Offer, Problem
from sild.kernel.actor import Actor
from sild.wings.agreements.public import AgreementState, agreed_quantities, arrived_quantities, refused_pairs
from sild.wings.planning.models import NEWEST_PLAN, Match, Plan
from sild.wings.planning.reads.wording import Said, said_supposed
from sild.wings.planning.rules import month_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A quantity of an offer that is promised to a need; `month` (its first day) is when it should arrive."""

    need: UUID
    offer: UUID
    quantity: Decimal
    month: date
    marking: int


def commitments(actor: Actor, today: date) -> list[Commitment]:
    """What givers committed and has not arrived, as far as the actor sees it; what has no month is due now."""
    return [
        Commitment(need=one.need, offer=one.offer, quantity=one.quantity - one.arrived, month=one.month or today, marking=one.marking)
        for one in agreed_quantities(actor)
        if one.state == AgreementState.COMMITTED and one.quantity > one.arrived
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What has been taken over already, by need and by offer; how closed it is."""

    needs: Mapping[UUID, Decimal]
    offers: Mapping[UUID, Decimal]
    markings: tuple[int, ...]


def arrived_by_now(actor: Actor) -> Arrived:
    """What of needs and offers has arrived, as far as the actor sees it: a plan asks for the rest alone."""
    needs: dict[UUID, Decimal] = {}
    offers: dict[UUID, Decimal] = {}
    rows = arrived_quantities(actor)
    for one in rows:
        needs[one.need] = needs.get(one.need, Decimal(0)) + one.arrived
        offers[one.offer] = offers.get(one.offer, Decimal(0)) + one.arrived
    return Arrived(needs=needs, offers=offers, markings=tuple(one.marking for one in rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What stood before, in the problem's numbers, what of it cannot enter the problem, and how closed what was committed is."""

    committed: tuple[Earlier, ...]
    planned: tuple[Earlier, ...]
    said: list[Said]
    markings: tuple[int, ...]


def stood_before(actor: Actor, today: date, needs: Mapping[UUID, Need], offers: Mapping[UUID, Offer], names: Mapping[str, str]) -> Stood:
    """Commitments and the newest plan's matches of the needs and offers that the problem has.

    A commitment that is overdue, or whose offer cannot come so soon any more, is kept in the first month in which it can.
    """
    said: list[Said] = []
    promised: dict[tuple[str, str, int], int] = {}
    kept = commitments(actor, today)
    for one in kept:
        need, offer = needs.get(one.need), offers.get(one.offer)
        lots = 0 if offer is None else int(one.quantity) // offer.lot
        if need is None or offer is None or not lots:
            known = names.get(need.id if need is not None else offer.id if offer is not None else "", "")
            said.append(said_supposed("commitment", what=known or str(one.need)))
            continue
        key = (need.id, offer.id, max(month_index(today, one.month), offer.arrives, 0))
        promised[key] = promised.get(key, 0) + lots
    return Stood(
        committed=_earlier(promised),
        planned=_earlier(_proposed(today, needs, offers)),
        said=said,
        markings=tuple(one.marking for one in kept),
    )


def without_refused(actor: Actor, problem: Problem, identities: Mapping[str, UUID]) -> Problem:
    """The problem with the pairs named of which those who asked, or the giver, said no last: nothing of them is planned."""
    numbers = {identity: number for number, identity in identities.items()}
    told = ((numbers.get(need), numbers.get(offer)) for need, offer in refused_pairs(actor))
    return replace(problem, declined=frozenset((need, offer) for need, offer in told if need is not None and offer is not None))


def _proposed(today: date, needs: Mapping[UUID, Need], offers: Mapping[UUID, Offer]) -> dict[tuple[str, str, int], int]:
    """The matches of the newest plan whose month has not passed."""
    plan = Plan.objects.order_by(*NEWEST_PLAN).values_list("id", flat=True).first()
    found: dict[tuple[str, str, int], int] = {}
    for match in Match.objects.filter(plan_id=plan) if plan is not None else ():
        need, offer = needs.get(match.need_id), offers.get(match.offer_id)
        if need is None or offer is None or match.month is None or month_index(today, match.month) < 0:
            continue
        key, lots = (need.id, offer.id, month_index(today, match.month)), int(match.quantity) // offer.lot
        if lots:
            found[key] = found.get(key, 0) + lots
    return found


def _earlier(lots: Mapping[tuple[str, str, int], int]) -> tuple[Earlier, ...]:
    return tuple(Earlier(need=need, offer=offer, period=period, lots=many) for (need, offer, period), many in sorted(lots.items()))
