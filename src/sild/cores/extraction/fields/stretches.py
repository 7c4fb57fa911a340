"""Stretches of availability that name no last day: "for one year from 15 January", "available in Q2 2026", "from week 10".

The caller gets days with roles, as from `dates`; quarters count only where a word of availability stands in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import DateFound, DateRole
from sild.cores.extraction.fields.months import months_later
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.fields.quantities import find_quantities

_MONTHS = {"month": 1, "year": 12}
_DAYS = {"day": 1, "week": 7}
_FARTHEST = 120
_LONGEST_MONTHS = 240
_LAST_WEEK = 52
_NEAR_NOUN = 4  # words
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@cache
def _quarter() -> re.Pattern[str]:
    """ "Q2 2026", "II кв.", "2nd quarter": the number of the quarter and the year."""
    data = lexicon("dates")
    stems = [word.rstrip("*") for word in data["quarters"]]
    words = "|".join(f"{re.escape(stem)}\\w*" for stem in stems)
    short = "|".join(map(re.escape, data["quarter_letters"]))
    ends = "|".join(map(re.escape, [*lexicon("number_kinds")["ordinal_endings"], *lexicon("number_kinds")["ordinal_endings_hyphen"]]))
    gaps = "|".join(map(re.escape, data["year_gaps"]))
    return re.compile(
        rf"(?<![\w.])(?:q ?([1-4])|(iv|i{{1,3}}|[1-4])(?:-?(?:{ends}))? ?(?:(?:{short})\b\.?|(?:{words}))"
        rf"|([1-4])(?:\.|(?:{ends}))? (?:{words}))(?!\w)(?:[ ,]*(?:(?:{gaps}) ?)?(20\d\d))?"
    )


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook((word, name) for word in lexicon("dates")[name])


def find_stretch_ends(text: str, starts: list[DateFound]) -> list[DateFound]:
    """The last day of availability, from its first day and a duration near it: a year ends the day before its anniversary."""
    firsts = [found for found in starts if found.role == "available-from" and found.precision in ("day", "month-start")]
    if not firsts or any(found.role == "available-until" for found in starts):
        return []
    ends = list(_worded_ends(text, firsts))
    for duration in find_quantities(text):
        unit, amount = duration.unit or "", int(duration.value)
        if duration.unit_class != "time" or unit not in {*_MONTHS, *_DAYS} or not 0 < amount <= _LONGEST_MONTHS:
            continue
        near = [first for first in firsts if max(first.start - duration.end, duration.start - first.end) <= _FARTHEST]
        first = min(near, key=lambda found: abs(found.start - duration.start), default=None)
        if first is None or _apart(text, first, duration.start, duration.end) or first.day.year + amount > date.max.year - 1:
            continue
        after = months_later(first.day, amount * _MONTHS[unit]) if unit in _MONTHS else first.day + timedelta(days=amount * _DAYS[unit])
        ends.append(_found(text, (duration.start, duration.end), after - timedelta(days=1), "available-until", 0.6))
    return ends[:1]


def _worded_ends(text: str, firsts: list[DateFound]) -> Iterator[DateFound]:
    """ "For a year", "на півроку": durations whose number is left out."""
    for hit in _spans().find(text):
        near = [first for first in firsts if max(first.start - hit.end, hit.start - first.end) <= _FARTHEST]
        first = min(near, key=lambda found: abs(found.start - hit.start), default=None)
        if first is not None and not _apart(text, first, hit.start, hit.end):
            after = months_later(first.day, int(hit.key))
            yield _found(text, (hit.start, hit.end), after - timedelta(days=1), "available-until", 0.55)


@cache
def _spans() -> PhraseBook[str]:
    return PhraseBook((phrase, months) for months, phrases in lexicon("dates")["one_spans"].items() for phrase in phrases)


@cache
def _ordinals() -> PhraseBook[str]:
    return PhraseBook((word, number) for number, words in lexicon("dates")["ordinals"].items() for word in words if len(word) > 2)


def _quarters_in_words(reading: Reading) -> Iterator[tuple[int, int, int, int | None]]:
    """Offsets, number and year of "the second quarter", "у другому кварталі 2026 року"."""
    for hit in _ordinals().find_in(reading):
        part = _book("quarters").at_word(reading, hit.after)
        if part is not None:
            behind = reading.words[part.after].text if part.after < len(reading.words) else ""
            yield hit.start, part.end, int(hit.key), int(behind) if re.fullmatch(r"20\d\d", behind) else None


def _apart(text: str, first: DateFound, start: int, end: int) -> bool:
    """Whether a sentence's end or a cell's bar stands between day and duration."""
    between = text[min(first.end, end) : max(first.start, start)]
    return any(mark in between for mark in (". ", "; ", " | ", "\n\n", "! ", "? "))


def find_available_quarters(text: str, sent: date) -> list[DateFound]:
    """First and last day of a quarter in which something is available; nothing where no word of availability stands beside it."""
    reading = read(text)
    said = list(_quarters_in_words(reading))
    for match in _quarter().finditer(reading.folded):
        number = int(match.group(1) or match.group(3) or 0) or _ROMAN.get(match.group(2), 0) or int(match.group(2))
        said.append((match.start(), match.end(), number, int(match.group(4)) if match.group(4) else None))
    found = []
    for start, end, number, year in said:
        if not _available(reading, start):
            continue
        first, span = date(year or sent.year, 3 * number - 2, 1), (start, end)
        found.append(_found(text, span, first, "available-from", 0.5))
        found.append(_found(text, span, months_later(first, 3) - timedelta(days=1), "available-until", 0.5))
    return found


def find_due_quarters(text: str) -> list[DateFound]:
    """The last day of a quarter by which something is due ("deadline: Q1 2026"); only with its year and behind a noun for a deadline."""
    reading, found = read(text), list[DateFound]()
    for match in _quarter().finditer(reading.folded):
        number = int(match.group(1) or match.group(3) or 0) or _ROMAN.get(match.group(2), 0) or int(match.group(2))
        at = reading.word_at(match.start())
        due = any(_book("deadlines").at_word(reading, index) is not None for index in range(max(0, at - _NEAR_NOUN), at))
        due = due or any(reading.words[i].text in lexicon("dates")["due_nouns"] for i in range(max(0, at - _NEAR_NOUN), at))
        if due and match.group(4):
            last = months_later(date(int(match.group(4)), 3 * number - 2, 1), 3) - timedelta(days=1)
            found.append(_found(text, (match.start(), match.end()), last, "needed-by", 0.5))
    return found


def find_available_weeks(text: str, sent: date) -> list[DateFound]:
    """The Monday of a numbered week from which something is available ("from week 10"), by ISO 8601."""
    reading = read(text)
    found = []
    for hit in _book("week_numbers").find_in(reading):
        number = reading.words[hit.after].text if hit.after < len(reading.words) else ""
        if not number.isdecimal() or not 1 <= int(number) <= 52 or not _opened(reading, hit.first):
            continue
        monday = date.fromisocalendar(sent.year, int(number), 1)
        if monday < sent - timedelta(days=100):
            monday = date.fromisocalendar(sent.year + 1, int(number), 1)
        found.append(_found(text, (hit.start, reading.words[hit.after].end), monday, "available-from", 0.6))
    return found


def find_due_weeks(text: str, sent: date) -> list[DateFound]:
    """The Sunday of a numbered week by which something is needed ("by week 10", "bis KW 10", "10. nädalaks"); before it for "before"."""
    reading = read(text)
    found = []
    for hit in _book("week_numbers").find_in(reading):
        behind = reading.words[hit.after] if hit.after < len(reading.words) else None
        before = reading.words[hit.first - 1] if hit.first else None
        number = next((w for w in (behind, before) if w is not None and w.text.isdecimal() and 1 <= int(w.text) <= _LAST_WEEK), None)
        if number is None:
            continue
        first = min(hit.first, reading.word_at(number.start))
        opener = next((o for back in (1, 2) if (o := _book("week_due_openers").at_word(reading, first - back)) and o.after == first), None)
        if opener is None:
            continue
        monday = date.fromisocalendar(sent.year, int(number.text), 1)
        monday = monday if monday + timedelta(days=6) >= sent else date.fromisocalendar(sent.year + 1, int(number.text), 1)
        ends = _book("week_before").at_word(reading, opener.first) is not None
        span = (min(hit.start, number.start), max(hit.end, number.end))
        found.append(_found(text, span, monday - timedelta(days=1) if ends else monday + timedelta(days=6), "needed-by", 0.5))
    return found


def find_available_at_once(text: str, sent: date) -> list[DateFound]:
    """ "We can start today": the day of the message, where a word of availability stands in the sentence."""
    reading = read(text)
    hits = (hit for hit in _book("at_once").find_in(reading) if _available(reading, hit.start))
    return [_found(text, (hit.start, hit.end), sent, "available-from", 0.45) for hit in hits][:1]


def _available(reading: Reading, at: int) -> bool:
    start = max(reading.folded.rfind(mark, 0, at) for mark in (". ", "\n", "; ", " | ")) + 1
    first, last = reading.word_at(start), reading.word_at(at)
    return any(
        _book("availability").at_word(reading, index) is not None
        for index in range(max(first, last - 10), min(last + 8, len(reading.words)))
    )


def _opened(reading: Reading, first: int) -> bool:
    openers: Iterator[str] = (reading.words[index].text for index in range(max(0, first - 1), first))
    return any(word in lexicon("dates")["week_openers"] for word in openers)


def _found(text: str, span: tuple[int, int], day: date, role: DateRole, confidence: float) -> DateFound:
    start, end = span
    return DateFound(start=start, end=end, verbatim=text[start:end], day=day, role=role, precision="relative", confidence=confidence)
