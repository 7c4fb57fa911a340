"""Laying words out without a font at hand: how wide a text is at most likely, cutting and wrapping it, legends, the scale of days."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sild.formats.drawing.shapes import Box, Mark, Stroke, Tone, Words

SMALL, USUAL = 12, 13
CUT = "…"
_NARROW = frozenset("iljtfrI.,:;'|!()[] ·1")
_WIDE = frozenset("mwMWЖЩШЮМФщшюжмф%@—")
_LONGEST = 2000
"""Of a longer text the rest is not even measured."""


def width_of(text: str, size: float) -> float:
    """How wide a text is in pixels, near enough to keep labels apart: no font is asked."""
    ems = 0.0
    for sign in text[:_LONGEST]:
        if unicodedata.combining(sign):
            continue
        if sign in _NARROW:
            ems += 0.36
        elif sign in _WIDE or unicodedata.east_asian_width(sign) in "WF":
            ems += 0.98
        else:
            ems += 0.72 if sign.isupper() else 0.62
    return ems * size


def fitted(text: str, width: float, size: float) -> str:
    """The text, cut down to a width where it is longer, with a sign that it was cut."""
    if width_of(text, size) <= width and len(text) <= _LONGEST:
        return text
    kept = text[:_LONGEST]
    while kept and width_of(kept + CUT, size) > width:
        kept = kept[:-1]
    return kept.rstrip() + CUT


def wrapped(text: str, width: float, size: float, lines: int) -> tuple[str, ...]:
    """The text in at most so many lines, broken between words, the last one cut where there is more."""
    rest, found = text[:_LONGEST].split(), list[str]()
    while rest and len(found) < lines - 1:
        line = rest.pop(0)
        while rest and width_of(f"{line} {rest[0]}", size) <= width:
            line = f"{line} {rest.pop(0)}"
        found.append(fitted(line, width, size))
    if rest:
        found.append(fitted(" ".join(rest), width, size))
    return tuple(found)


def label(at: tuple[float, float], text: str, width: float, *, size: float = USUAL, bold: bool = False, end: bool = False) -> Words:
    """A text at a place, cut to a width; what was cut is shown to who points at it."""
    short = fitted(text, width, size)
    return Words(at[0], at[1], short, size, "end" if end else "start", bold, "ink", text if short != text else "")


def legend(at: tuple[float, float], entries: Iterable[tuple[Tone, bool, str]], width: float) -> tuple[tuple[Mark, ...], float]:
    """Boxes with their words in rows of at most a width, and how high all that is. An entry: tone, patterned, words."""
    marks: list[Mark] = []
    x, y = at
    for tone, pattern, words in entries:
        wide = 20 + width_of(words, SMALL) + 22
        if x > at[0] and x + wide > at[0] + width:
            x, y = at[0], y + 20
        marks.append(Box(x, y, 14, 12, tone, "", pattern))
        marks.append(Words(x + 20, y + 11, words, SMALL))
        x += wide
    return tuple(marks), y + 20 - at[1]


def month_after(day: date, months: int) -> date:
    """The first day of the month that lies so many months after a day's."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Days:
    """A scale of days: `first` stands at x `left`, `last` at `left + width`; days outside stand at its ends."""

    first: date
    last: date
    left: float
    width: float

    def at(self, day: date) -> float:
        """Where a day stands."""
        whole = max((self.last - self.first).days, 1)
        return self.left + self.width * min(max((day - self.first).days / whole, 0.0), 1.0)

    def months(self) -> tuple[date, ...]:
        """The first days of the months on the scale."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        every = (month_after(self.first, number) for number in range(count))
        return tuple(month for month in every if self.first <= month <= self.last)

    def ticks(self, top: float, foot: float, named: Callable[[date], str]) -> tuple[Mark, ...]:
        """A line for each month from `top` to `foot`, with the names of as many months as have room above it and below it."""
        months = self.months()
        room = self.width / max(len(months), 1)
        wide = max((width_of(named(month), SMALL) for month in months), default=0) + 10
        step = next((step for step in (1, 2, 3, 6, 12) if room * step >= wide), 24)
        marks: list[Mark] = [Stroke(((self.at(month), top), (self.at(month), foot)), "line") for month in months]
        marks += [
            Words(self.at(month), y, named(month), SMALL, "middle", tone="muted")
            for y in (top - 24, foot + 15)
            for number, month in enumerate(months)
            if number % step == 0 and self.at(month) + wide / 2 <= self.left + self.width + 40
        ]
        return tuple(marks)


def span_of(days: Sequence[date], today: date, *, most_months: int = 36) -> tuple[date, date]:
    """From the first to the last of some days, whole months, today among them, at most so many months to either side of today."""
    first = max(min([*days, today]), month_after(today, -most_months))
    last = min(max([*days, today]), month_after(today, most_months))
    return first.replace(day=1), month_after(last, 1)
