"""The verb of the standby: a move that was made is written down. The move itself is a command of the operator's (`sild standby`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.wings.continuity.models import StandbyMove
from sild.wings.continuity.reads.standing import reason_given, short
from sild.wings.continuity.rules import LONGEST_REASON, StandbyMoveKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMade:
    """A move: which cluster takes writes since, who made it, what was stated of the other's fence; seconds without writes, bytes lost."""

    kind: StandbyMoveKind
    primary: str
    person: str = ""
    how: str = ""
    stopped: float | None = None
    taken_back: int | None = None


@action("continuity.note-move", roles=frozenset({Role.SERVICE}), recalled=True)
def note_move(actor: Actor, move: MoveMade, *, reason: str) -> UUID:
    """Write a move of the standby down; returns its id. Raises Refused."""
    one = StandbyMove(
        kind=move.kind,
        primary=move.primary,
        person=short(move.person),
        why=reason_given(reason),
        how=move.how.strip()[:LONGEST_REASON],
        moved_at=clock.now(),
        stopped=None if move.stopped is None else Decimal(str(round(move.stopped, 3))),
        taken_back=move.taken_back,
    )
    one.save()
    return one.id
