"""What stands on a PDF page: signs with their boxes and ruled lines, in points (its text held upright)."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

_THINNEST_RULE, _SHORTEST_RULE = 3.0, 6.0
_MOST_RULES, _MOST_SEGMENTS = 20_000, 200
Box = tuple[float, float, float, float]
Turn = Callable[[Box], Box]
_TURNS: dict[str, Turn] = {
    "right": lambda box: box,
    "left": lambda box: (-box[2], -box[3], -box[0], -box[1]),
    "up": lambda box: (box[1], -box[2], box[3], -box[0]),
    "down": lambda box: (-box[3], box[0], -box[1], box[2]),
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One sign with its box; y grows upwards."""

    left: float
    right: float
    bottom: float
    top: float
    sign: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: `at` is its place across, `start` to `end` its length; `level` if it runs from left to right."""

    level: bool
    at: float
    start: float
    end: float


def page_glyphs(page: Any) -> tuple[list[Glyph], Turn, int]:
    """The signs of the page as they stand when its text is held upright, how it was turned for that, and the number of characters."""
    textpage = page.get_textpage()
    try:
        count = max(0, pdfium.FPDFText_CountChars(textpage.raw))
        box = pdfium.FS_RECTF()
        reference = ctypes.byref(box)
        found: list[tuple[str, Box]] = []
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
            sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if sign and sign not in "\r\n" and pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, reference):
                found.append((sign, (box.left, box.bottom, box.right, box.top)))
    finally:
        textpage.close()
    turn = _upright([one for sign, one in found if not sign.isspace()])
    glyphs = []
    for sign, one in found:
        left, bottom, right, top = turn(one)
        if top > bottom:
            glyphs.append(Glyph(left, right, bottom, top, sign))
    return glyphs, turn, count


def page_rules(page: Any, turn: Turn) -> list[Rule]:
    """The ruled lines of the page, turned like its text: drawn lines, thin filled boxes, and the edges of larger boxes."""
    rules: list[Rule] = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        for box in _boxes(path):
            rules.extend(_edges(turn(box)))
        if len(rules) > _MOST_RULES:
            return []  # a drawing, not a table
    return rules


def _upright(boxes: list[Box]) -> Turn:
    """The turn that makes most signs follow each other from left to right, whatever the page says about its own rotation."""
    votes: Counter[str] = Counter()
    for one, other in pairwise(boxes):
        across = (other[0] + other[2] - one[0] - one[2]) / 2
        up = (other[1] + other[3] - one[1] - one[3]) / 2
        reach = 2 * max(one[2] - one[0], one[3] - one[1])
        if 0 < max(abs(across), abs(up)) <= reach:
            votes[("right" if across > 0 else "left") if abs(across) >= abs(up) else ("up" if up > 0 else "down")] += 1
    return _TURNS[votes.most_common(1)[0][0] if votes else "right"]


def _boxes(path: Any) -> Iterator[Box]:
    """The straight pieces of a path, each as a box of its own, or the box of the whole where it is one rectangle or too long."""
    count = pdfium.FPDFPath_CountSegments(path.raw)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    matrix = path.get_matrix()
    points: list[tuple[int, float, float, bool]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            return
        place = matrix.on_point(x.value, y.value)
        points.append((pdfium.FPDFPathSegment_GetType(segment), *place, bool(pdfium.FPDFPathSegment_GetClose(segment))))
    start = points[0][1:3]
    before = start
    for kind, x_at, y_at, closes in points:
        here = (x_at, y_at)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _box(before, here)
            if closes and here != start:
                yield _box(here, start)
        before = here


def _box(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _edges(box: Box) -> Iterator[Rule]:
    left, bottom, right, top = box
    if top - bottom <= _THINNEST_RULE and right - left >= _SHORTEST_RULE:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif right - left <= _THINNEST_RULE and top - bottom >= _SHORTEST_RULE:
        yield Rule(False, (left + right) / 2, bottom, top)
