"""When a line was told: its chat message's moment, else the message's own, else the day that the head of the letter bears."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from sild.cores.extraction.fields.dates import find_dates
from sild.values.document import Document, Part

HEAD_BLOCKS = 12
"""Blocks of a letter among which its head stands."""

SENTENCE = 120
"""Characters of a block that is no head any more: there the letter begins to ask."""

BESIDE = 6
"""Words that may stand beside the day in a head: the place, the letter's number. More of them make a sentence."""


def told_at(document: Document, part: str, locator: str) -> datetime | None:
    """When the line at this place was told; None where neither the chat, the message nor the letter's head says it."""
    own = next((one for one in document.parts if one.name == part), None)
    if own is not None:
        chat = next((block.said_at for block in own.blocks if block.locator == locator and block.said_at is not None), None)
        if chat is not None:
            return chat if chat.tzinfo is not None else chat.replace(tzinfo=UTC)
    return document.envelope.sent_at or (_head_day(own) if own is not None else None)


def _head_day(part: Part) -> datetime | None:
    """The day that stands in the head by itself; a day by which something is wanted is none."""
    for line in _head_lines(part):
        found = find_dates(line, None)
        if len(found) == 1 and found[0].precision == "day" and found[0].role in (None, "available-from"):
            beside = (line[: found[0].start] + " " + line[found[0].end :]).split()
            if len(beside) <= BESIDE:
                return datetime.combine(found[0].day, time(), UTC)
    return None


def _head_lines(part: Part) -> Iterator[str]:
    for block in part.blocks[:HEAD_BLOCKS]:
        if len(block.text) > SENTENCE and "\n" not in block.text:
            return
        if block.kind in ("paragraph", "heading") and block.quoted == 0:
            yield from block.text.split("\n")
