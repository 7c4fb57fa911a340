"""Dates as mail programs write them above an older mail, in any of the desk's languages. What can be read two ways is None, not a guess."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache

from sild.formats.word_lists import entries, folded, phrase

_TIME = re.compile(r"(?<![\d.])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])\.?\s?m\b)?")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)")
_STROKES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_OFFSET = re.compile(r"[+-]\d{4}\b")


def written_moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment that the text names, in `zone` where it names no zone; None where there is none, or where it may be another day."""
    text = " ".join(text.split())[:300]
    if _OFFSET.search(text):
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            moment = None
        if moment is not None:
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    line = folded(text)
    date, rest = _date(line)
    if date is None:
        return None
    time = _TIME.search(rest)
    hour, minute, second = (int(time.group(1)), int(time.group(2)), int(time.group(3) or 0)) if time else (0, 0, 0)
    if time and time.group(4):
        hour = hour % 12 + (12 if time.group(4) == "p" else 0)
    try:
        return datetime(*date, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _date(line: str) -> tuple[tuple[int, int, int] | None, str]:
    """Year, month and day, and the line without them."""
    for pattern, year, month, day in ((_ISO, 1, 2, 3), (_DOTTED, 3, 2, 1)):
        hit = pattern.search(line)
        if hit:
            number = int(hit.group(year))
            found = (number + 2000 if number < 100 else number, int(hit.group(month)), int(hit.group(day)))
            return found, line[: hit.start()] + " " + line[hit.end() :]
    for pattern, day, month in ((_day_month(), 1, 2), (_month_day(), 2, 1)):
        for hit in pattern.finditer(line):
            named = _months().get(hit.group(month))
            if named:
                return (int(hit.group(3)), named, int(hit.group(day))), line[: hit.start()] + " " + line[hit.end() :]
    hit = _STROKES.search(line)
    if hit is None:
        return None, line
    first, second, year = (int(number) for number in hit.groups())
    rest = line[: hit.start()] + " " + line[hit.end() :]
    if first > 12 or first == second:
        return (year, second, first), rest
    # 3/4/2026 is March in one country and April in another
    return ((year, first, second) if second > 12 else None), rest


@cache
def _day_month() -> re.Pattern[str]:
    endings, of = phrase("times", "day_endings").pattern, phrase("times", "of").pattern
    return re.compile(rf"(?<!\d)(\d{{1,2}})(?:\.|{endings})?,?\s+(?:(?:{of})\s+)?([^\W\d_]{{3,12}})\.?,?\s+(\d{{4}})(?!\d)")


@cache
def _month_day() -> re.Pattern[str]:
    endings = phrase("times", "day_endings").pattern
    return re.compile(rf"([^\W\d_]{{3,12}})\.?\s+(\d{{1,2}})(?:{endings})?,?\s+(\d{{4}})(?!\d)")


@cache
def _months() -> dict[str, int]:
    """The number of each month by every way of writing it; ways that mean two months are left out."""
    found: dict[str, set[int]] = {}
    for entry in entries("months"):
        for form in ("wide", "named", "short", "clipped"):
            for number, word in enumerate(entry.get(form, ()), 1):
                found.setdefault(folded(word), set()).add(number)
    return {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}
