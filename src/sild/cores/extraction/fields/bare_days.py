"""Days that leave something out: the month ("avant le 15", "до 15-го"), the number's own word ("у двотижневий строк"), or that stand behind
their day of the week ("Friday, 20 February").

Rows are (start, end, day, precision, role), as `calendar_words` gives them; a role of None is for the caller to find.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from sild.cores.extraction.fields.calendar_words import Row, ending_role
from sild.cores.extraction.fields.date_roles import date_books
from sild.cores.extraction.fields.folding import Reading, Word, fold
from sild.cores.extraction.fields.months import month_names, months_later
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon

_LAST_DAY = 31
_LONGEST_GAP = 7
_LONGEST_STRETCH = 400  # days
_LEAST_HOURS = 48  # fewer are how soon somebody answers, not when a thing is there
_MONTH_IN_DAYS = 30
_SATURDAY = 5
_CLAUSE_ENDS = re.compile(r" *(?:[,;:!?)|\n](?!\d)|$)| [-\u2013\u2014] ")


@cache
def _book(name: str) -> PhraseBook[str]:
    data = lexicon("dates")[name]
    rows = data.items() if isinstance(data, dict) else [(name, data)]
    return PhraseBook((phrase, key) for key, phrases in rows for phrase in phrases if any(char.isalnum() for char in phrase))


@cache
def bare_day_signs() -> re.Pattern[str]:
    """A number behind a word that opens such a day, or with an ending of its own: without it no day lacks its month."""
    data = lexicon("dates")
    openers = "|".join(re.escape(fold(phrase)) for phrase in data["bare_day_openers"])
    endings = "|".join(re.escape(fold(ending)) for ending in data["day_number_endings"])
    words = "|".join(re.escape(fold(phrase)) for name in ("this_month", "next_month") for phrase in data[name])
    return re.compile(rf"(?<!\w)(?:{openers}) \d\d?(?!\d)|(?<!\d)\d\d?(?:[-:]?(?:{endings})(?!\w)|\.? (?:{words}))")


def days_without_month(reading: Reading, sent: date) -> Iterator[Row]:
    """The next day of that number, in the month of the message or the one after it."""
    for index, word in enumerate(reading.words):
        if not (word.text.isdecimal() and len(word.text) <= 2 and 1 <= int(word.text) <= _LAST_DAY):
            continue
        if reading.folded[max(0, word.start - 1) : word.start] in (".", ",", "/", "-", ":"):
            continue
        told = _told(reading, index, word)
        if told is not None:
            end, following = told
            day = _coming(int(word.text), sent, following)
            if day is not None:
                yield word.start, end, day, "day", ending_role(reading.folded[word.start : end])


def _told(reading: Reading, index: int, word: Word) -> tuple[int, bool] | None:
    """Where the day ends and whether it is one of the next month; None where the number is not a day's."""
    end, after = word.end, index + 1
    ending = reading.words[after] if after < len(reading.words) else None
    glued = ending is not None and ending.text in lexicon("dates")["day_number_endings"]
    marked = glued and ending is not None and reading.folded[end : ending.start] in ("", "-", ":")
    if marked and ending is not None:
        end, after = ending.end, after + 1
    for name in ("next_month", "this_month"):
        behind = _book(name).at_word(reading, after)
        if behind is not None and behind.start - end <= 2:
            return behind.end, name == "next_month"
    opened = any(
        (hit := _book("bare_day_openers").at_word(reading, index - back)) is not None and hit.after == index for back in range(1, 5)
    )
    return (end, False) if (marked or opened) and _closes(reading, end, after) else None


def _closes(reading: Reading, end: int, after: int) -> bool:
    """Whether the clause ends behind the number, or goes on with a word of need: "bis zum 15. benötigt"; "die 15. Schule" does not."""
    dotted = reading.folded[end : end + 1] == "."
    stop = end + 1 if dotted else end
    rest = reading.text[stop:].lstrip(" ")
    if rest[:1].isdecimal() or month_names().at_word(reading, after) is not None:
        return False
    # a noun that a German ordinal counts opens with a capital as a new sentence does: "bis zum 15. Schultag"
    if _CLAUSE_ENDS.match(reading.folded, stop) is not None or not rest:
        return True
    return any(date_books()[name].at_word(reading, after) is not None for name in ("after", "needs"))


def _coming(number: int, sent: date, following: bool) -> date | None:
    first = months_later(sent.replace(day=1), 1) if following or number < sent.day else sent.replace(day=1)
    return first.replace(day=number) if number <= monthrange(first.year, first.month)[1] else None


def worded_spans(reading: Reading, sent: date) -> Iterator[Row]:
    """ "У двотижневий строк": stretches that one word counts."""
    for hit in _book("worded_spans").find_in(reading):
        days = int(hit.key)
        yield hit.start, hit.end, months_later(sent, 1) if days == _MONTH_IN_DAYS else sent + timedelta(days=days), "relative", "needed-by"


def span_end(key: str, amount: int, sent: date) -> date | None:
    """The day on which so many spans from the message end; None for spans that are no time of waiting."""
    if key == "hour":
        return sent + timedelta(days=amount // 24) if _LEAST_HOURS <= amount <= 24 * _LONGEST_STRETCH else None
    if amount > _LONGEST_STRETCH:
        return None
    if key == "workday":
        return _working_days_later(sent, amount)
    days = {"day": amount, "day term": amount, "week": 7 * amount, "fortnight": 14 * amount}.get(key)
    return sent + timedelta(days=days) if days is not None else months_later(sent, amount)


def _working_days_later(sent: date, amount: int) -> date:
    day = sent
    while amount:
        day += timedelta(days=1)
        amount -= day.weekday() < _SATURDAY
    return day


def opened_by_weekday(reading: Reading, start: int) -> int:
    """Where the day of the week begins that stands right before a day ("Freitag, den 20. Februar"); `start` itself where there is none."""
    at = reading.word_at(start)
    for back in (1, 2):
        index = at - back
        if index < 0:
            break
        word = reading.words[index]
        between = reading.folded[word.end : start]
        if len(between) > _LONGEST_GAP or not set(between) <= set(" ,.") | {c for gap in lexicon("dates")["weekday_gaps"] for c in gap}:
            break
        gap = between.strip(" ,.")
        hit = _weekday_names().at_word(reading, index)
        if hit is not None and hit.after == index + 1 and gap in ("", *lexicon("dates")["weekday_gaps"]):
            return word.start
    return start


@cache
def _weekday_names() -> PhraseBook[str]:
    return PhraseBook((form, "weekday") for days in lexicon("dates")["weekdays"].values() for forms in days.values() for form in forms)
