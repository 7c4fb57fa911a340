"""Progress: what a long act tells while it works. The door that started it decides how it looks; silence is the default."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A named stage with a number of steps, then its steps."""

    def stage(self, name: str, steps: int | None) -> None:
        """A new stage begins; `steps` None means that its length is not known."""

    def step(self, note: str = "") -> None:
        """One step of the stage is done."""

    def done(self, note: str) -> None:
        """The stage is over; `note` says what came out."""

    def asked_to_end(self) -> bool:
        """Whether the work is to end with what it has."""


class Silence:
    """Progress that nobody watches."""

    def stage(self, name: str, steps: int | None) -> None:
        """Nothing is shown."""

    def step(self, note: str = "") -> None:
        """Nothing is shown."""

    def done(self, note: str) -> None:
        """Nothing is shown."""

    def asked_to_end(self) -> bool:
        """Nobody watches, so nobody asks."""
        return False
