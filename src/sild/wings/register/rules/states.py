"""States of lines, needs and offers, as data. Transitions that no row names are refused.

Source: the desk's domain rules (docs/explanation/register.md): a run makes drafts and provisional needs; people accept, endorse and rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID

from sild.values.marking import Marking


class LineState(StrEnum):
    """A draft is what the extraction read; a person accepts or rejects it."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class NeedState(StrEnum):
    """Where a need stands on its way through the gates."""

    CAPTURED = "captured"
    CLARIFYING = "clarifying"
    TECHNICAL_REVIEW = "technical-review"
    INTERAGENCY_REVIEW = "interagency-review"
    ENDORSED = "endorsed"
    NOT_ENDORSED = "not-endorsed"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"
    HANDED_OVER = "handed-over"
    CLOSED = "closed"


class Answer(StrEnum):
    """What the requester said to an offer; the requester decides."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Channel(StrEnum):
    """Civil or military, ruled per line; what is undetermined cannot be offered against."""

    CIVIL = "civil"
    MILITARY = "military"
    MIXED = "mixed"
    UNDETERMINED = "undetermined"


LINE_MOVES: dict[LineState, frozenset[LineState]] = {
    LineState.DRAFT: frozenset({LineState.ACCEPTED, LineState.REJECTED}),
    LineState.ACCEPTED: frozenset({LineState.REJECTED}),
    LineState.REJECTED: frozenset({LineState.ACCEPTED, LineState.DRAFT}),
}

NEED_MOVES: dict[NeedState, frozenset[NeedState]] = {
    NeedState.CAPTURED: frozenset(
        {
            NeedState.CLARIFYING,
            NeedState.TECHNICAL_REVIEW,
            NeedState.INTERAGENCY_REVIEW,
            NeedState.WITHDRAWN,
            NeedState.OVERTAKEN,
            NeedState.HANDED_OVER,
        }
    ),
    NeedState.CLARIFYING: frozenset(
        {
            NeedState.TECHNICAL_REVIEW,
            NeedState.INTERAGENCY_REVIEW,
            NeedState.WITHDRAWN,
            NeedState.OVERTAKEN,
            NeedState.HANDED_OVER,
        }
    ),
    NeedState.TECHNICAL_REVIEW: frozenset({NeedState.INTERAGENCY_REVIEW, NeedState.NOT_ENDORSED, NeedState.WITHDRAWN, NeedState.OVERTAKEN}),
    NeedState.INTERAGENCY_REVIEW: frozenset(
        {NeedState.ENDORSED, NeedState.NOT_ENDORSED, NeedState.TECHNICAL_REVIEW, NeedState.WITHDRAWN, NeedState.OVERTAKEN}
    ),
    NeedState.ENDORSED: frozenset({NeedState.WITHDRAWN, NeedState.OVERTAKEN, NeedState.TECHNICAL_REVIEW, NeedState.CLOSED}),
    NeedState.NOT_ENDORSED: frozenset({NeedState.TECHNICAL_REVIEW}),
    NeedState.WITHDRAWN: frozenset({NeedState.TECHNICAL_REVIEW}),
    NeedState.OVERTAKEN: frozenset({NeedState.TECHNICAL_REVIEW}),
    NeedState.HANDED_OVER: frozenset({NeedState.CAPTURED}),
    NeedState.CLOSED: frozenset({NeedState.TECHNICAL_REVIEW}),
}

CLOSED = frozenset({NeedState.NOT_ENDORSED, NeedState.WITHDRAWN, NeedState.OVERTAKEN, NeedState.HANDED_OVER, NeedState.CLOSED})
"""A need in one of these states is not planned for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands after the lines of one need or offer: how much (None: nobody said), and whether the last word takes all of it back."""

    quantity: Decimal | None
    taken_back: bool


def standing(amounts: Iterable[tuple[str, Decimal | None]]) -> Standing:
    """What stands after the lines of one need or offer, given as (kind, quantity) in order of time.

    An update says the new quantity and replaces what stood. Among requests and offers told several times the last stated one
    counts, except that a rounder repetition ("about fifteen" after 14) does not: a repetition within 10 % leaves what stood.
    A withdrawal of a part lowers what stood by that part; the same part told again, with nothing else between, is the same word
    told twice. One of all, or of what nobody can tell how much, takes all back: the quantity stays as it was asked.
    """
    stands: Decimal | None = None
    taken_back = False
    told: set[Decimal] = set()
    for kind, amount in amounts:
        if kind == "withdrawal":
            if amount is None or stands is None or amount >= stands:
                # what was taken back in parts and is told again as a part is no more than those parts
                taken_back = taken_back or amount is None or amount not in told
            elif amount not in told and not taken_back:
                stands -= amount
                told.add(amount)
            continue
        taken_back = False
        if amount is None:
            continue
        if kind == "update" or stands is None or abs(amount - stands) > stands / 10:
            stands = amount
        told = set()
    return Standing(quantity=stands, taken_back=taken_back)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReading:
    """A line as intake hands it in: what was read from one message. `id` is stable, so that reading again changes nothing.

    `fields` maps a field's name to its value, span, confidence and reason; `evidence` holds the spans that show the line.
    """

    id: UUID
    message_id: UUID
    message_name: str
    message_digest: str
    sent_at: datetime | None
    position: int
    part: str
    locator: str
    kind: str
    category: str = ""
    item: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    beneficiary: str = ""
    beneficiary_known: bool = True
    provider: str = ""
    sent_by: str = ""
    relayed_by: str = ""
    needed_by: date | None = None
    available_from: date | None = None
    available_until: date | None = None
    value_amount: Decimal | None = None
    value_currency: str = ""
    conditions: tuple[dict[str, str], ...] = ()
    channel: str = Channel.UNDETERMINED
    urgency: str = ""
    tlp: str = ""
    language: str = ""
    reference: str = ""
    threads: tuple[str, ...] = ()
    subject: str = ""
    additional: bool | None = None
    changes: Decimal | None = None
    evidence: tuple[dict[str, object], ...] = ()
    fields: dict[str, dict[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Lines that linkage found to speak of one need (or one offer), in order of time."""

    id: UUID
    side: Literal["need", "offer"]
    lines: tuple[UUID, ...]


def marking_of(tlp: str) -> Marking:
    """The marking of a line from the TLP word of its message; a message without one is AMBER: for the organisation and its clients."""
    return Marking.parse(tlp) if tlp else Marking.AMBER


URGENCIES = ("low", "normal", "high", "critical")


def highest_urgency(words: Iterable[str]) -> str:
    """The most pressing of the urgencies that lines state; empty where none states one."""
    return max((word for word in words if word in URGENCIES), key=URGENCIES.index, default="")


def ruled_channel(channels: Iterable[str]) -> str:
    """The channel of a need from the channels of its lines: theirs where they agree, else mixed; undetermined where none is known."""
    known = {channel for channel in channels if channel not in ("", Channel.UNDETERMINED)}
    if not known:
        return Channel.UNDETERMINED
    return known.pop() if len(known) == 1 else Channel.MIXED


TITLE_LETTERS = 90


def title_of(items: Iterable[tuple[str, str]]) -> str:
    """What a need or an offer is called, from its lines' (language, item): English where there is some, then the shortest."""
    told = [(language != "en", len(item) < 8, len(item), item) for language, item in items if item]
    title = min(told)[-1] if told else ""
    return title if len(title) <= TITLE_LETTERS else title[: TITLE_LETTERS - 1].rsplit(" ", 1)[0] + "…"


def commonest(values: Iterable[str]) -> str:
    """The value that most lines state, the first of equals; empty where none states one."""
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else ""
