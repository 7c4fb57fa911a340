"""Rows of bars over hours counted from a beginning, such as moves of an evacuation: as many rows as fit, the rest told as a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sild.formats.drawing.layout import SMALL, label, legend
from sild.formats.drawing.shapes import Box, Mark, Picture, Stroke, Tone, Words

NAMES, WIDE, ROW, TALL, TOP = 150.0, 640.0, 22.0, 14.0, 26.0
MOST_ROWS = 60
STEPS = (1, 2, 6, 12, 24, 48, 120, 240, 480)
MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """From one hour to another."""

    first: int
    last: int
    tone: Tone
    title: str
    pattern: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRow:
    """A name with its bars; `marked` writes the name in bold."""

    name: str
    bars: tuple[Bar, ...]
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HourWords:
    """The words of the picture; `hour` names the scale, `others` holds {count}, `keys` explain the tones."""

    title: str
    summary: str
    hour: str
    keys: tuple[tuple[Tone, bool, str], ...]
    others: str


def hours_picture(rows: Sequence[HourRow], hours: int, words: HourWords) -> Picture | None:
    """The rows from the top down over 0 to `hours`; None where there is none."""
    if not rows or hours < 1:
        return None
    kept = rows[:MOST_ROWS]
    foot = TOP + len(kept) * ROW
    step = next((one for one in STEPS if hours / one <= MOST_TICKS), STEPS[-1])
    marks: list[Mark] = [Words(0, 14, words.hour, SMALL, tone="muted")]
    for hour in range(0, hours + 1, step):
        x = NAMES + hour / hours * WIDE
        marks += [Stroke(((x, TOP - 6), (x, foot)), "line"), Words(x, 14, str(hour), SMALL, "middle", tone="muted")]
    for at, row in enumerate(kept):
        y = TOP + at * ROW
        marks.append(label((0, y + 12), row.name, NAMES - 10, size=SMALL, bold=row.marked))
        for bar in row.bars:
            width = (bar.last - bar.first) / hours * WIDE
            if width > 0:
                marks.append(Box(NAMES + bar.first / hours * WIDE, y + 2, width, TALL, bar.tone, bar.title, bar.pattern))
    if len(rows) > len(kept):
        marks.append(Words(0, foot + 14, words.others.format(count=len(rows) - len(kept)), SMALL, tone="muted"))
        foot += ROW
    width = NAMES + WIDE + 30
    entries, high = legend((0, foot + 8), words.keys, width)
    return Picture(width, foot + 8 + high + 4, words.title, words.summary, (*marks, *entries))
