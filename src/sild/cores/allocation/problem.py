"""The allocation problem: needs, offers and limits as frozen records. A record that contradicts itself raises, by name.

Pieces, lots and periods are whole numbers; money, weights and shares are exact decimals. Time is counted in periods from the
day of the plan (period 0); `Problem.period` says whether a period is a week or a month. A limit that is not known is None or
absent: it does not bind, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import Literal, get_args

Channel = Literal["civil", "military", "undetermined"]
LicenceState = Literal["not-needed", "granted", "pending", "denied", "unknown"]
Basis = Literal["provisional", "endorsed"]
PeriodName = Literal["week", "month"]

LARGEST_QUANTITY = 10_000_000
LARGEST_PERIOD = 1_200
# what fits a machine integer with room for sums
LARGEST_AMOUNT = 2**62


class ProblemRefused(ValueError):
    """A problem that cannot be what was meant; the message names the record and the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What one body asks for: `quantity` pieces of `category`.

    It is served with nothing, or with at least `least` and at most `quantity` pieces. `weight` is its priority (what serving
    it in full is worth). `due` is the last period in which a delivery still helps; None: no date. None in `unit`, `region` and
    `sector` means that it is not known. `substitutes` are other categories that it accepts, each with the quality (above 0, at
    most 1) by which a piece counts in its worth; in its quantity every piece counts whole. `passes_on`: whether the body hands it on
    to somebody else, `end_use`: what it is for; None: not known.
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
    end_use: str | None = None

    @property
    def least(self) -> int:
        """The smallest number of pieces that is of use, at least 1."""
        return max(1, int((self.minimum_fraction * self.quantity).to_integral_value(ROUND_CEILING)))

    def __post_init__(self) -> None:
        name = f"need {self.id!r}"
        _texts(name, id=self.id, category=self.category, body=self.body)
        _whole(name, "quantity", self.quantity, 1, LARGEST_QUANTITY)
        _decimal(name, "weight", self.weight, Decimal(0), None)
        _decimal(name, "minimum_fraction", self.minimum_fraction, Decimal(0), Decimal(1))
        _one_of(name, "channel", self.channel, get_args(Channel))
        if self.due is not None:
            _whole(name, "due", self.due, 0, LARGEST_PERIOD)
        _unique(f"{name}: substitute", (self.category, *(category for category, _ in self.substitutes)))
        for category, quality in self.substitutes:
            _texts(name, substitutes=category)
            _decimal(name, f"quality of {category}", quality, Decimal(0), Decimal(1))
            if not quality:
                raise ProblemRefused(f"{name}: a substitute of quality 0 is none; leave {category} out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """The export licence of an offer: who rules on it and how many periods it still takes (None: not known)."""

    state: LicenceState = "not-needed"
    authority: str = ""
    lead: int | None = None

    def __post_init__(self) -> None:
        _one_of("licence", "state", self.state, get_args(LicenceState))
        if self.lead is not None:
            _whole("licence", "lead", self.lead, 0, LARGEST_PERIOD)

    @property
    def wait(self) -> int:
        """Periods that the licence adds before anything can leave; 0 where it is granted, not needed or of unknown length."""
        return self.lead or 0 if self.state == "pending" else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one donor can give: `lots` indivisible lots of `lot` pieces, each piece at `unit_cost` (None: not known) from its budget.

    It can leave from `available_from` to `available_until` (periods, both included) and arrives `lead` periods later. Empty
    `regions`, `earmark_bodies`, `earmark_categories`, `earmark_sectors` and `end_uses` mean no such condition. `no_reexport`: who
    receives it may not hand it on; `end_uses`: it may be used for nothing else.
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

    def __post_init__(self) -> None:
        name = f"offer {self.id!r}"
        _texts(name, id=self.id, donor=self.donor)
        if not self.categories:
            raise ProblemRefused(f"{name}: names no category; give at least one that it can serve")
        for category in self.categories:
            _texts(name, categories=category)
        _whole(name, "lot", self.lot, 1, LARGEST_QUANTITY)
        _whole(name, "lots", self.lots, 0, LARGEST_QUANTITY)
        if self.unit_cost is not None:
            _decimal(name, "unit_cost", self.unit_cost, Decimal(0), None)
        _whole(name, "lead", self.lead, 0, LARGEST_PERIOD)
        _whole(name, "available_from", self.available_from, 0, LARGEST_PERIOD)
        if self.available_until is not None:
            _whole(name, "available_until", self.available_until, 0, LARGEST_PERIOD)

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
        _texts(name, need=self.need, offer=self.offer)
        _whole(name, "period", self.period, 0, LARGEST_PERIOD)
        _whole(name, "lots", self.lots, 1, LARGEST_QUANTITY)

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
        _texts(name, id=self.id)
        _unique(f"{name}: need", (need for need, _ in self.parts))
        if len(self.parts) < 2:
            raise ProblemRefused(f"{name}: names {len(self.parts)} needs; a bundle has at least two parts")
        for need, pieces in self.parts:
            _texts(name, need=need)
            _whole(name, f"pieces of {need}", pieces, 1, LARGEST_QUANTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Needs, offers and the limits that they share.

    `budgets`: donor -> money it may spend here (None or absent: not known). `absorption`: (body, period) -> pieces the body can
    take in that period; (body, None) -> pieces in all; absent: not known. `pairs`, where given, are the only (need id, offer
    id) that fit; else fit is computed from the records. `served_share` is the share of a need's weight that is earned by
    reaching its minimum. With basis "endorsed" only endorsed needs are served; "provisional" supposes all are.

    `committed` is kept as far as the limits allow; what is kept is of use however little it is. `planned` is the plan before:
    each piece of it that stays where and when it was earns `stability` times weight / quantity on top.

    `bundles`: needs that are of use only together; what is committed stands outside of them.
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

    @property
    def horizon(self) -> int:
        """The last period that a due date or an absorption limit names (0: none does): needs without a date are served by then."""
        named = [need.due for need in self.needs if need.due is not None]
        return max((*named, *(period for _, period in self.absorption if period is not None)), default=0)

    def __post_init__(self) -> None:
        _decimal("problem", "served_share", self.served_share, Decimal(0), Decimal(1))
        _one_of("problem", "basis", self.basis, get_args(Basis))
        _one_of("problem", "period", self.period, get_args(PeriodName))
        _decimal("problem", "stability", self.stability, Decimal(0), Decimal(1000))
        for kind, earlier in (("commitment", self.committed), ("planned delivery", self.planned)):
            _unique(kind, (one.key for one in earlier))
        needs = _unique("need", (need.id for need in self.needs))
        _bundled(self)
        offers = _unique("offer", (offer.id for offer in self.offers))
        for donor, money in self.budgets.items():
            if money is not None:
                _decimal(f"budget of {donor!r}", "amount", money, Decimal(0), None)
        money_scales(self)
        for (body, period), pieces in self.absorption.items():
            _whole(f"absorption of {body!r}", "pieces", pieces, 0, None)
            if period is not None:
                _whole(f"absorption of {body!r}", "period", period, 0, LARGEST_PERIOD)
        for need, offer in self.pairs or ():
            if need not in needs:
                raise ProblemRefused(f"pair ({need!r}, {offer!r}): there is no such need")
            if offer not in offers:
                raise ProblemRefused(f"pair ({need!r}, {offer!r}): there is no such offer")


def _bundled(problem: Problem) -> None:
    _unique("bundle", (bundle.id for bundle in problem.bundles))
    bodies = {need.id: need.body for need in problem.needs}
    for bundle in problem.bundles:
        for need, _ in bundle.parts:
            if need not in bodies:
                raise ProblemRefused(f"bundle {bundle.id!r}: there is no need {need!r}")
        if len({bodies[need] for need, _ in bundle.parts}) > 1:
            raise ProblemRefused(f"bundle {bundle.id!r}: its needs are of several bodies; a bundle is of one")
    _unique("bundles: need", (need for bundle in problem.bundles for need, _ in bundle.parts))


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


def _unique(kind: str, ids: Iterable[Hashable]) -> set[Hashable]:
    seen: set[Hashable] = set()
    for name in ids:
        if name in seen:
            raise ProblemRefused(f"{kind} {name!r}: the id stands twice; ids must differ")
        seen.add(name)
    return seen


def _texts(name: str, **values: object) -> None:
    for key, value in values.items():
        if not isinstance(value, str) or not value:
            raise ProblemRefused(f"{name}: {key} must be a text that is not empty, not {value!r}")


def _whole(name: str, key: str, value: object, least: int, most: int | None) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ProblemRefused(f"{name}: {key} must be a whole number, not {value!r}")
    if value < least or (most is not None and value > most):
        raise ProblemRefused(f"{name}: {key} is {value}; it must be at least {least}{_end(most)}")


def _decimal(name: str, key: str, value: object, least: Decimal, most: Decimal | None) -> None:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ProblemRefused(f"{name}: {key} must be a finite decimal number, not {value!r}")
    if value < least or (most is not None and value > most):
        raise ProblemRefused(f"{name}: {key} is {value}; it must be at least {least}{_end(most)}")
    if value and not -12 <= value.adjusted() <= 15:
        raise ProblemRefused(f"{name}: {key} is {value}; numbers here lie between 1e-12 and 1e15")


def _end(most: object) -> str:
    return "" if most is None else f" and at most {most}"


def _one_of(name: str, key: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ProblemRefused(f"{name}: {key} is {value!r}; it must be one of {', '.join(allowed)}")
