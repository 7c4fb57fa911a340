"""The day from which the words of a passage reckon: of the forwarded mail that holds them, of the attached letter, of the message.

"Within two weeks" in a mail that was sent on a month later means two weeks from the day on which it was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.method.details import NO_YEAR
from sild.cores.extraction.method.passages import Passage, is_date_line
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, Part

_LONGEST_HEAD = 160
_HEAD_BLOCKS = 6
_FARTHEST_HEAD = 12  # blocks
_LONGEST_DATE_LINE = 80
_LONGEST_ROW = 400
_MOST_ROWS = 60
_OLDEST_LETTER = timedelta(days=200)


class Calendar:
    """The days of writing of one message and of the letters and mails inside it."""

    def __init__(self, problem: ExtractionProblem) -> None:
        self._problem = problem
        self._parts: dict[str, date | None] = {}

    def sent_of(self, passage: Passage) -> date:
        """The day on which the passage was written; NO_YEAR where neither message nor operator tell."""
        if passage.block.said_at is not None:
            return passage.block.said_at.date()
        inside = [s for s in passage.part.stretches if s.start <= passage.index < s.end and s.envelope.sent_at is not None]
        if inside:
            told = min(inside, key=lambda stretch: stretch.end - stretch.start).envelope.sent_at
            return told.date() if told is not None else self._message
        if passage.voice == "forwarded" and (above := _above(passage)) is not None:
            return above
        if passage.part.envelope is not None and passage.part.envelope.sent_at is not None:
            return passage.part.envelope.sent_at.date()
        if passage.part.name not in self._parts:
            self._parts[passage.part.name] = self._letter(passage.part)
        return self._parts[passage.part.name] or self._message

    def _letter(self, part: Part) -> date | None:
        """The day that an attached letter bears; None for the body and for days that cannot be its own."""
        if not part.name.startswith("attachment"):
            return None
        day = _dated(part.blocks)
        near = day is not None and (self._message == NO_YEAR or timedelta(0) <= self._message - day <= _OLDEST_LETTER)
        return day if near else None

    @cached_property
    def _message(self) -> date:
        problem = self._problem
        if problem.document.envelope.sent_at is not None:
            return problem.document.envelope.sent_at.date()
        said = [block.said_at for _, _, block in problem.document.blocks() if block.said_at is not None]
        if said:
            return said[-1].date()
        blocks = [block for _, _, block in problem.document.blocks()]
        return problem.today or _dated(blocks) or _earliest(blocks) or NO_YEAR


def _earliest(blocks: Iterable[Block]) -> date | None:
    """The earliest day that a sheet without a date of its own writes out: its other days lie near."""
    rows = [block.text for block in blocks if block.kind == "row" and len(block.text) <= _LONGEST_ROW][:_MOST_ROWS]
    return min((found.day for text in rows for found in find_dates(text, NO_YEAR) if str(found.day.year) in found.verbatim), default=None)


def _above(passage: Passage) -> date | None:
    """The day that the heads of a mail right above the passage name, where no stretch was told apart for them."""
    for block in reversed(passage.part.blocks[max(0, passage.index - _FARTHEST_HEAD) : passage.index]):
        if len(block.text) <= _LONGEST_DATE_LINE and is_date_line(block.text):
            days = [found.day for found in find_dates(block.text, NO_YEAR) if str(found.day.year) in found.verbatim]
            return days[0] if days else None
    return None


def _dated(blocks: Iterable[Block]) -> date | None:
    """The latest day that the short lines at the top write out with its year."""
    days = [
        found.day
        for block in list(blocks)[:_HEAD_BLOCKS]
        if len(block.text) <= _LONGEST_HEAD and len(block.cells) <= 1
        for found in find_dates(block.text, NO_YEAR)
        if str(found.day.year) in found.verbatim
    ]
    return max(days, default=None)
