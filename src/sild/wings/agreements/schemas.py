"""Agreements as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.wings.agreements.actions import Proposal, Saying
from sild.wings.agreements.rules import LONGEST_CONDITION, MOST_CONDITIONS, AgreementSide, AgreementState, NoHelpWhy, Visibility
from sild.wings.agreements.rules import Word as Said

Condition = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_CONDITION, pattern=r"^[^\u0000]*$")]
Positive = Annotated[Amount, Field(gt=0)]


class WantedAgreements(Paging):
    """Which agreements: `mover` says whose word it waits for, `q` are words."""

    state: Literal[""] | AgreementState = ""
    mover: Literal["", "requester", "giver"] = ""
    category: Word = ""
    body: Name = ""
    giver: Name = ""
    q: Name = ""


class Agreement(Shape):
    """An agreement in a list. `standing` is spoken for, 0 once it has ended; `giver` empty: those who asked are not told, and where
    you are one of them `offer_id` is null."""

    id: UUID
    version: int
    need_id: UUID
    offer_id: UUID | None
    title: str
    body: str
    giver: str
    category: str
    unit: str
    month: date | None
    proposed: Amount
    accepted: Amount | None
    committed: Amount | None
    standing: Amount
    state: AgreementState
    since: date
    mover: str
    visibility: Visibility
    named_from: date | None
    marking: Tlp
    created_at: datetime


class AgreementStep(Shape):
    """What was said; `told_by` names the officer who wrote it down for a side that said it elsewhere."""

    on: date
    word: Said
    side: AgreementSide
    by: str
    told_by: str
    quantity: Amount | None
    conditions: list[str]
    reason: str


class WholeAgreement(Shape):
    """One agreement with what was said and what you may say now (`mine`)."""

    agreement: Agreement
    need: UUID | None
    offer: UUID | None
    conditions: list[str]
    steps: list[AgreementStep]
    mine: list[Said]


class SpokenFor(Shape):
    """Sums: a piece is counted once, at the last word that was said of it. `left` null: how much was asked is not known."""

    proposed: Amount
    accepted: Amount
    committed: Amount
    left: Amount | None


class OfNeed(Shape):
    """What is spoken for of a need, with the agreements behind the sums."""

    need: UUID
    quantity: Amount | None
    unit: str
    sums: SpokenFor
    rows: list[Agreement]


class NoHelp(Shape):
    """A giver who cannot help with a need: `why` null where it was not said; `own`: your organisation said it."""

    id: UUID
    who: str
    by: str
    on: date
    why: NoHelpWhy | None
    reason: str
    own: bool


class NewNoHelp(Shape):
    """That you cannot help, with why where you want to say it."""

    why: NoHelpWhy | None = None
    reason: Text = ""


class HelpAfterAll(Shape):
    """That you can help after all, perhaps with the reason."""

    reason: Text = ""


class NewAgreement(Shape):
    """What is put to those who asked; `giver_told` false: they are not told who gives; `plan`: the plan whose match it is.

    `visibility`: how it is shown to others, null: as the giver stated it, else named.
    """

    offer: UUID
    quantity: Positive
    month: date | None = None
    giver_told: bool = True
    visibility: Visibility | None = None
    named_from: date | None = None
    plan: UUID | None = None
    reason: Text = ""

    def proposal(self) -> Proposal:
        """The proposal without its offer and reason."""
        return Proposal(
            quantity=self.quantity,
            month=self.month,
            plan=self.plan,
            giver_told=self.giver_told,
            visibility=self.visibility,
            named_from=self.named_from,
        )


class AgreementShown(Shape):
    """How what an agreement gives is shown to others; from the day `named_from` on it is named."""

    visibility: Visibility
    named_from: date | None = None
    version: Version
    reason: Text = ""


class NewWord(Shape):
    """What goes with a word; amount and conditions belong to accepting and committing. A reason is asked for wherever something ends."""

    quantity: Positive | None = None
    on: date | None = None
    conditions: Annotated[list[Condition], Field(max_length=MOST_CONDITIONS)] = []
    version: Version
    reason: Reason | Literal[""] = ""

    def saying(self) -> Saying:
        """What goes with the word."""
        return Saying(quantity=self.quantity, on=self.on, conditions=self.conditions)
