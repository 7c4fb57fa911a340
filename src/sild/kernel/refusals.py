"""Refusals: errors that a person reads. Each says what happened, to which record, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Refused(Exception):
    """What was asked cannot be done; the message says why and what to do next. The act that was asked for left nothing."""


class NotThere(Refused):
    """There is no such record for this actor. "Not yours" and "not there" are one answer."""


class NotForRole(Refused):
    """The actor's roles do not do this, whatever the record."""


class TooOften(Refused):
    """What may be done so often was done so often: it may be done again after `seconds`, and the message says when."""

    def __init__(self, message: str, *, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


@dataclass(eq=False)
class Stale(Refused):
    """Somebody changed the record since it was read: `theirs` holds its fields as they are now, `mine` as they were to be saved."""

    message: str
    version: int
    mine: Mapping[str, object] = field(default_factory=dict)
    theirs: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(self.message)

    def against(self, mine: Mapping[str, object]) -> Stale:
        """The same, with what the person wrote as their side: a form knows it, a record that was read anew does not."""
        return Stale(message=self.message, version=self.version, mine=mine, theirs=self.theirs)


class Unscoped(RuntimeError):
    """A query or a write without an actor: a fault of the program, never of the person."""
