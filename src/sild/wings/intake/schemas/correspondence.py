"""What senders are told and what they answer, as programs are told of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sild.kernel.shapes import Amount, Paging, Shape, Version
from sild.wings.intake.rules import ReceiptState, ReplyState


class WantedReceipts(Paging):
    """Which acknowledgements; without a state all of them."""

    state: ReceiptState | None = None


class WantedReplies(Paging):
    """Which answers; without a state all of them."""

    state: ReplyState | None = None


class Receipt(Shape):
    """An acknowledgement: `why` says why it is held, `fault` what the server said. One of a sealed message names no message."""

    id: UUID
    version: int
    created_at: datetime
    message_id: UUID | None
    reference: str
    to: str
    language: str
    subject: str
    text: str
    state: ReceiptState
    why: str
    fault: str
    due_at: datetime
    sent_at: datetime | None


class Reply(Shape):
    """What the message `message_id` answers about the message `about_id`: a proposal until an officer decides.

    `word` is received, accept, commit or decline; `evidence` are the words of the sender. `expected`: the address is one that we
    wrote to; `authentication` is what the receiving servers said of the sender.
    """

    id: UUID
    version: int
    created_at: datetime
    message_id: UUID
    about_id: UUID
    reference: str
    subject: str
    word: str
    quantity: Amount | None
    reason: str
    evidence: str
    sender: str
    expected: bool
    authentication: list[str]
    state: ReplyState
    decided_by: str


class Decided(Shape):
    """A decision on the record as it was read at `version`."""

    version: Version


class Noted(Shape):
    """How many needs and offers the answer was noted beside."""

    records: int
