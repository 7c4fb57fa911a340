"""Responses, options and the three things as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.values.marking import Marking
from sild.wings.response.actions import NewEssential, NewResponse, OptionStep
from sild.wings.response.rules import DeliveryLevel, Essential, EssentialStand, OptionState, PreconditionStand, ResponseState


class ResponseItem(Shape):
    """A response in a list: what it is about, as far as you see that, and how many options stand where."""

    id: UUID
    version: int
    title: str
    state: ResponseState
    case: UUID | None
    incident: UUID | None
    opened_at: datetime
    opened_by: str
    proposed: int
    decided: int
    done: int
    dropped: int
    marking: Tlp


class WantedResponses(Paging):
    """Which responses: in a state, to a case, to an incident."""

    state: Word = ""
    case: UUID | None = None
    incident: UUID | None = None


class LegalBasisOf(Shape):
    """An act on which a measure rests, where a source names it; `from_memory`: no source was read."""

    act: str
    as_of: str
    sources: list[str]
    from_memory: bool


class ToolboxOption(Shape):
    """A measure of the toolbox. Empty `legal_basis`: unknown. What it asks for, escalation, reversibility are working judgements."""

    id: str
    category: str
    label: str
    description: str
    legal_basis: list[LegalBasisOf]
    prerequisites: dict[str, str]
    who_decides: str
    attribution_needed: str
    escalation: str
    reversibility: str
    serves: list[Essential]
    as_of: str
    sources: list[str]
    from_memory: bool


class ResponseToolbox(Shape):
    """The options, the lowest escalation first; nothing else orders them, and none is advised."""

    compiled: str
    options: list[ToolboxOption]


class PreconditionOf(Shape):
    """What an option asks for first, and what was said of it."""

    key: str
    text: str
    stand: PreconditionStand
    said: str
    by: str


class OptionStepOf(Shape):
    """A step of an option; the last one counts."""

    state: OptionState
    body: str
    person: str
    on: date | None
    why: str
    by: str
    at: datetime


class PickedOptionOf(Shape):
    """A picked option with its steps in order."""

    id: UUID
    version: int
    option: str
    why: str
    level: DeliveryLevel
    state: OptionState
    preconditions: list[PreconditionOf]
    steps: list[OptionStepOf]
    picked_by: str
    picked_at: datetime


class WholeResponse(Shape):
    """A response with what was picked for it."""

    response: ResponseItem
    summary: str
    ended_why: str
    options: list[PickedOptionOf]


class ResponseToOpen(Shape):
    """A response to open: to a case, to an incident, or to neither. Of a case it is as closed as the case."""

    title: Annotated[Name, Field(min_length=1)]
    summary: Text = ""
    case: UUID | None = None
    incident: UUID | None = None
    compartment: UUID | None = None
    marking: Tlp = "TLP:AMBER"
    reason: Reason

    def new(self) -> NewResponse:
        """As the act takes it."""
        return NewResponse(
            title=self.title,
            summary=self.summary,
            case_id=self.case,
            incident_id=self.incident,
            compartment=self.compartment,
            marking=Marking.parse(self.marking),
        )


class ResponseWord(Shape):
    """A reason, and the version that was read."""

    reason: Reason
    version: Version | None = None


class OptionToPick(Shape):
    """Which option, at which level it would be delivered, and why."""

    option: Word
    level: DeliveryLevel = DeliveryLevel.UNKNOWN
    reason: Reason


class PreconditionToSay(Shape):
    """Whether something that an option asks for first is met, and what shows it."""

    key: Word
    stand: PreconditionStand
    reason: Reason
    version: Version | None = None


class LevelToSet(Shape):
    """At which level an option is delivered."""

    level: DeliveryLevel
    reason: Reason
    version: Version | None = None


class ResponseOptionStep(Shape):
    """Where an option goes; `body` and `person` are who decided."""

    state: OptionState
    body: Name = ""
    person: Name = ""
    on: date | None = None
    reason: Reason
    version: Version | None = None

    def step(self) -> OptionStep:
        """As the act takes it."""
        return OptionStep(state=self.state, body=self.body, person=self.person, on=self.on)


class EssentialToSay(Shape):
    """Where one of the three stands; what was done has somebody who did it, and a day."""

    essential: Essential
    stand: EssentialStand
    words: Reason
    body: Name = ""
    on: date | None = None
    need: UUID | None = None

    def new(self) -> NewEssential:
        """As the act takes it."""
        told = {name: getattr(self, name) for name in ("essential", "stand", "words", "body", "on")}
        return NewEssential(**told, need_id=self.need)


class EssentialSaidOf(Shape):
    """What somebody said of one of the three; `need` where you see it."""

    id: UUID
    stand: EssentialStand
    words: str
    body: str
    on: date | None
    need: UUID | None
    by: str
    at: datetime


class EssentialOfResponse(Shape):
    """One of the three with every word on it, the newest first; unknown where nobody spoke."""

    essential: Essential
    stand: EssentialStand
    said: list[EssentialSaidOf]


class SeverityOfIncident(Shape):
    """How many factors of an incident stand at which degree."""

    id: UUID
    title: str
    grave: int
    serious: int
    slight: int
    none: int
    unknown: int


class ResponseEssentials(Shape):
    """The three things of a response, beside what other records show. `decided` and `rounds` are null without a case."""

    rows: list[EssentialOfResponse]
    severity: list[SeverityOfIncident]
    decided: bool | None
    rounds: int | None
