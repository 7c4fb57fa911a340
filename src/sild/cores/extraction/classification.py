"""Tells whether a document bears a classification marking line: at the head or foot of a part or page, or in its subject.

A message that bears one is sealed by its door, unread. A line of the same words inside the text only warns (`remarks_on`): the desk
takes a place where offices put such marks for a mark, and a mention for a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

from sild.cores.extraction.fields.markings import classification_of_line
from sild.cores.extraction.fields.phrases import any_of
from sild.values.document import Block, Document

Place = Literal["subject", "head", "foot"]

HEAD_LINES, FOOT_LINES = 6, 4
"""A cover page or letterhead has at most this many lines before its mark; a foot at most this many after the text."""

_IN_BRACKETS = re.compile(r"^\s*[\[({](?P<mark>[^\])}]{2,60})[\])}]")
_BEFORE_DASH = re.compile(r"^\s*(?P<mark>[^:–—|]{2,60}?)\s*(?::|\s[-–—|])\s")
_AT_THE_END = re.compile(r"(?:[\[({]|\s[-–—|]\s)(?P<mark>[^\[({\])}–—|]{4,60})[\])}]?\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationLine:
    """The mark as it stands (`mark`), in which part and where; `official_use`: a caveat of offices and no degree of secrecy by law."""

    mark: str
    part: str
    locator: str
    place: Place
    official_use: bool
    short: bool = False


def classification_of(document: Document) -> ClassificationLine | None:
    """The first classification marking line of the document, a degree of secrecy before a caveat; None where it bears none.

    Offices put a mark at the head and at the foot: an abbreviation that may be initials ("NS") counts where it stands twice.
    """
    found = list(_marks(document))
    if sum(mark.short for mark in found) < 2:
        found = [mark for mark in found if not mark.short]
    return next((mark for mark in found if not mark.official_use), found[0] if found else None)


def _marks(document: Document) -> Iterator[ClassificationLine]:
    subjects = [document.envelope.subject, *(part.envelope.subject for part in document.parts if part.envelope is not None)]
    for subject in subjects:
        yield from _in_subject(subject)
    for part in document.parts:
        # a quoted letter and each page have a head and a foot of their own
        for _, run in groupby(part.blocks, key=lambda block: (block.quoted, block.page)):
            blocks = [block for block in run if block.text.strip()]
            yield from _at_the_edges(part.name, blocks)


@cache
def _answered() -> re.Pattern[str]:
    """What programs write before a subject when a letter is answered or handed on."""
    return re.compile(rf"^(?:\s*(?:{any_of('markings', 'answered')})\s*(?:\[\d{{1,3}}\])?\s*:)+\s*", re.IGNORECASE)


def _in_subject(subject: str) -> Iterator[ClassificationLine]:
    bare = _answered().sub("", subject)
    candidates = [bare]
    for pattern in (_IN_BRACKETS, _BEFORE_DASH, _AT_THE_END):
        match = pattern.search(bare)
        if match:
            candidates.append(match.group("mark"))
    for candidate in candidates:
        found = classification_of_line(candidate)
        if found is not None:
            yield ClassificationLine(
                mark=found.verbatim,
                part="subject",
                locator="subject",
                place="subject",
                official_use=found.official_use,
                short=found.short,
            )
            return


def _at_the_edges(part: str, blocks: list[Block]) -> Iterator[ClassificationLine]:
    lines = [(block, line) for block in blocks for line in _lines(block) if line.strip()]
    head, foot = lines[:HEAD_LINES], lines[HEAD_LINES:][-FOOT_LINES:]
    for place, edge in (("head", head), ("foot", foot)):
        for block, line in edge:
            found = classification_of_line(line)
            if found is not None:
                where: Place = "head" if place == "head" else "foot"
                yield ClassificationLine(
                    mark=found.verbatim,
                    part=part,
                    locator=block.locator,
                    place=where,
                    official_use=found.official_use,
                    short=found.short,
                )


def _lines(block: Block) -> list[str]:
    """The lines of a block. A row of several cells bears no mark: "NR" heads a column of numbers there."""
    return [] if len(block.cells) > 1 else block.text.splitlines()
