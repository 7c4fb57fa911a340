"""Rounds as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Reason, Shape, Text, Tlp, Version
from sild.values.marking import Marking
from sild.wings.attribution.actions import NewAnswer, NewRound, NewSlice
from sild.wings.attribution.rules import SliceProposalState, SupportLevel


class StateAnswer(Shape):
    """What a State said; `came_how`: an officer wrote it down, and how it came."""

    id: UUID
    version: int
    level: SupportLevel
    words: str
    came_how: str
    said_at: datetime
    said_by: str


class EvidenceSlice(Shape):
    """A frozen copy of an item. `stands`: its words are still those of its digest."""

    id: UUID
    version: int
    title: str
    text: str
    aspect: str
    source_name: str
    reliability: str
    credibility: int
    sha256: str
    digest: str
    stands: bool
    marking: Tlp
    recalled: bool


class StateInvitation(Shape):
    """What one State is asked, shown and said. `joint_text` is empty until it is shown to it."""

    id: UUID
    version: int
    country: str
    seated: bool
    title: str
    words: str
    joint_text: str
    t_hour: datetime
    reply_by: datetime
    others: list[str]
    recalled: bool
    own: bool
    mine: bool
    late: bool
    answers: list[StateAnswer]
    slices: list[EvidenceSlice]
    marking: Tlp


class AttributionRound(Shape):
    """A round as its opener keeps it."""

    id: UUID
    version: int
    title: str
    words: str
    joint_text: str
    t_hour: datetime
    reply_by: datetime
    names_others: bool
    opened_by: str
    marking: Tlp
    invitations: list[StateInvitation]


class RoundsSeen(Shape):
    """The rounds of your organisation, and what others ask it."""

    own: list[AttributionRound]
    received: list[StateInvitation]


class ProposedSlice(Shape):
    """A proposal to let an item out. `changed`: the item was taken back, or says something else, since."""

    id: UUID
    version: int
    title: str
    round_id: UUID
    to: list[str]
    marks: Tlp
    why: str
    state: SliceProposalState
    proposed_by: str
    second: str
    changed: bool


class RoundsOfCase(Shape):
    """What a case let out and is to let out."""

    rounds: list[AttributionRound]
    proposals: list[ProposedSlice]


class RoundToOpen(Shape):
    """A round; `names_others`: those invited are told who else is."""

    title: Annotated[Name, Field(min_length=1)]
    words: Text = ""
    t_hour: datetime
    reply_by: datetime
    names_others: bool = False
    marking: Tlp = "TLP:AMBER"
    reason: Reason

    def new(self) -> NewRound:
        """As the act takes it."""
        told = {name: getattr(self, name) for name in ("title", "words", "names_others")}
        return NewRound(**told, t_hour=self.t_hour, reply_by=self.reply_by, marking=Marking.parse(self.marking))


class StateToInvite(Shape):
    """An organisation of the desk, or by name a State without a seat."""

    organisation: UUID | None = None
    country: Name = ""


class HourMove(Shape):
    """The new T-hour."""

    t_hour: datetime
    version: Version
    reason: Reason


class JointText(Shape):
    """The joint text."""

    text: Text
    version: Version


class AnswerToRound(Shape):
    """How far a State goes; `came_how` where you write it down for one without a seat."""

    level: SupportLevel
    words: Text = ""
    came_how: Name = ""

    def new(self) -> NewAnswer:
        """As the act takes it."""
        return NewAnswer(level=self.level, words=self.words, came_how=self.came_how)


class SliceToPropose(Shape):
    """An item, to which invitations of which round, how marked."""

    round: UUID
    evidence: UUID
    invitations: Annotated[list[UUID], Field(min_length=1, max_length=60)]
    marking: Tlp = "TLP:AMBER"
    reason: Reason

    def new(self) -> NewSlice:
        """As the act takes it."""
        return NewSlice(evidence_id=self.evidence, invitations=frozenset(self.invitations), marking=Marking.parse(self.marking))
