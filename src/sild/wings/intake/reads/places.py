"""Where words stand in a message: what a person marked or typed, found again as spans of the kept text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sild.values.document import Block, Document, Part
from sild.values.span import Span

MOST_PIECES = 20
LONGEST_PIECE = 4_000
_SIGN = re.compile(r"U\+([0-9A-F]{4,5})")


@dataclass(frozen=True, slots=True)
class Hint:
    """Where a page says that marked words begin: the number of the part and of the block in it, and the place in the block's text."""

    part: int
    block: int
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The spans of the words in the order of the message, and the pieces that stand nowhere in it."""

    spans: tuple[Span, ...]
    missing: tuple[str, ...]


def places_of(document: Document, words: str, hints: Sequence[Hint] = ()) -> Places:
    """Find each line of `words` in the document, whatever stands between its words there; `hints` belong to the lines in their order.

    A piece that stands in several places is taken where its hint says, else where it stands first.
    """
    pieces = [piece.strip()[:LONGEST_PIECE] for piece in words.replace("\x00", "").splitlines() if piece.strip()][:MOST_PIECES]
    spans, missing = [], []
    for number, piece in enumerate(pieces):
        found = _found(document, piece, hints[number] if len(hints) == len(pieces) else None)
        if found is None:
            missing.append(piece)
        elif found not in spans:
            spans.append(found)
    order = {(part.name, index): place for place, (part, index, _block) in enumerate(document.blocks())}
    return Places(spans=tuple(sorted(spans, key=lambda span: (order[span.part, span.block], span.start))), missing=tuple(missing))


def _found(document: Document, piece: str, hint: Hint | None) -> Span | None:
    # signs that nobody sees are shown, and so copied, as their numbers
    plain = _SIGN.sub(lambda hit: chr(int(hit[1], 16)), piece)
    between = r"(?:\s|[|])+"
    wanted = re.compile(between.join(re.escape(word) for word in re.split(between, plain) if word), re.IGNORECASE)
    if not wanted.pattern:
        return None
    for part, index, block, start in _where_to_look(document, hint):
        hit = wanted.search(block.text, start) or wanted.search(block.text)
        if hit is not None and hit.end() > hit.start():
            return Span(
                part=part.name,
                locator=block.locator,
                block=index,
                start=hit.start(),
                end=hit.end(),
                text=block.text[hit.start() : hit.end()],
                page=block.page,
            )
    return None


def _where_to_look(document: Document, hint: Hint | None) -> Iterator[tuple[Part, int, Block, int]]:
    """The block that the hint names first, then all."""
    if hint is not None and hint.part < len(document.parts) and hint.block < len(document.parts[hint.part].blocks):
        part = document.parts[hint.part]
        yield part, hint.block, part.blocks[hint.block], hint.start
    for part, index, block in document.blocks():
        yield part, index, block, 0


def hints_of(text: str) -> tuple[Hint, ...]:
    """Hints as a form carries them ("0.3.17 0.4.0"); what is none makes them all void, since they belong to lines by their order."""
    hints = []
    for one in text.split()[:MOST_PIECES]:
        numbers = one.split(".")
        if len(numbers) != 3 or not all(number.isascii() and number.isdigit() and len(number) < 8 for number in numbers):
            return ()
        hints.append(Hint(*(int(number) for number in numbers)))
    return tuple(hints)
