"""What falls on which day: a row for each month, a column for each day, a box with the number of things on every day that has some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sild.formats.drawing.layout import SMALL, USUAL, fitted, legend, month_after
from sild.formats.drawing.shapes import Box, Mark, Picture, Stroke, Tone, Wording, Words

MOST_MONTHS, MOST_NAMED = 24, 12
NAME, DAY, ROW, TOP, SUM = 118.0, 27.0, 28.0, 26.0, 170.0
WORST: tuple[Tone, ...] = ("gap", "unknown", "part", "good")
"""Of several things on one day the box is drawn as the worst one; a tone that is not named here comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A thing that falls on a day; `tone` says how bad that is."""

    on: date
    name: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """Words of the calendar: `past` and `later` hold {count} things before the first and after the last row; `sum` holds {count} of a
    month; `keys` are the legend: tone, patterned, words."""

    usual: Wording
    today: str
    past: str
    later: str
    sum: str
    keys: tuple[tuple[Tone, bool, str], ...]


def calendar_picture(dues: Sequence[Due], today: date, words: CalendarWords) -> Picture | None:
    """The months from today's to the last in which something falls, MOST_MONTHS at most; what lies before and after is told as a number."""
    if not dues:
        return None
    first = today.replace(day=1)
    last = max(first, min(max(due.on for due in dues).replace(day=1), month_after(first, MOST_MONTHS - 1)))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    by_day: dict[date, list[Due]] = defaultdict(list)
    for due in dues:
        by_day[due.on].append(due)
    past = sum(len(held) for day, held in by_day.items() if day < first)
    later = sum(len(held) for day, held in by_day.items() if day >= month_after(last, 1))
    width = NAME + DAY * 31 + SUM
    marks: list[Mark] = []
    y = TOP
    if past:
        marks.append(Words(4, y - 4, words.past.format(count=past), USUAL, bold=True))
        y += TOP
    marks += [Words(NAME + DAY * (day - 0.5), y - 6, str(day), SMALL, "middle", tone="muted") for day in range(1, 32)]
    for number in range(count):
        marks += _month(month_after(first, number), y, by_day, (today, words))
        y += ROW
    if later:
        marks.append(Words(4, y + 19, words.later.format(count=later), USUAL, bold=True))
        y += ROW
    drawn, high = legend((4, y + 12), words.keys, width)
    return Picture(width, y + 12 + high, words.usual.title, words.usual.summary, (*marks, *drawn))


def _month(month: date, y: float, by_day: dict[date, list[Due]], said: tuple[date, CalendarWords]) -> list[Mark]:
    today, words = said
    length = (month_after(month, 1) - month).days
    marks: list[Mark] = [Stroke(((0, y), (NAME + DAY * length, y)), "line")]
    marks.append(Words(4, y + 19, fitted(words.usual.month(month), NAME - 8, USUAL), USUAL))
    found = 0
    for number in range(length):
        day, x = month.replace(day=number + 1), NAME + DAY * number
        held = by_day.get(day, [])
        found += len(held)
        if held:
            marks += _day(day, held, (x, y), words)
        if day == today:
            corners = ((x + 1, y + 1), (x + DAY - 1, y + 1), (x + DAY - 1, y + ROW - 1), (x + 1, y + ROW - 1), (x + 1, y + 1))
            marks.append(Stroke(corners, "ink", True))
            if not held:
                marks.append(Words(x + DAY / 2, y + 18, "•", SMALL, "middle", title=words.today))
    if found:
        marks.append(Words(NAME + DAY * 31 + 10, y + 19, words.sum.format(count=found), USUAL))
    return marks


def _day(day: date, held: Sequence[Due], at: tuple[float, float], words: CalendarWords) -> list[Mark]:
    tone = min((due.tone for due in held), key=lambda tone: WORST.index(tone) if tone in WORST else len(WORST))
    names = "; ".join(due.name for due in held[:MOST_NAMED])
    rest = f"; {words.usual.others.format(count=len(held) - MOST_NAMED)}" if len(held) > MOST_NAMED else ""
    box = Box(at[0] + 3, at[1] + 3, DAY - 6, ROW - 6, tone, f"{words.usual.day(day)}: {names}{rest}", tone != "good")
    middle = at[0] + DAY / 2
    plate = Box(middle - 7, at[1] + 7, 14, 14, "ground") if tone != "good" else None
    number = Words(middle, at[1] + 18, str(len(held)), SMALL, "middle", True, "ground" if tone == "good" else "ink")
    return [box, plate, number] if plate is not None else [box, number]
