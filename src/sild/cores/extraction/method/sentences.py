"""Running text cut into sentences and clauses, with offsets that stay true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.months import month_names
from sild.cores.extraction.fields.units import find_units
from sild.cores.extraction.method.lexicons import load

_STOP = re.compile(r"[.!?…]+[\"»”’)\]]*(?=\s|$)|[\n\r]+|\|\s*(?=\|)")  # two bars: rows of a table glued together
_LAST_WORD = re.compile(r"[^\s(«\"„]+$")
_NUMBER = re.compile(r"\d[\d ]* ?")
_CLEAR_WORD = 4
_CYRILLIC_OPENING = re.compile(r"[А-ЯІЇЄҐ][а-яіїєґ]")
_COUNT_BEFORE = re.compile(r"\d\s*$")
_LONGEST_MONTH = 14
_LAST_ORDINAL, _FIRST_YEAR = 366, 1900
_LONGEST = 1200
_OPEN, _CLOSE = "([{", ")]}"


@cache
def _abbreviations() -> frozenset[str]:
    table: Any = load("grammar")
    return frozenset(str(word) for word in table["abbreviations"])


@cache
def _counted() -> frozenset[str]:
    """Short words for pieces behind a number ("шт."), after which a capital may open a sentence."""
    table: Any = load("grammar")
    return frozenset(str(word) for word in table["counted_short"])


@cache
def _before_numbers() -> frozenset[str]:
    """Abbreviations that only a number follows ("ok. 40", "no. 7"), so that before a capital they are a word that ends its sentence."""
    table: Any = load("grammar")
    return frozenset(str(word) for word in table["before_numbers"])


@cache
def _letters() -> frozenset[str]:
    """Single letters that stand for a word wherever they stand ("м. Київ"), and so end no sentence."""
    table: Any = load("grammar")
    return frozenset(str(letter) for letter in table["letter_words"])


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text by its offsets."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[Stretch, ...]:
    """The sentences of the text. Abbreviations, initials, numbers and brackets do not end one; a new line does."""
    found: list[Stretch] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop.start() < start or not _ends(text, max(start, stop.start() - _LONGEST), stop):
            continue
        _add(found, text, start, stop.end())
        start = stop.end()
    _add(found, text, start, len(text))
    return tuple(piece for stretch in found for piece in _cut(text, stretch))


def _cut(text: str, stretch: Stretch) -> Iterator[Stretch]:
    """A sentence longer than people write (a list without stops, hostile text) in pieces, so that the work stays linear in the text."""
    start = stretch.start
    while stretch.end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        stop = blank if blank > start else start + _LONGEST
        yield Stretch(start, stop)
        start = stop + 1 if blank > start else stop
    if start < stretch.end:
        yield Stretch(start, stretch.end)


def _add(found: list[Stretch], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Stretch(start, end))


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    if stop.group()[0] in "\n\r":
        return True
    after = text[stop.end() :].lstrip()
    if not after:
        return True
    before = text[start : stop.start()]
    if _depth(before) > 0 and stop.end() < len(text) and ")" in text[stop.end() : stop.end() + 120]:
        return False
    if stop.group()[0] != ".":
        return not after[0].islower()
    last = _LAST_WORD.search(before)
    word = last.group().lower().lstrip('([«"„') if last else ""
    if _CYRILLIC_OPENING.match(after) and ")" not in stop.group() and word in _counted() and _COUNT_BEFORE.search(before[: -len(word)]):
        return True
    if word in _before_numbers() and after[0].isupper():
        return True
    if word in _abbreviations() or (len(word) == 1 and word.isalpha()):
        return after[0].isupper() and word not in _abbreviations() and len(before) > 40 and word not in _letters()
    if after[0].islower() and len(word) >= _CLEAR_WORD and word.isalpha():
        return True
    if after[0].isdecimal() and _opens_count(after) and not any(char.isdecimal() for char in before):
        return False
    if word.isdigit() and after[0].islower() and _is_no_ordinal(word, before) and not _opens_month(after):
        return True  # "it will be 455, not 420. the rest stays": who writes all in small letters
    if word.isdigit() and (len(before.strip()) <= 3 or after[0].islower() or _opens_month(after)):
        return False
    return not after[0].islower()


def _is_no_ordinal(word: str, before: str) -> bool:
    """Whether a number before a full stop can only be a count: too large for a day, and no year, behind words in small letters."""
    return _LAST_ORDINAL < int(word) < _FIRST_YEAR and before.lower() == before and len(before.split()) > _FEW_WORDS


def _opens_count(after: str) -> bool:
    """Whether pieces are counted next, so that "Laptops. 34 pcs" is one sentence."""
    number = _NUMBER.match(after)
    units = find_units(after[number.end() : number.end() + _LONGEST_MONTH]) if number is not None else []
    return bool(units) and units[0].start == 0 and units[0].key.unit_class == "generic"


def _opens_month(after: str) -> bool:
    """Whether a month's name follows: the "1." of "1. März" ends no sentence."""
    word = read(after[:_LONGEST_MONTH])
    return month_names().at_word(word, 0) is not None


def _depth(text: str) -> int:
    return sum(char in _OPEN for char in text) - sum(char in _CLOSE for char in text)


_MARKUP = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}|</?[a-zA-Z][^<>]*>")
_SIGNS = ("{", "<", "$")
_FEW_WORDS = 3
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_markup(text: str) -> bool:
    """Whether the text is a row of signs of some program, with hardly a word beside: "{{7*7}} {% csrf_token %}"."""
    if not any(sign in text for sign in _SIGNS) or _MARKUP.search(text) is None:
        return False
    return len(_WORD.findall(_MARKUP.sub(" ", text))) < _FEW_WORDS


_CLAUSE = re.compile(r"[;:]\s|,\s|\s[-–—]\s|\n")


@lru_cache(maxsize=4096)
def clauses(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    """The pieces between commas, semicolons, colons and dashes; brackets are not cut."""
    found: list[Stretch] = []
    at = start
    for mark in _CLAUSE.finditer(text, start, end):
        if _depth(text[at : mark.start()]) > 0:
            continue
        _add(found, text, at, mark.start() if mark.group()[0] != ":" else mark.start() + 1)
        at = mark.end()
    _add(found, text, at, end)
    return tuple(found)
