"""How urgent the words say it is: critical, high, normal or low; the most urgent word of a text counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, cast

from sild.cores.extraction.fields.folding import Reading, fold, read
from sild.cores.extraction.fields.found import UrgencyFound
from sild.cores.extraction.fields.phrases import Hit, PhraseBook, lexicon
from sild.cores.extraction.fields.pieces import piecewise

Level = Literal["critical", "high", "normal", "low"]
_ORDER: tuple[Level, ...] = ("critical", "high", "normal", "low")
_CELL = 40
_NEAR, _FAR = 3, 10  # words
_CLAUSE = 8
_MARKS = frozenset(",;()-–—!")


@cache
def _books() -> tuple[PhraseBook[tuple[Level, str]], PhraseBook[str], frozenset[str]]:
    data = lexicon("urgency")
    entries = [
        (word, (cast(Level, level), word)) for level, languages in data["levels"].items() for words in languages.values() for word in words
    ]
    return PhraseBook(entries), PhraseBook((word, "want") for word in data["wanting"]), frozenset(data["negations"])


def find_urgency(text: str) -> UrgencyFound | None:
    """The most urgent level that the text states, or None.

    Words such as "high" or "висока" count only where they stand alone (a cell, a form field), not in a sentence.
    """
    return most_urgent(_stated(text))


@lru_cache(maxsize=1024)
def find_urgencies(text: str) -> tuple[UrgencyFound, ...]:
    """Every level that the text states, in order."""
    return tuple(sorted(_stated(text), key=lambda hit: hit.start))


def most_urgent(found: Iterable[UrgencyFound]) -> UrgencyFound | None:
    """The most urgent of them, the first of equals."""
    return min(found, key=lambda hit: (_ORDER.index(hit.level), hit.start), default=None)


@piecewise
def _stated(text: str) -> list[UrgencyFound]:
    reading = read(text)
    book, _, negations = _books()
    found: list[UrgencyFound] = []
    for hit in book.find_in(reading):
        others = [word.text for word in (*reading.words[: hit.first], *reading.words[hit.after :])]
        opens = reading.folded[: hit.start].strip(" |-•") == "" and reading.folded[hit.end : hit.end + 1] in ("!", ",", ";", ":", ".")
        alone = (
            opens
            or reading.folded[hit.end : hit.end + 1] == "!"
            or (len(text.strip()) <= _CELL and all(word in lexicon("urgency")["labels"] for word in others))
        )
        level, word = hit.key
        if hit.after < len(reading.words) and _describes(reading, hit):
            continue
        if not alone and not _counts_in_a_sentence(reading, hit, word):
            continue
        if level in ("critical", "high") and any(reading.words[i].text in negations for i in range(max(0, hit.first - 2), hit.first)):
            level = "low"
        found.append(UrgencyFound(start=hit.start, end=hit.end, verbatim=text[hit.start : hit.end], level=level, confidence=0.85))
    return [*found, *_shouted(text)]


def _counts_in_a_sentence(reading: Reading, hit: Hit[tuple[Level, str]], word: str) -> bool:
    data = lexicon("urgency")
    if word not in data["alone_only"]:
        return True
    if _ends_statement(reading, hit) or _set_apart(reading, hit):
        return True
    if word not in data["with_wanting"]:
        return False
    _, wanting, _ = _books()
    far = _FAR if word in data["adverbs"] else _NEAR
    return any(
        wanting.at_word(reading, index) is not None for index in range(max(0, hit.first - far), min(len(reading.words), hit.after + far))
    )


def _set_apart(reading: Reading, hit: Hit[tuple[Level, str]]) -> bool:
    """Whether the word stands between commas or brackets by itself: "12 generators, critical, by 15 January"."""
    before, behind = reading.folded[: hit.start].rstrip(), reading.folded[hit.end :].lstrip()
    return before[-1:] in _MARKS and behind[:1] in _MARKS and bool(before) and bool(behind)


def _ends_statement(reading: Reading, hit: Hit[tuple[Level, str]]) -> bool:
    """Whether the word ends a clause that speaks of priority: "The priority of both items is set as high."."""
    if reading.folded[hit.end : hit.end + 1] not in ("", ".", ",", ";", "!", ")", "\n"):
        return False
    labels = {fold(label) for label in lexicon("urgency")["states_it"]}
    for index in range(hit.first - 1, max(-1, hit.first - 1 - _CLAUSE), -1):
        if any(mark in reading.folded[reading.words[index].end : reading.words[index + 1].start] for mark in ".;!?|\n"):
            return False
        if reading.words[index].text in labels:
            return True
    return False


@cache
def _described() -> PhraseBook[str]:
    return PhraseBook((word, "thing") for word in lexicon("urgency")["describes"])


def _describes(reading: Reading, hit: Hit[tuple[Level, str]]) -> bool:
    """Whether the word right behind makes it a quality of the thing: "critical infrastructure", "emergency power"."""
    between = reading.folded[hit.end : reading.words[hit.after].start]
    return between.strip() == "" and _described().at_word(reading, hit.after) is not None


def _shouted(text: str) -> list[UrgencyFound]:
    """Words in capitals in a text that is not all capitals."""
    if text.isupper():
        return []
    data = lexicon("urgency")
    critical = {fold(word) for word in data["shouted_critical"]}
    words = "|".join(re.escape(fold(word)) for word in data["shouted"])
    return [
        UrgencyFound(
            start=m.start(),
            end=m.end(),
            verbatim=text[m.start() : m.end()],
            level="critical" if m.group() in critical else "high",
            confidence=0.9,
        )
        for m in re.finditer(rf"\b(?:{words})\b", fold(text))
        if text[m.start() : m.end()].isupper()
    ]
