"""When pieces of a consignment went out, and whether an officer went on with what was not known: pure, over its acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from sild.wings.delivery.rules.consignments import ConsignmentDeed

GOES_OUT = frozenset({ConsignmentDeed.PREPARE, ConsignmentDeed.DEPART, ConsignmentDeed.HAND_OVER})
"""Acts by which pieces leave the giver, or are made ready to: what arrived, or was received, has happened and is only written down."""


class Done(Protocol):
    """An act on a consignment."""

    @property
    def on(self) -> date: ...

    @property
    def deed(self) -> ConsignmentDeed: ...

    @property
    def told_by(self) -> str: ...


def went_out(steps: Iterable[Done]) -> date | None:
    """The day on which the first piece left; None: nothing has."""
    return min((step.on for step in steps if step.deed in (ConsignmentDeed.DEPART, ConsignmentDeed.HAND_OVER)), default=None)


def was_let_on(steps: Iterable[Done]) -> bool:
    """Whether an officer wrote down the preparing, with a reason: what was not known then does not stop it later."""
    return any(step.deed == ConsignmentDeed.PREPARE and step.told_by for step in steps)
