"""Lanes over a scale of days: for each row its stretches of time, each with a tone, a pattern and a word, and the days that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sild.formats.drawing.layout import SMALL, USUAL, Days, label, legend, span_of, width_of
from sild.formats.drawing.shapes import Box, Mark, Picture, Stroke, Tone, Wording, Words

MOST_LANES = 30
NAME, SCALE, ROW, TOP = 260.0, 800.0, 26.0, 46.0
BAR = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time from `start` to `end` (the day on which it is over); `text` stands in it where there is room."""

    start: date
    end: date
    tone: Tone
    title: str
    pattern: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A day that matters, drawn as an upright stroke with a word beside it."""

    on: date
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRow:
    """A row of the picture: its name, what stretches there are and which days."""

    name: str
    stretches: tuple[Stretch, ...]
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneWords:
    """Words of the lanes: `today` names the line of today; `keys` are the legend: tone, patterned, words."""

    usual: Wording
    today: str
    keys: tuple[tuple[Tone, bool, str], ...]


def lanes_picture(rows: Sequence[LaneRow], today: date, words: LaneWords, *, ends: tuple[date, date] | None = None) -> Picture | None:
    """The rows in their order, the first MOST_LANES whole and the rest as one row from their first to their last day; None of none.

    With `ends` the scale runs from its first day to its last, and today's line is drawn only where today lies between them.
    """
    if not rows:
        return None
    shown = list(rows)
    if len(rows) > MOST_LANES + 1:
        shown = [*rows[:MOST_LANES], rest_of(rows[MOST_LANES:], words.usual)]
    scale = scale_of(rows, today, NAME) if ends is None else Days(*ends, NAME, SCALE)
    foot = TOP + ROW * len(shown)
    marks: list[Mark] = [*scale.ticks(TOP, foot, words.usual.month)]
    for number, row in enumerate(shown):
        marks += lane_marks(row, TOP + ROW * number, scale)
    if scale.first <= today <= scale.last:
        marks += today_line(today, scale, (TOP, foot), words.today)
    drawn, high = legend((4, foot + 26), words.keys, NAME + SCALE)
    return Picture(NAME + SCALE + 40, foot + 26 + high + 4, words.usual.title, words.usual.summary, (*marks, *drawn))


def rest_of(rows: Sequence[LaneRow], usual: Wording) -> LaneRow:
    """One row for many: how many they are, from the first day of all to the last."""
    days = days_of(rows)
    name = usual.others.format(count=len(rows))
    if not days:
        return LaneRow(name=name, stretches=())
    title = f"{name}: {usual.day(min(days))} – {usual.day(max(days))}"
    return LaneRow(name=name, stretches=(Stretch(start=min(days), end=max(days), tone="muted", title=title, pattern=True),))


def days_of(rows: Sequence[LaneRow]) -> list[date]:
    """Every day that the rows name."""
    days = [day for row in rows for stretch in row.stretches for day in (stretch.start, stretch.end)]
    return days + [point.on for row in rows for point in row.points]


def scale_of(rows: Sequence[LaneRow], today: date, left: float) -> Days:
    """A scale on which all the days of the rows stand, and today."""
    first, last = span_of(days_of(rows), today)
    return Days(first, last, left, SCALE)


def lane_marks(row: LaneRow, y: float, scale: Days) -> list[Mark]:
    """One row: its name, its stretches and its days; what lies off the scale stands at its edge."""
    marks: list[Mark] = [Stroke(((0, y), (scale.left + scale.width, y)), "line"), label((4, y + 18), row.name, NAME - 14)]
    for stretch in row.stretches:
        start, end = scale.at(stretch.start), scale.at(stretch.end)
        wide = max(end - start, 3.0)
        marks.append(Box(min(start, scale.left + scale.width - wide), y + 6, wide, BAR, stretch.tone, stretch.title, stretch.pattern))
        if stretch.text and not stretch.pattern and width_of(stretch.text, SMALL) + 8 <= wide:
            marks.append(Words(start + wide / 2, y + 17, stretch.text, SMALL, "middle", tone="ground"))
    behind = max([scale.at(day) for day in days_of([row])], default=scale.left)
    for point in row.points:
        x, wide = scale.at(point.on), width_of(point.text, SMALL)
        marks.append(Stroke(((x, y + 2), (x, y + ROW - 2)), point.tone))
        # the word stands behind everything of the row, so that it hides none of it, or over its end where there is no room
        if behind + 6 + wide <= scale.left + scale.width + 30:
            marks.append(Words(behind + 6, y + 18, point.text, SMALL))
            behind += wide + 12
        else:
            marks.append(Words(behind - 6, y + 18, point.text, SMALL, "end"))
            behind -= wide + 12
    return marks


def today_line(today: date, scale: Days, between: tuple[float, float], word: str) -> list[Mark]:
    """The line of today through all rows, with its word above."""
    x = scale.at(today)
    return [Stroke(((x, between[0] - 4), (x, between[1])), "ink", True), Words(x, between[0] - 7, word, USUAL, "middle", True)]
