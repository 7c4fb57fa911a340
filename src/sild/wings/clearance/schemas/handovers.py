"""Hand-overs of military lines as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from sild.kernel.shapes import Name, Paging, Reason, Shape, Tlp, Version
from sild.wings.clearance.actions import Answer
from sild.wings.clearance.rules import HandoverState


class WantedHandovers(Paging):
    """Which hand-overs; `overdue`: sent, and not acknowledged by the day on which somebody was to ask."""

    state: Literal[""] | HandoverState = ""
    overdue: bool = False


class Handover(Shape):
    """The stub that stays of a line that was handed over; `with_them`: it is the other mechanism's now."""

    id: UUID
    version: int
    line_id: UUID
    item: str
    provider: str
    beneficiary: str
    to: str
    reference: str
    state: HandoverState
    since: date
    due_on: date | None
    overdue: bool
    with_them: bool
    marking: Tlp
    created_at: datetime


class HandoverTurn(Shape):
    """What happened on a day, by whom of which organisation."""

    on: date
    turn: HandoverState
    by: str
    office: str
    words: str


class WholeHandover(Shape):
    """One hand-over whole; `following` are the states that you may write down next."""

    handover: Handover
    line: UUID | None
    turns: list[HandoverTurn]
    following: list[HandoverState]


class NewHandover(Shape):
    """To whom a military line was sent (empty: whom the mechanism's file names), when, and (`reason`) what, by which way."""

    to: Name = ""
    on: date | None = None
    due_on: date | None = None
    reason: Reason


class HandoverAnswer(Shape):
    """What was answered: acknowledged with their number, returned, or recalled by this desk."""

    state: Literal["acknowledged", "returned", "recalled"]
    on: date | None = None
    reference: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\u0000]*$")] = ""
    version: Version
    reason: Reason

    def answer(self) -> Answer:
        """The answer without version and reason."""
        return Answer(state=HandoverState(self.state), on=self.on, reference=self.reference)
