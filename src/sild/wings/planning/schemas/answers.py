"""The plan as programs are told of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import field_validator, model_validator

from sild.kernel.shapes import Amount, Paging, Reason, Shape, Word
from sild.wings.planning.schemas.gate import GateLight

State = Literal["covered", "partly", "unmet", "not-plannable"]


class LeftOut(Shape):
    """An offer that could not be planned, and why."""

    offer: str
    why: str


class AskedFor(Shape):
    """What to ask for next, in words, and whose move it is; `category` and `topic` say of what, where nobody offers it yet.

    `gain` is how much more the best plan would be worth, as a share of this one; `quantity` more would reach needs, in `unit` where
    all that get more count in one, empty where they do not. `exact`: the changed problem was solved again to its proven end.
    `granted_as`: the kind of limit by which somebody says that it was granted (POST /limits), empty where none does; `offer` and `need`
    are those that it concerns.
    """

    sentence: str
    owner: str
    category: str
    topic: str
    gain: Amount
    quantity: int
    exact: bool
    unit: str = ""
    offer: UUID | None = None
    need: UUID | None = None
    granted_as: str = ""


class Varied(Shape):
    """The nearest variation of an offer that goes nowhere: what it would bring to which need, the changes, whose move it is."""

    offer: UUID
    need: UUID
    quantity: int
    sentence: str
    changes: list[str]
    owner: str


class Fair(Shape):
    """A rule of fairness in words, and the share of what it asked, from 0 to 1, that each of its groups gets."""

    sentence: str
    shares: list[tuple[str, Amount]]


class Order(Shape):
    """An offer that is given from a smallest order on, with the bodies that reach it together."""

    offer: str
    minimum: int
    quantity: int
    bodies: list[str]


class Awaited(Shape):
    """A licence that the plan waits for, told from `routes` past ones: `days` more, null where none of them took so long."""

    offer: str
    authority: str
    routes: int
    days: int | None
    months: int | None


class Shift(Shape):
    """A delivery that is another one than before: `now` pieces for `before`, and why. `committed`: it was promised."""

    need: str
    offer: str
    month: date
    before: int
    now: int
    committed: bool
    why: str


class Weighing(Shape):
    """What the plan weighs and what came of it; `parts` are what its worth is made of, and add up to it.

    `first_come`: what first come, first served would be worth to the needs.
    """

    sentences: list[str]
    parts: list[tuple[str, Amount]]
    fairness: list[Fair]
    orders: list[Order]
    licences: list[Awaited]
    moved: list[Shift]
    first_come: Amount | None


class PlanBeside(Shape):
    """A plan of the same problem by some weights: as the mechanism weighs, by value, by fairness, by stability.

    `value`: what needs get; `least_share`: the smallest share of any group; `moved`: deliveries of the plan before that it changes.
    """

    name: Literal["as-weighed", "by-value", "by-fairness", "by-stability"]
    value: Amount
    least_share: Amount
    covered: int
    partly: int
    moved: int | None
    gap: float


class Differs(Shape):
    """A need of which these plans deliver different quantities, in their order."""

    need: UUID
    title: str
    unit: str
    quantities: list[int]


class PlanHead(Shape):
    """A plan for its reader: how many needs stand in each state, what is asked for, supposed, left out, and found by the check.

    `only_endorsed`: it takes in endorsed needs alone, as an officer asked.
    `whole`: you see all of it; else your part of what was shared. `gap` is how far from the best it can be, as a share. `adopted_by` is
    empty where it is not the plan that stands adopted; `adopted_before` is then when the one that does was made.
    """

    plan: UUID
    made_at: datetime
    made_on: date | None
    whole: bool
    checked: bool
    gap: float | None
    shared_by: str
    basis: Literal["provisional", "endorsed"]
    only_endorsed: bool
    adopted_by: str
    adopted_on: date | None
    adopted_before: datetime | None
    counts: dict[State, int]
    asks: list[AskedFor]
    varied: list[Varied]
    supposed: list[str]
    left_out: list[LeftOut]
    findings: list[str]
    weighing: Weighing
    beside: list[PlanBeside]
    differ: list[Differs]


class PlannedGift(Shape):
    """A quantity of one offer in a month; without the offer where you may not see it.

    `instead`: others and why they were not chosen. `light`: whether it can be delivered; null where you do not see the offer.
    """

    offer: UUID | None
    title: str
    provider: str
    quantity: Amount
    month: date | None
    instead: list[str]
    light: GateLight | None


class Blocker(Shape):
    """What would let more reach the need, in words, and whose move it is."""

    sentence: str
    owner: str


class Term(Shape):
    """A criterion of a priority with its weight; `value` from 0 to 1, null where nobody said."""

    criterion: str
    weight: Amount
    value: Amount | None
    source: str


class Overridden(Shape):
    """A priority from 0 to 10 that a person set over the arithmetic: who, when, why."""

    value: Amount
    by: str
    on: date
    reason: str


class Priority(Shape):
    """The arithmetic of a priority, from 0 to 10; `low` and `high` are what the unknown terms leave open.

    `value` is the arithmetic; where a person set another priority over it, that is what counts.
    """

    value: Amount
    low: Amount
    high: Amount
    terms: list[Term]
    overridden: Overridden | None = None

    @model_validator(mode="before")
    @classmethod
    def _kept(cls, told: Any) -> Any:
        """What a plan keeps besides, to be printed, is not told twice."""
        return {name: value for name, value in told.items() if name != "stands"} if isinstance(told, dict) else told

    @field_validator("terms", mode="before")
    @classmethod
    def _named(cls, kept: list[Any]) -> list[Any]:
        """A plan keeps its terms as lists."""
        return [dict(zip(Term.model_fields, term, strict=True)) if isinstance(term, list) else term for term in kept]


class PlannedNeed(Shape):
    """A need in a plan: `planned` of `asked`, who gives, what blocks the rest; `weight` orders what is most wanted."""

    need: UUID
    title: str
    beneficiary: str
    category: str
    asked: Amount | None
    planned: Amount
    unit: str
    state: State
    given: list[PlannedGift]
    blockers: list[Blocker]
    priority: Priority | None
    weight: float


class WantedPlannedNeeds(Paging):
    """Which needs of the plan."""

    state: Literal["", "covered", "partly", "unmet", "not-plannable"] = ""
    category: Word = ""


class Sharing(Shape):
    """Why a plan is shared, recalled or adopted."""

    reason: Reason


class TakingIn(Shape):
    """Whether plans take in endorsed needs alone, and why."""

    only_endorsed: bool
    reason: Reason


class TakenIn(Shape):
    """Whether that is news: plans took in the same before where not."""

    new: bool


class Ended(Shape):
    """Whether the plan that is being made was asked to end."""

    asked: bool


class Travelled(Shape):
    """How many records travel to others now, or came back."""

    records: int


class PlanChange(Shape):
    """A need whose coverage is another one than in the plan before; a state is empty where that plan did not know the need."""

    need: UUID
    title: str
    unit: str
    state_before: str
    state: str
    planned_before: Amount
    planned: Amount
    asked_before: Amount | None
    asked: Amount | None
