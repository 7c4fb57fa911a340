"""Lines of plain text to paragraphs: quoting marks counted, soft-wrapped lines put back together, list items kept apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

_BULLET = re.compile(r"\s*(?:[-–—•*·‣▪●◦■□➢✓✔]\s+|[•‣▪●◦■□➢✓✔](?=\S))\S")
# "3.", "2.1)", "(b)", "b."; not the "15. Januar 2026" of a date, not the "O. Petrenko" of a name
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,3}(?:\.\d{1,2})?[.)]|\(?[^\W\d_]\)|[a-zа-яіїєґ]\.)\s+(?![^\W\d_]+ (?:19|20)\d\d\b)\S")
_QUOTE = re.compile(r"^(?:[ \t]{0,2}>)+ ?")
# a drawn line, with or without words in it ("----- Original Message -----")
_RULE = re.compile(r"^\s*[-=_*~]{3,}(?:[^-=_*~]{1,80}[-=_*~]{3,})?\s*$")
_SENTENCE_END = (".", ";", ":", "!", "?", "…")
# narrower texts are not wrapped by a machine; wider lines are not wrapped at all
_NARROWEST_WRAP, _USUAL_WRAP, _WIDEST_WRAP = 50, 80, 100
# a shorter line ended because its writer ended it
_SHORTEST_FULL = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands: `number` from 1, `quoted` the depth of ">" marks taken off its front."""

    number: int
    quoted: int
    text: str


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width at which lines were wrapped; `sure` where more than one line end speaks for it."""

    width: int
    sure: bool


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
        found.extend(_join_run(run, widths.get(run[0].quoted)))
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


def _wrap_widths(lines: list[Line]) -> dict[int, Wrap]:
    """For each depth of quoting the width that explains most line ends: the next word had no room. A depth without wrapping has none."""
    votes: dict[int, Counter[int]] = {}
    longest: dict[int, int] = {}
    for run in _runs(lines):
        depth = run[0].quoted
        for before, line in pairwise(run):
            longest[depth] = max(longest.get(depth, 0), 0, *(len(one.text) for one in (before, line) if " " in one.text))
            reach = len(before.text) + 1 + len(_first_word(line.text))
            if len(before.text) >= _SHORTEST_FULL and not _BULLET.match(line.text):
                for width in range(max(len(before.text), _NARROWEST_WRAP), min(reach, _WIDEST_WRAP + 1)):
                    votes.setdefault(depth, Counter())[width] += 1
    # of the widths that explain as many line ends the widest, but none wider than the text
    widths: dict[int, Wrap] = {}
    for depth, counted in votes.items():
        most = max(counted.values())
        width = min(max(one for one, count in counted.items() if count == most), max(longest[depth], _NARROWEST_WRAP))
        widths[depth] = Wrap(width, sure=most > 1)
    return widths


def _join_run(run: list[Line], wrap: Wrap | None) -> Iterator[Paragraph]:
    start, texts = run[0], [run[0].text.strip()]
    for before, line in pairwise(run):
        if wrap is not None and _continues(before.text, line.text, wrap):
            texts.append(line.text.strip())
        else:
            yield from _emit(start, " ".join(texts))
            start, texts = line, [line.text.strip()]
    yield from _emit(start, " ".join(texts))


def _continues(before: str, line: str, wrap: Wrap) -> bool:
    """Whether `line` is the rest of the paragraph that `before` had no room for."""
    if len(before) > _WIDEST_WRAP or _RULE.match(before) or _RULE.match(line) or _BULLET.match(line):
        return False
    if _NUMBERED.match(line) and (before.endswith(_SENTENCE_END) or before.endswith(",")):
        return False
    if line[:1] in " \t" and is_list_item(before) and len(before) >= _NARROWEST_WRAP:
        return True
    first_word = _first_word(line)
    if len(before) < _SHORTEST_FULL or len(before) + 1 + len(first_word) <= wrap.width:
        return False
    goes_on = first_word[:1].islower()
    if len(before) > wrap.width and " " not in before.strip():
        # an address too long for any line says nothing about the line after it
        return goes_on
    # one full line alone may be no wrapping at all: then what follows must not look like a beginning
    usual = wrap.width <= _USUAL_WRAP and not first_word[:1].isdigit()
    return wrap.sure or (usual and (goes_on or not before.endswith(_SENTENCE_END)))


def _first_word(line: str) -> str:
    return line.split(maxsplit=1)[0] if line.strip() else ""
