"""The allocation problem: needs, offers and limits as frozen records. A record that contradicts itself raises, by name.

Pieces, lots and periods are whole numbers; money, weights and shares are exact decimals. Time is counted in periods from the
day of the plan (period 0); `Problem.period` says whether a period is a week or a month. A limit that is not known is None or
absent: it does not bind, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal, get_args

from sild.cores.allocation.problem.fairness import Fairness
from sild.cores.allocation.problem.licence import Licence, periods_left
from sild.cores.allocation.problem.wellformed import (
    LARGEST_PERIOD,
    LARGEST_QUANTITY,
    ProblemRefused,
    decimal,
    one_of,
    texts,
    unique,
    whole,
)

Channel = Literal["civil", "military", "undetermined"]
Basis = Literal["provisional", "endorsed"]
PeriodName = Literal["week", "month"]

# what fits a machine integer with room for sums
LARGEST_AMOUNT = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What one body asks for: `quantity` pieces of `category`.

    It is served with nothing, or with at least `least` and at most `quantity` pieces. `weight` is its priority (what serving
    it in full is worth). `due` is the last period in which a delivery still helps; None: no date. None in `unit`, `region` and
    `sector` means that it is not known. `substitutes` are other categories that it accepts, each with the quality (above 0, at
    most 1) by which a piece counts in its worth; in its quantity every piece counts whole. `passes_on`: whether the body hands it on
    to somebody else, `end_use`: what it is for, `site`: where it would stand; None: not known.
    """

    id: str
    category: str
    quantity: int
    weight: Decimal
    body: str
    minimum_fraction: Decimal = Decimal(0)
    due: int | None = None
    channel: Channel = "civil"
    unit: str | None = None
    region: str | None = None
    sector: str | None = None
    endorsed: bool = True
    substitutes: tuple[tuple[str, Decimal], ...] = ()
    passes_on: bool | None = None
    site: str | None = None
    end_use: str | None = None

    @property
    def least(self) -> int:
        """The smallest number of pieces that is of use, at least 1."""
        return max(1, int((self.minimum_fraction * self.quantity).to_integral_value(ROUND_CEILING)))

    def __post_init__(self) -> None:
        name = f"need {self.id!r}"
        texts(name, id=self.id, category=self.category, body=self.body)
        whole(name, "quantity", self.quantity, 1, LARGEST_QUANTITY)
        decimal(name, "weight", self.weight, Decimal(0), None)
        decimal(name, "minimum_fraction", self.minimum_fraction, Decimal(0), Decimal(1))
        one_of(name, "channel", self.channel, get_args(Channel))
        if self.due is not None:
            whole(name, "due", self.due, 0, LARGEST_PERIOD)
        unique(f"{name}: substitute", (self.category, *(category for category, _ in self.substitutes)))
        for category, quality in self.substitutes:
            texts(name, substitutes=category)
            decimal(name, f"quality of {category}", quality, Decimal(0), Decimal(1))
            if not quality:
                raise ProblemRefused(f"{name}: a substitute of quality 0 is none; leave {category} out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one donor can give: `lots` indivisible lots of `lot` pieces, each piece at `unit_cost` (None: not known) from its budget.

    It can leave from `available_from` to `available_until` (periods, both included) and arrives `lead` periods later. Empty
    `regions`, `earmark_bodies`, `earmark_categories`, `earmark_sectors` and `end_uses` mean no such condition. `no_reexport`: who
    receives it may not hand it on; `end_uses`: it may be used for nothing else. `footprint`: units of hosting (racks, power, TB; one
    measure for a site) that a piece takes up from its arrival on. `minimum_lots`: the smallest order; the needs of several bodies count
    together, and what is committed counts, too. `uses`: what a piece takes of a resource of its recipient, in whole units (hours of
    installers, places, racks, power); a resource that is missing is not known, 0 is a number.
    """

    id: str
    categories: tuple[str, ...]
    donor: str
    lot: int
    lots: int
    unit_cost: Decimal | None = Decimal(0)
    lead: int = 0
    available_from: int = 0
    available_until: int | None = None
    civil_only: bool = False
    unit: str | None = None
    regions: frozenset[str] = frozenset()
    earmark_bodies: frozenset[str] = frozenset()
    earmark_categories: frozenset[str] = frozenset()
    earmark_sectors: frozenset[str] = frozenset()
    licence: Licence = field(default_factory=Licence)
    no_reexport: bool = False
    end_uses: frozenset[str] = frozenset()
    footprint: int = 0
    minimum_lots: int = 0
    uses: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        name = f"offer {self.id!r}"
        texts(name, id=self.id, donor=self.donor)
        if not self.categories:
            raise ProblemRefused(f"{name}: names no category; give at least one that it can serve")
        for category in self.categories:
            texts(name, categories=category)
        whole(name, "lot", self.lot, 1, LARGEST_QUANTITY)
        whole(name, "lots", self.lots, 0, LARGEST_QUANTITY)
        if self.unit_cost is not None:
            decimal(name, "unit_cost", self.unit_cost, Decimal(0), None)
        whole(name, "footprint", self.footprint, 0, LARGEST_QUANTITY)
        whole(name, "minimum_lots", self.minimum_lots, 0, LARGEST_QUANTITY)
        unique(f"{name}: use of", (resource for resource, _ in self.uses))
        for resource, units in self.uses:
            texts(name, uses=resource)
            whole(name, f"use of {resource}", units, 0, LARGEST_QUANTITY)
        whole(name, "lead", self.lead, 0, LARGEST_PERIOD)
        whole(name, "available_from", self.available_from, 0, LARGEST_PERIOD)
        if self.available_until is not None:
            whole(name, "available_until", self.available_until, 0, LARGEST_PERIOD)

    @property
    def price(self) -> Decimal:
        """The unit cost as far as it is known; an unknown one draws on no budget, and the answer says so."""
        return self.unit_cost if self.unit_cost is not None else Decimal(0)

    @property
    def leaves(self) -> int:
        """The first period in which it can leave the donor."""
        return max(self.available_from, self.licence.wait)

    @property
    def arrives(self) -> int:
        """The first period in which it can be with the recipient."""
        return self.leaves + self.lead

    @property
    def open_until(self) -> int | None:
        """The last period in which it can still arrive: left in time, and licensed until then. None: no end is known."""
        left = None if self.available_until is None else self.available_until + self.lead
        ends = [end for end in (left, self.licence.until) if end is not None]
        return min(ends, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What was decided or planned before: `lots` of an offer to a need, arriving in `period`.

    Need and offer may since have left the problem; the answer then says so.
    """

    need: str
    offer: str
    period: int
    lots: int

    def __post_init__(self) -> None:
        name = f"earlier delivery {self.need!r} <- {self.offer!r}"
        texts(name, need=self.need, offer=self.offer)
        whole(name, "period", self.period, 0, LARGEST_PERIOD)
        whole(name, "lots", self.lots, 1, LARGEST_QUANTITY)

    @property
    def key(self) -> tuple[str, str, int]:
        """(need id, offer id, period): one of its kind may stand in a list."""
        return self.need, self.offer, self.period


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Needs of one body that are of use only together: all or none, in the proportion of `parts` (need id, pieces in one set)."""

    id: str
    parts: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        name = f"bundle {self.id!r}"
        texts(name, id=self.id)
        unique(f"{name}: need", (need for need, _ in self.parts))
        if len(self.parts) < 2:
            raise ProblemRefused(f"{name}: names {len(self.parts)} needs; a bundle has at least two parts")
        for need, pieces in self.parts:
            texts(name, need=need)
            whole(name, f"pieces of {need}", pieces, 1, LARGEST_QUANTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Needs, offers and the limits that they share.

    `budgets`: donor -> money it may spend here (None or absent: not known). `absorption`: (body, period) -> pieces the body can
    take in that period; (body, None) -> pieces in all; absent: not known. `pairs`, where given, are the only (need id, offer
    id) that fit; else fit is computed from the records. `served_share` is the share of a need's weight that is earned by
    reaching its minimum. With basis "endorsed" only endorsed needs are served; "provisional" supposes all are.

    `committed` is kept as far as the limits allow; what is kept is of use however little it is. `planned` is the plan before:
    each piece of it that stays where and when it was earns `stability` times weight / quantity on top.

    `bundles`: needs that are of use only together; what is committed stands outside of them. `licence_quantile`: the share of past
    routes within which a licence is expected, where past routes are known. `fairness`: rules that even out shares.
    `hosting`: (site, period) -> units that may stand there from this period on, until the next one that is named for the site.
    `intake`: (body, resource, period) -> units of a resource that the body has in that period; (body, resource, None) -> in all. A resource
    of `lasting` stays taken by what has arrived: its entries hold from their period on until the next one, as of hosting.
    `declined`: (need id, offer id) of which one side said no; a pair may stand there whose records have left the problem.
    """

    needs: tuple[Need, ...]
    offers: tuple[Offer, ...]
    budgets: Mapping[str, Decimal | None] = field(default_factory=dict)
    absorption: Mapping[tuple[str, int | None], int] = field(default_factory=dict)
    pairs: frozenset[tuple[str, str]] | None = None
    served_share: Decimal = Decimal("0.3")
    basis: Basis = "provisional"
    period: PeriodName = "week"
    currency: str = ""
    committed: tuple[Earlier, ...] = ()
    planned: tuple[Earlier, ...] = ()
    stability: Decimal = Decimal(0)
    bundles: tuple[Bundle, ...] = ()
    licence_quantile: Decimal = Decimal("0.8")
    fairness: tuple[Fairness, ...] = ()
    hosting: Mapping[tuple[str, int], int] = field(default_factory=dict)
    intake: Mapping[tuple[str, str, int | None], int] = field(default_factory=dict)
    lasting: frozenset[str] = frozenset()
    declined: frozenset[tuple[str, str]] = frozenset()

    @property
    def horizon(self) -> int:
        """The last period that a due date or a limit names (0: none does): needs without a date are served by then."""
        named = [need.due for need in self.needs if need.due is not None]
        named.extend(period for _, period in self.absorption if period is not None)
        named.extend(period for _, _, period in self.intake if period is not None)
        return max((*named, *(start for _, start in self.hosting)), default=0)

    def __post_init__(self) -> None:
        decimal("problem", "served_share", self.served_share, Decimal(0), Decimal(1))
        one_of("problem", "basis", self.basis, get_args(Basis))
        one_of("problem", "period", self.period, get_args(PeriodName))
        decimal("problem", "stability", self.stability, Decimal(0), Decimal(1000))
        for kind, earlier in (("commitment", self.committed), ("planned delivery", self.planned)):
            unique(kind, (one.key for one in earlier))
        needs = unique("need", (need.id for need in self.needs))
        _bundled(self)
        self._plan_licences()
        for (site, start), units in self.hosting.items():
            texts(f"hosting of {site!r}", site=site)
            whole(f"hosting of {site!r}", "period", start, 0, LARGEST_PERIOD)
            whole(f"hosting of {site!r}", "units", units, 0, LARGEST_AMOUNT)
        offers = unique("offer", (offer.id for offer in self.offers))
        for donor, money in self.budgets.items():
            if money is not None:
                decimal(f"budget of {donor!r}", "amount", money, Decimal(0), None)
        money_scales(self)
        _taken_in(self)
        for need, offer in self.pairs or ():
            if need not in needs:
                raise ProblemRefused(f"pair ({need!r}, {offer!r}): there is no such need")
            if offer not in offers:
                raise ProblemRefused(f"pair ({need!r}, {offer!r}): there is no such offer")

    def _plan_licences(self) -> None:
        """Set what each licence with past routes is planned to take; the same problem with another quantile plans anew."""
        decimal("problem", "licence_quantile", self.licence_quantile, Decimal("0.01"), Decimal(1))
        if any(offer.licence.days for offer in self.offers):
            object.__setattr__(self, "offers", tuple(_planned(offer, self.licence_quantile, self.period) for offer in self.offers))


def _taken_in(problem: Problem) -> None:
    for (body, period), pieces in problem.absorption.items():
        whole(f"absorption of {body!r}", "pieces", pieces, 0, None)
        if period is not None:
            whole(f"absorption of {body!r}", "period", period, 0, LARGEST_PERIOD)
    for (body, resource, period), units in problem.intake.items():
        place = f"intake of {body!r}: {resource!r}"
        texts(place, body=body, resource=resource)
        whole(place, "units", units, 0, LARGEST_AMOUNT)
        if period is not None:
            whole(place, "period", period, 0, LARGEST_PERIOD)
        elif resource in problem.lasting:
            raise ProblemRefused(f"{place}: what stays taken has no total; give the period from which so much is there")


def _planned(offer: Offer, quantile: Decimal, period: str) -> Offer:
    if not offer.licence.days:
        return offer
    return replace(offer, licence=replace(offer.licence, planned=periods_left(offer.licence, quantile, period)))


def _bundled(problem: Problem) -> None:
    unique("bundle", (bundle.id for bundle in problem.bundles))
    bodies = {need.id: need.body for need in problem.needs}
    for bundle in problem.bundles:
        for need, _ in bundle.parts:
            if need not in bodies:
                raise ProblemRefused(f"bundle {bundle.id!r}: there is no need {need!r}")
        if len({bodies[need] for need, _ in bundle.parts}) > 1:
            raise ProblemRefused(f"bundle {bundle.id!r}: its needs are of several bodies; a bundle is of one")
    unique("bundles: need", (need for bundle in problem.bundles for need, _ in bundle.parts))


def quality_of(need: Need, offer: Offer) -> Decimal | None:
    """How much a piece of the offer counts in the need's worth: 1 for its own category, less for a substitute, None for neither."""
    if need.category in offer.categories:
        return Decimal(1)
    return max((quality for category, quality in need.substitutes if category in offer.categories), default=None)


def money_scales(problem: Problem) -> dict[str, int]:
    """For each donor with a budget the power of ten that makes its budget and its unit costs whole.

    Raises ProblemRefused where a donor's amounts would need more than 18 digits.
    """
    digits: dict[str, int] = {donor: _digits(money) for donor, money in problem.budgets.items() if money is not None}
    largest: dict[str, int] = dict.fromkeys(digits, 0)
    for offer in problem.offers:
        if offer.donor in digits:
            digits[offer.donor] = max(digits[offer.donor], _digits(offer.price))
            largest[offer.donor] += int(offer.price * offer.lot * offer.lots) + 1
    for donor, count in digits.items():
        if largest[donor] * 10**count >= LARGEST_AMOUNT:
            raise ProblemRefused(f"budget of {donor!r}: its offers' costs need more than 18 digits; give fewer decimal places")
    return {donor: 10**count for donor, count in digits.items()}


def _digits(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


__all__ = [
    "LARGEST_AMOUNT",
    "LARGEST_PERIOD",
    "LARGEST_QUANTITY",
    "Bundle",
    "Earlier",
    "Fairness",
    "Licence",
    "Need",
    "Offer",
    "Problem",
    "ProblemRefused",
]
