"""Lists of needs, offers and lines for people: newest first, filtered, searched, in slices; the same cost at any number."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import HandlingView, handled, handling_of
from sild.kernel.listing import Asked, Listing, Slice, named_by, slice_of
from sild.wings.parties.public import mechanism_file
from sild.wings.register.models import Need
from sild.wings.register.rules import CLOSED, NeedState, waits_for_ruling

MOST_LINES_BESIDE = 5000
"""Lines, the newest, whose needs and offers a search finds beside those that say the words themselves."""

MOST_SLICES = 8
"""Slices of a list that are looked through for rows that were not joined into others."""

GATE_OF_ROLE = {Role.TECHNICAL_GATE: NeedState.TECHNICAL_REVIEW, Role.INTERAGENCY_GATE: NeedState.INTERAGENCY_REVIEW}
WAITS_AT = {
    NeedState.TECHNICAL_REVIEW: (NeedState.CAPTURED, NeedState.TECHNICAL_REVIEW),
    NeedState.INTERAGENCY_REVIEW: (NeedState.INTERAGENCY_REVIEW,),
}
"""The states in which a need waits at a gate; one that is being clarified waits for an answer first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """A need in a list; `handling` is the reader's organisation's own."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    category: str
    beneficiary: str
    quantity: Decimal | None
    unit: str
    needed_by: date | None
    urgency: str
    channel: str
    state: str
    provisional: bool
    marking: int
    taken_back: bool = False
    joined_into: UUID | None = None
    handling: HandlingView = field(default_factory=HandlingView)

    @property
    def waits_for_ruling(self) -> bool:
        """A letter takes it back, and nobody has ruled on that yet."""
        return waits_for_ruling(self.taken_back, self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """An offer in a list."""

    id: UUID
    version: int
    created_at: datetime
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
    answer: str
    withdrawn: bool
    provisional: bool
    marking: int
    joined_into: UUID | None = None
    handling: HandlingView = field(default_factory=HandlingView)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line in a list."""

    id: UUID
    version: int
    created_at: datetime
    message_id: UUID
    message_name: str
    sent_at: datetime | None
    kind: str
    state: str
    category: str
    item: str
    quantity: Decimal | None
    unit: str
    beneficiary: str
    provider: str
    urgency: str
    channel: str
    language: str
    marking: int
    need_id: UUID | None
    offer_id: UUID | None


def _columns(row: type[NeedRow | OfferRow | LineRow]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(row) if one.name != "handling")


NEEDS = Listing(table="register_need", row=NeedRow, columns=_columns(NeedRow))
OFFERS = Listing(table="register_offer", row=OfferRow, columns=_columns(OfferRow))
LINES = Listing(table="register_line", row=LineRow, columns=_columns(LineRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFilter:
    """What a list of needs is narrowed to; empty for all. `due`: the reader's own next step is due today or before.

    `at_my_gate`: it waits at a gate at which the reader sits; an officer sees what waits at any.
    """

    state: str = ""
    category: str = ""
    beneficiary: str = ""
    urgency: str = ""
    channel: str = ""
    provisional: bool | None = None
    text: str = ""
    mine: bool = False
    due: bool = False
    at_my_gate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFilter:
    """What a list of offers is narrowed to; empty for all."""

    answer: str = ""
    category: str = ""
    provider: str = ""
    beneficiary: str = ""
    withdrawn: bool | None = None
    provisional: bool | None = None
    text: str = ""
    mine: bool = False
    due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFilter:
    """What a list of lines is narrowed to; empty for all."""

    state: str = ""
    kind: str = ""
    category: str = ""
    beneficiary: str = ""
    provider: str = ""
    urgency: str = ""
    language: str = ""
    text: str = ""


@read
def list_needs(actor: Actor, wanted: NeedFilter | None = None, *, after: str = "", limit: int = 50) -> Slice[NeedRow]:
    """The next needs that the actor may see, newest first. `after` is the slice before's. Raises Refused for a wrong `after`."""
    wanted = wanted or NeedFilter()
    asked = Asked(
        facets={
            "state": wanted.state,
            "category": wanted.category,
            "beneficiary": wanted.beneficiary,
            "urgency": wanted.urgency,
            "channel": wanted.channel,
            "provisional": _told(wanted.provisional),
        },
        any_of=_waiting(actor) if wanted.at_my_gate else (),
        text=wanted.text,
        via=_beside("need_id", wanted.text),
        only=_own(actor, "register.Need", wanted),
    )
    return _handled(actor, "register.Need", _standing(NEEDS, asked, after, limit))


@read
def list_offers(actor: Actor, wanted: OfferFilter | None = None, *, after: str = "", limit: int = 50) -> Slice[OfferRow]:
    """The next offers that the actor may see, newest first."""
    wanted = wanted or OfferFilter()
    asked = Asked(
        facets={
            "answer": wanted.answer,
            "category": wanted.category,
            "provider": wanted.provider,
            "beneficiary": wanted.beneficiary,
            "withdrawn": _told(wanted.withdrawn),
            "provisional": _told(wanted.provisional),
        },
        text=wanted.text,
        via=_beside("offer_id", wanted.text),
        only=_own(actor, "register.Offer", wanted),
    )
    return _handled(actor, "register.Offer", _standing(OFFERS, asked, after, limit))


@read
def list_lines(actor: Actor, wanted: LineFilter | None = None, *, after: str = "", limit: int = 50) -> Slice[LineRow]:
    """The next lines that the actor may see, newest first."""
    wanted = wanted or LineFilter()
    names = ("state", "kind", "category", "beneficiary", "provider", "urgency", "language")
    asked = Asked(facets={name: getattr(wanted, name) for name in names}, text=wanted.text)
    return slice_of(LINES, asked, after=after, limit=limit)


@read
def messages_of_lines(actor: Actor, text: str, many: int) -> tuple[UUID, ...]:
    """The messages of the newest lines that say all words of a text, as far as the actor sees those lines."""
    return named_by(LINES, "message_id", text, many)


def gates_of(actor: Actor) -> tuple[NeedState, ...]:
    """The gates at which the actor sits; every gate for an officer, who sees that they move."""
    if Role.OFFICER in actor.roles:
        return tuple(WAITS_AT)
    return tuple(gate for role, gate in GATE_OF_ROLE.items() if role in actor.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateQueue:
    """What waits at one gate, newest first; `sits` where the reader rules there. `after` is the key of the next ones."""

    gate: str
    question: str
    sits: bool
    rows: tuple[NeedRow, ...]
    after: str


@read
def gate_queue(actor: Actor, *, at: str = "", after: str = "", limit: int = 20) -> tuple[GateQueue, ...]:
    """The queues at the reader's gates, or at one of them; officers read all."""
    mine = gates_of(actor)
    queues = []
    for gate in mechanism_file(actor).gates:
        if gate.name in mine and at in ("", gate.name):
            states = tuple(f"state={state}" for state in WAITS_AT[NeedState(gate.name)])
            found = _standing(NEEDS, Asked(any_of=(states,)), after, limit)
            rows = _handled(actor, "register.Need", found).rows
            queues.append(GateQueue(gate=gate.name, question=gate.question, sits=gate.role in actor.roles, rows=rows, after=found.after))
    return tuple(queues)


@read
def needs_taken_back(actor: Actor, *, limit: int = 20) -> list[NeedRow]:
    """Needs that a letter takes back and on which nobody has ruled since, the oldest first."""
    found = Need.objects.filter(taken_back=True, joined_into=None).exclude(state__in=CLOSED).order_by("created_at", "id")[:limit]
    return [NeedRow(**{name: getattr(need, name) for name in _columns(NeedRow)}) for need in found]


def _waiting(actor: Actor) -> tuple[tuple[str, ...], ...]:
    states = [f"state={state}" for gate in gates_of(actor) for state in WAITS_AT[gate]]
    # at no gate nothing waits: no need has this state
    return (tuple(states) or ("state=",),)


def _told(flag: bool | None) -> str:
    return "" if flag is None else "yes" if flag else "no"


def _beside(column: str, text: str) -> tuple[UUID, ...]:
    """The needs or offers of the newest lines that say all the words, in whatever language, as far as the actor sees those lines."""
    return named_by(LINES, column, text, MOST_LINES_BESIDE)


class _Worked(Protocol):
    @property
    def mine(self) -> bool: ...
    @property
    def due(self) -> bool: ...


def _own(actor: Actor, model: str, wanted: _Worked) -> frozenset[UUID] | None:
    """The records that the reader's own casework names; None where it is not asked."""
    if not (wanted.mine or wanted.due):
        return None
    return handled(actor, model, mine=wanted.mine, due_by=clock.today() if wanted.due else None)


H = TypeVar("H", NeedRow, OfferRow)


def _standing(listing: Listing[H], asked: Asked, after: str, limit: int) -> Slice[H]:
    """The next rows without those that were joined into others: these have their pages, and stand in no list.

    They are few, so what is left out of a slice is filled from the next ones, of which a fixed number are looked at.
    """
    rows: list[H] = []
    for _slice in range(MOST_SLICES):
        found = slice_of(listing, asked, after=after, limit=limit - len(rows))
        rows += [row for row in found.rows if row.joined_into is None]
        after = found.after
        if not after or len(rows) >= limit:
            break
    return Slice(rows=tuple(rows), after=after)


def _handled(actor: Actor, model: str, found: Slice[H]) -> Slice[H]:
    handlings = handling_of(actor, model, [row.id for row in found.rows])
    rows = tuple(replace(row, handling=handlings.get(row.id, row.handling)) for row in found.rows)
    return Slice(rows=rows, after=found.after)
