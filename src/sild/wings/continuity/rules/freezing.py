"""Freezing and the way home: from which moment on changes from a region do not count, and in which order work returns. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sild.wings.continuity.rules.lights_out import folded
from sild.wings.continuity.rules.words import Layer


class FreezeState(StrEnum):
    """Whether a freeze point holds."""

    HOLDS = "holds"
    LIFTED = "lifted"


class DestructionState(StrEnum):
    """Where a destruction stands: written down with its two witnesses, confirmed by a second person of the desk, or not possible."""

    WRITTEN = "written"
    CONFIRMED = "confirmed"
    NOT_POSSIBLE = "not-possible"


class HomeStepState(StrEnum):
    """Where a step of the way home stands."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A freeze point of a register: changes from `territory` (all of them where it is empty) made at `since` or later do not count.

    `until` is when it was lifted; None while it holds.
    """

    id: UUID
    system: UUID
    territory: str
    since: datetime
    until: datetime | None = None


def catches(points: Sequence[Point], system: UUID, territory: str, at: datetime) -> tuple[Point, ...]:
    """The freeze points by which a change of a register does not count, the oldest first; none: it counts.

    A change whose territory nobody told is caught by every point of the register whose time it is in: it is looked at by a person.
    """
    held = []
    for one in points:
        same = not one.territory.strip() or not territory.strip() or folded(one.territory) == folded(territory)
        if one.system == system and same and one.since <= at and (one.until is None or at < one.until):
            held.append(one)
    return tuple(sorted(held, key=lambda one: (one.since, one.id)))


LAYERS_HOME = (Layer.IDENTITY, Layer.REGISTERS, Layer.EXCHANGE, Layer.SERVICES, Layer.UNKNOWN)
"""In this order systems come home: what others lean on first."""


def order_home(layers: Sequence[tuple[str, str]]) -> list[str]:
    """Codes of systems (with their layers) in the order in which they come home."""
    turn = {layer.value: number for number, layer in enumerate(LAYERS_HOME)}
    return [code for code, _layer in sorted(layers, key=lambda one: (turn.get(one[1], len(turn)), one[0]))]
