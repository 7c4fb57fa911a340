"""Listing packs as their readers see them, their gaps, and the files of those that are frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.formats.report_docx import write_document
from sild.formats.report_paper import ReportPaper, paper_of_data
from sild.formats.report_xlsx import write_workbook
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.kernel.identity import account_on
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.waiting import WaitingItem, waits
from sild.wings.response.models import Listing, Response
from sild.wings.response.reads.openly import OpenItem, items_of
from sild.wings.response.rules import (
    APPROVERS,
    IdentifierKind,
    ListingGap,
    ListingPoint,
    ListingState,
    PreconditionStand,
    SubjectKind,
    gaps_of,
    listing_digest,
    listing_points,
)

LISTING = "response.Listing"
FILES: Mapping[str, tuple[str, Callable[[ReportPaper], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_document),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook),
}
"""The files of a frozen pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickRow:
    """A point with what was said of it; `by` empty: nobody spoke."""

    point: ListingPoint
    stand: PreconditionStand
    said: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierRow:
    """What tells the subject from others, as typed, with where it was read ("": nobody said)."""

    key: str
    kind: IdentifierKind
    text: str
    source: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """A sentence of the statement of reasons with the items on which it rests. `changed`: on some of them it could not rest today."""

    key: str
    text: str
    items: tuple[OpenItem, ...]
    missing: int
    by: str

    @property
    def changed(self) -> tuple[str, ...]:
        """Why it could not rest today on what it rests on."""
        return tuple(one.why_not for one in self.items if one.why_not)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """Who approved the draft as it stands, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """A pack whole. `items` are those of the case, with whether it may rest on them; `intact`: what was frozen is as it was frozen."""

    row: ListingRow
    response: UUID
    own: bool
    language: str
    ticks: tuple[TickRow, ...]
    identifiers: tuple[IdentifierRow, ...]
    reasons: tuple[ReasonRow, ...]
    approvals: tuple[ApprovalRow, ...]
    items: tuple[OpenItem, ...]
    gaps: tuple[ListingGap, ...]
    digest: str
    intact: bool
    history: tuple[HistoryEntry, ...]

    @property
    def to_approve(self) -> int:
        """How many people still have to approve it."""
        return max(0, APPROVERS - len(self.approvals))


@read
def listings_of(actor: Actor, response_id: UUID) -> list[ListingRow]:
    """The packs of a response, the newest first. Raises NotThere."""
    response: Response = Response.found(response_id)
    return [row_of(one) for one in Listing.objects.filter(response_id=response.id).order_by("-begun_at", "id")]


@read
def listing_record(actor: Actor, listing_id: UUID) -> ListingView:
    """A pack whole. Raises NotThere."""
    one: Listing = Listing.found(listing_id)
    response: Response = Response.found(one.response_id)
    items = items_of(actor, response.case_id)
    reasons = tuple(_reason(each, items) for each in one.sentences)
    ticks = {key: PreconditionStand(told["stand"]) for key, told in one.ticks.items()}
    gaps = gaps_of(SubjectKind(one.subject), ticks, one.identifiers, len(one.sentences))
    gaps += [ListingGap.EVIDENCE_CHANGED] if any(each.changed or each.missing for each in reasons) else []
    return ListingView(
        row=row_of(one),
        response=response.id,
        own=one.owner_id == actor.organisation,
        language=one.language,
        ticks=tuple(_tick(point, one.ticks.get(point.id)) for point in listing_points()),
        identifiers=tuple(_identifier(each) for each in one.identifiers),
        reasons=reasons,
        approvals=tuple(ApprovalRow(name=each["name"], at=datetime.fromisoformat(each["at"])) for each in one.approvals),
        items=tuple(items.values()),
        gaps=tuple(gaps),
        digest=one.digest,
        intact=one.state == ListingState.DRAFT or listing_digest(one.content) == one.digest,
        history=history_of(actor, [one.id]),
    )


@read
def listing_file(actor: Actor, listing_id: UUID, form: str) -> tuple[str, str, bytes]:
    """A frozen pack as a file: its name, its kind, its bytes. Raises NotThere; Refused where it is a draft, recalled, or was changed."""
    one: Listing = Listing.found(listing_id)
    if form not in FILES:
        raise NotThere(_("A pack is no such file. Choose docx or xlsx."))
    if one.state == ListingState.DRAFT:
        raise Refused(_("The pack is a draft: two people approve it before it is frozen and given as a file."))
    if one.state == ListingState.RECALLED:
        raise Refused(_("This pack was recalled: its files are not given any more."))
    if listing_digest(one.content) != one.digest:
        raise Refused(_("This pack is not as it was frozen: its digest differs. Ask the administrator of the home."))
    kind, write = FILES[form]
    return f"listing-{one.frozen_at:%Y-%m-%d}-{str(one.id)[:8]}.{form}", kind, write(paper_of_data(one.content))


@waits("approvals", "response.listings")
@read
def listings_to_approve(actor: Actor, most: int) -> list[WaitingItem]:
    """Packs that one colleague approved as they stand and that the reader may approve too, the oldest first."""
    mine, items = account_on(actor.person), list[WaitingItem]()
    for one in Listing.objects.filter(state=ListingState.DRAFT).exclude(approvals=[]).order_by("begun_at", "id"):
        theirs = [each for each in one.approvals if each["person"] != str(actor.person) and (mine is None or each["account"] != str(mine))]
        if len(one.approvals) == len(theirs) == APPROVERS - 1:
            items.append(WaitingItem(model="response.Listing", id=one.id, title=one.name, detail=theirs[0]["name"]))
        if len(items) > most:
            break
    return items


def row_of(one: Listing) -> ListingRow:
    """A pack as it stands in a list."""
    return ListingRow(
        id=one.id,
        version=one.version,
        name=one.name,
        subject=SubjectKind(one.subject),
        state=ListingState(one.state),
        sentences=len(one.sentences),
        approvals=len(one.approvals),
        begun_by=one.begun_by_name,
        begun_at=one.begun_at,
        frozen_at=one.frozen_at,
        recalled_why=one.recalled_why,
    )


def _tick(point: ListingPoint, told: Mapping[str, Any] | None) -> TickRow:
    if told is None:
        return TickRow(point=point, stand=PreconditionStand.UNKNOWN, said="", by="", at=None)
    at = datetime.fromisoformat(told["at"])
    return TickRow(point=point, stand=PreconditionStand(told["stand"]), said=told["said"], by=told["by"], at=at)


def _identifier(told: Mapping[str, Any]) -> IdentifierRow:
    kind = IdentifierKind(told["kind"])
    return IdentifierRow(key=told["key"], kind=kind, text=told["text"], source=told["source"], by=told["by"])


def _reason(told: Mapping[str, Any], items: Mapping[UUID, OpenItem]) -> ReasonRow:
    keys = [UUID(key) for key in told["evidence"]]
    seen = tuple(items[key] for key in keys if key in items)
    return ReasonRow(key=told["key"], text=told["text"], items=seen, missing=len(keys) - len(seen), by=told["by"])
