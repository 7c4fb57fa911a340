"""What the check counts with: the plan added up from nothing, and each condition and amount from its definition in the records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from sild.cores.allocation.answer import Shipment
from sild.cores.allocation.problem import Need, Offer, Problem

Place = tuple[str, str, str, int | None]
"""("site", its name, "", from when) or ("body", its name, a resource, period): room that is counted in units."""


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
        months = [period for _, period in problem.absorption if period is not None]
        resources = [period for _, _, period in problem.intake if period is not None]
        self.horizon = max([*due, *months, *resources, *(start for _, start in problem.hosting)], default=0)
        self.needs = {need.id: need for need in problem.needs}
        self.offers = {offer.id: offer for offer in problem.offers}
        self.pieces: dict[str, int] = defaultdict(int)
        self.forgone: dict[str, Fraction] = defaultdict(Fraction)
        self.lots: dict[str, int] = defaultdict(int)
        self.spent: dict[str, Fraction] = defaultdict(Fraction)
        self.taken: dict[tuple[str, int | None], int] = defaultdict(int)
        self.standing: dict[Place, int] = defaultdict(int)
        self.committed = {one.key: one.lots for one in problem.committed}
        self.shipped: dict[tuple[str, str, int], int] = defaultdict(int)

    def rooms_of(self, body: str) -> dict[int | None, int]:
        """What the body can still take, per period with a limit (None: in all)."""
        named = {period: room for (name, period), room in self.problem.absorption.items() if name == body}
        return {period: room - self.taken.get((body, period), 0) for period, room in named.items()}

    def add(self, shipment: Shipment, pieces: int, period: int) -> None:
        """Count one shipment of known records."""
        offer, body = self.offers[shipment.offer], self.needs[shipment.need].body
        self.pieces[shipment.need] += pieces
        self.forgone[shipment.need] += pieces * (1 - counted(self.needs[shipment.need], offer))
        self.lots[offer.id] += shipment.lots
        self.spent[offer.donor] += pieces * Fraction(offer.unit_cost or 0)
        self.taken[body, None] += pieces
        self.taken[body, period] += pieces
        self.shipped[shipment.need, shipment.offer, period] += shipment.lots
        for place, units in places_held(self.needs[shipment.need], offer, period, self.problem):
            self.standing[place] += pieces * units

    @cached_property
    def kept(self) -> dict[tuple[str, str, int], int]:
        """The lots of each commitment that the plan keeps."""
        return {key: min(lots, self.shipped[key]) for key, lots in self.committed.items() if self.shipped.get(key)}

    @cached_property
    def kept_pieces(self) -> dict[str, int]:
        """Pieces of commitments that the plan keeps, per need."""
        pieces: dict[str, int] = defaultdict(int)
        for (need, offer, _), lots in self.kept.items():
            pieces[need] += lots * self.offers[offer].lot
        return pieces


def arrival(shipment: Shipment, offer: Offer) -> int:
    """The period of a shipment; where the answer does not say one, the first possible."""
    return shipment.period if shipment.period >= 0 else first_arrival(offer)


def first_arrival(offer: Offer) -> int:
    """When the offer can be with a recipient: open, licensed, and the way behind it."""
    return max(offer.available_from, licence_wait(offer)) + offer.lead


def ends_of(offer: Offer) -> list[int]:
    """The last periods in which it may arrive: by when it has left, and by when its licence ends; empty: it has no end."""
    ends = [] if offer.available_until is None else [offer.available_until + offer.lead]
    return ends if offer.licence.until is None else [*ends, offer.licence.until]


def licence_wait(offer: Offer) -> int:
    """The periods that a licence still takes, as it was planned; nothing where that is not known."""
    licence = offer.licence
    known = licence.planned if licence.days else licence.lead
    return known if licence.state == "pending" and known is not None else 0


def gates_by_name(need: Need, problem: Problem) -> list[tuple[str, str]]:
    """(name, why) of everything that keeps the need out of any plan."""
    closed = []
    if need.channel == "undetermined":
        closed.append(("channel", "the need is not yet ruled civil or military"))
    if problem.basis == "endorsed" and not need.endorsed:
        closed.append(("endorsement", "the need is not endorsed"))
    return closed


def gates_closed(need: Need, problem: Problem) -> list[str]:
    """Why the need may be in no plan at all."""
    return [why for _, why in gates_by_name(need, problem)]


def conditions_by_name(need: Need, offer: Offer) -> list[tuple[str, str]]:
    """(name, why) of every condition of need and offer, whatever the period, that keeps them apart."""
    broken = []
    if not {need.category, *(category for category, _ in need.substitutes)}.intersection(offer.categories):
        broken.append(("category", f"the offer is not of category {need.category}"))
    if need.unit and offer.unit and need.unit != offer.unit:
        broken.append(("unit", f"the offer counts in {offer.unit}, the need in {need.unit}"))
    if need.channel == "military" and offer.civil_only:
        broken.append(("civil-only", "the offer is for civil use only"))
    if offer.regions and need.region and need.region not in offer.regions:
        broken.append(("region", f"the offer is not for region {need.region}"))
    if offer.earmark_bodies and need.body not in offer.earmark_bodies:
        broken.append(("earmark", f"the offer is not for {need.body}"))
    if offer.earmark_categories and need.category not in offer.earmark_categories:
        broken.append(("earmark", f"the offer's money is not for {need.category}"))
    if offer.earmark_sectors and need.sector and need.sector not in offer.earmark_sectors:
        broken.append(("earmark", f"the offer is not for sector {need.sector}"))
    if offer.no_reexport and need.passes_on:
        broken.append(("re-export", "the offer may not be handed on, and the body would"))
    if offer.end_uses and need.end_use and need.end_use not in offer.end_uses:
        broken.append(("end-use", f"the offer is not for the end use {need.end_use}"))
    if offer.licence.state == "denied":
        broken.append(("licence", "the licence was denied"))
    return broken


def conditions_broken(need: Need, offer: Offer) -> list[str]:
    """Every condition of need and offer, whatever the period, that keeps them apart."""
    return [why for _, why in conditions_by_name(need, offer)]


def window(need: Need, offer: Offer, horizon: int, *, paired: bool) -> tuple[int, int]:
    """The first and the last period in which the offer may reach the need (last < first: never).

    A listed pair may always use its first period.
    """
    first = first_arrival(offer)
    last = need.due if need.due is not None else max(first, horizon)
    last = min([last, *ends_of(offer)])
    return first, max(first, last) if paired else last


def least_of(need: Need) -> int:
    """The smallest useful number of pieces, from the share, by whole-number division."""
    share = Fraction(need.minimum_fraction) * need.quantity
    return max(1, -(-share.numerator // share.denominator))


def places_held(need: Need, offer: Offer, period: int, problem: Problem) -> list[tuple[Place, int]]:
    """Every place on which a piece that arrives in `period` draws, with its units: spans of hosting at the site, resources of the body."""
    held: list[tuple[Place, int]] = []
    if need.site is not None and offer.footprint:
        starts = sorted(start for name, start in problem.hosting if name == need.site)
        held.extend((("site", need.site, "", start), offer.footprint) for start in _spans(starts, period))
    for resource, units in offer.uses:
        told = [when for body, name, when in problem.intake if (body, name) == (need.body, resource)] if units else []
        if resource in problem.lasting:
            stays = _spans(sorted(when for when in told if when is not None), period)
            held.extend((("body", need.body, resource, start), units) for start in stays)
        else:
            held.extend((("body", need.body, resource, when), units) for when in told if when is None or when == period)
    return held


def places_told(problem: Problem) -> dict[Place, int]:
    """What there is of every place."""
    sites: dict[Place, int] = {("site", site, "", start): units for (site, start), units in problem.hosting.items()}
    return sites | {("body", body, resource, when): units for (body, resource, when), units in problem.intake.items()}


def _spans(starts: list[int], period: int) -> list[int]:
    """The spans, by where they begin, in which something that arrives in `period` and stays is there."""
    found = []
    for start in starts:
        later = [other for other in starts if other > start]
        if not later or period < later[0]:
            found.append(start)
    return found


def counted(need: Need, offer: Offer) -> Fraction:
    """What one piece of the offer counts for the need's worth; a listed pair of other categories counts whole."""
    if need.category in set(offer.categories):
        return Fraction(1)
    accepted = [Fraction(quality) for category, quality in need.substitutes if category in set(offer.categories)]
    return max(accepted) if accepted else Fraction(1)


def worth(need: Need, pieces: int, problem: Problem, forgone: Fraction = Fraction(0)) -> Fraction:
    """The value of pieces delivered to a need, from the definition; `forgone`: the pieces that lower quality takes away."""
    if pieces <= 0:
        return Fraction(0)
    served = Fraction(problem.served_share)
    return Fraction(need.weight) * (served + (1 - served) * (pieces - forgone) / need.quantity)
