"""Objections as people read them: those of a line, the list, one with its turns and what may be done; and which stop a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.wings.clearance.models import Objection
from sild.wings.clearance.rules import (
    CLOSINGS,
    Ground,
    ObjectionState,
    Severity,
    Turn,
    silence_is_over,
    stops,
)
from sild.wings.parties.public import desk_day
from sild.wings.register.public import Line

OBJECTION = "clearance.Objection"
MOST_LISTED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFilter:
    """Which objections: by state ("closed": all that are not open), severity, ground, line, words; `over`: whose silence ended."""

    state: str = ""
    severity: str = ""
    ground: str = ""
    line: UUID | None = None
    text: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRow:
    """An objection in a list. `stops`: nothing of its line is planned because of it; `silence_over`: a person has to close it."""

    id: UUID
    version: int
    created_at: datetime
    line_id: UUID
    item: str
    provider: str
    beneficiary: str
    raised_by: str
    ground: Ground
    severity: Severity
    asks: str
    state: ObjectionState
    since: date
    days: int
    silence_until: date | None
    silence_over: bool
    conditions: tuple[str, ...]
    decided_by: str
    stops: bool
    marking: int
    handling: HandlingView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """What happened on a day, by whom of which office; `conditions` are those that it left."""

    on: date
    turn: Turn
    by: str
    office: str
    words: str
    state: ObjectionState
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionView:
    """One objection whole. `line` is None where the reader does not see it; `endings` are those that the reader may write down now.

    `keeps_line`: the reader's organisation keeps the line, and its officer decides beside who raised it.
    """

    row: ObjectionRow
    own: bool
    keeps_line: bool
    line: UUID | None
    silence_says: str
    turns: tuple[TurnView, ...]
    endings: tuple[ObjectionState, ...]
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView


@read
def list_objections(
    actor: Actor, wanted: ObjectionFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[ObjectionRow], tuple[datetime, UUID] | None]:
    """The objections that the reader may see, the newest first, and the key from which the next page goes on (None at the end)."""
    exact = {name: getattr(wanted, name) for name in ("severity", "ground") if getattr(wanted, name)}
    found = Objection.objects.filter(**exact)
    if wanted.state == "closed":
        found = found.exclude(state=ObjectionState.OPEN)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.line is not None:
        found = found.filter(line_id=wanted.line)
    if wanted.over:
        found = found.filter(state=ObjectionState.OPEN, silence_until__lt=desk_day(actor))
    if wanted.text.strip():
        said = Q()
        for column in ("item", "provider", "beneficiary", "raised_by", "asks"):
            said |= Q(**{f"{column}__icontains": wanted.text.strip()})
        found = found.filter(said)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    records = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = _rows(actor, records[:limit])
    return rows, (rows[-1].created_at, rows[-1].id) if len(records) > limit else None


@read
def objections_of(actor: Actor, lines: Iterable[UUID]) -> list[ObjectionRow]:
    """The objections to some lines that the reader may see, the open first, then the newest."""
    found = Objection.objects.filter(line_id__in=list(lines)).order_by("-created_at", "-id")
    return sorted(_rows(actor, found), key=lambda row: (row.state != ObjectionState.OPEN, not row.stops))


@read
def open_objections(actor: Actor, lines: Collection[UUID] | None = None) -> dict[UUID, tuple[ObjectionRow, ...]]:
    """By line its open objections, those that stop a plan first; of all lines where none are named. Lines without one are left out."""
    found = Objection.objects.filter(state=ObjectionState.OPEN)
    if lines is not None:
        found = found.filter(line_id__in=list(lines))
    told: dict[UUID, list[ObjectionRow]] = defaultdict(list)
    for row in _rows(actor, found.order_by("created_at", "id"), handled=False):
        told[row.line_id].append(row)
    return {line: tuple(sorted(rows, key=lambda row: not row.stops)) for line, rows in told.items()}


@read
def objections_waiting(actor: Actor, *, most: int) -> list[ObjectionRow]:
    """What waits for the reader, silences that ended first: of officers who keep the line, all open ones; of others, silences that run."""
    found = Objection.objects.filter(state=ObjectionState.OPEN)
    if Role.OFFICER in actor.roles:
        found = found.filter(line_owner_id=actor.organisation)
    else:
        found = found.filter(silence_until__gte=desk_day(actor)).exclude(owner_id=actor.organisation)
    rows = _rows(actor, found.order_by("silence_until", "created_at", "id")[:MOST_LISTED], handled=False)
    return sorted(rows, key=lambda row: (not row.silence_over, not row.stops))[:most]


@read
def objection_record(actor: Actor, objection_id: UUID) -> ObjectionView:
    """One objection. Raises NotThere."""
    objection: Objection = Objection.found(objection_id)
    [row] = _rows(actor, [objection])
    own, keeps = objection.owner_id == actor.organisation, objection.line_owner_id == actor.organisation
    line = Line.objects.filter(id=objection.line_id).first()
    officer = keeps and Role.OFFICER in actor.roles
    endings = tuple(one for one in CLOSINGS if officer or (own and one != ObjectionState.OVERRULED))
    return ObjectionView(
        row=row,
        own=own,
        keeps_line=officer,
        line=line.id if line is not None else None,
        silence_says=objection.silence_says,
        turns=tuple(_turn(told) for told in objection.turns),
        endings=endings if objection.state == ObjectionState.OPEN else (),
        audience=audience_of(actor, objection),
        notes=notes_on(actor, OBJECTION, objection.id),
        handling=handling_of(actor, OBJECTION, [objection.id]).get(objection.id, HandlingView()),
    )


def _turn(told: dict[str, Any]) -> TurnView:
    return TurnView(
        on=date.fromisoformat(told["on"]),
        turn=Turn(told["turn"]),
        by=told["by"],
        office=told["office"],
        words=told["words"],
        state=ObjectionState(told["state"]),
        conditions=tuple(told["conditions"]),
    )


def _rows(actor: Actor, found: Iterable[Objection], *, handled: bool = True) -> list[ObjectionRow]:
    told = list(found)
    handling = handling_of(actor, OBJECTION, [one.id for one in told]) if told and handled else {}
    today = desk_day(actor) if told else date.min
    return [_row(one, today, handling.get(one.id)) for one in told]


def _row(objection: Objection, today: date, handling: HandlingView | None) -> ObjectionRow:
    alike = ("id", "version", "created_at", "line_id", "item", "provider", "beneficiary", "raised_by", "asks", "decided_by", "marking")
    return ObjectionRow(
        **{name: getattr(objection, name) for name in alike},
        ground=Ground(objection.ground),
        severity=Severity(objection.severity),
        state=ObjectionState(objection.state),
        since=objection.state_since,
        days=max((today - objection.state_since).days, 0),
        silence_until=objection.silence_until,
        silence_over=objection.state == ObjectionState.OPEN and silence_is_over(objection.silence_until, today),
        conditions=tuple(objection.conditions),
        stops=stops(objection.state, objection.severity),
        handling=handling,
    )
