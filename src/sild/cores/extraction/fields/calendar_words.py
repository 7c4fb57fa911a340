"""Days of ranges within one month ("13. bis 17. April") and days named by the message's own ("until the end of next month").

Both give (start, end, day, precision, role) rows that `dates` makes its findings of.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import cast

from sild.cores.extraction.fields.folding import Reading
from sild.cores.extraction.fields.found import DateRole, Precision
from sild.cores.extraction.fields.months import months_later
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon, words_of_all

Row = tuple[int, int, date, Precision, DateRole | None]
_NUMERIC_RANGE = re.compile(r"(?<![\d.,/-])([0-3]?\d)\.([01]?\d)\.?(20\d\d)? ?- ?([0-3]?\d)\.([01]?\d)\.(20\d\d)(?![\d/])")
_DAY_RANGE = re.compile(r"(?<![\d.,/-])([0-3]?\d)\.? ?- ?([0-3]?\d)\.([01]?\d)\.(20\d\d)(?![\d/])")
_LAST_DAY = 31
_LOOK_BACK = 5
_HALF = 6
_SEASONS = {"winter": 2, "spring": 5, "summer": 8, "autumn": 11}


@cache
def _book(name: str) -> PhraseBook[str]:
    data = lexicon("dates")[name]
    if isinstance(data, dict):
        return PhraseBook((phrase, key) for key, phrases in data.items() for phrase in phrases)
    return PhraseBook((phrase, name) for phrase in data if any(char.isalnum() for char in phrase))


@cache
def calendar_book() -> PhraseBook[str]:
    """Every word, beside names of months, without which a text in words names no day: weekdays, spans, ends of spans, quarters, seasons."""
    data = lexicon("dates")
    flat = ("quarters", "half_years", "quarter_letters", "week_numbers", "at_once", "years")
    nested = ("spans", "this_ends", "next_starts", "near_days", "one_spans", "worded_spans")
    words = [word for name in flat for word in data[name]] + [word for name in nested for own in data[name].values() for word in own]
    words += [form for language in data["weekdays"].values() for forms in language.values() for form in forms]
    return PhraseBook((word, "calendar") for word in words if any(char.isalnum() for char in word))


def first_day_of_range(reading: Reading, at: int) -> int | None:
    """Index of the number that opens the range whose last day is the word `at` ("13" of "13. bis 17. April"), or None."""
    for back in (1, 2, 3, 4):
        index = at - back
        if index < 0:
            return None
        word = reading.words[index]
        between = reading.folded[word.end : reading.words[at].start]
        if word.text.isdecimal():
            joins = lexicon("dates")["day_joins"]
            fits = len(word.text) <= 2 and 1 <= int(word.text) <= _LAST_DAY and int(word.text) < int(reading.words[at].text)
            return index if fits and " ".join(between.replace(".", " ").split()) in joins else None
        if "\n" in between or len(between) > 8:
            return None
    return None


def day_in_words(reading: Reading, first: int) -> tuple[int, int] | None:
    """The day that a word right before the month at `first` names, and where it begins."""
    for back in (1, 2):
        hit = _book("day_words").at_word(reading, first - back)
        if hit is not None and all(word.text in lexicon("dates")["day_gaps"] for word in reading.words[hit.after : first]):
            return int(hit.key), hit.start
    return None


def ranges_in_figures(reading: Reading) -> Iterator[Row]:
    """ "1.03-31.05.2026", "16-20.03.2026": the first and the last day."""
    for match in _NUMERIC_RANGE.finditer(reading.folded):
        day, month, year, last_day, last_month, last_year = (int(part) if part else 0 for part in match.groups())
        try:
            first, last = date(year or last_year, month, day), date(last_year, last_month, last_day)
        except ValueError:
            continue
        if first < last:
            yield match.start(), match.start(4), first, "day", "available-from"
            yield match.start(4), match.end(), last, "day", "available-until"
    for match in _DAY_RANGE.finditer(reading.folded):
        opening, closing, month, year = (int(part) for part in match.groups())
        try:
            first, last = date(year, month, opening), date(year, month, closing)
        except ValueError:
            continue
        if first < last:
            yield match.start(), match.start(2), first, "day", "available-from"
            yield match.start(2), match.end(), last, "day", "available-until"


def days_by_the_message(reading: Reading, sent: date) -> Iterator[Row]:
    """Ends of this and the next week and month, and their beginnings where a word for "from" stands before."""
    for hit in _book("this_ends").find_in(reading):
        said = reading.folded[hit.start : hit.end]
        role = ending_role(said)
        yield hit.start, hit.end, _end(hit.key, sent), "month-end", role
    for hit in _book("near_days").find_in(reading):
        yield hit.start, hit.end, sent + timedelta(days=int(hit.key)), "day", ending_role(reading.folded[hit.start : hit.end])
    for hit in _book("next_starts").find_in(reading):
        opened = any(
            (opener := _book("from_words").at_word(reading, hit.first - back)) is not None and opener.after == hit.first
            for back in range(1, _LOOK_BACK)
        )
        if opened or reading.folded[hit.start : hit.end].endswith(words_of_all("dates", "from_endings")):
            yield hit.start, hit.end, _start(hit.key, sent), "month-start", "available-from"


def weekdays(reading: Reading, sent: date) -> Iterator[Row]:
    """Days of the week: the next one of that name, or with a word for "next" the one of the week after this."""
    for hit in _weekday_book().find_in(reading):
        ahead = (hit.key - 1 - sent.weekday()) % 7 or 7
        start, end = hit.start, hit.end
        before = next((h for back in (1, 2) if (h := _book("next_week_words").at_word(reading, hit.first - back)) is not None), None)
        behind = _book("next_week_words").at_word(reading, hit.after)
        if before is not None and before.after == hit.first:
            start = before.start
        elif behind is not None and reading.folded[hit.end : behind.start] == " ":
            end = behind.end
        else:
            this = _book("this_week_words").at_word(reading, hit.first - 1)
            start = this.start if this is not None and this.after == hit.first else start
            yield start, end, sent + timedelta(days=ahead), "day", ending_role(reading.folded[hit.start : hit.end])
            continue
        monday = sent + timedelta(days=7 - sent.weekday())
        yield start, end, monday + timedelta(days=hit.key - 1), "day", ending_role(reading.folded[hit.start : hit.end])


def ending_role(name: str) -> DateRole | None:
    """The role that the ending of a day's name gives by itself, as in Estonian: "reedeks"."""
    for role, endings in lexicon("dates")["weekday_role_endings"].items():
        if any(name.endswith(ending) for ending in endings):
            return cast(DateRole, role)
    return None


@cache
def _weekday_book() -> PhraseBook[int]:
    table = lexicon("dates")["weekdays"]
    return PhraseBook((form, int(number)) for language in table.values() for number, forms in language.items() for form in forms)


def _end(span: str, sent: date) -> date:
    if span.endswith("week"):
        friday = sent + timedelta(days=(4 - sent.weekday()) % 7)
        return friday + timedelta(days=7) if span == "next week" else friday
    if span == "year":
        return date(sent.year, 12, 31)
    if span in _SEASONS:
        ends = _SEASONS[span]
        year = sent.year + (1 if ends < sent.month else 0)
        return date(year, ends, monthrange(year, ends)[1])
    if span == "half":
        return date(sent.year, 6, 30) if sent.month <= _HALF else date(sent.year, 12, 31)
    if span == "quarter":
        last = (sent.month + 2) // 3 * 3
        return date(sent.year, last, monthrange(sent.year, last)[1])
    month = months_later(sent.replace(day=1), 1 if "next month" in span else 0)
    if span.startswith(("start", "middle")):
        return month.replace(day=15 if span.startswith("middle") else 1)
    return month.replace(day=monthrange(month.year, month.month)[1])


def _start(span: str, sent: date) -> date:
    if span == "tomorrow":
        return sent + timedelta(days=1)
    if span == "week":
        return sent + timedelta(days=7 - sent.weekday())
    return months_later(sent.replace(day=1), 1)
