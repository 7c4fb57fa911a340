"""What a picture is made of: boxes, strokes, ribbons and words on a sheet, measured in pixels from the top left corner.

A picture says everything in words too: its title, its summary, and the table that a `Drawn` carries beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

Tone = Literal["ink", "ground", "muted", "line", "good", "part", "gap", "blocked", "unknown", "a", "b", "c", "d", "e", "f"]
"""What a mark means, never a colour ("ground" is the sheet itself): whoever writes the picture out gives each its colour and pattern."""
TONES: tuple[Tone, ...] = get_args(Tone)
SERIES: tuple[Tone, ...] = ("a", "b", "c", "d", "e", "f")
"""Tones of things that have no order: the first six givers, say."""

Cell: TypeAlias = str | int | Decimal | date | None
"""A cell of a table: words, a count, an exact quantity, a day; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; `title` is shown to who points at it, `pattern` asks for the tone's own hatching."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone
    title: str = ""
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through two points or more."""

    points: tuple[tuple[float, float], ...]
    tone: Tone
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Filled rings of points, such as a country with its islands; what lies in two of them lies in a hole. `title` as a box's."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    tone: Tone
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A horizontal band with bent edges, `thickness` high; y0 and y1 are its upper edge on the left and on the right."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    tone: Tone
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text whose foot stands at `y`; `size` in pixels. `title`: the whole of what was cut down to fit."""

    x: float
    y: float
    text: str
    size: float
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False
    tone: Tone = "ink"
    title: str = ""


Mark: TypeAlias = Box | Stroke | Area | Ribbon | Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A sheet with marks in the order in which they are drawn. `title` names it, `summary` says in words what it shows."""

    width: float
    height: float
    title: str
    summary: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture with its table twin and its summary, for a page or a paper.

    `picture` is None where there is nothing to draw; the summary then says what to do next. Every row has as many cells as `head`;
    `total` is empty or a row that sums them. `links` are addresses of the rows' first cells, empty or one for each row ("" for none).
    """

    picture: Picture | None
    title: str
    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words that every builder needs, in the reader's language. `others` holds {count}; `number` and `month` write a number and
    the first day of a month out; `day` a day."""

    title: str
    summary: str
    others: str
    number: Callable[[Decimal], str]
    month: Callable[[date], str]
    day: Callable[[date], str]
