"""What sources say beside each other, and beside the rows that they publish themselves. The desk shows both sides and settles nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.money.models import Claim, Flow, Withheld
from sild.wings.money.reads.sums import holders_beyond, pieces_of
from sild.wings.money.reads.told import FlowRow, rows_of
from sild.wings.money.rules import ClaimVerdict, FlowState, Piece, Said, against_rows, compare, counted, inside, rate_fault

CLAIM = "money.Claim"
CONTROL = frozenset({"states", "count"})
"""What a boundary says beside the dimensions: which states are added up, and that rows are counted, not summed."""
GRAVE = (ClaimVerdict.CONTRADICT, ClaimVerdict.OTHER_WORDS, ClaimVerdict.OTHER_UNIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One source's word."""

    id: UUID
    source: str
    label: str
    said: str
    amount: Decimal | None
    unit: str
    at_least: bool
    as_of: str
    cited: tuple[str, ...]
    note: str
    marking: int
    apart: Decimal | None
    """How far it is from its rows; None where none are here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What the rows make of a claimed sum: how many, their sum, how far the claim is from it (claim less rows)."""

    rows: int
    amount: Decimal
    apart: Decimal
    verdict: ClaimVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """All claims of one thing, side by side, with the verdict over all of them and what the rows make of it (None: no rows to it)."""

    topic: str
    label: str
    series: str
    verdict: ClaimVerdict
    claims: tuple[ClaimRow, ...]
    reckoned: Reckoned | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OffRate:
    """A row whose value is not what its amount makes at its own rate; `apart` in the value's currency."""

    row: FlowRow
    rate: Decimal
    apart: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """One row of a source that was read twice and says two things."""

    first: FlowRow
    others: tuple[FlowRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradictions:
    """What disagrees (`topics`, the widest apart first), how many topics there are by verdict, sums that hold and all that were held
    against rows, rows off their own rate, rows read twice."""

    topics: tuple[Topic, ...]
    by_verdict: tuple[tuple[ClaimVerdict, int], ...]
    sums_held: int
    sums: int
    off_rate: tuple[OffRate, ...]
    readings: tuple[Readings, ...]
    series: tuple[str, ...]


@read
def contradictions(actor: Actor, series: str = "", *, everything: bool = False) -> Contradictions:
    """What sources say and where they disagree, of one series or all, as far as the reader sees them; `everything`: what agrees too."""
    claims = list((Claim.objects.filter(series=series) if series else Claim.objects.all()).order_by("created_at", "id"))
    wanted = {claim.series for claim in claims} | ({series} if series else set())
    flows = list((Flow.objects.filter(series__in=wanted) if series else Flow.objects.exclude(series="")).order_by("created_at", "id"))
    pieces = pieces_of(flows)
    rows = Rows(pieces)
    reckoned = {claim.id: one for claim in claims if (one := rows.reckon(claim)) is not None}
    topics = _topics(claims, reckoned)
    order = list(ClaimVerdict)
    many = {verdict: sum(one.verdict == verdict for one in topics) for verdict in ClaimVerdict}
    shown = [one for one in topics if everything or one.verdict in GRAVE]
    shown.sort(key=lambda one: (-order.index(one.verdict), -abs(one.reckoned.apart) if one.reckoned else Decimal(0), one.label))
    told = {row.id: row for row in rows_of([flow for flow in flows if flow.value is not None])}
    return Contradictions(
        topics=tuple(shown),
        by_verdict=tuple((verdict, number) for verdict, number in many.items() if number),
        sums_held=sum(one.verdict in (ClaimVerdict.AGREE, ClaimVerdict.ROUNDING) for one in reckoned.values()),
        sums=len(reckoned),
        off_rate=tuple(_off_rate(flows, told)),
        readings=tuple(_readings(flows)),
        series=tuple(sorted({*Claim.objects.order_by().values_list("series", flat=True).distinct()})),
    )


@dataclass(slots=True)
class Rows:
    """Pieces by series and month, so that a claim of a month looks at that month's alone."""

    pieces: Sequence[Piece]

    def __post_init__(self) -> None:
        self._by: dict[tuple[str, str], list[Piece]] = defaultdict(list)
        self._holders = holders_beyond(self.pieces)
        for piece in self.pieces:
            self._by[piece.series, ""].append(piece)
            for month in piece.marks.get("month", ()):
                self._by[piece.series, month].append(piece)

    _by: Any = None
    _holders: Any = None

    def within(self, boundary: Mapping[str, str]) -> list[Piece]:
        """The pieces inside a boundary."""
        states = {FlowState(one) for one in boundary.get("states", "").split(",") if one}
        named = {name: value for name, value in boundary.items() if name not in CONTROL}
        found = self._by.get((boundary.get("series", ""), boundary.get("month", "")), ())
        return [piece for piece in found if (not states or piece.state in states) and inside(piece.marks, named)]

    def reckon(self, claim: Claim) -> Reckoned | None:
        """What the rows inside a claim's boundary make; None where it has none, or no such rows are here."""
        boundary: dict[str, str] = claim.boundary
        if not boundary or claim.amount is None or not self._by.get((boundary.get("series", ""), "")):
            return None
        found = self.within(boundary)
        if boundary.get("count"):
            many = sum(piece.reading_of is None for piece in found)
            return _against(claim, Decimal(many), many)
        pots = {"firm"} if len(boundary.get("states", "").split(",")) > 1 else {boundary.get("states", "")}
        if not found and claim.amount:
            # no row names this division at all: there is nothing to hold the claim against
            return None
        kept = [piece for pot in pots for piece in counted(found, pot, currency=claim.unit, holders=self._holders).pieces]
        return _against(claim, sum((piece.within(claim.unit) or Decimal(0) for piece in kept), Decimal(0)), len(kept))


def _against(claim: Claim, amount: Decimal, rows: int) -> Reckoned:
    verdict, apart = against_rows(_said(claim), amount, rows)
    return Reckoned(rows=rows, amount=amount, apart=apart, verdict=verdict)


def _said(claim: Claim) -> Said:
    return Said(said=claim.said, amount=claim.amount, unit=claim.unit, at_least=claim.at_least, rounded_to=claim.rounded_to)


def _topics(claims: Iterable[Claim], reckoned: Mapping[UUID, Reckoned]) -> list[Topic]:
    by_topic: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_topic[claim.topic].append(claim)
    order = list(ClaimVerdict)
    found = []
    for topic, said in by_topic.items():
        sums = [reckoned[claim.id] for claim in said if claim.id in reckoned]
        verdict = max([compare([_said(claim) for claim in said]), *(one.verdict for one in sums)], key=order.index)
        found.append(
            Topic(
                topic=topic,
                label=said[0].label,
                series=said[0].series,
                verdict=verdict,
                claims=tuple(_claim_row(claim, reckoned.get(claim.id)) for claim in said),
                reckoned=max(sums, key=lambda one: order.index(one.verdict), default=None),
            )
        )
    return found


def _claim_row(claim: Claim, reckoned: Reckoned | None) -> ClaimRow:
    alike = ("id", "source", "label", "said", "amount", "unit", "at_least", "as_of", "note", "marking")
    return ClaimRow(**{name: getattr(claim, name) for name in alike}, cited=tuple(claim.cited), apart=reckoned.apart if reckoned else None)


def _off_rate(flows: Iterable[Flow], rows: Mapping[UUID, FlowRow]) -> Iterable[OffRate]:
    for flow in flows:
        if flow.amount is None or flow.value is None or flow.reading_of is not None:
            continue
        rate = flow.rate.normalize() if flow.rate is not None else Decimal(1) if flow.currency == flow.value_currency else None
        apart = rate_fault(flow.amount, flow.value, rate) if rate is not None else None
        if rate is not None and apart is not None:
            yield OffRate(row=rows[flow.id], rate=rate, apart=apart)


def _readings(flows: Iterable[Flow]) -> Iterable[Readings]:
    others: dict[UUID, list[Flow]] = defaultdict(list)
    for flow in flows:
        if flow.reading_of is not None:
            others[flow.reading_of].append(flow)
    firsts = {flow.id: flow for flow in flows if flow.id in others}
    for key, first in firsts.items():
        row, *rest = rows_of([first, *others[key]])
        yield Readings(first=row, others=tuple(rest))


@read
def flows_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's flows and claims in which one of the words stands, as plain data to hand out to whom they name."""
    wanted = [word for word in words if word.strip()]
    found: list[dict[str, Any]] = []
    for model, texts, data in (
        (Flow, ("title", "giver", "through", "body", "method", "source", "address"), ("steps", "raw", "tags")),
        (Withheld, ("giver", "through"), ("told",)),
        (Claim, ("label", "said", "note", "source"), ("cited",)),
    ):
        said = Q()
        for word in wanted:
            for column in (*texts, *(f"{name}_told" for name in data)):
                said |= Q(**{f"{column}__icontains": word})
        if not said:
            continue
        rows: Any = model.objects.annotate(**{f"{name}_told": Cast(name, TextField()) for name in data})
        rows = rows.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
        found += [{name: getattr(one, name) for name in (*texts, *data)} for one in rows]
    return found
