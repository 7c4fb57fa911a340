"""Needs, offers and lines as programs are told of them, and what programs may say about them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from sild.kernel.casework import LONGEST_NOTE, LONGEST_STEP
from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.values.marking import Marking
from sild.wings.register.rules import LONGEST_WORDS, Channel, DraftStage, DraftStep, DraftWords, EndorsementStanding

Flag = bool | None
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^[^\u0000]*$")]
AmountGiven = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,14}(\.[0-9]{1,3})?$")]
HandlingVersion = Annotated[int, Field(ge=0, le=2_147_483_647, description="The version of `handling` that was read; 0 for none.")]


class Handling(Shape):
    """Who of your organisation has a record, and your next step; version 0 where nobody said anything yet."""

    assignee_id: UUID | None
    assignee_name: str
    next_step: str
    next_step_on: date | None
    version: int


class Need(Shape):
    """A need in a list. `taken_back`: the last word of its lines takes all of it back."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    category: str
    beneficiary: str
    quantity: Amount | None
    unit: str
    needed_by: date | None
    urgency: str
    channel: str
    state: str
    taken_back: bool
    provisional: bool
    marking: Tlp
    handling: Handling


class WantedNeeds(Paging):
    """Which needs. `due`: your next step is due; `at_my_gate`: it waits at a gate where you sit."""

    state: Word = ""
    category: Word = ""
    beneficiary: Name = ""
    urgency: Word = ""
    channel: Word = ""
    provisional: Flag = None
    text: Name = ""
    mine: bool = False
    due: bool = False
    at_my_gate: bool = False


class Offer(Shape):
    """An offer in a list."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    category: str
    provider: str
    beneficiary: str
    quantity: Amount | None
    unit: str
    value_amount: Amount | None
    value_currency: str
    available_from: date | None
    available_until: date | None
    answer: str
    withdrawn: bool
    provisional: bool
    marking: Tlp
    handling: Handling


class WantedOffers(Paging):
    """Which offers."""

    answer: Word = ""
    category: Word = ""
    provider: Name = ""
    beneficiary: Name = ""
    withdrawn: Flag = None
    provisional: Flag = None
    text: Name = ""
    mine: bool = False
    due: bool = False


class Line(Shape):
    """A line in a list."""

    id: UUID
    version: int
    created_at: datetime
    message_id: UUID
    message_name: str
    sent_at: datetime | None
    kind: str
    state: str
    category: str
    item: str
    quantity: Amount | None
    unit: str
    beneficiary: str
    provider: str
    urgency: str
    channel: str
    language: str
    marking: Tlp
    need_id: UUID | None
    offer_id: UUID | None


class WantedLines(Paging):
    """Which lines."""

    state: Word = ""
    kind: Word = ""
    category: Word = ""
    beneficiary: Name = ""
    provider: Name = ""
    urgency: Word = ""
    language: Word = ""
    text: Name = ""


class LineField(Shape):
    """A field of a line: its value now, what was read, the words it was read from, how surely, who mended it (empty: nobody)."""

    name: str
    value: Any
    read: Any
    words: str
    confidence: float | None
    mended_by: str


class WholeLine(Shape):
    """A line with all that was read."""

    id: UUID
    version: int
    state: str
    kind: str
    category: str
    item: str
    quantity: Amount | None
    unit: str
    beneficiary: str
    provider: str
    sent_by: str
    relayed_by: str
    needed_by: date | None
    available_from: date | None
    available_until: date | None
    value_amount: Amount | None
    value_currency: str
    conditions: list[dict[str, str]]
    channel: str
    urgency: str
    language: str
    reference: str
    subject: str
    sent_at: datetime | None
    message_id: UUID
    message_name: str
    marking: Tlp
    need_id: UUID | None
    offer_id: UUID | None
    said: list[str]
    fields: list[LineField]


class Ruling(Shape):
    """What a gate said of a need, or a requester of an offer (then `gate` is empty).

    `quantity` and `unit`: what a gate ruled on, where that was `kept`; `other`: in what the need differs from it now.
    """

    gate: str
    passed: bool
    by: str
    reason: str
    on: date
    quantity: Amount | None
    unit: str
    other: list[str]
    kept: bool


class Gate(Shape):
    """A gate with its question and what it said last; `open`: it may rule now.

    `ruling` is null where it said nothing yet, or where who and why is not for you; `passed` says what the state shows.
    """

    name: str
    role: str
    question: str
    ruling: Ruling | None
    open: bool
    passed: bool


class Audience(Shape):
    """Who sees the record: organisations, the owner first; how many seats in them; who does not, and why."""

    names: list[str]
    seats: int
    note: str


class Note(Shape):
    """A note of your organisation."""

    id: UUID
    at: datetime
    who: str
    text: str


class FieldChange(Shape):
    """A field that an act changed; the values as they were kept."""

    record_id: UUID
    model: str
    field: str
    before: Any
    after: Any


class Deed(Shape):
    """One act on the record or what belongs to it; `act` is what is undone, `own`: your organisation did it."""

    act: UUID
    at: datetime
    who: str
    action: str
    reason: str
    made: bool
    undone: bool
    own: bool
    changes: list[FieldChange]


class Beside(Shape):
    """What stands beside a record: casework of your organisation, who sees it, its history. `own`: your organisation owns it."""

    own: bool
    marking: Tlp
    audience: Audience
    notes: list[Note]
    handling: Handling
    history: list[Deed]


class Joined(Shape):
    """A need or an offer that another was joined with; `id` is null where you do not see it."""

    id: UUID | None
    title: str


class NeedEndorsement(Shape):
    """How a need stands with its gates today; `until` is the last day on which an endorsement counts, null where that is not known."""

    standing: EndorsementStanding
    until: date | None


class WholeNeed(Shape):
    """A need with its lines in all languages, the oldest first, and its gates.

    `joined_into` is the need that its lines speak of since they were joined; `joined` are the needs that were joined into this one.
    `taken_back`: a letter takes it back, and nobody has ruled on that yet.
    """

    id: UUID
    version: int
    title: str
    category: str
    beneficiary: str
    quantity: Amount | None
    unit: str
    needed_by: date | None
    channel: str
    urgency: str
    state: str
    taken_back: bool
    endorsed_on: date | None
    endorsement: NeedEndorsement
    provisional: bool
    first_asked: datetime | None
    lines: list[WholeLine]
    more_lines: bool
    languages: list[str]
    gates: list[Gate]
    rulings: list[Ruling]
    joined_into: Joined | None
    joined: list[Joined]
    beside: Beside


class WholeOffer(Shape):
    """An offer with its lines and what requesters answered; joined as a need is."""

    id: UUID
    version: int
    title: str
    category: str
    provider: str
    beneficiary: str
    quantity: Amount | None
    unit: str
    value_amount: Amount | None
    value_currency: str
    available_from: date | None
    available_until: date | None
    conditions: list[dict[str, str]]
    withdrawn: bool
    provisional: bool
    answer: str
    first_offered: datetime | None
    lines: list[WholeLine]
    more_lines: bool
    languages: list[str]
    answers: list[Ruling]
    joined_into: Joined | None
    joined: list[Joined]
    beside: Beside


class LineRecord(Shape):
    """A line and what stands beside it."""

    line: WholeLine
    beside: Beside


class NewNote(Shape):
    """A note to write."""

    text: Annotated[Text, Field(min_length=1, max_length=LONGEST_NOTE)]


class Assignment(Shape):
    """Who is to have it, of your organisation; null for nobody."""

    assignee: UUID | None
    version: HandlingVersion


class NextStep(Shape):
    """What your organisation does next, and by when; empty for nothing."""

    text: Annotated[Text, Field(max_length=LONGEST_STEP)]
    on: date | None = None
    version: HandlingVersion


class GateRuling(Shape):
    """What the gate at which you sit says of the need, as you read it."""

    gate: Literal["technical-review", "interagency-review"]
    passed: bool
    version: Version
    reason: Reason


class NeedMove(Shape):
    """Where a need goes by hand: to be clarified, to its first review, withdrawn, overtaken by events, or closed since it is done."""

    state: Literal["clarifying", "technical-review", "withdrawn", "overtaken", "closed"]
    version: Version
    reason: Reason


class OfferAnswer(Shape):
    """What you say to an offer; a declined one needs a reason."""

    answer: Literal["accepted", "declined"]
    version: Version
    reason: Text = ""


class LineRuling(Shape):
    """What becomes of a line; the reason may be left out."""

    version: Version
    reason: Text = ""


class LineRejection(Shape):
    """Why a line is rejected."""

    version: Version
    reason: Reason


class ChannelRuling(Shape):
    """Civil or military."""

    channel: Channel
    version: Version
    reason: Reason


class Mending(Shape):
    """What is right; a field that is left out stays, null or an empty text empties it. Amounts are decimal strings."""

    item: Short | None = None
    quantity: AmountGiven | None = None
    unit: Short | None = None
    beneficiary: Name | None = None
    provider: Name | None = None
    reference: Name | None = None
    kind: Literal["request", "offer", "update", "withdrawal", "question"] | None = None
    category: Word | None = None
    urgency: Literal["", "low", "normal", "high", "critical"] | None = None
    needed_by: date | None = None
    available_from: date | None = None
    available_until: date | None = None
    value_amount: AmountGiven | None = None
    value_currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] | None = None


class LineChange(Shape):
    """Fields of a line that were misread; what was read stays beside what is right."""

    version: Version
    reason: Text = ""
    fields: Mending


class Mended(Shape):
    """The names of the fields that changed."""

    changed: list[str]


class LinePart(Shape):
    """One thing of a line that speaks of several."""

    item: Annotated[Short, Field(min_length=1)]
    quantity: AmountGiven | None = None
    unit: Short | None = None
    category: Word | None = None


class LineSplit(Shape):
    """The parts of a line; their quantities add up to its own, or the reason says why not."""

    version: Version
    reason: Text = ""
    parts: Annotated[list[LinePart], Field(min_length=2, max_length=20)]


class Split(Shape):
    """The lines that there are now, the first being the line itself."""

    lines: list[UUID]


Told = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_WORDS, pattern=r"^[^\u0000]*$")]


class OfferDraftStep(Shape):
    """What somebody of your organisation did with a draft."""

    step: str
    by: str
    on: date | None
    words: str


class OfferDraft(Shape):
    """A draft of your own organisation. `moves`: what may follow; `offer`: the offer that came of it, where it was read and you see it."""

    id: UUID
    version: int
    created_at: datetime
    item: str
    category: str
    quantity: Amount | None
    unit: str
    beneficiary: str
    value_amount: Amount | None
    value_currency: str
    available_from: date | None
    available_until: date | None
    terms: str
    marking: Tlp
    stage: DraftStage
    steps: list[OfferDraftStep]
    moves: list[DraftStep]
    waits_for_another: bool
    reference: str
    offer: UUID | None
    provider: str


class OfferDraftToWrite(Shape):
    """What an offer would say; the marking is at most TLP:AMBER."""

    item: Short
    category: Word = ""
    quantity: AmountGiven | None = None
    unit: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\u0000]*$")] = ""
    beneficiary: Name = ""
    value_amount: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,14}(\.[0-9]{1,2})?$")] | None = None
    value_currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    available_from: date | None = None
    available_until: date | None = None
    terms: Told = ""
    marking: Tlp = "TLP:AMBER"

    def told(self) -> DraftWords:
        """As the action takes it."""
        plain = {name: getattr(self, name) for name in DraftWords.__dataclass_fields__}
        amounts = {name: Decimal(given) if (given := plain[name]) is not None else None for name in ("quantity", "value_amount")}
        return DraftWords(**plain | amounts | {"marking": Marking.parse(self.marking)})


class OfferDraftChange(OfferDraftToWrite):
    """A draft written anew."""

    version: Version


class OfferDraftMove(Shape):
    """What is done with a draft, and with what words; they stay with the draft."""

    step: Literal["sent-to-clearance", "cleared", "sent-back", "dropped", "taken-up"]
    version: Version
    words: Told = ""
