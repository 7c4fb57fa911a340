"""Money as programs are told of it, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word, plain
from sild.values.marking import Marking
from sild.wings.money.actions import NewFlow, Worth
from sild.wings.money.reads import FlowFilter
from sild.wings.money.rules import ClaimVerdict, FlowState, LeftOutWhy, ShownAs

Wide = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
"""A sum, or a difference, as exact as its rows."""
Positive = Annotated[Amount, Field(gt=0)]
Rate = Annotated[Decimal, PlainSerializer(plain, return_type=str), Field(gt=0, max_digits=18, decimal_places=8)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
NoCurrency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\u0000]*$")]


class WantedFlows(Paging):
    """Which flows: exact values, `tag` one of the source's own divisions (name=value), `q` words."""

    state: Literal[""] | FlowState = ""
    giver: Name = ""
    through: Name = ""
    body: Name = ""
    category: Word = ""
    sector: Name = ""
    currency: NoCurrency = ""
    series: Word = ""
    source: Name = ""
    year: Annotated[str, StringConstraints(pattern=r"^(-|\d{4})?$")] = ""
    month: Annotated[str, StringConstraints(pattern=r"^(-|\d{4}-\d{2})?$")] = ""
    tag: Name = ""
    q: Name = ""

    def wanted(self) -> FlowFilter:
        """The filter."""
        told = self.model_dump(include=set(FlowFilter.__dataclass_fields__))
        return FlowFilter(**{name: str(value) for name, value in told.items()}, text=self.q)


class WantedTotals(WantedFlows):
    """What is added up: `by` parts it by a dimension, `into` converts it where a rate is known."""

    by: Literal[
        "", "giver", "through", "body", "category", "sector", "year", "month", "currency", "state", "series", "source", "in-kind"
    ] = ""
    into: NoCurrency = ""


class Flow(Shape):
    """A flow in a list. `amount` null, `giver` empty: kept back from you (`kept_back`), or for the names, not known."""

    id: UUID
    version: int
    created_at: datetime
    state: FlowState
    since: date
    ended: bool
    amount: Amount | None
    currency: str
    value: Amount | None
    value_currency: str
    in_kind: bool
    giver: str
    through: str
    body: str
    title: str
    category: str
    sector: str
    on: date | None
    begins: date | None
    ends: date | None
    as_of: date | None
    source: str
    series: str
    key: str
    view: bool
    reading_of: UUID | None
    parent_id: UUID | None
    within: bool
    shown_as: ShownAs
    kept_back: bool
    marking: Tlp


class FlowStep(Shape):
    """What happened to a flow, with the amount that it had then."""

    on: date
    what: str
    by: str
    state: FlowState
    amount: Amount
    currency: str
    reason: str


class WholeFlow(Shape):
    """A flow with its rate and method, its source's row, what came out of it and what happened to it. `off_rate`: how far its worth is
    from what the amount makes at its rate."""

    flow: Flow
    rate: Wide | None
    rate_on: date | None
    rate_source: str
    method: str
    address: str
    off_rate: Wide | None
    told_in: list[str]
    tags: dict[str, str]
    raw: dict[str, str]
    steps: list[FlowStep]
    parent: Flow | None
    parts: list[Flow]
    readings: list[Flow]
    need: UUID | None
    offer: UUID | None
    agreement: UUID | None


class MoneySum(Shape):
    """A sum in one currency, with its rows."""

    currency: str
    amount: Wide
    rows: list[UUID]


class RowLeftOut(Shape):
    """A row that a total does not count, why, and beside which row."""

    id: UUID
    why: LeftOutWhy
    beside: UUID | None


class MoneyTotal(Shape):
    """Sums by currency, and the rows that are left out."""

    sums: list[MoneySum]
    left_out: list[RowLeftOut]


class MoneyGroup(Shape):
    """A part of a pot: the value of the dimension ("": none), and its total."""

    value: str
    total: MoneyTotal


class MoneyPot(Shape):
    """What is added up together: one state, or `firm`, what is committed or further. Its groups add up to the whole."""

    pot: str
    whole: MoneyTotal
    groups: list[MoneyGroup]


class MoneyTotals(Shape):
    """All pots over `rows` flows; `cut`: they were too many to be added up, and nothing is told."""

    pots: list[MoneyPot]
    rows: int
    cut: bool


class SourceClaim(Shape):
    """One source's word. `apart` is how far it is from the rows that it speaks of; null where none are here."""

    id: UUID
    source: str
    label: str
    said: str
    amount: Wide | None
    unit: str
    at_least: bool
    as_of: str
    cited: list[str]
    note: str
    marking: Tlp
    apart: Wide | None


class ReckonedSum(Shape):
    """What rows make of a claimed sum; `apart` is the claim less the rows."""

    rows: int
    amount: Wide
    apart: Wide
    verdict: ClaimVerdict


class ClaimTopic(Shape):
    """All that is said of one thing."""

    topic: str
    label: str
    series: str
    verdict: ClaimVerdict
    claims: list[SourceClaim]
    reckoned: ReckonedSum | None


class RowOffRate(Shape):
    """A row whose worth is not what its amount makes at its own rate."""

    flow: UUID
    rate: Wide
    apart: Wide


class MoneyContradictions(Shape):
    """What disagrees, how many topics there are by verdict, and how many stated sums are what their rows make."""

    topics: list[ClaimTopic]
    by_verdict: dict[str, int]
    sums: int
    sums_held: int
    off_rate: list[RowOffRate]


class WantedContradictions(Shape):
    """Of which collection; `all` for what agrees too."""

    series: Word = ""
    all: bool = False


class FlowToWrite(Shape):
    """A flow to be written down. A gift in kind says by which `method` it was valued."""

    amount: Positive
    currency: Currency
    state: FlowState = FlowState.INDICATED
    giver: Name = ""
    through: Name = ""
    body: Name = ""
    title: Line = ""
    category: Word = ""
    in_kind: bool = False
    method: Line = ""
    on: date | None = None
    begins: date | None = None
    ends: date | None = None
    as_of: date | None = None
    source: Name = ""
    address: Line = ""
    shown_as: ShownAs = ShownAs.NAMED
    marking: Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER"] = "TLP:AMBER"
    need_id: UUID | None = None
    offer_id: UUID | None = None
    agreement_id: UUID | None = None
    reason: Text = ""

    def new(self) -> NewFlow:
        """The flow without its reason."""
        told = {name: getattr(self, name) for name in FlowToWrite.model_fields if name not in ("reason", "marking")}
        return NewFlow(**told, marking=Marking.parse(self.marking))


class FlowAdvance(Shape):
    """Into which state, and how much of it (null: all)."""

    state: FlowState
    amount: Positive | None = None
    version: Version
    reason: Text = ""


class FlowWorth(Shape):
    """A rate (units of the flow's currency for one of `currency`) with its day and source, or a value with its method."""

    currency: Currency
    rate: Rate | None = None
    value: Positive | None = None
    on: date | None = None
    source: Name = ""
    method: Line = ""
    version: Version
    reason: Text = ""

    def worth(self) -> Worth:
        """What is said."""
        return Worth(**{name: getattr(self, name) for name in FlowWorth.model_fields if name not in ("version", "reason")})


class FlowParent(Shape):
    """Out of which flow the money came (null: none); `within`: that one's amount still holds it."""

    parent: UUID | None
    within: bool = True
    version: Version
    reason: Text = ""


class FlowShown(Shape):
    """How the giver wants it shown."""

    shown_as: ShownAs
    version: Version
    reason: Reason


class FlowEnd(Shape):
    """That a flow was not kept."""

    version: Version
    reason: Reason
