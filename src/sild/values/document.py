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


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who wrote to whom and when, as the source says it; None and empty where it does not."""

    subject: str = ""
    sender_name: str = ""
    sender_address: str = ""
    recipients: tuple[str, ...] = ()
    sent_at: datetime | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The body ("body") or an attachment ("attachment:NAME"), with its blocks.

    `envelope` is given where the part is itself a message (a forwarded one). `unread` says why a part could not be read.
    """

    name: str
    media: str
    blocks: tuple[Block, ...] = ()
    envelope: Envelope | None = None
    unread: str | None = None


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
