"""Words that the linter knows, from two files: the bands of ICD 203 with source and day, and the forms in which they stand in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from sild.wings.attribution.rules.reference import facts_of

CHECKED_LANGUAGES = ("en", "et", "uk")
CODE_LETTERS = 2
STEMS = {"et": (5, 4), "uk": (4, 2)}
"""Letters from which on a country's name is known by its beginning, and how many may follow: "Omanik" is no Oman."""

_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?![\d])|\d+(?:[.,]\d+)?")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that was found: what it is, and where, in signs."""

    what: str
    start: int
    end: int
    said: str


@cache
def estimative_source() -> tuple[tuple[str, ...], str]:
    """Where the words of likelihood are from, and of which day."""
    fact = facts_of("estimative_language")["likelihood-likely"]
    return fact.sources, fact.as_of


def own_translation(language: str) -> bool:
    """Whether the words of a language are this project's own working translation."""
    return language in _file()["meta"]["own_translations"]


@cache
def likelihoods(language: str, text: str) -> tuple[Hit, ...]:
    """The words of likelihood in a text, "band/row"; a longer one hides those within it, and what is negated is no word of the list."""
    taken = [*_find(_compiled("hedges", language), text)]
    found: list[Hit] = []
    for hit in sorted(_likelihood_hits(language, text), key=lambda one: (one.start - one.end, one.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in (*found, *taken)):
            found.append(hit)
    return tuple(sorted(found, key=lambda one: one.start))


def confidences(language: str, text: str) -> tuple[Hit, ...]:
    """The levels of confidence in a text, by their id; measures that build confidence are none."""
    return tuple(
        Hit(level, *_place(match))
        for level, told in _file()["confidence"].items()
        for match in _pattern(tuple(told.get(language, ()))).finditer(text.casefold())
        if not text[match.end() :].casefold().startswith(("-building", " building"))
    )


def found_words(what: str, language: str, text: str) -> tuple[Hit, ...]:
    """The words of a list ("hedges", "certainty", "basis", "other_confidence") in a text."""
    return tuple(_find(_compiled(what, language), text))


def persons(language: str, text: str) -> tuple[Hit, ...]:
    """Ranks and forms of address before a name, which stand for a person; a bare name is not known as one."""
    told = _file()["persons"].get(language, ())
    return tuple(Hit("person", *_place(match)) for one in told for match in re.finditer(rf"\b(?i:{_before(one)}){_after(one)}", text))


def states(language: str, text: str) -> tuple[Hit, ...]:
    """Countries that a text names, by their code; `said` is the name as it stands."""
    return tuple(Hit(code, *_place(match)) for code, pattern in _state_patterns(language) for match in pattern.finditer(text))


def days(language: str, text: str) -> frozenset[date]:
    """The whole days that a text tells."""
    return frozenset(day for day, _start, _end in _days(language, text))


def numbers(language: str, text: str) -> frozenset[str]:
    """The numbers in digits that a text tells, days left out; "1 200" and "1,200" are one, "3,5" and "3.5" too."""
    rest = text
    for _day, start, end in _days(language, text):
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return frozenset(_plain(match.group()) for match in _NUMBER.finditer(rest))


def numerals(language: str, text: str) -> frozenset[str]:
    """The numbers from two to ten that a text tells in words."""
    known = _file()["numerals"].get(language, {})
    plain = text.casefold().replace("’", "").replace("'", "").replace("ʼ", "")
    return frozenset(str(known[word]) for word in re.findall(r"\w+", plain) if word in known)


def _plain(number: str) -> str:
    grouped = re.fullmatch(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+", number)
    return re.sub(r"\D", "", number) if grouped else number.replace(",", ".")


def _days(language: str, text: str) -> Iterator[tuple[date, int, int]]:
    months = _file()["months"].get(language, ())
    for match in _ISO.finditer(text):
        yield from _day(match, int(match[1]), int(match[2]), int(match[3]))
    for match in _DOTTED.finditer(text):
        yield from _day(match, int(match[3]), int(match[2]), int(match[1]))
    named = "|".join(months)
    for match in re.finditer(rf"\b(\d{{1,2}})\.?\s+({named})\w*\.?,?\s+(\d{{4}})\b", text, re.IGNORECASE) if named else ():
        yield from _day(match, int(match[3]), months.index(match[2].casefold()) + 1, int(match[1]))
    for match in re.finditer(rf"\b({named})\s+(\d{{1,2}}),?\s+(\d{{4}})\b", text, re.IGNORECASE) if language == "en" else ():
        yield from _day(match, int(match[3]), months.index(match[1].casefold()) + 1, int(match[2]))


def _day(match: re.Match[str], year: int, month: int, day: int) -> Iterator[tuple[date, int, int]]:
    try:
        yield date(year, month, day), match.start(), match.end()
    except ValueError:
        return


def _likelihood_hits(language: str, text: str) -> Iterator[Hit]:
    for band, told in _file()["likelihood"].items():
        for row, forms in told.get(language, {}).items():
            for match in _pattern(tuple(forms)).finditer(text.casefold()):
                yield Hit(f"{band}/{row}", *_place(match))


def _find(pattern: re.Pattern[str], text: str) -> Iterator[Hit]:
    folded = text.casefold()
    for match in pattern.finditer(folded):
        # the month is no doubt
        if not (match.group().startswith("may") and text[match.start()] == "M" and match.start() > 0):
            yield Hit("", *_place(match))


def _place(match: re.Match[str]) -> tuple[int, int, str]:
    return match.start(), match.end(), match.group()


def _compiled(what: str, language: str) -> re.Pattern[str]:
    return _pattern(tuple(_file()[what].get(language, ())))


@cache
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)" if forms else r"(?!)")


def _before(form: str) -> str:
    return form.rpartition("(?=")[0]


def _after(form: str) -> str:
    return "".join(form.rpartition("(?=")[1:])


@cache
def _state_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    if language not in CHECKED_LANGUAGES:
        return ()
    unclear = set(_file()["ambiguous_states"].get(language, ()))
    names = [(str(code), str(name)) for code, name in Locale.parse(language).territories.items() if len(str(code)) == CODE_LETTERS]
    names += [(code, one) for code, told in _file()["state_names"].items() for one in told.get(language, ())]
    return tuple((code, _state_pattern(name, language)) for code, name in names if name not in unclear)


def _state_pattern(name: str, language: str) -> re.Pattern[str]:
    """English names stand as they are; Estonian and Ukrainian ones take endings, so their beginning counts."""
    if language == "en" or " " in name:
        return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    shortest, ending = STEMS[language]
    stem = re.sub(r"[аеиіоуяюєїйь]$", "", name) if language == "uk" else name
    return re.compile(rf"(?<!\w){re.escape(stem)}\w{{0,{ending}}}(?!\w)" if len(stem) >= shortest else rf"(?<!\w){re.escape(name)}(?!\w)")


@cache
def _file() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parent.parent / "linting_words.yaml").read_text(encoding="utf-8"))
    return told
