"""What a number is: a count, or a measure, date, time, year, phone, identifier, ordinal, version, percent, address."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from sild.cores.extraction.fields.calendar_words import first_day_of_range
from sild.cores.extraction.fields.folding import Reading
from sild.cores.extraction.fields.found import NumberKind
from sild.cores.extraction.fields.months import month_names
from sild.cores.extraction.fields.phrases import PhraseBook, any_of, lexicon, words_of_all

Mask = tuple[int, int, NumberKind]
_PATTERNS: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
    ("address", re.compile(r"(?<!\S)\S+@\S+|(?:https?|hxxps?)://\S+|\bwww\.\S+|\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d+)?\b")),
    ("date", re.compile(r"(?<![\d.,/-])(?:[0-3]?\d[./-][01]?\d[./-](?:20|19)?\d\d|(?:20|19)\d\d[-./][01]\d[-./][0-3]\d)(?![\d/])")),
    ("time", re.compile(r"(?<!\d)[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)")),
    ("phone", re.compile(r"(?<![\w.,])(?:\+\d[\d ()-]{7,16}\d|\(?0\d{2,3}\)?[ -]\d{2,3}[ -]\d{2}[ -]?\d{2})(?!\d)")),
    ("identifier", re.compile(r"(?<![\w])(?:\d+[-/])+\d+[-/]\d+(?:[-/]\d+)*|(?<![\w])\d+/\d+-\d+\b|\b\d{1,4}-[a-zа-яіїєґ]\d*/\d+")),
    ("identifier", re.compile(r"(?<![\w-])[^\W\d_]{1,6}-\d{1,4}/\d{2,6}(?![\w/])|(?<![\w/])(?:19|20)\d\d/\d{1,6}(?![\w/])")),
    (
        "version",
        re.compile(
            r"(?<![\d.,])(?!\d{1,3}(?:\.\d{3})+(?!\d))\d+(?:\.\d+){2,}(?![\d.])|\d{4,6}:(?:19|20)\d\d\b|\bcve-\d+-\d+|\bv\d+(?:\.\d+)*\b"
        ),
    ),
)
_DAY_MONTH = re.compile(r"(?<![\d.,/])[0-3]?\d\.[01]\d\.?(?![\d.,])")
_LIST_MARK = re.compile(r"(?:^|\n|\| ?)[ ]*\(?\d{1,2}(?:\.\d{1,2})?[.)](?= |\n|$)(?! ?\d)")
_CARDINAL_END = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"[^\W\d_]+")
_UNIT_AFTER_HYPHEN = re.compile(r"-[^\W\d_]{2,}")
_LAST_LIST_MARK = 30
_LONGEST_MODEL_ENDING = 4  # "10GbE" and "80F" are names, "80laptops" lacks a blank
_LONGEST_OF_MONTHS = 31
_YEAR = range(1990, 2050)


@cache
def _books() -> dict[str, PhraseBook[str]]:
    data = lexicon("number_kinds")
    measures = [(phrase, unit) for unit, phrases in data["measures"].items() for phrase in phrases]
    books = {"measures": PhraseBook(measures)}
    for name in ("identifiers", "versions", "year_after", "year_before", "time_after", "percent"):
        books[name] = PhraseBook((str(word), name) for word in data[name] if any(char.isalnum() for char in word))
    books["units"] = PhraseBook(
        (str(p), unit) for unit, e in lexicon("units")["units"].items() for group in e["words"].values() for p in group
    )
    books["capacity"] = PhraseBook((phrase, "") for phrase in _capacity_words())
    return books


@cache
def _round_the_clock() -> re.Pattern[str]:
    return re.compile(rf"(?<![\d/])24 ?(?:{any_of('number_kinds', 'clock_hours')})? ?[/х×x] ?(?:7|24 ?h?)(?!\d)")


@cache
def _ordinal_end() -> re.Pattern[str]:
    """What stands right behind digits that say which, not how many: "1er", "2-го", "3:e"."""
    data = lexicon("number_kinds")
    endings = {mark: "|".join(map(re.escape, data[name])) for mark, name in (("", "ordinal_endings"), ("-", "ordinal_endings_hyphen"))}
    dotted = "|".join(map(re.escape, data["ordinal_endings_colon"]))
    return re.compile(rf"(?:{endings['']})\b|-(?:{endings['-']})\b|(?:\.|:)(?:{dotted})\b")


@cache
def _capacity_words() -> frozenset[str]:
    units = lexicon("units")["units"]
    return frozenset(
        str(p).lower() for unit, entry in units.items() if entry["class"] == "capacity" for group in entry["words"].values() for p in group
    )


def masks_of(reading: Reading) -> list[Mask]:
    """The stretches of a text whose digits count nothing: addresses, dates, times, phone numbers, document numbers, list marks."""
    found: list[Mask] = []
    for kind, pattern in (*_PATTERNS, ("time", _round_the_clock())):
        found += [(m.start(), m.end(), kind) for m in pattern.finditer(reading.folded)]
    found += [(m.start(), m.end(), "ordinal") for m in _LIST_MARK.finditer(reading.folded)]
    months = month_names()
    for hit in months.find_in(reading):
        found += [(start, end, "date") for start, end in _around_month(reading, hit.first, hit.after)]
    return found


def _around_month(reading: Reading, first: int, after: int) -> list[tuple[int, int]]:
    """The day before or after a month's name, and the year after it."""
    stretches = []
    for index in (first - 1, first - 2):
        if index >= 0 and reading.words[index].text.isdecimal() and len(reading.words[index].text) <= 2:
            gap = reading.folded[reading.words[index].end : reading.words[first].start]
            if len(gap) <= 4 and "\n" not in gap:
                opening = first_day_of_range(reading, index)
                start = reading.words[index if opening is None else opening].start
                stretches.append((start, reading.words[index].end))
                break
    for index in range(after, min(after + 2, len(reading.words))):
        word = reading.words[index]
        gap = reading.folded[reading.words[index - 1].end : word.start]
        is_day_or_year = word.text.isdecimal() and (
            (len(word.text) == 4 and int(word.text) in _YEAR) or (index == after and _may_be_day(reading, index))
        )
        if is_day_or_year and gap.strip(" ,.") in ("", *words_of_all("number_kinds", "day_endings")) and "." not in gap.strip():
            stretches.append((word.start, word.end))
    return stretches


def _may_be_day(reading: Reading, index: int) -> bool:
    """Whether the short number behind a month may be its day ("March 4"), and not how many follow ("ab März 20 Laptops")."""
    if len(reading.words[index].text) > 2 or not 0 < int(reading.words[index].text) <= _LONGEST_OF_MONTHS:
        return False
    hit = _books()["units"].at_word(reading, index + 1)
    gap = reading.folded[reading.words[index].end : hit.start] if hit is not None else ""
    return hit is None or gap != " " or lexicon("units")["units"][hit.key]["class"] not in ("thing", "licence", "generic")


def kind_of(reading: Reading, start: int, end: int, masks: list[Mask], value: Decimal) -> tuple[NumberKind, str | None]:
    """The kind of the number at these offsets, and the unit where it is a measure."""
    for from_, to, kind in masks:
        if from_ < end and start < to:
            return kind, None
    folded, books = reading.folded, _books()
    digits = folded[start:end]
    before, following = folded[max(0, start - 1) : start], folded[end : end + 1]
    has_digits = digits[:1].isdecimal()
    at, behind = reading.word_at(start), reading.word_at(end)
    near = behind < len(reading.words) and len(folded[end : reading.words[behind].start].strip(" \n")) == 0
    if (
        has_digits
        and following == "-"
        and (ending := _CARDINAL_END.match(folded, end + 1))
        and ending.group() in lexicon("number_kinds")["cardinal_endings"]
    ):
        return "count", None
    if not has_digits and following == "-" and folded[end + 1 : end + 2].isalpha():
        return "measure", reading.words[behind].text
    if has_digits and following == "-" and _UNIT_AFTER_HYPHEN.match(folded, end):
        hit = books["measures"].at_word(reading, behind)
        if _ordinal_end().match(folded, end):
            return "ordinal", None
        return "measure", hit.key if hit else reading.words[behind].text
    if following == "%" or folded[end : end + 2] == " %" or (near and books["percent"].at_word(reading, behind)):
        return "percent", None
    if near and (measure := books["measures"].at_word(reading, behind)) is not None:
        short = len(measure.key) == 1 and measure.start > end and not reading.text[measure.start].isupper()
        named = folded[measure.end : measure.end + 1].isdecimal()  # "1,200 M365 licences" are no metres
        if not short and not named:
            return "measure", measure.key
    if not has_digits:
        return "count", None
    if following == ")" and value <= _LAST_LIST_MARK and folded.rfind("(", 0, start) <= folded.rfind(")", 0, start):
        return "ordinal", None
    if before in "xх×" and before and not folded[start - 2 : start - 1].isalnum():
        return "count", None
    if before.isalpha() or (before == "-" and start > 1 and folded[start - 2].isalpha() and reading.text[start - 2].isupper()):
        return (
            "identifier" if _previous_is(books["identifiers"], reading, at, start) or _is_name_number(reading, start) else "version"
        ), None
    if before in ("№", "#") or folded[max(0, start - 2) : start] in ("№ ", "# ", "n°"):
        return "identifier", None
    if following.isalpha() and (glued := _glued_kind(reading, end, behind)) is not None:
        return glued, None
    if _DAY_MONTH.fullmatch(digits) and _looks_like_day_month(digits) and not near:
        return "date", None
    if _previous_is(books["identifiers"], reading, at, start):
        return "identifier", None
    if digits.isdecimal() and len(digits) == 4 and int(digits) in _YEAR and _is_year(reading, at, behind, near):
        return "year", None
    if _previous_is(books["versions"], reading, at, start) and (value < 100 or len(digits) >= 3) and not _counted(reading, behind, near):
        return "version", None
    return "count", None


def _is_name_number(reading: Reading, start: int) -> bool:
    """ "МДЛ9", "N4": digits glued to capitals that are no Latin product name."""
    return start >= 2 and not reading.text[start - 1].isascii()


def _glued_kind(reading: Reading, end: int, behind: int) -> NumberKind | None:
    """Digits with letters behind: an ordinal ("1er"), a capacity ("80ГБ": None, a count) or a name ("80F")."""
    if _ordinal_end().match(reading.folded, end):
        return "ordinal"
    if behind >= len(reading.words) or reading.words[behind].start != end:
        return None
    glued = reading.words[behind].text
    if any(_books()[name].at_word(reading, behind) is not None for name in ("capacity", "units")):
        return None
    if len(glued) >= _LONGEST_MODEL_ENDING:
        return None
    return None if glued in lexicon("number_kinds")["glued_counts"] else "version"


def _previous_is(book: PhraseBook[str], reading: Reading, at: int, start: int) -> bool:
    for first in (at - 2, at - 1):
        if first < 0:
            continue
        hit = book.at_word(reading, first)
        if hit is not None and hit.after == at:
            gap = reading.folded[hit.end : start]
            if (
                len(gap) <= 3
                and gap.strip() in ("", ".", "°", "№", ":", "-")
                and not (gap.strip() == ":" and len(reading.words[first].text) > 3)
            ):
                return True
    return False


def _looks_like_day_month(digits: str) -> bool:
    day, month = digits.strip(".").split(".")
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12 and len(month) == 2


def _counted(reading: Reading, behind: int, near: bool) -> bool:
    """Whether a word that counts follows, so that "Starlink 40 шт" is no version."""
    hit = _books()["units"].at_word(reading, behind) if near else None
    return hit is not None and lexicon("units")["units"][hit.key]["class"] == "generic"


def _is_year(reading: Reading, at: int, behind: int, near: bool) -> bool:
    books = _books()
    if near and books["year_after"].at_word(reading, behind) is not None:
        return True
    if _previous_is(books["year_before"], reading, at, reading.words[at].start):
        return not near or len(reading.words[behind].text) <= 3
    return behind >= len(reading.words) or not near
