"""The plan itself: every shipment, every limit, every need, the value and the bound, added up from nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sild.cores.allocation.answer import Answer, Shipment
from sild.cores.allocation.problem import Need, Offer, Problem

# what a float may differ from an exact fraction, as a share
FLOAT_SLACK = Fraction(1, 10**6)
BOUND_SLACK = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong (`rule`), with which record, and in which words."""

    rule: str
    record: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.record}: {self.text}"


class Ledger:
    """What shipments use of every limit, added up from nothing."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        due = [need.due for need in problem.needs if need.due is not None]
        self.horizon = max([*due, *(period for _, period in problem.absorption if period is not None)], default=0)
        self.needs = {need.id: need for need in problem.needs}
        self.offers = {offer.id: offer for offer in problem.offers}
        self.pieces: dict[str, int] = defaultdict(int)
        self.lots: dict[str, int] = defaultdict(int)
        self.spent: dict[str, Fraction] = defaultdict(Fraction)
        self.taken: dict[tuple[str, int | None], int] = defaultdict(int)

    def rooms_of(self, body: str) -> dict[int | None, int]:
        """What the body can still take, per period with a limit (None: in all)."""
        named = {period: room for (name, period), room in self.problem.absorption.items() if name == body}
        return {period: room - self.taken.get((body, period), 0) for period, room in named.items()}

    def add(self, shipment: Shipment, pieces: int, period: int) -> None:
        """Count one shipment of known records."""
        offer, body = self.offers[shipment.offer], self.needs[shipment.need].body
        self.pieces[shipment.need] += pieces
        self.lots[offer.id] += shipment.lots
        self.spent[offer.donor] += pieces * Fraction(offer.unit_cost or 0)
        self.taken[body, None] += pieces
        self.taken[body, period] += pieces


def plan_findings(answer: Answer, ledger: Ledger) -> list[Finding]:
    """Everything that is wrong with shipments, value and bound; fills the empty ledger on the way."""
    findings: list[Finding] = []
    for shipment in answer.shipments:
        findings.extend(_shipment(shipment, ledger))
    findings.extend(_repeats(answer.shipments))
    findings.extend(_limits(ledger))
    findings.extend(_needs(ledger))
    findings.extend(_worth(answer, ledger))
    if answer.basis != ledger.problem.basis:
        findings.append(Finding(rule="basis", record="answer", text=f"says {answer.basis}, the problem is {ledger.problem.basis}"))
    return findings


def _shipment(shipment: Shipment, ledger: Ledger) -> Iterable[Finding]:
    record = f"{shipment.need} <- {shipment.offer}"
    need, offer = ledger.needs.get(shipment.need), ledger.offers.get(shipment.offer)
    if need is None or offer is None:
        yield Finding(rule="unknown-record", record=record, text="there is no such " + ("need" if need is None else "offer"))
        return
    if shipment.lots <= 0:
        yield Finding(rule="lots", record=record, text=f"{shipment.lots} lots; lots must be a positive whole number")
    if shipment.pieces >= 0 and shipment.pieces != shipment.lots * offer.lot:
        yield Finding(rule="pieces", record=record, text=f"{shipment.lots} lots of {offer.lot} are not {shipment.pieces} pieces")
    broken = list(gates_closed(need, ledger.problem))
    if ledger.problem.pairs is None:
        broken += conditions_broken(need, offer)
    elif (need.id, offer.id) not in ledger.problem.pairs:
        broken.append("the pair is not among those that fit")
    broken += too_late(need, offer, arrival(shipment, offer), ledger)
    yield from (Finding(rule="fit", record=record, text=text) for text in broken)
    ledger.add(shipment, shipment.lots * offer.lot, arrival(shipment, offer))


def arrival(shipment: Shipment, offer: Offer) -> int:
    """The period of a shipment; where the answer does not say one, the first possible."""
    return shipment.period if shipment.period >= 0 else first_arrival(offer)


def first_arrival(offer: Offer) -> int:
    """When the offer can be with a recipient: open, licensed, and the way behind it."""
    wait = offer.licence.lead if offer.licence.state == "pending" and offer.licence.lead is not None else 0
    return max(offer.available_from, wait) + offer.lead


def gates_closed(need: Need, problem: Problem) -> list[str]:
    """Why the need may be in no plan at all."""
    closed = []
    if need.channel == "undetermined":
        closed.append("the need is not yet ruled civil or military")
    if problem.basis == "endorsed" and not need.endorsed:
        closed.append("the need is not endorsed")
    return closed


def conditions_broken(need: Need, offer: Offer) -> list[str]:
    """Every condition of need and offer, whatever the period, that keeps them apart."""
    broken = []
    if need.category not in set(offer.categories):
        broken.append(f"the offer is not of category {need.category}")
    if need.unit and offer.unit and need.unit != offer.unit:
        broken.append(f"the offer counts in {offer.unit}, the need in {need.unit}")
    if need.channel == "military" and offer.civil_only:
        broken.append("the offer is for civil use only")
    if offer.regions and need.region and need.region not in offer.regions:
        broken.append(f"the offer is not for region {need.region}")
    if offer.earmark_bodies and need.body not in offer.earmark_bodies:
        broken.append(f"the offer is not for {need.body}")
    if offer.earmark_categories and need.category not in offer.earmark_categories:
        broken.append(f"the offer's money is not for {need.category}")
    if offer.earmark_sectors and need.sector and need.sector not in offer.earmark_sectors:
        broken.append(f"the offer is not for sector {need.sector}")
    if offer.licence.state == "denied":
        broken.append("the licence was denied")
    return broken


def window(need: Need, offer: Offer, horizon: int, *, paired: bool) -> tuple[int, int]:
    """The first and the last period in which the offer may reach the need (last < first: never).

    A listed pair may always use its first period.
    """
    first = first_arrival(offer)
    last = need.due if need.due is not None else max(first, horizon)
    if offer.available_until is not None:
        last = min(last, offer.available_until + offer.lead)
    return first, max(first, last) if paired else last


def too_late(need: Need, offer: Offer, when: int, ledger: Ledger) -> list[str]:
    """Whether the period of arrival lies outside the window."""
    first, last = window(need, offer, ledger.horizon, paired=ledger.problem.pairs is not None)
    if when < first:
        return [f"arrives in period {when}, cannot before {first}"]
    return [f"arrives in period {when}, after {last}"] if when > last else []


def _repeats(shipments: Iterable[Shipment]) -> Iterable[Finding]:
    counted = Counter((one.need, one.offer, one.period) for one in shipments)
    for (need, offer, period), times in counted.items():
        if times > 1:
            yield Finding(rule="repeated", record=f"{need} <- {offer}", text=f"stands {times} times for period {period}")


def _limits(ledger: Ledger) -> Iterable[Finding]:
    problem = ledger.problem
    for name, lots in ledger.lots.items():
        if lots > ledger.offers[name].lots:
            yield Finding(rule="offer-lots", record=name, text=f"{lots} lots of {ledger.offers[name].lots}")
    for donor, spent in ledger.spent.items():
        budget = problem.budgets.get(donor)
        if budget is not None and spent > Fraction(budget):
            yield Finding(rule="budget", record=donor, text=f"spends {float(spent):.6f} of {budget}")
    for (body, period), room in problem.absorption.items():
        taken = ledger.taken.get((body, period), 0)
        if taken > room:
            when = "in all" if period is None else f"in period {period}"
            yield Finding(rule="absorption", record=body, text=f"takes {taken} of {room} {when}")


def least_of(need: Need) -> int:
    """The smallest useful number of pieces, from the share, by whole-number division."""
    share = Fraction(need.minimum_fraction) * need.quantity
    return max(1, -(-share.numerator // share.denominator))


def _needs(ledger: Ledger) -> Iterable[Finding]:
    for name, pieces in ledger.pieces.items():
        need = ledger.needs[name]
        if pieces and not least_of(need) <= pieces <= need.quantity:
            yield Finding(rule="quantity", record=name, text=f"{pieces} delivered, must be {least_of(need)}..{need.quantity}")


def worth(need: Need, pieces: int, problem: Problem) -> Fraction:
    """The value of pieces delivered to a need, from the definition."""
    if pieces <= 0:
        return Fraction(0)
    served = Fraction(problem.served_share)
    return Fraction(need.weight) * (served + (1 - served) * Fraction(pieces, need.quantity))


def _worth(answer: Answer, ledger: Ledger) -> Iterable[Finding]:
    value = sum((worth(ledger.needs[name], pieces, ledger.problem) for name, pieces in ledger.pieces.items()), Fraction(0))
    if abs(Fraction(answer.objective) - value) > FLOAT_SLACK * max(Fraction(1), value):
        yield Finding(rule="objective", record="answer", text=f"says {float(answer.objective)}, is {float(value)}")
    if answer.bound != float("inf") and Fraction(answer.bound) < value * (1 - BOUND_SLACK):
        yield Finding(rule="bound", record="answer", text=f"{answer.bound} lies below the value {float(value)}")
    proved = answer.bound - float(value) <= 1e-6 * answer.bound
    if answer.status == "optimal" and not proved:
        yield Finding(rule="status", record="answer", text=f"says optimal, but the bound {answer.bound} lies above {float(value)}")
