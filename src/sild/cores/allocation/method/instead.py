"""For each match why this offer and not the next, and for an offer that goes nowhere the nearest variation of it that would.

Both look at the plan as it stands: all else stays. What only a reshuffle would show is found by the asks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction

from sild.cores.allocation.answer import Answer, Change, Shipment, piece_worth, worth_of
from sild.cores.allocation.fit import gates
from sild.cores.allocation.method.desk import Desk
from sild.cores.allocation.method.lifts import Lift, admission, one_change
from sild.cores.allocation.method.room import Delivery, Room, Undecided, delivery
from sild.cores.allocation.problem import Need, Offer, Problem, quality_of

FEW = 3
"""So many other offers are told of for a match, the nearest first."""
NEAR = ("as-good", "later", "quality", "taken", "budget")
"""Causes of an offer that fits: these are told before what does not fit at all."""
NEEDS_TRIED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """Another offer that a need could have been served with, and why it is not.

    `why`: the limits that keep it away (the names of `fit.misfits`); "taken": all of it goes to needs where a piece is worth `worth`
    at least, here it is worth `here`; "budget": its giver has no money left for a lot; "quality": a piece counts `here`, of the chosen
    offer `worth`; "later": it would come `periods` later; "as-good": it would do as well, and lots of it are left.
    """

    offer: str
    why: tuple[str, ...]
    periods: int = 0
    worth: Fraction = Fraction(0)
    here: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An offer that serves a need in this plan, and the nearest others with why not."""

    need: str
    offer: str
    instead: tuple[Instead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The nearest variation of an offer that would serve somebody: the changes that its giver (or who rules on it) makes, what of it then
    goes to which need, and the value that the plan gains while all else stays."""

    offer: str
    need: str
    changes: tuple[Change, ...]
    pieces: int
    value: Fraction


def choices(problem: Problem, answer: Answer) -> tuple[Chosen, ...]:
    """For each need and offer of the plan the other offers of what the need accepts, at most FEW, and why each is not used."""
    desk = Desk(problem, answer.shipments)
    least_of = _least_worths(problem, answer)
    found = []
    matched: dict[tuple[str, str], list[Shipment]] = defaultdict(list)
    for one in answer.shipments:
        matched[one.need, one.offer].append(one)
    for (need_id, offer_id), shipments in sorted(matched.items()):
        need, offer = desk.needs[need_id], desk.offers[offer_id]
        own = {one.offer for one in answer.shipments if one.need == need_id}
        others = [(other, failing) for other, failing in desk.candidates(need) if other.id not in own]
        told = [_instead(need, offer, other, failing, min(one.period for one in shipments), desk, least_of) for other, failing in others]
        told.sort(key=lambda one: (len(one.why), one.why[0] not in NEAR, one.periods, one.offer))
        found.append(Chosen(need=need_id, offer=offer_id, instead=tuple(told[:FEW])))
    return tuple(found)


def _least_worths(problem: Problem, answer: Answer) -> dict[str, Fraction]:
    """For each offer what a piece of it is worth where it is worth least in this plan."""
    needs, offers = {need.id: need for need in problem.needs}, {offer.id: offer for offer in problem.offers}
    least: dict[str, Fraction] = {}
    for one in answer.shipments:
        worth = _worth(needs[one.need], offers[one.offer], problem)
        least[one.offer] = min(worth, least.get(one.offer, worth))
    return least


def _worth(need: Need, offer: Offer, problem: Problem) -> Fraction:
    return piece_worth(need, problem) * Fraction(quality_of(need, offer) or 1)


def _instead(
    need: Need, offer: Offer, other: Offer, failing: tuple[str, ...], period: int, desk: Desk, least_of: dict[str, Fraction]
) -> Instead:
    problem = desk.problem
    if failing:
        return Instead(offer=other.id, why=failing)
    here = _worth(need, other, problem)
    if desk.lots[other.id] < 1:
        return Instead(offer=other.id, why=("taken",), worth=least_of.get(other.id, Fraction(0)), here=here)
    if here < _worth(need, offer, problem):
        return Instead(offer=other.id, why=("quality",), worth=_worth(need, offer, problem), here=here)
    if _price(other, desk) > desk.money.get(other.donor, _price(other, desk)):
        return Instead(offer=other.id, why=("budget",))
    if other.arrives > period:
        return Instead(offer=other.id, why=("later",), periods=other.arrives - period)
    return Instead(offer=other.id, why=("as-good",))


def _price(offer: Offer, desk: Desk) -> int:
    return int(offer.price * offer.lot * desk.scale[offer.donor]) if offer.donor in desk.money else 0


def counter_offers(problem: Problem, answer: Answer) -> tuple[Counter, ...]:
    """For each offer of which nothing is used the variation with the fewest changes, and of those the one that is worth most.

    Looks at the needs that are short and of a category of the offer. An offer that fits somewhere and is merely not needed has none.
    """
    desk = Desk(problem, answer.shipments)
    used = {one.offer for one in answer.shipments}
    best: dict[str, tuple[tuple[int, Fraction, str], Counter]] = {}
    tried: dict[str, int] = defaultdict(int)
    short = [need for need in problem.needs if desk.delivered.get(need.id, 0) < need.quantity and not gates(need, problem)]
    short.sort(key=lambda need: (-piece_worth(need, problem), need.id))
    for need in short:
        if need.id in desk.bundle_of:
            continue
        for offer, failing in desk.candidates(need):
            if offer.id in used or not failing or desk.lots[offer.id] < 1 or tried[offer.id] >= NEEDS_TRIED:
                continue
            tried[offer.id] += 1
            counter = _counter(need, offer, failing, desk)
            if counter is not None:
                rank = (len(counter.changes), -counter.value, need.id)
                if offer.id not in best or rank < best[offer.id][0]:
                    best[offer.id] = (rank, counter)
    return tuple(best[offer.id][1] for offer in problem.offers if offer.id in best)


def _counter(need: Need, offer: Offer, failing: tuple[str, ...], desk: Desk) -> Counter | None:
    """The offer with all that keeps it from this need waived, as far as its giver and who rules on it can; None: that does not help."""
    lift = _varied(need, offer, failing, desk)
    if lift is None:
        return None
    found = _most(lift.apply(desk.room(need, ()), 1))
    pieces, before = sum(supply.lot * lots for supply, _, lots in found), desk.delivered.get(need.id, 0)
    if not pieces:
        return None
    value = worth_of(need, before + pieces, desk.problem) - worth_of(need, before, desk.problem)
    value -= sum((1 - Fraction(supply.quality)) * supply.lot * lots for supply, _, lots in found) * piece_worth(need, desk.problem)
    return Counter(offer=offer.id, need=need.id, changes=lift.changes(1), pieces=pieces, value=value)


def _varied(need: Need, offer: Offer, failing: tuple[str, ...], desk: Desk) -> Lift | None:
    """A later date is the need's, not the offer's: an offer that is late has to come sooner."""
    if failing == ("due-date",):
        lateness = offer.arrives - (need.due or 0)
        if offer.lead >= lateness:
            return one_change(need, replace(offer, lead=offer.lead - lateness), "lead-time", lateness, desk)
        if offer.licence.wait - max(offer.available_from, 0) >= lateness:
            return one_change(need, replace(offer, licence=offer.licence.sooner(lateness)), "licence", lateness, desk)
        return None
    return None if "due-date" in failing else admission(need, offer, failing, desk, desk.room(need, ()))


def _most(room: Room) -> Delivery:
    """The delivery of most pieces that goes through; nothing where none does."""
    found: Delivery = ()
    low, high = room.low, room.high
    while low <= high:
        middle = low if not found else (low + high + 1) // 2
        try:
            more = delivery(replace(room, low=middle))
        except Undecided:
            more = None
        if more is None:
            if not found:
                return ()
            high = middle - 1
        else:
            found = more
            low = max(middle, sum(supply.lot * lots for supply, _, lots in more))
            if low >= high:
                break
    return found
