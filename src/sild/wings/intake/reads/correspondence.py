"""What is said to senders, and what they answer: acknowledgements by state, answers that wait for an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.values.reference import spelled
from sild.wings.intake.models import Receipt, Reply
from sild.wings.intake.rules import ReceiptState, ReplyState

MOST = 201
"""The longest page of a list, and one more: whether the list goes on."""
Key = tuple[datetime, UUID]
R = TypeVar("R", Receipt, Reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """An acknowledgement. `why` says why it is held, `fault` what the server said."""

    id: UUID
    version: int
    created_at: datetime
    message_id: UUID | None
    reference: str
    to: str
    language: str
    subject: str
    text: str
    state: str
    why: str
    fault: str
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """What somebody answered: a proposal until it is decided. `expected`: the address is one that we wrote to."""

    id: UUID
    version: int
    created_at: datetime
    message_id: UUID
    about_id: UUID
    reference: str
    subject: str
    word: str
    quantity: Decimal | None
    reason: str
    evidence: str
    sender: str
    expected: bool
    authentication: tuple[str, ...]
    state: str
    decided_by: str


@read
def receipts(actor: Actor, *, state: str = "", after: Key | None = None, limit: int = MOST) -> list[ReceiptView]:
    """Acknowledgements of one's own organisation, the newest first; those below `after` where a list goes on."""
    found = _below(Receipt.objects.filter(owner_id=actor.organisation).select_related("message"), after)
    if state:
        found = found.filter(state=state)
    return [
        ReceiptView(
            id=one.id,
            version=one.version,
            created_at=one.created_at,
            message_id=one.message_id,
            reference=spelled(one.message.reference) if one.message is not None else "",
            to=one.to,
            language=one.language,
            subject=one.subject,
            text=one.text,
            state=one.state,
            why=one.why,
            fault=one.fault,
            due_at=one.due_at,
            sent_at=one.sent_at,
        )
        for one in found[: max(1, min(limit, MOST))]
    ]


@read
def receipts_due(actor: Actor) -> bool:
    """Whether an acknowledgement is to be sent now."""
    return Receipt.objects.filter(state=ReceiptState.QUEUED, due_at__lte=clock.now()).exists()


@read
def replies(actor: Actor, *, state: str = ReplyState.PROPOSED, after: Key | None = None, limit: int = MOST) -> list[ReplyView]:
    """What senders answered, the newest first; those that wait for an officer where no other state is asked for."""
    found = _below(Reply.objects.filter(owner_id=actor.organisation).select_related("about"), after)
    if state:
        found = found.filter(state=state)
    return [
        ReplyView(
            id=one.id,
            version=one.version,
            created_at=one.created_at,
            message_id=one.message_id,
            about_id=one.about_id,
            reference=spelled(one.about.reference),
            subject=one.about.subject.strip() or one.about.name,
            word=one.word,
            quantity=one.quantity,
            reason=one.reason,
            evidence=one.evidence,
            sender=one.sender,
            expected=one.expected,
            authentication=tuple(str(text) for text in one.authentication),
            state=one.state,
            decided_by=one.decided_by,
        )
        for one in found[: max(1, min(limit, MOST))]
    ]


def _below(found: QuerySet[R], after: Key | None) -> QuerySet[R]:
    """The newest first, from where a page of the list ended."""
    if after is not None:
        moment, identity = after
        found = found.filter(Q(created_at__lt=moment) | Q(created_at=moment, id__lt=identity))
    return found.order_by("-created_at", "-id")
