"""Why each need is short: every limit that, lifted alone and as little as possible, would let more reach it.

All else in the plan stays. Where no single limit does, the smallest set that together does is named. The independent check
lifts each of them again.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from time import monotonic

from sild.cores.allocation.answer import Answer, Change, Reason, Shipment, Unmet, objective_of, piece_worth, worth_of
from sild.cores.allocation.fit import gates, suppositions
from sild.cores.allocation.method.desk import Desk
from sild.cores.allocation.method.lifts import Lift, gate_changes, lifts_of, lifts_together, new_offer
from sild.cores.allocation.method.room import Delivery, Room, Undecided, delivery
from sild.cores.allocation.method.told import with_tale
from sild.cores.allocation.method.wording import sentence_for
from sild.cores.allocation.problem import Need, Offer, Problem, quality_of

REASONS_PER_NEED = 6
OFFERS_WITH_SEVERAL_LIMITS = 5
# reasons are told in this order, nearest to a decision first
ORDER = (
    *(
        "endorsement",
        "channel",
        "bundle",
        "offer-lots",
        "budget",
        "absorption",
        "hosting",
        "due-date",
        "lead-time",
        "licence",
        "availability",
        "licence-end",
        "civil-only",
    ),
    *("region", "earmark", "re-export", "end-use", "minimum-order", "unit", "lot-size", "fit", "declined", "minimum-share", "no-offer"),
)


def explain(problem: Problem, answer: Answer, seconds: float = 60.0) -> Answer:
    """The answer with reasons for every need that is short, and with what was supposed.

    First adds what single needs can still get, so that a reason is never an oversight of the search. Needs that the seconds do
    not reach are listed without reasons.
    """
    until = monotonic() + seconds
    desk = Desk(problem, answer.shipments)
    order = sorted(problem.needs, key=lambda need: (-_missing_worth(need, desk), need.id))
    added = [
        shipment
        for need in order
        if not gates(need, problem) and need.id not in desk.bundle_of
        for shipment in _complete(need, desk, until)
    ]
    if added:
        shipments = _joined((*answer.shipments, *added))
        objective = objective_of(problem, shipments)
        answer = replace(answer, shipments=shipments, objective=objective, bound=max(answer.bound, float(objective)))
    unmet = []
    for need in order:
        missing = need.quantity - desk.delivered.get(need.id, 0)
        if missing:
            in_time = monotonic() < until
            reasons = _reasons(need, desk) if in_time else ()
            unmet.append(Unmet(need=need.id, missing=missing, reasons=reasons, unknown=_unknown(need, desk), examined=in_time))
    return with_tale(problem, replace(answer, unmet=tuple(unmet), assumptions=_assumptions(problem, answer)))


def _missing_worth(need: Need, desk: Desk) -> Fraction:
    delivered = desk.delivered.get(need.id, 0)
    return worth_of(need, need.quantity, desk.problem) - worth_of(need, delivered, desk.problem)


def _fitting(need: Need, desk: Desk) -> Room:
    supplies = tuple(desk.supply(need, offer) for offer, failing in desk.candidates(need) if not failing)
    return desk.room(need, supplies)


def _complete(need: Need, desk: Desk, until: float) -> list[Shipment]:
    added: list[Shipment] = []
    while desk.delivered.get(need.id, 0) < need.quantity and monotonic() < until:
        found = _try(_fitting(need, desk))
        if found is None:
            break
        for shipment in _shipments(need, found):
            desk.add(shipment)
            added.append(shipment)
    return added


def _joined(shipments: tuple[Shipment, ...]) -> tuple[Shipment, ...]:
    """One shipment per need, offer and period."""
    together: dict[tuple[str, str, int], Shipment] = {}
    for one in shipments:
        key = (one.need, one.offer, one.period)
        before = together.get(key)
        together[key] = replace(one, lots=one.lots + before.lots, pieces=one.pieces + before.pieces) if before else one
    return tuple(sorted(together.values()))


def _try(room: Room) -> Delivery | None:
    try:
        return delivery(room)
    except Undecided:
        return None


def _reasons(need: Need, desk: Desk) -> tuple[Reason, ...]:
    room, closed = _fitting(need, desk), gate_changes(need, desk)
    if closed:
        found = _try(room)
        if found is not None:
            return (_reason(need, desk, closed, found, smallest=True),)
    reasons: list[Reason] = []
    for lift in lifts_of(need, desk, room):
        amount, smallest = _least_amount(lift, room)
        if amount is not None:
            found = _try(lift.apply(room, amount))
            if found is not None:
                reasons.append(_reason(need, desk, (*closed, *lift.changes(amount)), found, smallest=smallest))
    if not room.supplies or not reasons:
        lift = new_offer(need, desk, room)
        amount, smallest = _least_amount(lift, room)
        found = None if amount is None else _try(lift.apply(room, amount))
        if amount is not None and found is not None:
            reasons.append(_reason(need, desk, (*closed, *lift.changes(amount)), found, smallest=smallest))
    if not reasons:
        together = _together(need, desk, room, closed)
        return () if together is None else (together,)
    return _best(reasons)


def _best(reasons: list[Reason]) -> tuple[Reason, ...]:
    """At most one reason per limit and owner (the smallest change), in the order of ORDER."""
    kept: dict[tuple[str, str], Reason] = {}
    for reason in reasons:
        key, size = (reason.limit, reason.owner), _size(reason)
        if key not in kept or size < _size(kept[key]):
            kept[key] = reason
    ranked = sorted(kept.values(), key=lambda reason: (ORDER.index(reason.changes[-1].limit), _size(reason), reason.sentence))
    return tuple(ranked[:REASONS_PER_NEED])


def _size(reason: Reason) -> Fraction:
    last = reason.changes[-1]
    return -Fraction(last.amount) if last.limit in ("minimum-share", "lot-size") else Fraction(last.amount)


def _least_amount(lift: Lift, room: Room) -> tuple[int | None, bool]:
    """The smallest change that lets a delivery through (None: not even the largest does), and whether that was proved."""
    proved = True

    def works(amount: int) -> bool:
        nonlocal proved
        try:
            return delivery(lift.apply(room, amount)) is not None
        except Undecided:
            proved = False
            return False

    if lift.downward:
        if works(lift.most):
            return lift.most, proved
        if lift.limits != ("minimum-share",) or not works(1):
            return None, proved
        good, bad = 1, lift.most
        while bad - good > 1:
            middle = (good + bad) // 2
            good, bad = (middle, bad) if works(middle) else (good, middle)
        return good, proved
    if not works(lift.most):
        return None, proved
    bad, good = 0, lift.most
    while good - bad > 1:
        middle = (good + bad) // 2
        bad, good = (bad, middle) if works(middle) else (middle, good)
    return good, proved


def _together(need: Need, desk: Desk, room: Room, closed: tuple[Change, ...]) -> Reason | None:
    """Limits that only help when lifted together: all of them, less every one that is not needed, each as small as it can be."""
    lifts = [lift for lift in lifts_of(need, desk, room) if not lift.downward]
    lifts.extend(lifts_together(need, desk, room, OFFERS_WITH_SEVERAL_LIMITS))
    lifts.sort(key=lambda lift: (max(ORDER.index(limit) for limit in lift.limits), len(lift.limits)))
    amounts = [lift.most for lift in lifts]
    proved = True

    def opened(chosen: list[int]) -> Room:
        widened = room
        for lift, amount in zip(lifts, chosen, strict=True):
            widened = lift.apply(widened, amount) if amount else widened
        return widened

    def works(chosen: list[int]) -> bool:
        nonlocal proved
        try:
            return delivery(opened(chosen)) is not None
        except Undecided:
            proved = False
            return False

    if not works(amounts):
        return None
    for at in range(len(lifts) - 1, -1, -1):
        without = [0 if other == at else amount for other, amount in enumerate(amounts)]
        if works(without):
            amounts = without
    for at, lift in enumerate(lifts):
        if amounts[at] > 1:
            base = opened([0 if other == at else amount for other, amount in enumerate(amounts)])
            least, sure = _least_amount(lift, base)
            proved = proved and sure and least is not None
            amounts[at] = least or amounts[at]
    found = _try(opened(amounts))
    if found is None:
        return None
    changes = [change for lift, amount in zip(lifts, amounts, strict=True) if amount for change in lift.changes(amount)]
    return _reason(need, desk, (*closed, *_one_date(changes)), found, smallest=proved)


def _one_date(changes: list[Change]) -> list[Change]:
    """A need has one due date: of several that it would have to move to, the latest, told first."""
    moved = [change for change in changes if change.limit == "due-date"]
    if not moved:
        return changes
    latest = max(moved, key=lambda change: change.amount)
    return [latest, *(change for change in changes if change.limit != "due-date")]


def _shipments(need: Need, found: Delivery) -> tuple[Shipment, ...]:
    return tuple(
        Shipment(need=need.id, offer=supply.offer, period=period, lots=count, pieces=count * supply.lot) for supply, period, count in found
    )


def _reason(need: Need, desk: Desk, changes: tuple[Change, ...], found: Delivery, *, smallest: bool) -> Reason:
    delivered = desk.delivered.get(need.id, 0)
    witness = _shipments(need, found)
    pieces = sum(shipment.pieces for shipment in witness)
    gain = worth_of(need, delivered + pieces, desk.problem) - worth_of(need, delivered, desk.problem)
    gain -= sum((1 - Fraction(supply.quality)) * count * supply.lot for supply, _, count in found) * piece_worth(need, desk.problem)
    return Reason(
        changes=changes, sentence=sentence_for(changes, desk.problem), witness=witness, pieces=pieces, value=gain, smallest=smallest
    )


def _unknown(need: Need, desk: Desk) -> tuple[str, ...]:
    """The limits of this need's supplies that nobody has stated."""
    problem, found = desk.problem, []
    if not any(body == need.body for body, _ in problem.absorption):
        found.append(f"absorption of {need.body}")
    for offer, failing in desk.candidates(need):
        if not failing:
            if problem.budgets.get(offer.donor) is None and offer.price:
                found.append(f"budget of {offer.donor}")
            found.extend(untold_uses(need, offer, problem))
            found.extend(f"{point} for offer {offer.id}" for point in suppositions(need, offer))
    return tuple(dict.fromkeys(found))


def untold_uses(need: Need, offer: Offer, problem: Problem) -> list[str]:
    """Resources of which the body told what it has, and nobody what a piece of the offer takes."""
    told = sorted({resource for body, resource, _ in problem.intake if body == need.body})
    return [f"use of {resource} by offer {offer.id}" for resource in told if resource not in dict(offer.uses)]


def _told(problem: Problem, body: str, resource: str, period: int) -> bool:
    """Whether a limit on a resource of the body speaks of an arrival in the period."""
    if resource in problem.lasting:
        return any((one, name) == (body, resource) for one, name, _ in problem.intake)
    return (body, resource, None) in problem.intake or (body, resource, period) in problem.intake


def _assumptions(problem: Problem, answer: Answer) -> tuple[str, ...]:
    """What the plan rests on without being known: only what its shipments touch."""
    needs, offers = {need.id: need for need in problem.needs}, {offer.id: offer for offer in problem.offers}
    said: dict[str, None] = {}
    for shipment in answer.shipments:
        need, offer = needs[shipment.need], offers[shipment.offer]
        if problem.budgets.get(offer.donor) is None and offer.price:
            said[f"The budget of {offer.donor} is not known; the plan supposes that it suffices."] = None
        if (need.body, None) not in problem.absorption and (need.body, shipment.period) not in problem.absorption:
            said[f"What {need.body} can take in {problem.period} {shipment.period} is not known; the plan supposes that it suffices."] = (
                None
            )
        for point in untold_uses(need, offer, problem):
            said[f"The {point} is not known; the plan supposes that it is no obstacle."] = None
        for resource, units in offer.uses:
            if units and not _told(problem, need.body, resource, shipment.period):
                said[
                    f"What {need.body} has of {resource} in {problem.period} {shipment.period} is not known; the plan supposes that it"
                    " suffices."
                ] = None
        quality = quality_of(need, offer)
        if quality is not None and quality < 1:
            said[f"Need {need.id} is served with a substitute by offer {offer.id}, of which a piece counts {quality}."] = None
        for point in suppositions(need, offer):
            said[f"The {point} is not known where offer {offer.id} serves need {need.id}; the plan supposes that it is no obstacle."] = None
    return tuple(said)
