"""Lines of plain text to paragraphs: quoting marks counted, soft-wrapped lines put back together, list items kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

_BULLET = re.compile(r"\s*(?:[-–—•*·‣▪●◦■□➢✓✔]\s+|[•‣▪●◦■□➢✓✔](?=\S))\S")
# "3.", "2.1)", "(b)", "b."; not the "15. Januar 2026" of a date, not the "O. Petrenko" of a name
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,3}(?:\.\d{1,2})?[.)]|\(?[^\W\d_]\)|[a-zа-яіїєґ]\.)\s+(?![^\W\d_]+ (?:19|20)\d\d\b)\S")
_QUOTE = re.compile(r"^(?:[ \t]{0,2}>)+ ?")
_RULE = re.compile(r"^\s*[-=_*~]{3,}\s*$")
_SENTENCE_END = (".", ";", ":", "!", "?", "…")
# narrower texts are not wrapped by a machine; wider lines are not wrapped at all
_NARROWEST_WRAP, _WIDEST_WRAP = 50, 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands: `number` from 1, `quoted` the depth of ">" marks taken off its front."""

    number: int
    quoted: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or list item: `first_line` is the number of the line it starts on."""

    kind: Literal["paragraph", "list-item"]
    text: str
    quoted: int
    first_line: int


def is_list_item(text: str) -> bool:
    """Whether the text starts as an item of a list does: with a bullet, a dash, "3." or "b)"."""
    return bool(_BULLET.match(text) or _NUMBERED.match(text))


def plain_paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a plain text whose lines may have been wrapped by a mail program or an editor."""
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = _unquoted(number, raw)
        # of many empty lines one is enough to part what stands around them
        if line.text or (lines and lines[-1].text):
            lines.append(line)
    widths = _wrap_widths(lines)
    found: list[Paragraph] = []
    for run in _runs(lines):
        found.extend(_join_run(run, widths.get(run[0].quoted, 0)))
    return found


def flowed_paragraphs(text: str, delete_space: bool) -> list[Paragraph]:
    """The paragraphs of a format=flowed text (RFC 3676): a line that ends in a space flows into the next of the same depth."""
    found: list[Paragraph] = []
    pending: list[str] = []
    start = Line(1, 0, "")
    for number, raw in enumerate(text.split("\n"), 1):
        line = _unstuffed(number, raw)
        if pending and line.quoted != start.quoted:
            found.extend(_emit(start, "".join(pending)))
            pending = []
        if not pending:
            start = line
        flows = line.text.endswith(" ") and line.text != "-- "
        pending.append(line.text[:-1] if flows and delete_space else line.text)
        if not flows:
            found.extend(_emit(start, "".join(pending)))
            pending = []
    if pending:
        found.extend(_emit(start, "".join(pending)))
    return found


def _emit(start: Line, text: str) -> Iterator[Paragraph]:
    stripped = text.strip()
    if stripped:
        yield Paragraph("list-item" if is_list_item(stripped) else "paragraph", stripped, start.quoted, start.number)


def _unquoted(number: int, line: str) -> Line:
    mark = _QUOTE.match(line)
    if not mark:
        return Line(number, 0, line.rstrip())
    return Line(number, mark.group().count(">"), line[mark.end() :].rstrip())


def _unstuffed(number: int, line: str) -> Line:
    depth = len(line) - len(line.lstrip(">"))
    return Line(number, depth, line[depth:].removeprefix(" "))


def _runs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    for (_, blank), group in groupby(lines, key=lambda line: (line.quoted, not line.text.strip())):
        if not blank:
            yield list(group)


def _wrap_widths(lines: list[Line]) -> dict[int, int]:
    """For each depth of quoting the width at which its lines were wrapped; a depth without wrapping has none."""
    longest: dict[int, int] = {}
    for run in _runs(lines):
        width = max(len(line.text) for line in run)
        if len(run) > 1 and _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
            longest[run[0].quoted] = max(longest.get(run[0].quoted, 0), width)
    return longest


def _join_run(run: list[Line], width: int) -> Iterator[Paragraph]:
    start, texts = run[0], [run[0].text.strip()]
    for before, line in pairwise(run):
        if _continues(before.text, line.text, width):
            texts.append(line.text.strip())
        else:
            yield from _emit(start, " ".join(texts))
            start, texts = line, [line.text.strip()]
    yield from _emit(start, " ".join(texts))


def _continues(before: str, line: str, width: int) -> bool:
    """Whether `line` is the rest of the paragraph that `before` had no room for."""
    if not width or len(before) > _WIDEST_WRAP or _RULE.match(before) or _RULE.match(line) or _BULLET.match(line):
        return False
    ended = before.endswith(_SENTENCE_END)
    if _NUMBERED.match(line) and (ended or before.endswith(",")):
        return False
    stripped = line.strip()
    if line[:1] in " \t" and is_list_item(before) and len(before) >= _NARROWEST_WRAP:
        return True
    first_word = stripped.split(maxsplit=1)[0] if stripped else ""
    return len(before) + 1 + len(first_word) > width
