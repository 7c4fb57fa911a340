"""Services that are asked for by who is sought and what is to be done: "somebody who checks our network" is a security assessment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sild.cores.extraction.fields.phrases import Hit, PhraseBook
from sild.cores.extraction.method.lexicons import Item, load
from sild.cores.extraction.method.words import Words, words_of

_REACH = 14  # words behind the opener
_STOPS = ".;!?:\n"
_ENDS = ".!?\n"


@dataclass(frozen=True, slots=True)
class Work:
    """A service so described: the words from who is sought to what it is done with, by offsets and by the indices of its words."""

    start: int
    end: int
    item: Item
    first: int
    after: int


@cache
def _openers() -> PhraseBook[str]:
    return _book(load("somebody")["openers"])


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of work: the service that it is, its verbs and things, and whether the thing may stand before who is sought."""

    item: Item
    verbs: PhraseBook[str]
    things: PhraseBook[str]
    before: bool


@cache
def _kinds() -> tuple[_Kind, ...]:
    table: Any = load("somebody")["works"]
    return tuple(
        _Kind(_service(name, row), _book(row["verbs"]), _book(row["things"]), bool(row.get("before"))) for name, row in table.items()
    )


def _service(name: str, row: dict[str, Any]) -> Item:
    return Item(name, row["category"], "activity", row["unit"], once=row["unit"] != "person")


def _book(languages: dict[str, str]) -> PhraseBook[str]:
    terms = (term.strip() for text in languages.values() for term in text.split(","))
    return PhraseBook(((term, "said") for term in terms if term), names=True)


@lru_cache(maxsize=1024)
def _sought(text: str) -> tuple[Hit[str], ...]:
    """Who is sought, anywhere in the text."""
    return tuple(_openers().find_in(words_of(text)))


def works_of_somebody(words: Words, start: int, end: int | None) -> list[Work]:
    """The services that the stretch describes by who is sought, in order; the first kind of work that fits is taken."""
    found: list[Work] = []
    for opener in _sought(words.text):
        if opener.start < start or (end is not None and opener.start >= end):
            continue
        if found and opener.first < found[-1].after:
            continue
        limit = _limit(words, opener.after, end)
        work = next((work for kind in _kinds() if (work := _work(words, opener.first, limit, kind)) is not None), None)
        if work is not None:
            found.append(work)
    return found


def _limit(words: Words, after: int, end: int | None) -> int:
    """The index past the last word that may still tell the work: within reach, in the same sentence, inside the stretch."""
    for index in range(after, min(len(words.words), after + _REACH)):
        word = words.words[index]
        gap = words.text[words.words[index - 1].end : word.start] if index else ""
        if (end is not None and word.start >= end) or any(mark in gap for mark in _STOPS):
            return index
    return min(len(words.words), after + _REACH)


def _work(words: Words, first: int, limit: int, kind: _Kind) -> Work | None:
    within = words.words[limit - 1].end if limit else 0
    begin = words.words[first].start
    verb = next(iter(kind.verbs.find_in(words, begin, within)), None)
    if verb is None:
        return None
    thing = next(iter(kind.things.find_in(words, begin, within)), None)
    if thing is None and kind.before:
        thing = _named_before(words, first, kind.things)
    if thing is None:
        return None
    after = max(verb.after, thing.after if thing.first > first else 0)
    return Work(begin, words.words[after - 1].end, kind.item, first, after)


def _named_before(words: Words, first: int, things: PhraseBook[str]) -> Hit[str] | None:
    """What the work is done with, where it stands before who is sought: "we took an image, let somebody examine it"."""
    begin = max(0, first - _REACH)
    for index in range(begin + 1, first):
        if set(words.text[words.words[index - 1].end : words.words[index].start]) & set(_ENDS):
            begin = index
    found = things.find_in(words, words.words[begin].start, words.words[first].start) if first else []
    return found[-1] if found else None
