"""What is counted: unit words of every language to one plain English word and its class, from lexicon/fields/units.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import UnitClass
from sild.cores.extraction.fields.phrases import Hit, PhraseBook, lexicon, words_of_all


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit word and its class."""

    name: str
    unit_class: UnitClass


UnitHit = Hit[Unit]


@cache
def unit_book() -> PhraseBook[Unit]:
    """Every unit word of the lexicon."""
    pairs = []
    for name, entry in lexicon("units")["units"].items():
        unit = Unit(name, cast(UnitClass, entry["class"]))
        pairs += [(word, unit) for words in entry["words"].values() for word in words]
    return PhraseBook(pairs)


@cache
def cue_book(name: str) -> PhraseBook[str]:
    """One of the word lists beside the units ("per_day", "stops" ...)."""
    return PhraseBook((word, name) for word in lexicon("units")[name])


@cache
def cue_words(name: str) -> frozenset[str]:
    """The single words of such a list, for quick look-ups."""
    return frozenset(word for word in lexicon("units")[name] if " " not in word and "*" not in word)


@cache
def class_of(name: str) -> UnitClass | None:
    """The class of a canonical unit word, None for a word that is none."""
    return next((unit.unit_class for unit in unit_book().meanings() if unit.name == name), None)


def find_units(text: str) -> list[UnitHit]:
    """All unit words of a text, in order."""
    return unit_book().find(text)


def unit_of(text: str) -> str | None:
    """The plain English unit that an item's words name ("Ноутбуки для громад" -> "laptop"), or None.

    Things and licences go before people, places and parts; among equals the first stands.
    """
    ranked = sorted(find_units(text), key=lambda hit: (_ITEM_ORDER.index(hit.key.unit_class), hit.start))
    return ranked[0].key.name if ranked and ranked[0].key.unit_class not in ("time", "generic") else None


_ITEM_ORDER: tuple[UnitClass, ...] = ("thing", "licence", "service", "capacity", "work", "person", "place", "part", "generic", "time")


def clause_bounds(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The clause around the offsets: up to the nearest sentence end, semicolon, cell bar, blank line or list dash."""
    left = max(
        (
            reading.folded.rfind(mark, 0, start) + len(mark)
            for mark in (". ", "; ", "! ", "? ", " | ", "\n\n", "\n-", "\n•")
            if mark in reading.folded[:start]
        ),
        default=0,
    )
    rights = [at for mark in (". ", "; ", "! ", "? ", " | ", "\n\n", "\n-", "\n•") if (at := reading.folded.find(mark, end)) >= 0]
    return left, min(rights, default=len(reading.folded))


def volume_a_day(reading: Reading, hit: UnitHit, limit: int) -> int | None:
    """Where "per day" ends behind a unit of volume, or None."""
    book = cue_book("per_day")
    for index in range(hit.after, min(hit.after + 4, len(reading.words))):
        word = reading.words[index]
        if word.start >= limit:
            return None
        found = book.at_word(reading, index)
        if found is not None:
            slash = "/" in reading.folded[hit.end : found.start]
            if len(found.key) and (slash or found.after - found.first > 1 or found.end - found.start > 4):
                return found.end
    return None


def read_units(text: str) -> tuple[Reading, list[UnitHit]]:
    """The text's reading with its unit words."""
    reading = read(text)
    return reading, [hit for hit in unit_book().find_in(reading) if not _is_small_word(reading, hit)]


def _is_small_word(reading: Reading, hit: UnitHit) -> bool:
    """Whether a French symbol of capacity ("To", "Go") is written small, as the English words are: "from 2,500 to 1,800"."""
    return reading.folded[hit.start : hit.end] in words_of_all("units", "capital_symbols") and reading.text[hit.start].islower()
