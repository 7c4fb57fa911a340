"""The plan as people read it: for each need what reaches it, who gives (where the reader may see that), what blocks it, whose move it is.

Made of the records that the reader may see: the secretariat sees all of a plan, others what was shared with them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.linkage.public import things
from sild.wings.planning.models import OF_NEWEST_PLAN, Match, Outcome, Plan
from sild.wings.planning.reads.wording import in_words, owner_in_words, record_in_words
from sild.wings.planning.rules import GRANTED_AS, Light
from sild.wings.register.public import NeedView, OfferView, needs, offers

STATES = ("covered", "partly", "unmet", "not-plannable")
_SHOWN_AS = {"unmet": 1, "partly": 2, "covered": 3, "not-plannable": 4}
"""The order of the rows; a state that this version does not know stands at the end, and the page with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A quantity of one offer in a month; `title` and `provider` are empty where the reader may not see the offer.

    `instead`: other offers and why they were not chosen; for who sees the whole plan. `light`: whether it can be delivered, where asked.
    """

    offer: UUID | None
    title: str
    provider: str
    quantity: Decimal
    month: date | None
    instead: tuple[str, ...] = ()
    light: Light | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """What would let more reach the need, in words, and whose move it is."""

    sentence: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What to ask for next, in words; `category` and `topic` say of what, where it is something that nobody offers yet.

    `gain` is how much more the best plan would be worth, as a share of this one; `quantity` more would reach needs, in `unit` where
    all that get more count in one, "" where they do not. `exact`: the changed problem was solved again to its proven end. `granted_as`: the
    kind of limit that says that it was granted, where one does.
    """

    sentence: str
    owner: str
    category: str
    topic: str
    gain: Decimal
    quantity: int
    exact: bool
    unit: str = ""
    offer: UUID | None = None
    need: UUID | None = None
    granted_as: str = ""

    @property
    def percent(self) -> Decimal:
        """The gain in hundredths."""
        return (self.gain * 100).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """The nearest variation of an offer that goes nowhere: what it would bring to which need, the changes, whose move it is."""

    offer: UUID
    need: UUID
    quantity: int
    sentence: str
    changes: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """A rule of fairness in words, and the share of what it asked, from 0 to 1, that each of its groups gets."""

    sentence: str
    shares: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An offer that is given from a smallest order on, with the bodies that reach it together."""

    offer: str
    minimum: int
    quantity: int
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A licence that the plan waits for, told from `routes` past ones: `days` more, None where none of them took so long."""

    offer: str
    authority: str
    routes: int
    days: int | None
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A delivery that is another one than before: `now` pieces for `before`, and why. `committed`: it was promised."""

    need: str
    offer: str
    month: date
    before: int
    now: int
    committed: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What the plan weighs and what came of it: the objective in sentences, its parts by name, rules, orders, licences, what moved."""

    sentences: tuple[str, ...]
    parts: tuple[tuple[str, Decimal], ...]
    fairness: tuple[Fair, ...]
    orders: tuple[Order, ...]
    licences: tuple[Awaited, ...]
    moved: tuple[Shift, ...]
    first_come: Decimal | None

    @property
    def above_first_come(self) -> Decimal | None:
        """By how many hundredths what needs get is worth more than first come, first served would give them."""
        value = dict(self.parts).get("value")
        return ((value / self.first_come - 1) * 100).quantize(Decimal("0.1")) if value and self.first_come else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A plan of the same problem by some weights. `value`: what needs get; `least_share`: the smallest share of any group, 0 to 1; `moved`:
    deliveries of the plan before that it changes, None where there is none before; `gap`: to the best plan by its own weights."""

    name: str
    value: Decimal
    least_share: Decimal
    covered: int
    partly: int
    moved: int | None
    gap: float

    @property
    def gap_percent(self) -> str:
        """The gap in hundredths, rounded up to two places."""
        return f"{ceil(self.gap * 10_000) / 100:.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """A need of which the plans deliver different quantities, in the order of the plans."""

    need: UUID
    title: str
    unit: str
    quantities: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A need in a plan: `planned` of `asked`; `weight` orders what is most wanted.

    `priority` is its arithmetic {value, low, high, terms [criterion, weight, value or None, source],
    stands, overridden {value, by, on, reason} or None}; None for other organisations.
    """

    need: UUID
    title: str
    beneficiary: str
    category: str
    asked: Decimal | None
    planned: Decimal
    unit: str
    state: str
    given: tuple[Given, ...]
    blockers: tuple[Blocker, ...]
    priority: dict[str, Any] | None
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheet:
    """A plan for one reader. `whole`: the reader sees all of it; `made_over` counts the needs and offers that its maker could see.

    `basis`: provisional, or endorsed where all that it takes in is; `only_endorsed`: it takes in endorsed needs alone, as an officer asked.
    `adopted_by` is empty where it is not the plan that stands adopted;
    `adopted_before` is then when the one that does was made, where there is one.
    """

    plan: UUID
    made_at: datetime
    made_on: date | None
    whole: bool
    checked: bool
    gap: float | None
    shared_by: str
    basis: str
    only_endorsed: bool
    adopted_by: str
    adopted_on: date | None
    adopted_before: datetime | None
    rows: tuple[PlanRow, ...]
    asks: tuple[Ask, ...]
    varied: tuple[Varied, ...]
    supposed: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]
    weighing: Weighing
    beside: tuple[Beside, ...]
    differ: tuple[Differs, ...]

    @property
    def gap_percent(self) -> str:
        """How far from the best the plan can be, in hundredths, rounded up to two places."""
        return "" if self.gap is None else f"{ceil(self.gap * 10_000) / 100:.2f}"

    @property
    def counts(self) -> dict[str, int]:
        """How many needs stand in each state, from the rows."""
        counted = Counter(row.state for row in self.rows)
        return {state: counted[state] for state in STATES}


@read
def plan_sheet(actor: Actor) -> PlanSheet | None:
    """The newest plan that the actor may see something of; None where there is none."""
    newest = Outcome.objects.order_by(*OF_NEWEST_PLAN).only("plan_id", "created_at").first()
    if newest is None:
        return None
    plan = Plan.objects.filter(id=newest.plan_id).first()
    adopted = Plan.objects.filter(superseded_on=None).exclude(adopted_by="").only("adopted_by", "adopted_on", "created_at").first()
    told: dict[str, Any] = plan.answer.get("plan", {}) if plan is not None else {}
    asked = {need.id: need for need in needs(actor)}
    offered = {offer.id: offer for offer in offers(actor)}
    given: dict[UUID, list[Given]] = {}
    instead = {(row["need"], row["offer"]): tuple(in_words(said) for said in row["instead"]) for row in told.get("choices", [])}
    for match in Match.objects.filter(plan_id=newest.plan_id).order_by("month", "offer_id"):
        given.setdefault(match.need_id, []).append(
            _given(match, offered.get(match.offer_id), instead.get((str(match.need_id), str(match.offer_id)), ()))
        )
    blockers = {row["need"]: tuple(_blockers(row)) for row in told.get("unmet", [])}
    rows = [
        _row(outcome, asked[outcome.need_id], tuple(given.get(outcome.need_id, ())), blockers.get(str(outcome.need_id), ()), told)
        for outcome in Outcome.objects.filter(plan_id=newest.plan_id)
        if outcome.need_id in asked
    ]
    rows.sort(key=lambda row: (_SHOWN_AS.get(row.state, len(STATES)), -row.weight, row.title, str(row.need)))
    return PlanSheet(
        plan=newest.plan_id,
        made_at=newest.created_at,
        made_on=plan.made_on if plan is not None else None,
        whole=plan is not None,
        checked=plan is not None and not plan.findings,
        gap=told.get("gap"),
        shared_by=plan.shared_by if plan is not None else "",
        basis=plan.basis if plan is not None else "provisional",
        only_endorsed=told.get("only_endorsed", False),
        adopted_by=adopted.adopted_by if adopted is not None and adopted.id == newest.plan_id else "",
        adopted_on=adopted.adopted_on if adopted is not None and adopted.id == newest.plan_id else None,
        adopted_before=adopted.created_at if adopted is not None and adopted.id != newest.plan_id else None,
        rows=tuple(rows),
        asks=tuple(_ask(ask, told, asked) for ask in told.get("asks", [])),
        varied=tuple(_varied(row) for row in told.get("counters", [])),
        supposed=tuple(in_words(said) for said in told.get("supposed", [])),
        left_out=tuple((record_in_words(row["title"]), in_words(row["said"])) for row in told.get("offers_left_out", [])),
        findings=tuple(plan.findings) if plan is not None else (),
        weighing=_weighing(told),
        beside=tuple(_beside(one) for one in told.get("beside", {}).get("plans", [])),
        differ=tuple(_differs(one, asked) for one in told.get("beside", {}).get("differ", []) if UUID(one["need"]) in asked),
    )


def _beside(one: dict[str, Any]) -> Beside:
    return Beside(**one | {"value": _rounded(one["value"]), "least_share": _rounded(one["least_share"])})


def _differs(one: dict[str, Any], asked: dict[UUID, NeedView]) -> Differs:
    need = asked[UUID(one["need"])]
    return Differs(need=need.id, title=need.title, unit=need.unit, quantities=tuple(one["quantities"]))


def _weighing(told: dict[str, Any]) -> Weighing:
    """Empty for other organisations, and for a plan of before that does not have it."""
    return Weighing(
        sentences=tuple(in_words(said) for said in told.get("weighs", [])),
        parts=tuple((name, _rounded(worth)) for name, worth in told.get("parts", [])),
        fairness=tuple(
            Fair(sentence=in_words(rule["said"]), shares=tuple((name, _rounded(share)) for name, share in rule["shares"]))
            for rule in told.get("fairness", [])
        ),
        orders=tuple(
            Order(**order | {"offer": record_in_words(order["offer"]), "bodies": tuple(order["bodies"])})
            for order in told.get("orders", [])
        ),
        licences=tuple(Awaited(**licence) for licence in told.get("licences", [])),
        first_come=_rounded(told["first_come"]) if "first_come" in told else None,
        moved=tuple(Shift(**one | {"month": date.fromisoformat(f"{one['month']}-01")}) for one in told.get("moved", [])),
    )


def _rounded(number: float) -> Decimal:
    return Decimal(str(round(number, 3)))


def _given(match: Match, offer: OfferView | None, instead: tuple[str, ...]) -> Given:
    return Given(
        offer=offer.id if offer is not None else None,
        title=offer.title if offer is not None else "",
        provider=offer.provider if offer is not None else "",
        quantity=match.quantity,
        month=match.month,
        instead=instead,
    )


def _ask(ask: dict[str, Any], told: dict[str, Any], asked: dict[UUID, NeedView]) -> Ask:
    category, _sign, topic = ask.get("category", "").partition(" (")
    about = ask.get("about", {})
    worth = told.get("objective") or 0.0
    units = {asked[UUID(need)].unit if UUID(need) in asked else "" for need in ask.get("reached", [])}
    return Ask(
        sentence=in_words(ask["said"]),
        owner=owner_in_words(ask["owner"]),
        category=category,
        topic=things(topic.removesuffix(")")),
        gain=_rounded(ask["gain"] / worth) if worth else Decimal(0),
        quantity=ask["quantity"],
        exact=ask["exact"],
        unit=units.pop() or "" if len(units) == 1 else "",
        offer=UUID(about["offer"]) if about.get("offer") else None,
        need=UUID(about["need"]) if about.get("need") else None,
        granted_as=GRANTED_AS.get(ask["limit"], ""),
    )


def _varied(row: dict[str, Any]) -> Varied:
    head, *changes = row["said"]
    return Varied(
        offer=UUID(row["offer"]),
        need=UUID(row["need"]),
        quantity=row["quantity"],
        sentence=in_words(head),
        changes=tuple(in_words(change) for change in changes),
        owner=owner_in_words(row["owner"]),
    )


def _blockers(row: dict[str, Any]) -> list[Blocker]:
    return [Blocker(sentence=in_words(reason["said"]), owner=owner_in_words(reason["owner"])) for reason in row["reasons"]]


def _row(outcome: Outcome, need: NeedView, given: tuple[Given, ...], blockers: tuple[Blocker, ...], told: dict[str, Any]) -> PlanRow:
    return PlanRow(
        need=need.id,
        title=need.title,
        beneficiary=need.beneficiary,
        category=need.category,
        asked=outcome.asked,
        planned=outcome.planned,
        unit=outcome.unit,
        state=outcome.state,
        given=given,
        blockers=blockers,
        priority=told.get("arithmetic", {}).get(str(need.id)),
        weight=float(told.get("weights", {}).get(str(need.id), 0.0)),
    )
