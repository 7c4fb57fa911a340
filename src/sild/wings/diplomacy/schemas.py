"""Diplomacy as programs are told of it and write."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.shapes import Name, Reason, Shape, Text, Tlp, Version, Word
from sild.values.marking import Marking
from sild.wings.diplomacy.actions import NewContact, NewDuty, NewImplementation, NewPosition, NewTreatyStep
from sild.wings.diplomacy.rules import ContactKind, DutyState, FindingKind, Progress, StanceAgreement, TreatyAct

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Link = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\u0000]*$")]


class WantedSubjects(Shape):
    """Which facts: the norms or the confidence-building measures."""

    of: Literal["norms", "measures"] = "norms"


class WantedState(Shape):
    """For which State: its code; empty for the State for which you speak."""

    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""


class WantedSubject(Shape):
    """Which norm or measure, by its id."""

    subject: Word


class WantedTopic(WantedState):
    """Which topic, by its id, and compared with whom."""

    topic: Word


class Due(Shape):
    """A clock: `done` is what was done in order, `own` whether your organisation keeps it."""

    id: UUID
    version: int
    subject: str
    what: str
    every_months: int
    due_on: date
    state: DutyState
    basis: str
    done: list[dict[str, Any]]
    marking: Tlp
    own: bool


class Logged(Shape):
    """An entry of the implementation log."""

    id: UUID
    version: int
    created_at: datetime
    subject: str
    what: str
    agency: str
    progress: Progress
    on: date | None
    proof: str
    marking: Tlp
    own: bool


class Contact(Shape):
    """A contact point: `old` was not confirmed for a year, `open_ping` is the day of a ping without an answer."""

    id: UUID
    version: int
    subject: str
    country: str
    contact_kind: ContactKind
    office: str
    reach: str
    confirmed_on: date | None
    pings: list[dict[str, Any]]
    retired: bool
    marking: Tlp
    own: bool
    old: bool
    open_ping: str


class Fact(Shape):
    """A norm or measure as the reference tells it; `confidence` "memory": no source was read, verify before use."""

    id: str
    label: str
    label_uk: str
    description: str
    instrument: str
    as_of: str
    sources: list[str]
    confidence: str


class Subject(Shape):
    """A norm or measure, with what was done for it as far as you may see it."""

    fact: Fact
    done: int
    going_on: int
    contacts: int
    old_contacts: int
    next_due: Due | None


class WholeSubject(Shape):
    """A norm or measure with its log, clocks and contact points."""

    fact: Fact
    entries: list[Logged]
    duties: list[Due]
    contacts: list[Contact]


class StateOnTopic(Shape):
    """A State's newest word on a topic, and how it stands to the word of the State that was asked for."""

    topic: str
    country: str
    state: str
    agreement: StanceAgreement
    stance: str
    said: str
    year: int
    document: str
    link: str
    confidence: str


class TopicOverview(Shape):
    """A topic: how many States said something, the same, otherwise, or cannot be compared."""

    topic: str
    label: str
    question: str
    stance: str
    said: str
    states: int
    same: int
    differ: int
    unknown: int


class DraftToCheck(Shape):
    """A draft; nothing of it is kept. `state`: whose positions it is held against, empty for the State for which you speak."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=50_000, pattern=r"^[^\u0000]*$")]
    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""


class DraftFinding(Shape):
    """A sentence (`start` to `end` in signs) that speaks of a topic by `word`; `cue` and `stance` are what it seems to say."""

    start: int
    end: int
    sentence: str
    topic: str
    word: str
    stance: str
    cue: str
    kind: FindingKind
    own_stance: str
    own_said: str
    own_document: str


class DraftChecked(Shape):
    """What was found in a draft: a question to whoever writes, no verdict."""

    state: str
    contradictions: int
    findings: list[DraftFinding]


class ImplementationToLog(Shape):
    """An entry for the log. What is done has a day and a proof."""

    subject: Word
    what: Text
    agency: Name = ""
    progress: Progress = Progress.DONE
    on: date | None = None
    proof: Text = ""
    marking: Tlp = "TLP:AMBER"

    def told(self) -> NewImplementation:
        """As the action takes it."""
        return NewImplementation(**self.model_dump(exclude={"marking"}), marking=Marking.parse(self.marking))


class ImplementationMove(Shape):
    """How far it is now."""

    progress: Progress
    on: date | None = None
    proof: Text = ""
    version: Version


class DutyToKeep(Shape):
    """A clock to start; `every_months` 0 is once."""

    subject: Word
    what: Name
    due_on: date
    every_months: Annotated[int, Field(ge=0, le=120)] = 0
    basis: Name = ""
    marking: Tlp = "TLP:AMBER"

    def told(self) -> NewDuty:
        """As the action takes it."""
        return NewDuty(**self.model_dump(exclude={"marking"}), marking=Marking.parse(self.marking))


class DutyDone(Shape):
    """When it was done, and how."""

    on: date | None = None
    version: Version
    reason: Reason


class WithReason(Shape):
    """A version that was read, and a reason."""

    version: Version
    reason: Reason


class ContactToKeep(Shape):
    """A contact point: an office and how it is reached."""

    subject: Word
    country: Country
    office: Name
    contact_kind: ContactKind = ContactKind.DIPLOMATIC
    reach: Text = ""
    confirmed_on: date | None = None
    marking: Tlp = "TLP:AMBER"

    def told(self) -> NewContact:
        """As the action takes it."""
        return NewContact(**self.model_dump(exclude={"marking"}), marking=Marking.parse(self.marking))


class ContactNews(Shape):
    """What happened to a contact point: confirmed (with other words where they changed), pinged, answered, retired (with a reason)."""

    what: Literal["confirmed", "pinged", "answered", "retired"]
    version: Version
    on: date | None = None
    office: Name = ""
    reach: Text = ""
    said: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\u0000]*$")] = ""


class PositionToKeep(Shape):
    """What a State said on a topic; `stance` by the topic's own list, empty where it cannot be told."""

    topic: Word
    country: Country
    said: Text
    year: Annotated[int, Field(ge=1990, le=2100)]
    stance: Word = ""
    document: Name = ""
    link: Link = ""
    marking: Tlp = "TLP:AMBER"

    def told(self) -> NewPosition:
        """As the action takes it."""
        return NewPosition(**self.model_dump(exclude={"marking"}), marking=Marking.parse(self.marking))


class TreatyStepToKeep(Shape):
    """What a State did with a treaty, and where that was read."""

    treaty: Word
    country: Country
    act: TreatyAct
    on: date | None = None
    source: Link = ""
    marking: Tlp = "TLP:AMBER"

    def told(self) -> NewTreatyStep:
        """As the action takes it."""
        return NewTreatyStep(**self.model_dump(exclude={"marking"}), marking=Marking.parse(self.marking))


class SeenState(Shape):
    """What a source shows of a State: days, "yes" for signed without a day, empty where nothing was seen."""

    country: str
    state: str
    signed: str
    ratified: str
    in_force: str


class CountedStates(Shape):
    """How many Parties or signatories a source counts."""

    of: str
    count: int
    as_of: str
    source: str


class TreatyDone(Shape):
    """An act on a treaty that somebody wrote down here."""

    id: UUID
    version: int
    treaty: str
    country: str
    act: TreatyAct
    on: date | None
    source: str
    marking: Tlp
    own: bool


class TreatyStatus(Shape):
    """A treaty: counts as sources give them (contradictions kept), States that were seen, and what was written down here."""

    id: str
    label: str
    label_uk: str
    as_of: str
    opened: str
    in_force: str
    contradiction: str
    sources: list[str]
    counts: list[CountedStates]
    seen: list[SeenState]
    steps: list[TreatyDone]
