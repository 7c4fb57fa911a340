"""Days in running text and cells, absolute or relative to the day the message was sent, with the role their words give them.

Roles are of the words, not of the line: "until" in an offer and "by" in a request look alike, and the caller knows which it reads.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import cast

from sild.cores.extraction.fields.bare_days import bare_day_signs, days_without_month, opened_by_weekday, span_end, worded_spans
from sild.cores.extraction.fields.calendar_words import (
    calendar_book,
    day_in_words,
    days_by_the_message,
    ending_role,
    first_day_of_range,
    ranges_in_figures,
    weekdays,
)
from sild.cores.extraction.fields.date_roles import Day, closes_range, date_books, role_of, wanted_then
from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import DateFound, DateRole, Precision
from sild.cores.extraction.fields.months import month_names
from sild.cores.extraction.fields.number_words import find_word_numbers
from sild.cores.extraction.fields.phrases import Hit, PhraseBook, lexicon
from sild.cores.extraction.fields.pieces import piecewise
from sild.cores.extraction.fields.stretches import (
    find_available_at_once,
    find_available_quarters,
    find_available_weeks,
    find_due_quarters,
    find_due_weeks,
    find_stretch_ends,
)

_NUMERIC = re.compile(r"(?<![\d.,/-])([0-3]?\d)[./]([01]?\d)[./]((?:20)?\d\d)(?![\d/])|(?<![\d-])(20\d\d)[-./]([01]\d)[-./]([0-3]\d)(?!\d)")
_SHORT = re.compile(
    r"(?<![\d.,/-])(?!24/7)(?:([0-3]?\d)\.([01]\d)(?![\d/]|\.\d|,\d)|([0-3]?\d)\. ?([1-9])\.(?!\d)|([0-3]?\d)/([01]?\d)(?![\d/.,%]|-\d))"
)
_YEARS = range(2000, 2100)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|[./]\d\d(?!\d)(?<=[./]\d\d[./]\d\d)")
_UNKNOWN = date(2000, 1, 1)  # stands in for the day of a message without one; nothing that depends on it is given out
_BACKWARD_DAYS = 100  # a day without a year that lies this near in the past is the past one
_LATE_DAYS = 31
_LEAST_ENDED = 5  # letters of a month's name whose ending is read


@piecewise
def find_dates(text: str, sent: date | None) -> list[DateFound]:
    """Every day of the text, in order; a day without a year is the next one after `sent` (or one just past).

    Where `sent` is unknown (None, or no year of this century) only days with their year written are found.
    """
    known = sent if sent is not None and sent.year in _YEARS else None
    return _find_dates(text, known or _UNKNOWN) if known else [day for day in _find_dates(text, _UNKNOWN) if _YEAR.search(day.verbatim)]


def _find_dates(text: str, sent: date) -> list[DateFound]:
    reading = read(text)
    if not _may_hold_a_day(reading):
        return []
    days: list[Day] = []
    for source in (
        _with_figures,
        _numeric,
        _ranges,
        _day_ranges,
        _named,
        _parts_of_year,
        _by_the_message,
        _relative,
        _short,
        _bare,
        _weekdays,
    ):
        for told in source(reading, sent):
            day = replace(told, start=opened_by_weekday(reading, told.start)) if told.precision == "day" else told
            if not any(
                day.start < other.end and other.start < day.end and day.end - day.start <= other.end - other.start for other in days
            ):
                days = [other for other in days if not (day.start < other.end and other.start < day.end)]
                days.append(day)
    found: list[DateFound] = []
    for day in sorted(days, key=lambda d: (d.start, d.day)):
        role = day.role or role_of(reading, day)
        if role in ("needed-by", "available-until") and day.precision == "day" and not _YEAR.search(text[day.start : day.end]):
            day = _not_long_past(day, sent)
        if found and (role == "needed-by" or (role == "available-from" and day.role is None)) and closes_range(reading, found[-1], day):
            role = "available-until"
        if role == "available-until" and day.precision == "month-start":
            day = replace(day, day=day.day.replace(day=monthrange(day.day.year, day.day.month)[1]), precision="month-end")
        if day.precision == "relative" and role is None:
            continue
        found.append(
            DateFound(
                start=day.start, end=day.end, verbatim=text[day.start : day.end], day=day.day, role=role, precision=day.precision,
                confidence=day.confidence if role else day.confidence * 0.6,
            )
        )  # fmt: skip
    found = _due_by_then(reading, _stretches(reading, found))
    more = [*find_available_weeks(text, sent), *find_due_weeks(text, sent), *find_due_quarters(text), *find_available_quarters(text, sent)]
    found += [hit for hit in more if not any(hit.start < other.end and other.start < hit.end for other in found)]
    if not any(hit.role == "available-from" for hit in found):
        found += [hit for hit in find_available_at_once(text, sent) if not any(hit.start < o.end and o.start < hit.end for o in found)]
    found += find_stretch_ends(text, found)
    return sorted(found, key=lambda hit: (hit.start, hit.day))


_FIGURES = re.compile(r"\d[./-] ?\d|(?<!\d)20\d\d(?!\d)|\d\. ?[1-9]\.")


def _may_hold_a_day(reading: Reading) -> bool:
    """Whether any figure or word of the calendar stands there; most sentences hold none, and are read no further."""
    if _FIGURES.search(reading.folded) or bare_day_signs().search(reading.folded):
        return True
    book, months = calendar_book(), month_names()
    return any(
        book.at_word(reading, index) is not None or months.at_word(reading, index) is not None for index in range(len(reading.words))
    )


def _not_long_past(day: Day, sent: date) -> Day:
    """A last day without its year that would lie more than a month back is the one to come."""
    coming = _date(day.day.year + 1, day.day.month, day.day.day)
    return replace(day, day=coming) if coming is not None and (sent - day.day).days > _LATE_DAYS else day


def _stretches(reading: Reading, found: list[DateFound]) -> list[DateFound]:
    """ "For the period 1 May to 30 September": two whole days with a word for "to" between are the first day and the last."""
    told = list(found)
    for at, (first, last) in enumerate(pairwise(found)):
        between = " ".join(reading.folded[first.end : last.start].replace(".", " ").split())
        free = first.role in (None, "available-from") and first.precision == last.precision == "day"
        if free and first.day < last.day and between in lexicon("dates")["stretch_joins"]:
            told[at] = replace(first, role="available-from", confidence=0.8)
            told[at + 1] = replace(last, role="available-until", confidence=0.8)
    return told


def _due_by_then(reading: Reading, found: list[DateFound]) -> list[DateFound]:
    """ "It begins on 1 May and the keys must be there by then": the last day before such words is the one of the need."""
    for hit in date_books()["by_then"].find_in(reading) if found else ():
        before = [at for at, day in enumerate(found) if day.end <= hit.start]
        if before and not _SENTENCE_END.search(reading.folded[found[before[-1]].end : hit.start]):
            found[before[-1]] = replace(found[before[-1]], role="needed-by", confidence=0.8)
    return found


_SENTENCE_END = re.compile(r"[.!?]\s+\S|\n\s*\n")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(reading: Reading, _sent: date) -> Iterator[Day]:
    for match in _NUMERIC.finditer(reading.folded):
        if match.group(4):
            day = _date(int(match.group(4)), int(match.group(5)), int(match.group(6)))
        else:
            first, second, year = int(match.group(1)), int(match.group(2)), int(match.group(3))
            year += 2000 if year < 100 else 0
            day = _date(year, second, first) or _date(year, first, second)
        if day is not None and day.year in _YEARS:
            yield Day(match.start(), match.end(), day, "day")


def _short(reading: Reading, sent: date) -> Iterator[Day]:
    """ "до 15.02": a day and month only where a role word stands before, or it would be a decimal."""
    for match in _SHORT.finditer(reading.folded):
        number, month = (int(part) for part in match.groups() if part is not None)
        day = _without_year(month, number, sent)
        if day is not None:
            found = Day(match.start(), match.end(), day, "day", confidence=0.7)
            if role_of(reading, found) is not None:
                yield found


def _without_year(month: int, day: int, sent: date) -> date | None:
    """The day of that name next after `sent`, or the past one where it lies just behind."""
    this, following = _date(sent.year, month, day), _date(sent.year + 1, month, day)
    past = _date(sent.year - 1, month, day)
    if this is None:
        return following or past
    if this >= sent:
        return past if past and (sent - past).days <= _BACKWARD_DAYS and (this - sent).days > 365 - _BACKWARD_DAYS else this
    return this if (sent - this).days <= _BACKWARD_DAYS else following


def _year_behind(reading: Reading, index: int) -> tuple[int, int] | None:
    """The year that follows the word before `index`, and where it ends."""
    if index < len(reading.words):
        word = reading.words[index]
        gap = reading.folded[reading.words[index - 1].end : word.start]
        if word.text.isdecimal() and len(word.text) == 4 and int(word.text) in _YEARS and gap.strip(" ,.") == "" and len(gap) <= 3:
            return int(word.text), word.end
    return None


def _year_before(reading: Reading, index: int) -> int | None:
    """The year that stands before the day, as Estonian writes it: "2026. aasta 1. märts"."""
    for back in range(1, 4):
        if index - back >= 0 and reading.words[index - back].text.isdecimal():
            year = int(reading.words[index - back].text)
            return year if year in _YEARS and date_books()["year_between"].at_word(reading, index - back + 1) is not None else None
    return None


def _named(reading: Reading, sent: date) -> Iterator[Day]:
    ambiguous = set(lexicon("dates")["ambiguous"])
    edges = date_books()["edges"]
    for hit in month_names().find_in(reading):
        month = hit.key
        day, start, end = _day_beside(reading, hit.first, hit.after)
        if day is None and (worded := day_in_words(reading, hit.first)) is not None:
            day, start = worded
        year = _year_behind(reading, max(hit.after, reading.word_at(end)))
        edge = _phrase_before(reading, edges, hit.first)
        name = reading.words[hit.first].text
        behind = date_books()["edges_after"].at_word(reading, hit.after) if edge is None and day is None else None
        told = day is not None or year is not None or edge is not None or behind is not None
        if name in lexicon("dates")["dotted_only"] and not reading.folded[: reading.words[hit.first].start].endswith((". ", ".")):
            continue
        if name in ambiguous and not told and not _is_cell(reading, start, end):
            continue
        ending = _ending_role(name)
        if behind is not None:
            edge, end, ending = (behind.key, start), behind.end, _edge_role(reading.words[behind.first].text)
        whole_year = year[0] if year else _year_before(reading, reading.word_at(start))
        end = max(end, year[1] if year else end)
        found = _resolve(month, day, edge[0] if edge and day is None else None, whole_year, sent)
        if found is not None:
            start = min(start, edge[1]) if edge and day is None else start
            yield Day(start, end, found[0], found[1], ending)


def _ending_role(name: str) -> DateRole | None:
    """Estonian puts the role into the month's ending: märtsiks, märtsini, märtsist."""
    if len(name) < _LEAST_ENDED:
        return None
    for role, endings in lexicon("dates")["month_role_endings"].items():
        if name.endswith(tuple(endings)):
            return cast(DateRole, role)
    return None


def _edge_role(word: str) -> DateRole | None:
    """As `_ending_role`, of the word for the month's edge: "aprilli keskpaigaks"."""
    return ending_role(word)


def _day_beside(reading: Reading, first: int, after: int) -> tuple[int | None, int, int]:
    """The day's number before ("15 лютого", "1st of March") or after ("March 1st") the month, with the offsets of both."""
    start, end = reading.words[first].start, reading.words[after - 1].end
    for back in (1, 2, 3):
        index = first - back
        if index < 0:
            break
        word = reading.words[index]
        gap = reading.folded[word.end : start]
        if word.text.isdecimal() and len(word.text) <= 2 and 1 <= int(word.text) <= 31 and len(gap) <= 7:
            if gap.strip(" .-") in ("", *lexicon("dates")["day_gaps"]):
                return int(word.text), word.start, end
            break
    index = after
    if index < len(reading.words):
        word = reading.words[index]
        gap = reading.folded[end : word.start]
        if (
            word.text.isdecimal()
            and len(word.text) <= 2
            and 1 <= int(word.text) <= 31
            and gap == " "
            and not re.match(r":|\.\d", reading.folded[word.end : word.end + 2])
        ):
            tail = reading.words[index + 1] if index + 1 < len(reading.words) else None
            glued = tail is not None and tail.start == word.end and tail.text in lexicon("dates")["day_endings"]
            return int(word.text), start, tail.end if tail is not None and glued else word.end
    return None, start, end


def _resolve(month: int, day: int | None, edge: str | None, year: int | None, sent: date) -> tuple[date, Precision] | None:
    if day is not None:
        found = _date(year, month, day) if year else _without_year(month, day, sent)
        return (found, "day") if found else None
    precision: Precision = "month-start" if edge in (None, "start") else "month-end" if edge == "end" else "day"
    anchor = _date(year, month, 1) if year else _next_month(month, sent)
    if anchor is None:
        return None
    number = {"end": monthrange(anchor.year, month)[1], "middle": 15, "start": 1}.get(edge or "start")
    return anchor.replace(day=int(edge or 1) if number is None else number), precision


def _next_month(month: int, sent: date) -> date:
    """The first of that month, this month and the last one included in what is near."""
    year = sent.year if month >= sent.month else sent.year + 1
    return date(year, month, 1)


def _phrase_before(reading: Reading, book: PhraseBook[str], first: int) -> tuple[str, int] | None:
    """The phrase that ends right before the word (an article may stand between): its key and where it begins."""
    for back in range(1, 5):
        index = first - back
        hit = book.at_word(reading, index)
        if hit is None or hit.after > first:
            continue
        rest = [word.text for word in reading.words[hit.after : first]]
        if len(rest) <= 1 and all(word in lexicon("dates")["edge_gaps"] for word in rest):
            return hit.key, hit.start
    return None


def _ranges(reading: Reading, sent: date) -> Iterator[Day]:
    """ "entre février et juin 2026", "March-June": from the first day of the one to the last day of the other."""
    hits = month_names().find_in(reading)
    for left, right in pairwise(hits):
        between = reading.folded[left.end : right.start].strip()
        if left.key == right.key or between not in lexicon("dates")["range_joins"]:
            continue
        if _day_beside(reading, left.first, left.after)[0] is not None or _day_beside(reading, right.first, right.after)[0] is not None:
            continue
        year = _year_behind(reading, right.after)
        last_year = year[0] if year else _next_month(right.key, sent).year
        first_year = last_year if left.key < right.key else last_year - 1
        yield Day(left.start, left.end, date(first_year, left.key, 1), "month-start", "available-from", 0.8)
        last = date(last_year, right.key, monthrange(last_year, right.key)[1])
        yield Day(right.start, year[1] if year else right.end, last, "month-end", "available-until", 0.8)


def _is_cell(reading: Reading, start: int, end: int) -> bool:
    """Whether the words fill a cell, a field or a line of their own."""
    before, behind = reading.folded[:start].rstrip(" "), reading.folded[end:].lstrip(" .")
    return (not before or before[-1] in "|\n") and (not behind or behind[0] in "|\n")


def _day_ranges(reading: Reading, sent: date) -> Iterator[Day]:
    """ "13. bis 17. April 2026", "з 4 по 8 травня": the first and the last day."""
    for hit in month_names().find_in(reading):
        last, start, end = _day_beside(reading, hit.first, hit.after)
        opening = first_day_of_range(reading, reading.word_at(start)) if last is not None and start < hit.start else None
        if last is None or opening is None:
            continue
        year = _year_behind(reading, hit.after)
        until = _date(year[0], hit.key, last) if year else _without_year(hit.key, last, sent)
        if until is None:
            continue
        word = reading.words[opening]
        yield Day(word.start, word.end, until.replace(day=int(word.text)), "day", "available-from", 0.8)
        yield Day(start, year[1] if year else end, until, "day", "available-until", 0.8)


def _with_figures(reading: Reading, _sent: date) -> Iterator[Day]:
    for start, end, day, precision, role in ranges_in_figures(reading):
        yield Day(start, end, day, precision, role, 0.8)


def _by_the_message(reading: Reading, sent: date) -> Iterator[Day]:
    for start, end, day, precision, role in days_by_the_message(reading, sent):
        found = Day(start, end, day, precision, role, 0.7)
        if precision != "day" or role is not None or role_of(reading, found) is not None:
            yield found
        elif wanted_then(reading, start):  # "today" alone is no day of anything
            yield replace(found, role="needed-by")


def _bare(reading: Reading, sent: date) -> Iterator[Day]:
    for start, end, day, precision, role in (*days_without_month(reading, sent), *worded_spans(reading, sent)):
        found = Day(start, end, day, precision, role, 0.6)
        if (role or role_of(reading, found)) == "needed-by":  # "open since the 5th" looks back
            yield found


def _weekdays(reading: Reading, sent: date) -> Iterator[Day]:
    for start, end, day, precision, role in weekdays(reading, sent):
        found = Day(start, end, day, precision, role, 0.6)
        if role is not None or role_of(reading, found) is not None:
            yield found


def _parts_of_year(reading: Reading, sent: date) -> Iterator[Day]:
    """Ends and beginnings of years, halves and quarters ("до кінця першого півріччя 2026 року", "jusqu'à fin 2026")."""
    books = date_books()
    for hit in books["edges"].find_in(reading):
        index = hit.after
        if hit.key.isdecimal():
            continue  # the first week of something
        ordinal = books["ordinals"].at_word(reading, index)
        if ordinal is not None and ordinal.first == index:
            index = ordinal.after
        for name, months in (("half_years", 6), ("quarters", 3)):
            part = books[name].at_word(reading, index)
            if part is not None and ordinal is not None:
                year = _year_behind(reading, part.after)
                whole = year[0] if year else sent.year
                yield _part_day(hit.start, year[1] if year else part.end, whole, int(ordinal.key) * months, hit.key, months)
        if index == hit.after and index < len(reading.words):
            word = reading.words[index]
            if (
                word.text in lexicon("dates")["quarter_letters"]
                and index + 1 < len(reading.words)
                and reading.words[index + 1].text in "1234"
            ):
                year = _year_behind(reading, index + 2)
                end = year[1] if year else reading.words[index + 1].end
                yield _part_day(hit.start, end, year[0] if year else sent.year, 3 * int(reading.words[index + 1].text), hit.key, 3)
                continue
            near = reading.folded[hit.end : word.start].strip() in ("", *lexicon("dates")["year_gaps"])
            if word.text.isdecimal() and len(word.text) == 4 and int(word.text) in _YEARS and near:
                yield _part_day(hit.start, word.end, int(word.text), 12, hit.key, 12)
            elif word.text in lexicon("dates")["years"] or _gap_then_year(reading, index):
                yield _part_day(hit.start, word.end, sent.year, 12, hit.key, 12)


def _gap_then_year(reading: Reading, index: int) -> bool:
    """Whether an article and then a word for "year" stand there: "end of the year"."""
    gaps, years = lexicon("dates")["edge_gaps"], lexicon("dates")["years"]
    following = [word.text for word in reading.words[index : index + 2]]
    return len(following) > 1 and following[0] in gaps and following[1] in years


def _part_day(start: int, end: int, year: int, last_month: int, edge: str, months: int) -> Day:
    last_month = min(12, last_month)
    if edge == "start":
        return Day(start, end, date(year, last_month - months + 1, 1), "month-start")
    return Day(start, end, date(year, last_month, monthrange(year, last_month)[1]), "month-end")


def _relative(reading: Reading, sent: date) -> Iterator[Day]:
    """ "in two weeks", "протягом двох тижнів", "kahe nädala pärast", "within a month"."""
    books, between = date_books(), set(lexicon("dates")["between"])
    ends = {number.after: (int(number.value), number.first) for number in find_word_numbers(reading)}
    ends |= {i + 1: (int(w.text), i) for i, w in enumerate(reading.words) if w.text.isdecimal() and len(w.text) <= 3}
    for hit in books["spans"].find_in(reading):
        counted = hit.first in ends
        amount, first = ends.get(hit.first, (1, hit.first))
        while first in ends and reading.folded[reading.words[first - 1].end : reading.words[first].start] == "-":
            first = ends[first][1]  # "за два-три тижні"
        closed = books["after_words"].at_word(reading, hit.after)
        if closed is None and hit.after < len(reading.words) and reading.words[hit.after].text in between:
            closed = books["after_words"].at_word(reading, hit.after + 1)
        opened = _opener(reading, books["within" if counted else "within_one"], first, between)
        day = span_end(hit.key, amount, sent)
        if day is None or (opened is None and closed is None and not (counted and hit.key == "day term")):
            continue
        start = opened.start if opened else reading.words[first].start
        yield Day(start, closed.end if closed else hit.end, day, "relative", "needed-by", 0.55)


def _opener(reading: Reading, book: PhraseBook[str], first: int, between: set[str]) -> Hit[str] | None:
    """The phrase that opens a stretch of time ending at the word `first`; an article or two may stand between."""
    for back in range(1, 5):
        hit = book.at_word(reading, first - back)
        if hit is not None and hit.after <= first and all(word.text in between for word in reading.words[hit.after : first]):
            return hit
    return None
