"""The answer: moves, what each system is expected to lose as a sum that can be re-added, what was proved, and why it is so.

A reason says what a system waits for, or why it stays, and whose move it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sild.cores.evacuation.problem import MILLION, Kind, Move

Cause = Literal[
    "nothing",
    "permission",
    "departure",
    "host-ready",
    "crew",
    "line",
    "needs",
    "now",
    "held",
    "immovable",
    "refused",
    "permission-unknown",
    "size-unknown",
    "no-host",
    "host-full",
    "needs-stay",
    "no-time",
    "not-worth",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a system is expected to lose, in millionths of points, as it comes about.

    `exposed`: standing still because home is lost before it goes; `still`: standing still for the move itself; `gone`: standing still
    to the end because it was lost before its data were safe; `data`: the data themselves. They add up to `total`.
    """

    system: str
    exposed: int
    still: int
    gone: int
    data: int

    @property
    def total(self) -> int:
        """The sum."""
        return self.exposed + self.still + self.gone + self.data

    @property
    def sentence(self) -> str:
        """The sum in words, in points."""
        parts = (
            (self.exposed, "exposed at home"),
            (self.still, "still for the move"),
            (self.gone, "lost before safe"),
            (self.data, "data"),
        )
        return " + ".join(f"{amount / MILLION:,.2f} {words}" for amount, words in parts) + f" = {self.total / MILLION:,.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a system does not go earlier, or stays. `by`: the systems, giver of permission, departure, line, crew or host."""

    cause: Cause
    by: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What becomes of one system: its move or None where it stays, the expected loss, and the reasons.

    `wave` counts from 1. `slack_hours`: how much later its work could begin while every other move stays as it is and nothing else is
    live later. `critical`: it lies on the chain of waits that ends with the last system to be live.
    """

    system: str
    move: Move | None
    loss: Loss
    reasons: tuple[Reason, ...]
    wave: int | None = None
    slack_hours: int | None = None
    critical: bool = False

    @property
    def kind(self) -> Kind | None:
        """The way it goes."""
        return self.move.kind if self.move else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A move that is not as it was planned before: what it was, what it is (None: stays)."""

    system: str
    before: Move | None
    now: Move | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evacuation:
    """A plan. `loss` is exact, in millionths of points, and is what all fates lose together; `charged` adds what the changes cost.

    No plan costs less than `bound`. `path` is the critical path, first to last. `changes` are told against the plan before.
    """

    fates: tuple[Fate, ...]
    loss: int
    charged: int
    bound: int
    bound_by: str
    path: tuple[str, ...]
    changes: tuple[Change, ...]
    seed: int
    seconds: float
    rounds: int
    stopped: str

    @property
    def gap(self) -> float:
        """The proven relative distance to the best plan: (charged - bound) / charged."""
        return max(0.0, (self.charged - self.bound) / self.charged) if self.charged > 0 else 0.0

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves, by system."""
        return tuple(fate.move for fate in self.fates if fate.move is not None)
