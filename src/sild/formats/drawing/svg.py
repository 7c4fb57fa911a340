"""A picture written out as SVG: for a page in the classes of the desk, or alone with colours of its own for paper and files.

Every text is escaped, and signs that XML forbids are left out: names are written by strangers.
"""

from __future__ import annotations

import re
from html import escape
from zlib import crc32

from sild.formats.drawing.shapes import Area, Box, Mark, Picture, Ribbon, Stroke, Tone, Words

COLOURS: dict[Tone, str] = {
    "ink": "#0b0c0c",
    "ground": "#ffffff",
    "muted": "#484949",
    "line": "#bfc3c7",
    "good": "#0f7a52",
    "part": "#8a6d00",
    "gap": "#ca3535",
    "blocked": "#5b2333",
    "unknown": "#6b7075",
    "a": "#1d70b8",
    "b": "#0b6e6e",
    "c": "#8a4b9e",
    "d": "#a8551c",
    "e": "#4c5a8a",
    "f": "#6a7a1c",
}
"""Tones on white paper: each at least three to one against it."""
FONT = "Libertinus Serif"
STEP = 5
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-�\U00010000-\U0010ffff]")


def svg_of(picture: Picture, *, standalone: bool) -> str:
    """The picture as one `svg` element, a whole file with its own colours where it stands alone.

    On a page it takes its colours from drawing.css, so that it follows the theme, more contrast, forced colours and print.
    """
    name = f"p{crc32(f'{picture.title} {picture.summary}'.encode('utf-8', 'replace')):08x}"
    size = f'width="{_n(picture.width)}" height="{_n(picture.height)}" viewBox="0 0 {_n(picture.width)} {_n(picture.height)}"'
    looks = f'xmlns="http://www.w3.org/2000/svg" font-family="{FONT}"' if standalone else 'class="desk-drawing" focusable="false"'
    said = f'role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d"'
    told = f'<title id="{name}-t">{_t(picture.title)}</title><desc id="{name}-d">{_t(picture.summary)}</desc>'
    ground = f'<rect width="{_n(picture.width)}" height="{_n(picture.height)}" fill="#fff"/>' if standalone else ""
    return f"<svg {looks} {size} {said}>{told}{ground}{''.join(_mark(mark, standalone) for mark in picture.marks)}</svg>"


def _mark(mark: Mark, alone: bool) -> str:
    if isinstance(mark, Box):
        return _box(mark, alone)
    if isinstance(mark, Ribbon):
        return _ribbon(mark, alone)
    if isinstance(mark, Area):
        way = "".join(f"M{'L'.join(f'{_n(x)} {_n(y)}' for x, y in ring)}Z" for ring in mark.rings)
        # the edge has the colour of the sheet: neighbours of one tone stay apart
        edge = ' stroke="#fff"' if alone else ""
        paint = _paint(mark.tone, alone) if alone else _paint(mark.tone, alone).replace("desk-t-", "desk-a desk-s-ground desk-t-")
        return f'<path d="{way}" fill-rule="evenodd"{paint}{edge}{_hover("path", mark.title)}'
    if isinstance(mark, Stroke):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
        dashed = ' stroke-dasharray="5 4"' if mark.dashed else ""
        return f'<polyline points="{points}" fill="none"{_paint(mark.tone, alone, edge=True)}{dashed}/>'
    return _words(mark, alone)


def _box(box: Box, alone: bool) -> str:
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    if not box.pattern:
        return f"<rect {place}{_paint(box.tone, alone)}{_hover('rect', box.title)}"
    lines = _hatching(box)
    drawn = f'<path d="{lines}" fill="none"{_paint(box.tone, alone, edge=True)}/>' if lines else ""
    ground = ' fill="#fff"' if alone else ""
    edge = _paint(box.tone, alone, edge=True).replace("desk-s-", "desk-o desk-s-")
    return f"<g>{_title(box.title)}<rect {place}{ground}{edge}/>{drawn}</g>"


def _hatching(box: Box) -> str:
    """Lines within a box as a path: each tone its own, so that it is told apart without colour."""
    if box.tone in ("part", "b", "e"):
        return _slanted(box, rising=True)
    if box.tone in ("gap", "c", "f"):
        return _slanted(box, rising=False)
    if box.tone in ("blocked", "d"):
        return _slanted(box, rising=True) + _slanted(box, rising=False)
    if box.tone in ("unknown", "muted", "line"):
        # what waits for nobody is emptier than what nobody knows
        step = STEP if box.tone == "unknown" else 2 * STEP
        rows = max(1, int(box.height // step))
        return "".join(f"M{_n(box.x)} {_n(box.y + step * (row + 0.5))}h{_n(box.width)}" for row in range(rows))
    columns = min(int(box.width // STEP), 500)
    return "".join(f"M{_n(box.x + STEP * (column + 0.5))} {_n(box.y)}v{_n(box.height)}" for column in range(columns))


def _slanted(box: Box, *, rising: bool) -> str:
    found = []
    for place in range(STEP, int(box.width + box.height), STEP):
        # the line x + y = place, cut where it leaves the box; falling ones are its mirror image
        x0, x1 = max(0.0, place - box.height), min(float(box.width), place)
        y0, y1 = place - x0, place - x1
        if not rising:
            y0, y1 = box.height - y0, box.height - y1
        found.append(f"M{_n(box.x + x0)} {_n(box.y + y0)}L{_n(box.x + x1)} {_n(box.y + y1)}")
    return "".join(found[:1000])


def _ribbon(ribbon: Ribbon, alone: bool) -> str:
    middle = (ribbon.x0 + ribbon.x1) / 2
    low0, low1 = ribbon.y0 + ribbon.thickness, ribbon.y1 + ribbon.thickness
    way = (
        f"M{_n(ribbon.x0)} {_n(ribbon.y0)}C{_n(middle)} {_n(ribbon.y0)} {_n(middle)} {_n(ribbon.y1)} {_n(ribbon.x1)} {_n(ribbon.y1)}"
        f"V{_n(low1)}C{_n(middle)} {_n(low1)} {_n(middle)} {_n(low0)} {_n(ribbon.x0)} {_n(low0)}Z"
    )
    see_through = ' fill-opacity="0.45"' if alone else ""
    paint = _paint(ribbon.tone, alone).replace("desk-t-", "desk-r desk-t-")
    return f'<path d="{way}"{paint}{see_through}{_hover("path", ribbon.title)}'


def _words(words: Words, alone: bool) -> str:
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    bold = ' font-weight="bold"' if words.bold else ""
    # a halo of the sheet's colour keeps words readable over lines and bands
    halo = ' paint-order="stroke" stroke="#fff" stroke-width="2.5" stroke-linejoin="round"' if alone and words.tone != "ground" else ""
    place = f'x="{_n(words.x)}" y="{_n(words.y)}" font-size="{_n(words.size)}"{anchor}{bold}{halo}'
    return f"<text {place}{_paint(words.tone, alone)}>{_title(words.title)}{_t(words.text)}</text>"


def _paint(tone: Tone, alone: bool, *, edge: bool = False) -> str:
    if alone:
        return f' {"stroke" if edge else "fill"}="{COLOURS[tone]}"'
    return f' class="{"desk-s-" if edge else "desk-t-"}{tone}"'


def _hover(element: str, title: str) -> str:
    return f">{_title(title)}</{element}>" if title else "/>"


def _title(title: str) -> str:
    return f"<title>{_t(title)}</title>" if title else ""


def _t(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
