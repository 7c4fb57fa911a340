"""What stands on a PDF page: signs with their boxes and ruled lines, in points as the page is seen (its rotation undone)."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_THINNEST_RULE, _SHORTEST_RULE = 3.0, 6.0
_MOST_RULES, _MOST_SEGMENTS = 20_000, 200
Box = tuple[float, float, float, float]


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


def page_glyphs(page: Any) -> tuple[list[Glyph], int]:
    """The visible signs of the page, and how many characters its text layer has."""
    turn = _turned(page)
    textpage = page.get_textpage()
    try:
        count = max(0, pdfium.FPDFText_CountChars(textpage.raw))
        box = pdfium.FS_RECTF()
        reference = ctypes.byref(box)
        glyphs: list[Glyph] = []
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
            sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if not sign or sign in "\r\n" or not pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, reference):
                continue
            left, bottom, right, top = turn((box.left, box.bottom, box.right, box.top))
            if top > bottom:
                glyphs.append(Glyph(left, right, bottom, top, sign))
    finally:
        textpage.close()
    return glyphs, count


def page_rules(page: Any) -> list[Rule]:
    """The ruled lines of the page: drawn lines, thin filled boxes, and the edges of larger boxes."""
    turn = _turned(page)
    rules: list[Rule] = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        for box in _boxes(path):
            rules.extend(_edges(turn(box)))
        if len(rules) > _MOST_RULES:
            return []  # a drawing, not a table
    return rules


def _turned(page: Any) -> Callable[[Box], Box]:
    rotation = page.get_rotation() % 360
    width, height = page.get_size()
    if rotation in (90, 270):
        width, height = height, width

    def turn(box: Box) -> Box:
        left, bottom, right, top = box
        if rotation == 90:
            return bottom, width - right, top, width - left
        if rotation == 180:
            return width - right, height - top, width - left, height - bottom
        if rotation == 270:
            return height - top, left, height - bottom, right
        return box

    return turn


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
