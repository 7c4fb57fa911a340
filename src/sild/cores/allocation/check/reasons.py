"""Each reason again: with its limits lifted exactly as it says, more reaches the need and nothing else breaks; with less, nothing does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from sild.cores.allocation.answer import Answer, Change, Reason, Unmet
from sild.cores.allocation.check.corner import Corner, carries, corner_of, open_to_more
from sild.cores.allocation.check.ledger import Finding, Ledger, conditions_broken, counted, ends_of, first_arrival, licence_wait, worth
from sild.cores.allocation.check.plan import FLOAT_SLACK
from sild.cores.allocation.problem import Licence, Offer

NEW_OFFER = "new offer"
# limits whose smallest change is the largest amount: what a minimum is lowered to, what part of a lot is sent
LOWERED = ("minimum-share", "lot-size")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """A reason that was confirmed to suffice, but whose smallness was too long to settle."""

    need: str
    limit: str


class NotLiftable(ValueError):
    """A change that names no limit of this need, or an amount that lifts nothing."""


def reason_findings(answer: Answer, ledger: Ledger, unsettled: list[Unsettled]) -> list[Finding]:
    """What is wrong with the unmet needs, their reasons and the asks. An answer without any unmet entry was not explained."""
    findings = list(_asks(answer, ledger))
    if not answer.unmet:
        return findings
    by_category: dict[str, list[Offer]] = defaultdict(list)
    for offer in ledger.problem.offers:
        for category in dict.fromkeys(offer.categories):
            by_category[category].append(offer)
    gathered: dict[str, set[str]] = defaultdict(set)
    for need_id, offer_id in ledger.problem.pairs or ():
        gathered[need_id].add(offer_id)
    listed = {name: frozenset(offers) for name, offers in gathered.items()}
    findings.extend(_listing(answer, ledger))
    for unmet in answer.unmet:
        if unmet.need in ledger.needs:
            corner = corner_of(ledger.needs[unmet.need], ledger, by_category, listed)
            findings.extend(_unmet(unmet, corner, unsettled))
    return findings


def _listing(answer: Answer, ledger: Ledger) -> Iterator[Finding]:
    said: dict[str, int] = {}
    for unmet in answer.unmet:
        if unmet.need not in ledger.needs or unmet.need in said:
            yield Finding(rule="unmet", record=unmet.need, text="is no need of the problem, or stands twice")
        said[unmet.need] = unmet.missing
    for need in ledger.problem.needs:
        missing = need.quantity - ledger.pieces.get(need.id, 0)
        if said.get(need.id, 0) != missing:
            yield Finding(rule="unmet", record=need.id, text=f"said to miss {said.get(need.id, 0)}, misses {missing}")


def _unmet(unmet: Unmet, corner: Corner, unsettled: list[Unsettled]) -> Iterator[Finding]:
    if unmet.examined and not unmet.reasons:
        yield Finding(rule="no-reason", record=unmet.need, text="is short and no reason is given")
    if unmet.examined and open_to_more(corner):
        yield Finding(rule="not-blocked", record=unmet.need, text="could get more without lifting anything")
    for reason in unmet.reasons:
        try:
            yield from _reason(reason, corner, unsettled)
        except NotLiftable as refusal:
            yield Finding(rule="reason", record=unmet.need, text=f"{reason.limit}: {refusal}")


def _reason(reason: Reason, corner: Corner, unsettled: list[Unsettled]) -> Iterator[Finding]:
    record = corner.need.id
    if not reason.changes:
        raise NotLiftable("no change is named")
    for change in reason.changes:
        expected = _owner(change, corner)
        if change.owner != expected:
            yield Finding(rule="owner", record=record, text=f"{change.limit} is said to be {change.owner}'s move, it is {expected}'s")
    lifted = corner
    for change in reason.changes:
        lifted = lift(lifted, change, change.amount, corner)
    fault = _witness(reason, lifted)
    if fault:
        yield Finding(rule="reason", record=record, text=f"{reason.limit}: lifted as said, the delivery named does not go through: {fault}")
        return
    if not reason.smallest:
        return
    for at, change in enumerate(reason.changes):
        less = corner
        for other, one in enumerate(reason.changes):
            amount = _less(change, corner) if other == at else one.amount
            if amount is not None:
                less = lift(less, one, amount, corner)
        through = open_to_more(less)
        if through is None:
            unsettled.append(Unsettled(need=record, limit=reason.limit))
        elif through:
            yield Finding(
                rule="reason", record=record, text=f"{reason.limit}: less than {change.amount} {change.unit} of {change.limit} does too"
            )


def _witness(reason: Reason, corner: Corner) -> str | None:
    loads: list[tuple[Offer, int, int]] = []
    used: dict[str, int] = defaultdict(int)
    for shipment in reason.witness:
        offer = corner.offers.get(shipment.offer)
        if offer is None or shipment.need != corner.need.id or shipment.lots < 1:
            return f"{shipment.need} <- {shipment.offer} is not a delivery to this need"
        size = corner.parts.get(offer.id, offer.lot)
        if shipment.pieces != shipment.lots * size:
            return f"{shipment.lots} lots of {size} are not {shipment.pieces} pieces"
        used[offer.id] += shipment.lots
        if used[offer.id] > (min(1, offer.lots) if offer.id in corner.parts else offer.lots):
            return f"offer {offer.id} has no {used[offer.id]} lots left"
        loads.append((offer, shipment.period if shipment.period >= 0 else first_arrival(offer), shipment.pieces))
    pieces = sum(load[2] for load in loads)
    if pieces < 1 or pieces != reason.pieces:
        return f"it brings {pieces} pieces, {reason.pieces} are said"
    problem, before = corner.problem, corner.delivered
    forgone = sum(((1 - counted(corner.need, offer)) * brought for offer, _, brought in loads), Fraction(0))
    gain = worth(corner.need, before + pieces, problem, forgone) - worth(corner.need, before, problem)
    if abs(gain - reason.value) > FLOAT_SLACK * max(Fraction(1), gain):
        return f"it is worth {float(gain)}, {float(reason.value)} is said"
    return carries(corner, loads)


def _less(change: Change, corner: Corner) -> Decimal | None:
    """The next smaller change; None: none at all."""
    if change.limit in LOWERED:
        return change.amount + 1
    step = Decimal(1)
    if change.limit == "budget":
        exact = [offer.unit_cost or Decimal(0) for offer in corner.offers.values() if offer.donor == change.donor]
        exact.append(corner.problem.budgets.get(change.donor or "") or Decimal(0))
        step = min(Decimal(1), *(Decimal(1).scaleb(int(amount.normalize().as_tuple().exponent)) for amount in exact))
    return change.amount - step if change.amount > step else None


def _owner(change: Change, corner: Corner) -> str:
    """Whose move it is, from the records."""
    offer = corner.offers.get(change.offer or "")
    if change.limit in ("offer-lots", "lead-time", "availability", "civil-only", "region", "earmark", "lot-size", "minimum-order"):
        return f"donor {offer.donor}" if offer else "an offer that stands in the problem"
    if change.limit in ("licence", "licence-end", "re-export", "end-use"):
        return f"licence authority {offer.licence.authority if offer else ''}".strip()
    return {
        "budget": f"donor {change.donor}",
        "hosting": f"host {corner.need.site}",
        "absorption": f"recipient {corner.need.body}",
        "due-date": f"recipient {corner.need.body}",
        "bundle": f"recipient {corner.need.body}",
        "minimum-share": f"recipient {corner.need.body}",
        "endorsement": f"endorsing gates of {corner.need.body}",
        "no-offer": "secretariat, to find a giver",
    }.get(change.limit, "secretariat")


def lift(corner: Corner, change: Change, amount: Decimal, base: Corner) -> Corner:
    """The corner with one limit lifted by `amount`; `base` is the corner before any lift. Raises NotLiftable."""
    if amount <= 0:
        raise NotLiftable(f"{change.limit} by {amount} lifts nothing")
    if change.limit == "budget":
        donor = change.donor or ""
        if donor not in corner.money:
            raise NotLiftable(f"{donor!r} has no budget that is known here")
        return replace(corner, money={**corner.money, donor: corner.money[donor] + Fraction(amount)})
    if amount != amount.to_integral_value():
        raise NotLiftable(f"{change.limit} by {amount} is not a whole number")
    whole = int(amount)
    if change.offer is not None and change.offer in corner.offers:
        return _lift_offer(corner, change, whole, corner.offers[change.offer])
    if change.limit in ("absorption", "hosting") and change.unit == "units":
        return _lift_place(corner, change, whole)
    if change.limit == "absorption":
        if change.body != corner.need.body or change.period not in corner.rooms:
            raise NotLiftable(f"absorption of {change.body} in period {change.period} is no limit of this need")
        return replace(corner, rooms={**corner.rooms, change.period: corner.rooms[change.period] + whole})
    if change.need != corner.need.id:
        raise NotLiftable(f"{change.limit} names {change.need or 'no need'}")
    return _lift_need(corner, change.limit, whole, base)


def _lift_place(corner: Corner, change: Change, whole: int) -> Corner:
    """More units at the site, throughout, or of one resource of the body: throughout where it stays taken, else where it is named."""
    if change.limit == "hosting":
        named = [place for place in corner.places if place[:2] == ("site", change.site)]
    else:
        throughout = change.resource in corner.problem.lasting and change.period is None
        mine = [place for place in corner.places if place[:3] == ("body", change.body, change.resource)]
        named = [place for place in mine if throughout or place[3] == change.period]
    if not named:
        raise NotLiftable(f"{change.limit} at {change.site or change.body} is no limit of this need")
    return replace(corner, places={**corner.places, **{place: corner.places[place] + whole for place in named}})


def _lift_need(corner: Corner, limit: str, whole: int, base: Corner) -> Corner:
    need = corner.need
    if limit == "minimum-share":
        if whole > base.least:
            raise NotLiftable(f"a minimum of {whole} is not lower than {base.least}")
        return replace(corner, least=whole)
    if limit == "due-date" and need.due is not None:
        return _admitting_late(replace(corner, need=replace(need, due=need.due + whole)), base)
    if limit == "bundle" and base.bundled:
        return replace(corner, bundled=False)
    if limit == "endorsement":
        return replace(corner, need=replace(need, endorsed=True))
    if limit == "channel":
        return replace(corner, need=replace(need, channel="civil"))
    if limit == "no-offer":
        made = Offer(id=NEW_OFFER, categories=(need.category,), donor=NEW_OFFER, lot=1, lots=whole)
        admitted = None if corner.admitted is None else corner.admitted | {NEW_OFFER}
        return replace(corner, offers={**corner.offers, NEW_OFFER: made}, admitted=admitted)
    raise NotLiftable(f"there is no limit {limit!r} of a need")


def _admitting_late(corner: Corner, base: Corner) -> Corner:
    """Offers that were not listed only because they come too late, and no longer do."""
    if corner.admitted is None or base.need.due is None:
        return corner
    late = {
        name
        for name, offer in base.offers.items()
        if base.need.due < first_arrival(offer) <= (corner.need.due or 0)
        and not conditions_broken(base.need, offer)
        and offer.lot <= base.need.quantity
        and all(first_arrival(offer) <= end for end in ends_of(offer))
    }
    return replace(corner, admitted=corner.admitted | late)


def _lift_offer(corner: Corner, change: Change, whole: int, offer: Offer) -> Corner:
    parts, need = corner.parts, corner.need
    if change.limit == "offer-lots":
        return replace(corner, offers={**corner.offers, offer.id: replace(offer, lots=offer.lots + whole)})
    if change.limit == "lot-size":
        parts = {**parts, offer.id: whole}
        if whole > offer.lot:
            raise NotLiftable(f"a part of {whole} is more than a lot of {offer.lot}")
    elif change.limit == "lead-time":
        if whole > offer.lead:
            raise NotLiftable(f"offer {offer.id} is only {offer.lead} on its way")
        offer = replace(offer, lead=offer.lead - whole)
    elif change.limit == "availability" and offer.available_until is not None:
        offer = replace(offer, available_until=offer.available_until + whole)
    elif change.limit == "licence-end" and offer.licence.until is not None:
        offer = replace(offer, licence=replace(offer.licence, until=offer.licence.until + whole))
    elif change.limit == "declined" and offer.id in corner.declined:
        return replace(corner, declined=corner.declined - {offer.id})
    elif change.limit == "licence":
        offer = replace(offer, licence=_licence(offer, change, whole))
    elif change.limit in ("civil-only", "region", "earmark", "unit", "re-export", "end-use", "minimum-order"):
        offer = _without(offer, change.limit)
    elif change.limit != "fit" or corner.admitted is None:
        raise NotLiftable(f"offer {offer.id} has no limit {change.limit!r}")
    lifted = replace(corner, need=need, parts=parts, offers={**corner.offers, offer.id: offer})
    if corner.admitted is None:
        return lifted
    first = first_arrival(offer)
    in_time = (need.due is None or first <= need.due) and all(first <= end for end in ends_of(offer))
    now_fits = not conditions_broken(need, offer) and in_time
    # a smallest order that is waived makes no pair fit that nobody listed
    listed = change.limit == "fit" or offer.id in corner.admitted or (now_fits and change.limit != "minimum-order")
    return replace(lifted, admitted=corner.admitted | {offer.id}) if listed else lifted


def _licence(offer: Offer, change: Change, whole: int) -> Licence:
    licence = offer.licence
    if change.unit == "decision":
        return replace(licence, state="granted")
    wait = licence_wait(offer)
    if licence.state != "pending" or wait < whole:
        raise NotLiftable(f"the licence of offer {offer.id} has no {whole} periods to lose")
    return Licence(state="pending", authority=licence.authority, lead=wait - whole, until=licence.until)


def _without(offer: Offer, limit: str) -> Offer:
    if limit == "civil-only":
        return replace(offer, civil_only=False)
    if limit == "region":
        return replace(offer, regions=frozenset())
    if limit == "re-export":
        return replace(offer, no_reexport=False)
    if limit == "minimum-order":
        return replace(offer, minimum_lots=0)
    if limit == "end-use":
        return replace(offer, end_uses=frozenset())
    if limit == "unit":
        return replace(offer, unit=None)
    return replace(offer, earmark_bodies=frozenset(), earmark_categories=frozenset(), earmark_sectors=frozenset())


def _asks(answer: Answer, ledger: Ledger) -> Iterator[Finding]:
    most = sum((worth(need, need.quantity, ledger.problem) for need in ledger.problem.needs), Fraction(0))
    most += sum((Fraction(ledger.problem.stability) * Fraction(need.weight) for need in ledger.problem.needs), Fraction(0))
    for rule in ledger.problem.fairness:
        most += Fraction(rule.weight) * sum((Fraction(need.weight) for need in ledger.problem.needs), Fraction(0))
    lost = most - answer.objective
    for ask in answer.asks:
        change = ask.change
        record = f"ask of {change.owner}"
        if change.offer is not None and change.offer not in ledger.offers:
            yield Finding(rule="ask", record=record, text=f"there is no offer {change.offer}")
        if change.need is not None and change.need not in ledger.needs:
            yield Finding(rule="ask", record=record, text=f"there is no need {change.need}")
        if not 0 < ask.gain <= lost * (1 + FLOAT_SLACK) + FLOAT_SLACK:
            yield Finding(rule="ask", record=record, text=f"gains {float(ask.gain)}, all that is missing is worth {float(lost)}")
