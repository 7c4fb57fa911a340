"""The lists that were provided, and which one is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.screening.models import ScreeningList


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list. `entries` is None until it was read; `current`: parties are screened against this one."""

    id: UUID
    version: int
    created_at: datetime
    name: str
    as_of: date
    digest: str
    size: int
    entries: int | None
    names: int
    passed_over: int
    unread: int
    faults: tuple[Mapping[str, Any], ...]
    withdrawn: bool
    current: bool
    marking: int


ALIKE = (
    *("id", "version", "created_at", "name", "as_of", "digest", "size", "entries", "names", "passed_over", "unread"),
    *("withdrawn", "marking"),
)


@read
def lists(actor: Actor) -> list[ListView]:
    """All lists of the actor's organisation, by the day they speak of, the newest first."""
    rows = list(ScreeningList.objects.filter(owner_id=actor.organisation).order_by("-as_of", "-created_at", "-id"))
    current = next((row.id for row in rows if row.entries and not row.withdrawn), None)
    return [_view(row, current) for row in rows]


@read
def current_list(actor: Actor) -> ListView | None:
    """The list in force: of those that were read, hold an entry and were not withdrawn, the one that speaks of the latest day."""
    return next((one for one in lists(actor) if one.current), None)


@read
def lists_to_read(actor: Actor) -> list[ListView]:
    """Lists that nobody has read yet, the oldest first."""
    return [one for one in reversed(lists(actor)) if one.entries is None and not one.withdrawn]


def _view(row: ScreeningList, current: UUID | None) -> ListView:
    return ListView(**{name: getattr(row, name) for name in ALIKE}, faults=tuple(row.faults), current=row.id == current)
