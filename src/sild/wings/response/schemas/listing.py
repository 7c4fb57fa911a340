"""Listing packs as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Reason, Shape, Text, Version, Word
from sild.wings.response.actions import NewIdentifier, NewListing
from sild.wings.response.rules import IdentifierKind, ListingGap, ListingState, PreconditionStand, SubjectKind


class ListingPackRow(Shape):
    """A pack in the list."""

    id: UUID
    version: int
    name: str
    subject: SubjectKind
    state: ListingState
    sentences: int
    approvals: int
    begun_by: str
    begun_at: datetime
    frozen_at: datetime | None
    recalled_why: str


class ListingPacks(Shape):
    """The packs of a response, the newest first."""

    rows: list[ListingPackRow]


class ListingTick(Shape):
    """A point with what was said of it; `by` empty: nobody spoke. `from_memory`: no source of the point was read."""

    point: str
    kind: str
    label: str
    article: str
    stand: PreconditionStand
    said: str
    by: str
    as_of: str
    sources: list[str]
    from_memory: bool


class ListingIdentifier(Shape):
    """What tells the subject from others, as typed."""

    key: str
    kind: IdentifierKind
    text: str
    source: str
    by: str


class ListingReason(Shape):
    """A sentence of the statement of reasons. `changed`: why it could not rest today on what it rests on."""

    key: str
    text: str
    evidence: list[UUID]
    changed: list[str]
    by: str


class WholeListingPack(Shape):
    """A pack whole; its files come in the browser."""

    pack: ListingPackRow
    ticks: list[ListingTick]
    identifiers: list[ListingIdentifier]
    reasons: list[ListingReason]
    approved_by: list[str]
    gaps: list[ListingGap]
    digest: str
    intact: bool


class ListingToBegin(Shape):
    """Who is to be listed, as typed."""

    name: Annotated[Name, Field(min_length=1)]
    subject: SubjectKind = SubjectKind.PERSON
    language: Literal["en", "uk"] = "en"
    reason: Reason

    def new(self) -> NewListing:
        """As the act takes it."""
        return NewListing(name=self.name, subject=self.subject, language=self.language)


class PointToTick(Shape):
    """Whether a point is met, and what shows it."""

    point: Word
    stand: PreconditionStand
    reason: Reason
    version: Version | None = None


class IdentifierToName(Shape):
    """What tells the subject from others, as typed, with its source."""

    kind: IdentifierKind
    text: Annotated[Name, Field(min_length=1)]
    source: Name = ""
    version: Version | None = None

    def new(self) -> NewIdentifier:
        """As the act takes it."""
        return NewIdentifier(kind=self.kind, text=self.text, source=self.source)


class ReasonToWrite(Shape):
    """A sentence and the open items on which it rests."""

    text: Annotated[Text, Field(min_length=1)]
    evidence: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    version: Version | None = None


class PartToStrike(Shape):
    """Which sentence or identifier to take out."""

    part: Literal["sentences", "identifiers"]
    key: Word
    reason: Reason
    version: Version | None = None


class ListingApproved(Shape):
    """Whether the pack is frozen now; false: a second person still has to approve it."""

    frozen: bool
