"""What a person should look at besides the lines: unread parts, clipped text, a classification line, things told to be elsewhere."""

from __future__ import annotations

from sild.cores.extraction.fields.markings import find_classification_line
from sild.cores.extraction.method.mentions import SOLID, mentions
from sild.cores.extraction.method.passages import Passage, readable
from sild.cores.extraction.method.sentences import sentences
from sild.cores.extraction.method.stance import cue_hits, is_elsewhere
from sild.values.document import Document

_MOST_ELSEWHERE = 5
_LONGEST_QUOTE = 120


def remarks_on(document: Document, found: list[Passage]) -> tuple[str, ...]:
    """The remarks, in the order of their weight."""
    said = [f"{part.name} could not be read: {part.unread}" for part in document.parts if part.unread]
    said += [
        f"{_place(part.name, block.locator)}: only the first {readable(block.text)} of {len(block.text)} characters were read"
        for part, _, block in document.blocks()
        if readable(block.text) < len(block.text)
    ]
    for passage in found:
        label = find_classification_line(passage.text)
        if label is not None:
            said.append(f"{_place(passage.part.name, passage.block.locator)}: bears the classification line {label!r}")
            break
    return tuple(said + _elsewhere(found))


def _place(part: str, locator: str) -> str:
    return part if part == locator else f"{part}, {locator}"


def _elsewhere(found: list[Passage]) -> list[str]:
    """Sentences that name a thing and say that it is asked elsewhere, is there already, or cannot be given."""
    said: list[str] = []
    for passage in found:
        if passage.block.kind == "row" or not any(hit.key == "elsewhere" for hit in cue_hits(passage.text)):
            continue
        for sentence in sentences(passage.text):
            named = [m for m in mentions(passage.text, sentence.start, sentence.end) if m.rank >= SOLID]
            if any(is_elsewhere(passage.text, sentence, m.start) for m in named):
                quote = sentence.of(passage.text)[:_LONGEST_QUOTE]
                said.append(f"{passage.part.name}, {passage.block.locator}: no line was read from {quote!r}")
            if len(said) == _MOST_ELSEWHERE:
                return said
    return said
