"""Numbers written in words, in the languages of lexicon/fields/numbers.yaml: values add up, scales and groups multiply."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal

from sild.cores.extraction.fields.folding import Reading, fold
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon

Role = Literal["value", "scale", "group", "half"]
_LEAST_GLUED = 6
_LEAST_ENDED = 5
_LONGEST_WORD = 60  # no number is longer, and the ways to cut a word in forms grow fast


@dataclass(frozen=True, slots=True)
class Part:
    """One word's share in a number."""

    value: Decimal
    role: Role
    language: str


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number in words: offsets, value, the indices of its first and one past its last word."""

    start: int
    end: int
    value: Decimal
    first: int
    after: int
    language: str


@dataclass
class _Words:
    parts: dict[str, list[Part]]
    joins: dict[str, set[str]]
    before_groups: dict[str, set[str]]
    shy: dict[str, set[str]]
    twenties: set[str] = field(default_factory=set)
    reversed_units: set[str] = field(default_factory=set)
    glued: dict[str, re.Pattern[str]] = field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    and_a_half: dict[str, PhraseBook[str]] = field(default_factory=dict)


def _parts_of(language: str, table: dict[str, Any]) -> list[tuple[str, Part]]:
    found: list[tuple[str, Part]] = []
    for group, role in (("values", "value"), ("scales", "scale"), ("groups", "group"), ("halves", "half")):
        for value, forms in (table.get(group) or {}).items():
            found += [(fold(form), Part(Decimal(str(value)), role, language)) for form in forms]  # type: ignore[arg-type]  # the four roles above
    return found


@cache
def _words() -> _Words:
    words = _Words(defaultdict(list), {}, {}, {})
    for language, table in lexicon("numbers")["languages"].items():
        own = _parts_of(language, table)
        for form, part in own:
            words.parts[form].append(part)
        words.joins[language] = set(table.get("joins", ()))
        words.before_groups[language] = set(table.get("before_groups", ()))
        words.endings[language] = tuple(table.get("endings", ()))
        words.and_a_half[language] = PhraseBook((phrase, language) for phrase in table.get("and_a_half", ()))
        words.shy[language] = {fold(word) for word in table.get("shy", ())}
        if table.get("twenties"):
            words.twenties.add(language)
        if table.get("reversed_units"):
            words.reversed_units.add(language)
        if table.get("glued"):
            forms = sorted({form for form, part in own if part.role != "group"} | words.joins[language], key=len, reverse=True)
            words.glued[language] = re.compile("(?:" + "|".join(map(re.escape, forms)) + "){2,}")
    return words


def parts_of(word: str, language: str | None) -> list[Part]:
    """The readings of one folded word as part of a number; shy words only in their own language."""
    words = _words()
    found = words.parts.get(word) or _derived(word)
    if not found:
        return []
    return [part for part in found if word not in words.shy[part.language] or part.language == language]


@lru_cache(maxsize=4096)
def _derived(word: str) -> tuple[Part, ...]:
    """Readings of a word that is written in one with others ("zweihundertfünfzig") or bears a case ending ("viiele")."""
    if not _LEAST_ENDED <= len(word) <= _LONGEST_WORD:
        return ()
    words = _words()
    for name, pattern in words.glued.items():
        if len(word) >= _LEAST_GLUED and pattern.fullmatch(word) and (value := _glued_value(word, name)) is not None:
            return (Part(value, "value", name),)
    for name, endings in words.endings.items():
        for ending in endings:
            if word.endswith(ending):
                stem = word[: -len(ending)]
                held = [*words.parts.get(stem, ()), *(_derived(stem) if len(stem) >= _LEAST_GLUED else ())]
                if parts := tuple(part for part in held if part.language == name and part.role == "value"):
                    return parts
    return ()


def is_scale(word: str) -> Decimal | None:
    """What the folded word multiplies a number of digits by ("тис", "million", "dozen"), or None."""
    for part in _words().parts.get(word, ()):
        if part.role == "scale" or (part.role == "group" and part.value > 2):
            return part.value
    return None


def has_shy_words(reading: Reading) -> bool:
    """Whether some word is a number in one language and something else in another."""
    shy = set().union(*_words().shy.values())
    return any(word.text in shy for word in reading.words)


def find_word_numbers(reading: Reading, language: str | None = None) -> list[WordNumber]:
    """All numbers written in words, in order."""
    if language is None and has_shy_words(reading):
        language = language_of(reading.text)
    found: list[WordNumber] = []
    at = 0
    while at < len(reading.words):
        best: WordNumber | None = None
        for name in {part.language for part in parts_of(reading.words[at].text, language)} | _openers(reading, at):
            number = _number_at(reading, at, name, language)
            if number and (best is None or (number.after, number.language == language) > (best.after, best.language == language)):
                best = number
        if best is None:
            at += 1
            continue
        if not _is_vague(reading, best):
            found.append(best)
        at = best.after
    return found


def _is_vague(reading: Reading, number: WordNumber) -> bool:
    """ "Several dozen", "тисячі людей": many, but not how many."""
    data = lexicon("numbers")
    group = any(part.role in ("group", "scale") for part in parts_of(reading.words[number.after - 1].text, number.language))
    before = reading.words[number.first - 1].text if number.first else ""
    counted = before.isdecimal() and _linked(reading, number.first - 1)
    about = any(before in words for words in data["approximate"].values())  # "близько сотні" is a hundred
    alone = number.after - number.first == 1 and reading.words[number.first].text in data["vague_alone"] and not (counted or about)
    return alone or (group and before in data["vague_before"])


def _openers(reading: Reading, at: int) -> set[str]:
    return {name for name, openers in _words().before_groups.items() if reading.words[at].text in openers}


def _linked(reading: Reading, left: int) -> bool:
    """Whether only a blank or a hyphen stands between this word and the next."""
    between = reading.folded[reading.words[left].end : reading.words[left + 1].start]
    return between.strip(" \n\r") in ("", "-") and len(between) <= 2


def _number_at(reading: Reading, at: int, name: str, language: str | None) -> WordNumber | None:
    words, sum_up = _words(), _Sum(name)
    first, index, taken = at, at, at
    article = reading.words[at].text in words.before_groups[name]
    if article:
        following = _part(reading, at + 1, name, language)
        if following is not None and following.role != "value" and _linked(reading, at):
            index = at + 1
    while index < len(reading.words):
        word = reading.words[index].text
        if index > first and not _linked(reading, index - 1):
            break
        if index > first and (half := words.and_a_half[name].at_word(reading, index)) is not None and sum_up.take_half():
            index = taken = half.after
            continue
        part = _part(reading, index, name, language)
        if part is None:
            joins = word in words.joins[name] or (sum_up.only_half and word in words.before_groups[name])
            if joins and taken > first:
                index += 1
                sum_up.joined = True
                continue
            break
        if not sum_up.take(part):
            break
        index += 1
        taken = index
        sum_up.joined = False
    if taken == first or sum_up.value is None:
        return None
    return WordNumber(reading.words[first].start, reading.words[taken - 1].end, sum_up.value, first, taken, name)


def _part(reading: Reading, index: int, name: str, language: str | None) -> Part | None:
    if index >= len(reading.words):
        return None
    return next((part for part in parts_of(reading.words[index].text, language) if part.language == name), None)


class _Sum:
    """Adds up the parts of one number; `take` says whether the part still belongs to it."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._total = Decimal(0)
        self._current: Decimal | None = None
        self._floor = Decimal("Infinity")
        self._last_scale = Decimal("Infinity")
        self._closed = False
        self._last_value = Decimal(0)
        self._group = Decimal(1)
        self.only_half = False
        self.joined = False

    @property
    def value(self) -> Decimal | None:
        if self._current is None:
            return self._total or None
        return self._total + self._current

    def take(self, part: Part) -> bool:
        if self._closed:
            return False
        if part.role in ("scale", "group"):
            return self._multiply(part)
        if part.role == "half":
            if self.value is not None:
                return False
            self._current, self._floor, self.only_half = part.value, Decimal(0), True
            return True
        return self._add(part.value)

    def take_half(self) -> bool:
        """ "Two and a half", "a dozen and a half": one half more of what was counted last."""
        if self._current is None or self._current >= 100:
            return False
        self._current, self._floor = self._current + self._group / 2, Decimal(0)
        return True

    def _add(self, value: Decimal) -> bool:
        words, last, self._last_value = _words(), self._last_value, value
        if self._current is None:
            if value >= self._last_scale:
                return False
            self._current = value
        elif self._language in words.twenties and last == 4 and self._current % 100 == 4 and value == 20:
            self._current, self._floor = self._current + 76, Decimal(20)
            return True
        elif self.joined and self._language in words.reversed_units and last < 10 and self._current % 100 < 10 and 20 <= value < 100:
            self._current, self._floor = self._current + value, Decimal(0)
            return True
        elif value < self._floor and self._current >= 1:
            self._current += value
        else:
            return False
        if value >= 100:
            self._floor = next((Decimal(step) for step in (1000, 100) if value % step == 0), Decimal(0))
        elif value >= 20 and value % 10 == 0:
            self._floor = Decimal(20 if self._language in words.twenties and value == 60 else 10)
        else:
            self._floor = Decimal(10) if value == 10 and self._language in words.twenties else Decimal(0)
        return True

    def _multiply(self, part: Part) -> bool:
        if self._current is None and part.value >= self._last_scale:
            return False
        if part.role == "group" and self._total:
            return False
        self._current = (self._current if self._current is not None else Decimal(1)) * part.value
        self.only_half = False
        if part.role == "group":
            self._group = part.value
            self._closed = part.value < 1000
            if part.value >= 100:
                self._floor = Decimal(0)
        elif part.value >= 1000:
            self._total += self._current
            self._current, self._last_scale, self._floor = None, part.value, Decimal("Infinity")
        else:
            self._floor = part.value
        return True


def _glued_value(word: str, name: str) -> Decimal | None:
    words, rest, sum_up = _words(), word, _Sum(name)
    while rest:
        size = next(
            (
                n
                for n in range(len(rest), 0, -1)
                if rest[:n] in words.joins[name] or any(p.language == name for p in words.parts.get(rest[:n], ()))
            ),
            0,
        )
        if not size:
            return None
        piece, rest = rest[:size], rest[size:]
        if piece in words.joins[name]:
            sum_up.joined = True
            continue
        part = next(p for p in words.parts[piece] if p.language == name)
        if not sum_up.take(part):
            return None
        sum_up.joined = False
    return sum_up.value
