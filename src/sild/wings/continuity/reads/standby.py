"""The standby as the desk knows it: what the guard saw last, and the moves that were written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sild.kernel import home as homes
from sild.kernel import replicated
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.replicated import KeptLook
from sild.wings.continuity.models import StandbyMove
from sild.wings.continuity.rules import StandbyMoveKind

MOST_MOVES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """A move as the reader sees it."""

    id: UUID
    kind: StandbyMoveKind
    primary: str
    person: str
    why: str
    how: str
    moved_at: datetime
    stopped: Decimal | None
    taken_back: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyView:
    """What the operator chose for the loss ("" where no standby is asked for), what the guard saw last, the newest moves."""

    choice: str
    look: KeptLook | None
    moves: tuple[MoveRow, ...]


@read
def standby_view(actor: Actor) -> StandbyView:
    """How the standby stands, and who moved it when and why."""
    chosen = replicated.choice()
    alike = ("id", "primary", "person", "why", "how", "moved_at", "stopped", "taken_back")
    moves = [
        MoveRow(**{name: getattr(one, name) for name in alike}, kind=StandbyMoveKind(one.kind))
        for one in StandbyMove.objects.order_by("-moved_at", "id")[:MOST_MOVES]
    ]
    return StandbyView(choice=str(chosen or ""), look=replicated.look_of(homes.current()), moves=tuple(moves))
