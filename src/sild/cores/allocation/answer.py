"""The answer: shipments, what they are worth, what was proved, why each need is short, and what to ask for.

A reason names a limit, whose move it is, and the smallest change that would let more be delivered while the rest of the plan
stays; its witness are the shipments that then become possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Literal

from sild.cores.allocation.problem import Basis, Need, Problem, quality_of
from sild.cores.allocation.problem.fairness import Fairness, worth_of_rule

Status = Literal["optimal", "within-gap", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Shipment:
    """`lots` of an offer to a need, arriving in `period`; `pieces` is lots times the offer's lot."""

    need: str
    offer: str
    period: int
    lots: int
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One limit, lifted as little as possible.

    `limit` names it; the records that it concerns are set, the others None; absorption without a `resource` is of pieces.
    `amount` counts in `unit`; conditions and gates have amount 1 and unit "decision". `owner` is whose move it is.
    """

    limit: str
    owner: str
    amount: Decimal
    unit: str
    need: str | None = None
    offer: str | None = None
    donor: str | None = None
    body: str | None = None
    category: str | None = None
    period: int | None = None
    site: str | None = None
    resource: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a need is short: the changes that together (mostly it is one) let `pieces` more reach it, worth `value`.

    `smallest`: it was shown that less, or one change fewer, does not do.
    """

    changes: tuple[Change, ...]
    sentence: str
    witness: tuple[Shipment, ...]
    pieces: int
    value: Fraction
    smallest: bool

    @property
    def limit(self) -> str:
        """The names of the limits, joined by +."""
        return " + ".join(dict.fromkeys(change.limit for change in self.changes))

    @property
    def owner(self) -> str:
        """Whose move it is, joined by +."""
        return " + ".join(dict.fromkeys(change.owner for change in self.changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A need that gets less than it asked for: `missing` pieces, and why. `unknown` names limits that nobody has stated.

    `examined` is False where the time ended before this need's reasons were looked for.
    """

    need: str
    missing: int
    reasons: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()
    examined: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request to somebody who can give: the change, who is asked, and what the best plan then gains (at least `gain`).

    `exact`: the bounds of both plans leave less than a fiftieth of the gain open; otherwise it is what a search around found.
    `pieces` more reach needs, one thing with another; `reached` are the needs that get more.
    """

    change: Change
    sentence: str
    gain: Fraction
    pieces: int
    exact: bool
    reached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A delivery that is another one than was committed or planned before: `before` lots then, `now` lots.

    `why` names the limit that no longer lets it be, "withdrawn" where its need or offer has left the problem, "better" where the
    plan as a whole is worth more so, "added" where nothing was planned before.
    """

    need: str
    offer: str
    period: int
    before: int
    now: int
    committed: bool
    why: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLicence:
    """A licence that the plan waits for: `days` are what the quantile of `routes` past routes leaves to wait, in `periods` too.

    None: it takes longer already than any of those routes did, and the plan supposes that it is no obstacle.
    """

    offer: str
    authority: str
    quantile: Decimal
    routes: int
    days: int | None
    periods: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FairShares:
    """A fairness rule in words, and the share that each of its groups gets in this plan."""

    by: str
    sentence: str
    shares: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledOrder:
    """An offer with a smallest order that the plan makes use of: the lots of all needs together, and the bodies that share it."""

    offer: str
    minimum: int
    lots: int
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A plan and what is known of it. `objective` is exact; no plan is worth more than `bound`; `gap` is (bound - objective) / bound.

    `parts`: what the objective is made of, by name; they add up to it. `moved`: what differs from what stood before.
    `licences`: on how long a wait the plan counts for each offer that it uses and whose licence has past routes.
    `fairness`: each rule with the shares that came of it. `orders`: who orders together.
    """

    shipments: tuple[Shipment, ...]
    objective: Fraction
    bound: float
    status: Status
    basis: Basis
    seed: int
    seconds: float
    unmet: tuple[Unmet, ...] = ()
    asks: tuple[Ask, ...] = ()
    assumptions: tuple[str, ...] = ()
    parts: tuple[tuple[str, Fraction], ...] = ()
    moved: tuple[Moved, ...] = ()
    licences: tuple[PlannedLicence, ...] = ()
    fairness: tuple[FairShares, ...] = ()
    orders: tuple[PooledOrder, ...] = ()

    @property
    def gap(self) -> float:
        """The proven relative distance to the best plan, 0 where the bound is 0, 1 without one."""
        if self.bound == inf:
            return 1.0
        return max(0.0, (self.bound - float(self.objective)) / self.bound) if self.bound > 0 else 0.0


def parts_of(problem: Problem, shipments: Iterable[Shipment]) -> tuple[tuple[str, Fraction], ...]:
    """What the plan is worth, exactly, by the parts of the objective that this problem has: "value" always comes first."""
    shipments = tuple(shipments)
    values = values_of(problem, shipments)
    parts = [("value", sum(values.values(), Fraction(0)))]
    if problem.planned and problem.stability:
        parts.append(("stability", kept_worth(problem, shipments)))
    if problem.fairness:
        parts.append(("fairness", sum((worth_of_rule(rule, *_in_groups(rule, problem, values)) for rule in problem.fairness), Fraction(0))))
    return tuple(parts)


def values_of(problem: Problem, shipments: Iterable[Shipment]) -> dict[str, Fraction]:
    """What each need's deliveries are worth, exactly, per need id (needs that get nothing are left out)."""
    shipments = tuple(shipments)
    needs, lost = {need.id: need for need in problem.needs}, _lost_to_substitutes(problem, shipments)
    return {name: worth_of(needs[name], pieces, problem) - lost.get(name, 0) for name, pieces in delivered_by(shipments).items()}


def groups_of(rule: Fairness, need: Need) -> str | None:
    """The group of the rule that the need is in; None: in none."""
    name: str | None = getattr(need, rule.by)
    return name if name is not None and (not rule.among or name in rule.among) else None


def _in_groups(rule: Fairness, problem: Problem, values: Mapping[str, Fraction]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    worth: dict[str, Fraction] = {}
    weight: dict[str, Fraction] = {}
    for need in problem.needs:
        name = groups_of(rule, need)
        if name is not None and need.weight:
            worth[name] = worth.get(name, Fraction(0)) + values.get(need.id, Fraction(0))
            weight[name] = weight.get(name, Fraction(0)) + Fraction(need.weight)
    return worth, weight


def shares_of(problem: Problem, shipments: Iterable[Shipment]) -> tuple[FairShares, ...]:
    """For each rule the share of every group, exactly, by name."""
    found, values = [], values_of(problem, shipments) if problem.fairness else {}
    for rule in problem.fairness:
        worth, weight = _in_groups(rule, problem, values)
        shares = tuple((name, worth[name] / weight[name]) for name in sorted(weight))
        found.append(FairShares(by=rule.by, sentence=rule.sentence, shares=shares))
    return tuple(found)


def objective_of(problem: Problem, shipments: Iterable[Shipment]) -> Fraction:
    """The exact objective of a plan: the sum of its parts."""
    return sum((worth for _, worth in parts_of(problem, shipments)), Fraction(0))


def kept_worth(problem: Problem, shipments: Iterable[Shipment]) -> Fraction:
    """What it earns that deliveries stay where and when the plan before had them."""
    needs = {need.id: need for need in problem.needs}
    before = {one.key: one.lots for one in problem.planned}
    total = Fraction(0)
    for one in shipments:
        lots = min(one.lots, before.get((one.need, one.offer, one.period), 0))
        if lots:
            total += kept_piece(needs[one.need], problem) * lots * (one.pieces // one.lots)
    return total


def _lost_to_substitutes(problem: Problem, shipments: Iterable[Shipment]) -> dict[str, Fraction]:
    """What each need is worth less because pieces are of a substitute's quality."""
    needs = {need.id: need for need in problem.needs if need.substitutes}
    offers = {offer.id: offer for offer in problem.offers} if needs else {}
    lost: dict[str, Fraction] = {}
    for one in shipments:
        if one.need in needs:
            need = needs[one.need]
            less = (1 - Fraction(quality_of(need, offers[one.offer]) or 1)) * piece_worth(need, problem) * one.pieces
            lost[one.need] = lost.get(one.need, Fraction(0)) + less
    return lost


def piece_worth(need: Need, problem: Problem) -> Fraction:
    """What one more piece is worth once the need is served."""
    return (1 - Fraction(problem.served_share)) * Fraction(need.weight) / need.quantity


def kept_piece(need: Need, problem: Problem) -> Fraction:
    """What one piece earns by staying where and when it was planned."""
    return Fraction(problem.stability) * Fraction(need.weight) / need.quantity


def worth_of(need: Need, pieces: int, problem: Problem) -> Fraction:
    """What `pieces` delivered to the need are worth, exactly."""
    share = Fraction(problem.served_share)
    return Fraction(need.weight) * ((1 - share) * pieces / need.quantity + share) if pieces else Fraction(0)


def delivered_by(shipments: Iterable[Shipment]) -> dict[str, int]:
    """Pieces per need id."""
    pieces: dict[str, int] = {}
    for shipment in shipments:
        pieces[shipment.need] = pieces.get(shipment.need, 0) + shipment.pieces
    return pieces
