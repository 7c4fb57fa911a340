"""Freeze points, destroyed copies and the way home, as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime

from sild.kernel.shapes import Name, Reason, Shape, Text, Tlp, Version
from sild.wings.continuity.rules import DestructionState, FreezeState, HomeStepState


class FreezeTold(Shape):
    """From `since` on changes from the territory (empty: from anywhere) do not count, until `lifted_at`."""

    id: UUID
    version: int
    territory: str
    since: datetime
    decided_by: str
    act: str
    state: FreezeState
    why: str
    lifted_at: datetime | None
    lifted_why: str


class DestroyedTold(Shape):
    """A copy that was left behind and destroyed before two witnesses, or could not be."""

    id: UUID
    version: int
    what: str
    method: str
    destroyed_at: datetime | None
    first_witness: str
    second_witness: str
    state: DestructionState
    why: str
    written_by: str
    confirmed_by: str


class HomeStepTold(Shape):
    """A step of the way home."""

    id: UUID
    version: int
    what: str
    doer: str
    changed_abroad: str
    to_reconcile: str
    state: HomeStepState
    ended_how: str
    ended_at: datetime | None
    ended_by: str


class LeftTold(Shape):
    """A system with what is frozen, destroyed and planned of it. `away`: it runs at a host; `unplanned`: and no step home is written."""

    id: UUID
    code: str
    name: str
    layer: str
    marking: Tlp
    away: bool
    unplanned: bool
    frozen: list[FreezeTold]
    destroyed: list[DestroyedTold]
    steps: list[HomeStepTold]


class WayHome(Shape):
    """The systems in the order in which they come home."""

    systems: list[LeftTold]


class FreezeToWrite(Shape):
    """A freeze point."""

    since: AwareDatetime
    decided_by: Name
    act: Name
    territory: Name = ""
    reason: Reason


class FreezeToLift(Shape):
    """From when on changes count again."""

    at: AwareDatetime
    version: Version
    reason: Reason


class DestructionToWrite(Shape):
    """A copy that was left behind; without a moment it could not be destroyed."""

    what: Reason
    method: Reason
    destroyed_at: AwareDatetime | None = None
    first_witness: Name = ""
    second_witness: Name = ""
    reason: Reason


class HomeStepToWrite(Shape):
    """A step of the way home."""

    what: Reason
    doer: Name
    changed_abroad: Text = ""
    to_reconcile: Text = ""
    reason: Reason


class HomeStepToEnd(Shape):
    """That a step is done, or dropped."""

    state: HomeStepState
    version: Version
    reason: Reason


class ContinuityWord(Shape):
    """A version and a reason."""

    version: Version
    reason: Reason


class ChangeToJudge(Shape):
    """A change of a register: from which territory (empty: not known), made when."""

    territory: Name = ""
    at: AwareDatetime


class ChangeJudged(Shape):
    """Whether a change counts, and the freeze points by which it does not."""

    counts: bool
    caught_by: list[FreezeTold]
