"""Hand-overs as people read them: the stub that stays of a line, the list, military lines that wait to go, and what is overdue."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.wings.clearance.models import Handover
from sild.wings.clearance.rules import HANDOVER_MOVES, WITH_THEM, HandoverState
from sild.wings.parties.public import desk_day
from sild.wings.register.public import Channel, Line, LineState

HANDOVER = "clearance.Handover"
MOST_WAITING = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    """A hand-over in a list. `with_them`: the line is the other mechanism's now; `overdue`: nobody said yet that it arrived."""

    id: UUID
    version: int
    created_at: datetime
    line_id: UUID
    item: str
    provider: str
    beneficiary: str
    to: str
    reference: str
    state: HandoverState
    since: date
    due_on: date | None
    overdue: bool
    with_them: bool
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverTurn:
    """What happened on a day, by whom of which office."""

    on: date
    turn: HandoverState
    by: str
    office: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    """One hand-over whole; `following` are the states that may come next."""

    row: HandoverRow
    own: bool
    line: UUID | None
    turns: tuple[HandoverTurn, ...]
    following: tuple[HandoverState, ...]
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView


@dataclass(frozen=True, slots=True, kw_only=True)
class MilitaryLine:
    """A line of one's own that is ruled military and is with nobody else."""

    id: UUID
    item: str
    beneficiary: str


@read
def handed_over(actor: Actor, lines: Collection[UUID] | None = None) -> dict[UUID, HandoverRow]:
    """By line the hand-over by which it is with another mechanism now; of all lines where none are named. Others are left out."""
    found = Handover.objects.filter(state__in=WITH_THEM)
    if lines is not None:
        found = found.filter(line_id__in=list(lines))
    return {row.line_id: row for row in _rows(actor, found.order_by("created_at", "id"))}


@read
def handovers_of(actor: Actor, lines: Iterable[UUID]) -> list[HandoverRow]:
    """All hand-overs of some lines, the newest first."""
    return _rows(actor, Handover.objects.filter(line_id__in=list(lines)).order_by("-created_at", "-id"))


@read
def list_handovers(
    actor: Actor, *, state: str = "", overdue: bool = False, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[HandoverRow], tuple[datetime, UUID] | None]:
    """The hand-overs that the reader may see, the newest first, and the key from which the next page goes on (None at the end)."""
    found = Handover.objects.filter(state=state) if state else Handover.objects.all()
    if overdue:
        found = found.filter(state=HandoverState.SENT, due_on__lt=desk_day(actor))
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    records = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = _rows(actor, records[:limit])
    return rows, (rows[-1].created_at, rows[-1].id) if len(records) > limit else None


@read
def military_lines(actor: Actor) -> list[MilitaryLine]:
    """Lines that the actor's organisation keeps, that are ruled military and are not handed over; rejected ones are left out."""
    gone = Handover.objects.filter(state__in=WITH_THEM).values("line_id")
    found = (
        Line.objects.filter(channel=Channel.MILITARY, owner_id=actor.organisation).exclude(id__in=gone).exclude(state=LineState.REJECTED)
    )
    waiting = found.order_by("sent_at", "message_name", "position", "id")[:MOST_WAITING]
    return [MilitaryLine(id=line.id, item=line.item, beneficiary=line.beneficiary) for line in waiting]


@read
def handover_record(actor: Actor, handover_id: UUID) -> HandoverView:
    """One hand-over. Raises NotThere."""
    handover: Handover = Handover.found(handover_id)
    [row] = _rows(actor, [handover])
    own = handover.owner_id == actor.organisation
    line = Line.objects.filter(id=handover.line_id).first()
    following = HANDOVER_MOVES[row.state] if own and Role.OFFICER in actor.roles else frozenset()
    return HandoverView(
        row=row,
        own=own,
        line=line.id if line is not None else None,
        turns=tuple(
            HandoverTurn(
                on=date.fromisoformat(told["on"]),
                turn=HandoverState(told["turn"]),
                by=told["by"],
                office=told["office"],
                words=told["words"],
            )
            for told in handover.turns
        ),
        following=tuple(state for state in HandoverState if state in following),
        audience=audience_of(actor, handover),
        notes=notes_on(actor, HANDOVER, handover.id),
        handling=handling_of(actor, HANDOVER, [handover.id]).get(handover.id, HandlingView()),
    )


def _rows(actor: Actor, found: Iterable[Handover]) -> list[HandoverRow]:
    told = list(found)
    today = desk_day(actor) if told else date.min
    return [_row(one, today) for one in told]


def _row(handover: Handover, today: date) -> HandoverRow:
    alike = ("id", "version", "created_at", "line_id", "item", "provider", "beneficiary", "to", "reference", "due_on", "marking")
    state = HandoverState(handover.state)
    return HandoverRow(
        **{name: getattr(handover, name) for name in alike},
        state=state,
        since=handover.state_since,
        overdue=state == HandoverState.SENT and handover.due_on is not None and handover.due_on < today,
        with_them=state in WITH_THEM,
    )
