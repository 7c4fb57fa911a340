"""A map of countries, some of them marked: by country alone, never by place. The outlines come from atlas.json (tools/atlas.py)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

from sild.formats.drawing.layout import SMALL, legend, width_of
from sild.formats.drawing.shapes import Area, Mark, Picture, Tone, Words

WIDTH, MOST_HEIGHT = 900.0, 620.0
MARGIN, SMALLEST = 6.0, 30.0
"""Degrees around what is marked; the least width of a map."""
Ring = tuple[tuple[float, float], ...]
Window = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A country that is marked: its code of two letters, what is written on it, what is shown to who points at it."""

    code: str
    label: str
    title: str
    tone: Tone


@cache
def countries() -> dict[str, tuple[Ring, ...]]:
    """The rings of every country in degrees east and north, by its code; the largest first."""
    told = json.loads((Path(__file__).resolve().parent / "atlas.json").read_text(encoding="utf-8"))["countries"]
    return {
        code: tuple(sorted((tuple((x, y) for x, y in ring) for ring in rings), key=lambda ring: -abs(_size(ring))))
        for code, rings in told.items()
    }


def holds(code: str, east: float, north: float) -> bool:
    """Whether a country's outlines hold a point, in degrees."""
    found = False
    for ring in countries().get(code, ()):
        for at, (x, y) in enumerate(ring):
            before, above = ring[at - 1]
            if (y > north) != (above > north) and east < (before - x) * (north - y) / (above - y) + x:
                found = not found
    return found


def map_picture(marked: Sequence[Marked], title: str, summary: str, keys: Sequence[tuple[Tone, bool, str]]) -> Picture | None:
    """The map around the marked countries; None where none of them has outlines."""
    known = [one for one in marked if one.code in countries()]
    if not known:
        return None
    west, south, east, north = _around([countries()[one.code][0] for one in known])
    # a degree of longitude is as wide as it is in the middle of the map
    narrow = cos(radians((south + north) / 2))
    scale = min(WIDTH / ((east - west) * narrow), MOST_HEIGHT / (north - south))
    width, height = (east - west) * narrow * scale, (north - south) * scale

    def placed(ring: Ring) -> Ring:
        return tuple(((x - west) * narrow * scale, (north - y) * scale) for x, y in ring)

    tones = {one.code: one for one in known}
    marks: list[Mark] = []
    for code, rings in countries().items():
        inside = tuple(placed(cut) for ring in rings if len(cut := _cut(ring, (west, south, east, north))) > 2)
        if inside:
            one = tones.get(code)
            marks.append(Area(inside, one.tone if one is not None else "line", one.title if one is not None else ""))
    for one in known:
        [(x, y)] = placed((_middle(countries()[one.code][0]),))
        # the label keeps within the sheet
        half = width_of(one.label, SMALL) / 2
        marks.append(Words(min(max(x, half), max(width - half, half)), y + 4, one.label, SMALL, "middle", bold=True, title=one.title))
    entries, high = legend((4, height + 14), keys, width)
    return Picture(width, height + 14 + high, title, summary, (*marks, *entries))


def _around(rings: Sequence[Ring]) -> Window:
    """The window around some rings, with a margin, not smaller than a map is readable."""
    xs, ys = [x for ring in rings for x, _y in ring], [y for ring in rings for _x, y in ring]
    west, east, south, north = min(xs) - MARGIN, max(xs) + MARGIN, min(ys) - MARGIN, max(ys) + MARGIN
    more = max(SMALLEST - (east - west), 0) / 2
    tall = max(SMALLEST / 2 - (north - south), 0) / 2
    return max(west - more, -180), max(south - tall, -85), min(east + more, 180), min(north + tall, 85)


def _cut(ring: Ring, window: Window) -> Ring:
    """The part of a ring within a window (Sutherland and Hodgman 1974): one edge of the window after the other."""
    points = list(ring)
    for axis, limit, least in ((0, window[0], True), (1, window[1], True), (0, window[2], False), (1, window[3], False)):
        kept: list[tuple[float, float]] = []
        for at, point in enumerate(points):
            before = points[at - 1]
            is_in, was_in = (value >= limit if least else value <= limit for value in (point[axis], before[axis]))
            if is_in != was_in:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if is_in:
                kept.append(point)
        points = kept
    return tuple(points)


def _size(ring: Ring) -> float:
    """Twice the area of a ring in square degrees, below nought where it is walked clockwise."""
    return sum(ring[at - 1][0] * y - x * ring[at - 1][1] for at, (x, y) in enumerate(ring))


def _middle(ring: Ring) -> tuple[float, float]:
    """The middle of a ring's area."""
    size = _size(ring) * 3
    if not size:
        return ring[0]
    pairs = [(ring[at - 1], point, ring[at - 1][0] * point[1] - point[0] * ring[at - 1][1]) for at, point in enumerate(ring)]
    return (
        sum((before[0] + point[0]) * cross for before, point, cross in pairs) / size,
        sum((before[1] + point[1]) * cross for before, point, cross in pairs) / size,
    )
