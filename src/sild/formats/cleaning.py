"""Signs that no text should hold and that databases and JSON refuse: NUL and other controls, halves of characters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import overload

from sild.values.document import Block, Cell, Document, Envelope, Part

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPACES = "\x0b\x0c\x1c\x1d\x1e\x1f"


def clean_document(document: Document) -> Document:
    """The document with every unfit sign replaced: separators by a space, the others by U+FFFD. Offsets stay as they are."""
    return replace(
        document,
        envelope=_envelope(document.envelope),
        parts=tuple(_part(part) for part in document.parts),
        warnings=tuple(clean_text(text) for text in document.warnings),
    )


@overload
def clean_text(text: str) -> str: ...
@overload
def clean_text(text: None) -> None: ...
def clean_text(text: str | None) -> str | None:
    """The text with every unfit sign replaced."""
    return text if text is None or not _UNFIT.search(text) else _UNFIT.sub(lambda hit: " " if hit.group() in _SPACES else "\ufffd", text)


def _part(part: Part) -> Part:
    return replace(
        part,
        name=clean_text(part.name),
        media=clean_text(part.media),
        blocks=tuple(_block(block) for block in part.blocks),
        envelope=None if part.envelope is None else _envelope(part.envelope),
        unread=clean_text(part.unread),
        stretches=tuple(replace(one, envelope=_envelope(one.envelope)) for one in part.stretches),
    )


def _block(block: Block) -> Block:
    strings = (block.text, block.locator, block.author or "", block.name or "", block.origin or "", block.reply_to or "")
    if not any(map(_UNFIT.search, strings)):
        return block
    return replace(
        block,
        text=clean_text(block.text),
        locator=clean_text(block.locator),
        cells=tuple(Cell(column=cell.column, text=clean_text(cell.text)) for cell in block.cells),
        author=clean_text(block.author),
        name=clean_text(block.name),
        reply_to=clean_text(block.reply_to),
        origin=clean_text(block.origin),
    )


def _envelope(envelope: Envelope) -> Envelope:
    return replace(
        envelope,
        subject=clean_text(envelope.subject),
        sender_name=clean_text(envelope.sender_name),
        sender_address=clean_text(envelope.sender_address),
        recipients=tuple(clean_text(one) for one in envelope.recipients),
        message_id=clean_text(envelope.message_id),
        in_reply_to=clean_text(envelope.in_reply_to),
        references=tuple(clean_text(one) for one in envelope.references),
        headers=tuple((clean_text(name), clean_text(text)) for name, text in envelope.headers),
        automatic=clean_text(envelope.automatic),
        authentication=tuple(clean_text(one) for one in envelope.authentication),
    )
