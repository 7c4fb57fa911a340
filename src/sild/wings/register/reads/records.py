"""One need, offer or line with all that belongs to it, as the actor may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.kernel.record import Record
from sild.wings.parties.public import mechanism_file
from sild.wings.register.models import GateRuling, Line, Need, Offer, OfferAnswer
from sild.wings.register.reads.endorsed import desk_today, endorsement_of
from sild.wings.register.rules import Endorsement, NeedState, asking_of, content_of, differences, in_time, waits_for_ruling

MOST_LINES = 200
MOST_JOINED = 50
MOST_STEPS = 20
"""How often what a need was joined into may have been joined further, and is followed."""
TOLD = ("quantity", "unit", "item", "beneficiary", "provider", "category", "needed_by", "available_from", "available_until", "urgency")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line with the words that it was read from. `fields` is (name, value now, words in the message, who mended it) for each field."""

    id: UUID
    version: int
    state: str
    kind: str
    category: str
    item: str
    quantity: Decimal | None
    unit: str
    beneficiary: str
    provider: str
    sent_by: str
    relayed_by: str
    needed_by: date | None
    available_from: date | None
    available_until: date | None
    value_amount: Decimal | None
    value_currency: str
    conditions: tuple[dict[str, str], ...]
    channel: str
    urgency: str
    language: str
    reference: str
    subject: str
    sent_at: datetime | None
    message_id: UUID
    message_name: str
    marking: int
    need_id: UUID | None
    offer_id: UUID | None
    said: tuple[str, ...]
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of a line: its value now, what was read, the words it was read from, how surely, and who mended it (empty: nobody)."""

    name: str
    value: Any
    read: Any
    words: str
    confidence: float | None
    mended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingView:
    """What a gate, or a requester, said: `gate` is empty for an answer to an offer.

    `quantity` and `unit` are what a gate ruled on, `other` in what the need differs from it now (quantity, unit, category, things,
    beneficiary); `kept` is False where that was not written down.
    """

    gate: str
    passed: bool
    by: str
    reason: str
    on: date
    quantity: Decimal | None = None
    unit: str = ""
    other: tuple[str, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GateView:
    """A gate of the mechanism with its question and what it said of a need last. `open`: it may rule now.

    `ruling` is None where it said nothing yet, or where who and why is not for the reader; `passed` then tells what the state shows.
    """

    name: str
    role: str
    question: str
    ruling: RulingView | None
    open: bool
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a record: casework of the reader's organisation, who sees the record, and its history."""

    own: bool
    marking: int
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedView:
    """A need or an offer that another was joined with: `id` is None where the reader does not see it."""

    id: UUID | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRecord:
    """A need with its lines in all languages, oldest first, its gates and what stands beside it.

    `joined_into` is the need that its lines speak of since; its own page keeps them as they spoke of it. `joined` were joined into it.
    `taken_back`: a letter takes it back, and nobody has ruled on that yet.
    """

    id: UUID
    version: int
    title: str
    category: str
    beneficiary: str
    quantity: Decimal | None
    unit: str
    needed_by: date | None
    channel: str
    urgency: str
    state: str
    taken_back: bool
    endorsed_on: date | None
    endorsement: Endorsement
    provisional: bool
    first_asked: datetime | None
    lines: tuple[LineView, ...]
    more_lines: bool
    languages: tuple[str, ...]
    gates: tuple[GateView, ...]
    rulings: tuple[RulingView, ...]
    joined_into: JoinedView | None
    joined: tuple[JoinedView, ...]
    beside: Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRecord:
    """An offer with its lines, what requesters answered, and what stands beside it; joined as a need is."""

    id: UUID
    version: int
    title: str
    category: str
    provider: str
    beneficiary: str
    quantity: Decimal | None
    unit: str
    value_amount: Decimal | None
    value_currency: str
    available_from: date | None
    available_until: date | None
    conditions: tuple[dict[str, str], ...]
    withdrawn: bool
    provisional: bool
    answer: str
    first_offered: datetime | None
    lines: tuple[LineView, ...]
    more_lines: bool
    languages: tuple[str, ...]
    answers: tuple[RulingView, ...]
    joined_into: JoinedView | None
    joined: tuple[JoinedView, ...]
    beside: Beside


@read
def need_record(actor: Actor, need_id: UUID) -> NeedRecord:
    """One need. Raises NotThere."""
    need = Need.found(need_id)
    members = _members(need, "need")
    told = list(GateRuling.objects.filter(need=need).order_by("created_at", "id"))
    spec = mechanism_file(actor)
    now = content_of(need, asking_of(in_time(members)))
    # whoever is not shown the lines is not told that others are asked for: the state says that it is ruled anew
    rulings = tuple(_ruling(ruling, now if members else None) for ruling in told)
    lines = tuple(line_view(line) for line in in_time(members[:MOST_LINES]))
    names = ("title", "category", "beneficiary", "quantity", "unit", "needed_by", "channel", "urgency", "state", "provisional")
    return NeedRecord(
        id=need.id,
        version=need.version,
        **{name: getattr(need, name) for name in names},
        taken_back=waits_for_ruling(need.taken_back, need.state),
        endorsed_on=need.endorsed_on,
        endorsement=endorsement_of(need, spec, desk_today(spec)),
        first_asked=need.first_asked,
        lines=lines,
        more_lines=len(members) > MOST_LINES,
        languages=tuple(sorted({line.language for line in lines if line.language})),
        gates=_gates(actor, need.state, rulings),
        rulings=rulings,
        joined_into=_joined_into(need),
        joined=_joined(need),
        beside=_beside(actor, need, [need.id, *(line.id for line in lines), *(ruling.id for ruling in told)]),
    )


@read
def offer_record(actor: Actor, offer_id: UUID) -> OfferRecord:
    """One offer. Raises NotThere."""
    offer = Offer.found(offer_id)
    members = _members(offer, "offer")
    told = list(OfferAnswer.objects.filter(offer=offer).order_by("created_at", "id"))
    lines = tuple(line_view(line) for line in in_time(members[:MOST_LINES]))
    names = ("title", "category", "provider", "beneficiary", "quantity", "unit", "value_amount", "value_currency")
    more = ("available_from", "available_until", "withdrawn", "provisional", "answer", "first_offered")
    return OfferRecord(
        id=offer.id,
        version=offer.version,
        **{name: getattr(offer, name) for name in (*names, *more)},
        conditions=tuple(offer.conditions),
        lines=lines,
        more_lines=len(members) > MOST_LINES,
        languages=tuple(sorted({line.language for line in lines if line.language})),
        answers=tuple(
            RulingView(gate="", passed=one.answer == "accepted", by=one.answered_by, reason=one.reason, on=one.answered_on) for one in told
        ),
        joined_into=_joined_into(offer),
        joined=_joined(offer),
        beside=_beside(actor, offer, [offer.id, *(line.id for line in lines), *(one.id for one in told)]),
    )


@read
def line_record(actor: Actor, line_id: UUID) -> tuple[LineView, Beside]:
    """One line and what stands beside it. Raises NotThere."""
    line = Line.found(line_id)
    return line_view(line), _beside(actor, line, [line.id])


def _members(record: Need | Offer, name: str) -> list[Line]:
    """The lines that speak of it, or that did until it was joined into another; one more than are shown, where there are more."""
    spoken = {name: record} if record.joined_into is None else {"id__in": record.joined_lines}
    return list(Line.objects.filter(**spoken).order_by("sent_at", "message_name", "position", "id")[: MOST_LINES + 1])


def _joined_into(record: Need | Offer) -> JoinedView | None:
    """What it was joined into in the end: that one may have been joined further."""
    if record.joined_into is None:
        return None
    into: Need | Offer | None = None
    key: UUID | None = record.joined_into
    for _step in range(MOST_STEPS):
        found = type(record).objects.filter(id=key).first() if key is not None else None
        if found is None:
            break
        into, key = found, found.joined_into
    return JoinedView(id=into.id if into is not None else None, title=into.title if into is not None else "")


def _joined(record: Need | Offer) -> tuple[JoinedView, ...]:
    """What was joined into it, as far as the reader sees it."""
    found = type(record).objects.filter(joined_into=record.id).order_by("created_at", "id")[:MOST_JOINED]
    return tuple(JoinedView(id=one.id, title=one.title) for one in found)


def _beside(actor: Actor, record: Record, records: list[UUID]) -> Beside:
    model = record._meta.label
    return Beside(
        own=record.owner_id == actor.organisation,
        marking=record.marking,
        audience=audience_of(actor, record),
        notes=notes_on(actor, model, record.id),
        handling=handling_of(actor, model, [record.id]).get(record.id, HandlingView()),
        history=history_of(actor, records),
    )


PASSED_BY_STATE = {
    NeedState.ENDORSED: frozenset({NeedState.TECHNICAL_REVIEW, NeedState.INTERAGENCY_REVIEW}),
    NeedState.INTERAGENCY_REVIEW: frozenset({NeedState.TECHNICAL_REVIEW}),
}
"""The gates that a need in a state has passed, also for readers who are not shown the rulings."""


def _gates(actor: Actor, state: str, rulings: tuple[RulingView, ...]) -> tuple[GateView, ...]:
    """The mechanism's gates in order; each is open once the one before it has passed the need."""
    passed = PASSED_BY_STATE.get(NeedState(state), frozenset())
    last = {ruling.gate: ruling for ruling in rulings}
    gates, before = [], True
    for gate in mechanism_file(actor).gates:
        ruling = last.get(gate.name)
        known = ruling.passed if ruling is not None else gate.name in passed
        gates.append(GateView(name=gate.name, role=gate.role, question=gate.question, ruling=ruling, open=before, passed=known))
        before = known
    return tuple(gates)


def _ruling(ruling: GateRuling, now: Mapping[str, Any] | None) -> RulingView:
    """A ruling, held against what the need asks for now (None: not told)."""
    amount = ruling.of.get("quantity")
    return RulingView(
        gate=ruling.gate,
        passed=ruling.passed,
        by=ruling.ruled_by,
        reason=ruling.reason,
        on=ruling.ruled_on,
        quantity=Decimal(amount) if amount is not None else None,
        unit=ruling.of.get("unit", ""),
        other=differences(ruling.of, now) if ruling.of and now is not None else (),
        kept=bool(ruling.of),
    )


def line_view(line: Line) -> LineView:
    """A line as pages show it."""
    columns = [name for name in LineView.__dataclass_fields__ if name not in ("said", "fields", "conditions")]
    return LineView(
        **{name: getattr(line, name) for name in columns},
        conditions=tuple(line.conditions),
        said=tuple(dict.fromkeys(str(span.get("text", "")) for span in line.evidence if span.get("text"))),
        fields=tuple(_field(line, name) for name in TOLD if getattr(line, name) not in (None, "") or name in line.fields),
    )


def _field(line: Line, name: str) -> FieldView:
    told: Mapping[str, Any] = line.fields.get(name) or {}
    span: Mapping[str, Any] = told.get("span") or {}
    mended: Mapping[str, Any] = told.get("mended") or {}
    return FieldView(
        name=name,
        value=getattr(line, name),
        read=told.get("value"),
        words=str(span.get("text", "")),
        confidence=told.get("confidence"),
        mended_by=str(mended.get("by", "")),
    )
