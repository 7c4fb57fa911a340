"""The standby, as programs are told of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sild.kernel.shapes import Amount, Shape
from sild.wings.continuity.rules import StandbyMoveKind


class StandbyMoveTold(Shape):
    """A move: which cluster takes writes since, who made it and why, seconds without writes, bytes of log that were taken back."""

    id: UUID
    kind: StandbyMoveKind
    primary: str
    person: str
    why: str
    how: str
    moved_at: datetime
    stopped: Amount | None
    taken_back: int | None


class StandbyTold(Shape):
    """What the operator chose ("" without a standby), what the guard saw last (null: nothing yet), and the newest moves.

    `fresh`: the guard looked within the last seconds. `behind_bytes` are not on the standby's disk, `behind_seconds` not applied there.
    """

    choice: str
    state: str | None
    since: datetime | None
    looked_at: datetime | None
    fresh: bool
    behind_bytes: int | None
    behind_seconds: float | None
    moves: list[StandbyMoveTold]
