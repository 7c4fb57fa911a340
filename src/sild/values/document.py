"""A message as it was read: parts, blocks, cells. What the formats produce and the extraction core reads.

Nothing here is interpreted: a block is a paragraph, a table row, a chat line or a form field, in the order of the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sild.values.span import Span

BlockKind = Literal["paragraph", "heading", "list-item", "row", "chat", "field"]
BlockRole = Literal["signature", "disclaimer", "quote-head", "forward-head", "notice", "edited"]
StretchKind = Literal["quoted", "forwarded"]
Channel = Literal["mail", "letter", "sheet", "form", "chat", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a row: `column` counts from 0; `text` is what a reader of the sheet sees."""

    column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, row, chat line or form field.

    `locator` names the place in the words of the truth files ("body", "table 1 row 2", "row 5", "line 3", "field:description");
    `table` and `row` count from 1 and are given for rows only; `cells` are given for rows only, empty cells left out, and then
    `text` is their texts joined by " | ". `author` and `said_at` are given for chat lines; `name` for form fields.
    `quoted` is the depth of ">" marks before the text (0: the sender's own words). `page` counts from 1 where there are pages.
    `role` is given for what is no matter of its own: a signature, a disclaimer, the lines of a mail program above a quoted or forwarded
    mail, a notice of a chat program; "edited" marks a chat message that its author changed later. `reply_to` is the locator of the chat
    message that this one answers, `origin` whose words a chat message hands on. `recognised` is given for text that was read from a
    picture: how sure the reading was, in percent.
    """

    kind: BlockKind
    text: str
    locator: str
    cells: tuple[Cell, ...] = ()
    table: int | None = None
    row: int | None = None
    author: str | None = None
    said_at: datetime | None = None
    name: str | None = None
    quoted: int = 0
    page: int | None = None
    role: BlockRole | None = None
    reply_to: str | None = None
    origin: str | None = None
    recognised: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who wrote to whom and when, as the source says it; None and empty where it does not.

    `automatic` says why the mail counts as written by a machine (an automatic reply, a report of non-delivery), None where it does not.
    `authentication` holds the received Authentication-Results headers as they came, the last server's first.
    """

    subject: str = ""
    sender_name: str = ""
    sender_address: str = ""
    recipients: tuple[str, ...] = ()
    sent_at: datetime | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    automatic: str | None = None
    authentication: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Blocks of a part that are an older mail inside its text: from index `start` up to, not with, `end`, its head lines included.

    `envelope` holds what the head lines say of it: the original sender, date and subject. Stretches may lie inside one another.
    """

    kind: StretchKind
    start: int
    end: int
    envelope: Envelope = field(default_factory=Envelope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The body ("body") or an attachment ("attachment:NAME"), with its blocks.

    `envelope` is given where the part is itself a message (a forwarded one). `unread` says why a part could not be read.
    `stretches` are the older mails inside its text, in their order.
    """

    name: str
    media: str
    blocks: tuple[Block, ...] = ()
    envelope: Envelope | None = None
    unread: str | None = None
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole message: `sha256` is of the bytes as they arrived; `format` is what the bytes are, not what the name claims."""

    name: str
    sha256: str
    format: str
    channel: Channel
    envelope: Envelope = field(default_factory=Envelope)
    parts: tuple[Part, ...] = ()
    warnings: tuple[str, ...] = ()

    def blocks(self) -> Iterator[tuple[Part, int, Block]]:
        """Every block with its part and its index in the part, in the order of the source."""
        for part in self.parts:
            for index, block in enumerate(part.blocks):
                yield part, index, block

    def holds(self, span: Span) -> bool:
        """Whether the span's text stands in this document exactly where the span says."""
        for part in self.parts:
            if part.name == span.part and span.block < len(part.blocks):
                block = part.blocks[span.block]
                if span.cell is None:
                    return block.text[span.start : span.end] == span.text
                texts = {cell.column: cell.text for cell in block.cells}
                return texts.get(span.cell, "")[span.start : span.end] == span.text
        return False
