"""Whether pieces may go out, and whether they went out rightly: pure, over what stops them and the acts of a consignment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from sild.wings.delivery.rules.consignments import ConsignmentDeed

GOES_OUT = frozenset({ConsignmentDeed.PREPARE, ConsignmentDeed.DEPART, ConsignmentDeed.HAND_OVER})
"""Acts by which pieces leave the giver, or are made ready to: what arrived, or was received, has happened and is only written down."""


class Stopping(Protocol):
    """Something that stops a line. `lets_on`: an officer may go on all the same, with a reason."""

    @property
    def lets_on(self) -> bool: ...


class Done(Protocol):
    """An act on a consignment."""

    @property
    def on(self) -> date: ...

    @property
    def deed(self) -> ConsignmentDeed: ...

    @property
    def told_by(self) -> str: ...


S = TypeVar("S", bound=Stopping)


def still_stopping(stops: Iterable[S], *, let_on: bool) -> tuple[S, ...]:
    """What stops an act by which something goes out; `let_on`: an officer went on with what is not known, for a reason."""
    return tuple(stop for stop in stops if not (let_on and stop.lets_on))


def went_out(steps: Iterable[Done]) -> date | None:
    """The day on which the first piece left; None: nothing has."""
    return min((step.on for step in steps if step.deed in (ConsignmentDeed.DEPART, ConsignmentDeed.HAND_OVER)), default=None)


def was_let_on(steps: Iterable[Done]) -> bool:
    """Whether an officer wrote down the preparing, with a reason: what was not known then does not stop it later."""
    return any(step.deed == ConsignmentDeed.PREPARE and step.told_by for step in steps)
