"""Objections as data: grounds with their source, severities, states, and what ends one.

Source: the desk's domain rules (docs/explanation/clearance.md). Nothing ends by itself: where nobody spoke by the day of a silence
procedure, a person closes the objection; the desk only reminds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml


class Ground(StrEnum):
    """Why somebody objects; each with its source in grounds.yaml."""

    INTERNATIONAL_OBLIGATIONS = "international-obligations"
    SANCTIONS = "sanctions"
    FOREIGN_SECURITY_POLICY = "foreign-security-policy"
    END_USE = "end-use"
    DIVERSION = "diversion"
    SHARED_PLATFORM = "shared-platform"
    HOSTING = "hosting"
    SUPPLY_CHAIN = "supply-chain"
    THIRD_PARTY_RIGHTS = "third-party-rights"
    DUPLICATION = "duplication"
    OTHER = "other"


class Severity(StrEnum):
    """How far it goes: nothing of the line is planned while a blocking one is open; the others are shown and stop nothing."""

    BLOCKING = "blocking"
    CONDITIONAL = "conditional"
    CONCERN = "concern"


class ObjectionState(StrEnum):
    """Open, or how it was closed."""

    OPEN = "open"
    LIFTED = "lifted"
    MITIGATED = "mitigated"
    OVERRULED = "overruled"


class Turn(StrEnum):
    """What happened in an objection."""

    RAISED = "raised"
    REPLIED = "replied"
    SILENCE_BEGUN = "silence-begun"
    SILENCE_BROKEN = "silence-broken"
    CLOSED = "closed"
    REOPENED = "reopened"


CLOSINGS = (ObjectionState.LIFTED, ObjectionState.MITIGATED, ObjectionState.OVERRULED)
"""Lifted: who raised it lets it fall. Mitigated: it ends under conditions. Overruled: those who decide go on all the same."""

OBJECTION_MOVES: Mapping[ObjectionState, frozenset[ObjectionState]] = {
    ObjectionState.OPEN: frozenset(CLOSINGS),
    **{closed: frozenset({ObjectionState.OPEN}) for closed in CLOSINGS},
}
"""Which state may follow which: what was closed can be opened again."""

MOST_TURNS, LONGEST_SILENCE_DAYS = 500, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundEntry:
    """A ground with what it says in English and where it comes from."""

    code: Ground
    says: str
    source: str


@cache
def grounds() -> tuple[GroundEntry, ...]:
    """The list as it came with this version of the desk, in its order."""
    told: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parent / "grounds.yaml").read_text(encoding="utf-8"))
    return tuple(GroundEntry(code=Ground(row["code"]), says=row["says"], source=row["source"]) for row in told["grounds"])


def stops(state: str, severity: str) -> bool:
    """Whether nothing of the line is planned because of it."""
    return state == ObjectionState.OPEN and severity == Severity.BLOCKING


def silence_is_over(until: date | None, today: date) -> bool:
    """Whether a silence procedure ended: its day counts whole, so that it is over on the day after."""
    return until is not None and until < today
