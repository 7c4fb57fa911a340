"""Clocks as the reader may see them: what is overdue first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.diplomacy.models import Duty
from sild.wings.diplomacy.rules import DutyState, duty_state
from sild.wings.parties.public import desk_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A clock: `state` as of today, `done` what was done in order ({on, by, said, was_due}), `own`: the reader's organisation keeps it."""

    id: UUID
    version: int
    subject: str
    what: str
    every_months: int
    due_on: date
    state: DutyState
    basis: str
    done: tuple[Mapping[str, Any], ...]
    marking: int
    own: bool


@read
def duties(actor: Actor, *, subject: str = "", ended: bool = False) -> list[DutyRow]:
    """The clocks that the reader may see, the earliest first; those that ended only where asked for."""
    today, found = desk_day(actor), Duty.objects.all()
    if subject:
        found = found.filter(subject=subject)
    if not ended:
        found = found.filter(ended=False)
    return [_row(one, actor, today) for one in found.order_by("ended", "due_on", "created_at", "id")]


@read
def duties_due(actor: Actor, *, most: int = 5) -> list[DutyRow]:
    """The organisation's own clocks that are overdue or due soon, the earliest first."""
    waits = (DutyState.OVERDUE, DutyState.SOON)
    return [one for one in duties(actor) if one.own and one.state in waits][:most]


def _row(duty: Duty, actor: Actor, today: date) -> DutyRow:
    alike = ("id", "version", "subject", "what", "every_months", "due_on", "basis", "marking")
    state = duty_state(duty.due_on, today, ended=duty.ended)
    told = {name: getattr(duty, name) for name in alike}
    return DutyRow(**told, state=state, done=tuple(duty.done), own=duty.owner_id == actor.organisation)
