"""One message of a chat as an export with fields of its own tells it, and the block that it becomes. Telegram and Signal share it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sild.formats.place import Place
from sild.values.document import Block


@dataclass(slots=True)
class ChatMessage:
    """`number` is its place from 1, `ident` what replies call it, `reply_to` the ident that it answers, `quote` the words that it quotes.

    `media` names what was sent with it; `notice` marks what the program itself says.
    """

    number: int
    ident: str = ""
    author: str = ""
    said_at: datetime | None = None
    text: str = ""
    reply_to: str = ""
    quote: str = ""
    origin: str = ""
    notice: bool = False
    edited: bool = False
    media: list[str] = field(default_factory=list)


def chat_blocks(messages: Sequence[ChatMessage], place: Place) -> list[Block]:
    """One block of kind "chat" a message in their order. Quoted words are a block of their own only where what they quote is not there."""
    lines: dict[str, str] = {}
    for one in messages:
        if one.ident and (one.text.strip() or one.media):
            lines.setdefault(one.ident, place.line(one.number))
    return [block for one in messages for block in _blocks(one, lines.get(one.reply_to), place)]


def _blocks(message: ChatMessage, answered: str | None, place: Place) -> Iterator[Block]:
    said = message.text.strip()
    # a message without words still tells that a file was sent
    text = said or " ".join(f"({name})" for name in message.media)
    if not text:
        return
    if answered is None and message.quote.strip():
        yield Block(kind="paragraph", text=message.quote.strip(), locator=place.line(message.number), quoted=1)
    yield Block(
        kind="chat",
        text=text,
        locator=place.line(message.number),
        author=message.author or None,
        said_at=message.said_at,
        role="notice" if message.notice or not said else "edited" if message.edited else None,
        reply_to=answered,
        origin=message.origin or None,
    )
