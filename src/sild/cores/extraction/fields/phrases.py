"""Phrase books: many short patterns of words found in a text at once, leftmost and longest first.

A pattern is words between blanks; "ноутбук*" stands for every ending, "*generaator*" for compounds too. Patterns are folded like texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

import yaml

from sild.cores.extraction.fields.folding import Reading, fold, read

T = TypeVar("T")
_PIECE = re.compile(r"\*?(?:[cdjlmnst]|qu|jusqu|lorsqu)'(?=[^\W\d_])|\*?[^\W\d_]+(?:'[^\W\d_]+)*\*?|\d+")


@cache
def lexicon(name: str) -> Any:
    """The YAML file `lexicon/fields/NAME.yaml` with every scalar as the string written there: "no" and "on" are words here."""
    source = files("sild.cores.extraction") / "lexicon" / "fields" / f"{name}.yaml"
    loader = yaml.BaseLoader(source.read_text(encoding="utf-8"))
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase met: offsets, its key, and the indices of its first and one past its last word."""

    start: int
    end: int
    key: T
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class _Pattern(Generic[T]):
    pieces: tuple[str, ...]
    key: T

    def length_at(self, words: Sequence[str], at: int) -> bool:
        if at + len(self.pieces) > len(words):
            return False
        return all(_fits(piece, words[at + offset]) for offset, piece in enumerate(self.pieces))


def _fits(piece: str, word: str) -> bool:
    if piece.startswith("*"):
        return piece.strip("*") in word if piece.endswith("*") else word.endswith(piece[1:])
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece


class PhraseBook(Generic[T]):
    """Patterns with keys, indexed by their first letters so that a text is read in one pass."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_start: dict[str, list[_Pattern[T]]] = defaultdict(list)
        self._inner: dict[str, list[_Pattern[T]]] = defaultdict(list)
        for text, key in entries:
            pieces = tuple(m.group() for m in _PIECE.finditer(fold(text)))
            if not pieces:
                raise ValueError(f"the lexicon entry {text!r} ({key!r}) holds no word: write at least one letter or digit")
            pattern = _Pattern(pieces, key)
            if pieces[0].startswith("*"):
                self._inner[pieces[0].strip("*")].append(pattern)
            else:
                self._by_start[pieces[0].rstrip("*")[:3]].append(pattern)
        for patterns in (*self._by_start.values(), *self._inner.values()):
            patterns.sort(key=lambda p: (-len(p.pieces), -len(p.pieces[0])))
        stems = sorted(self._inner, key=len, reverse=True)
        self._stems = re.compile("|".join(map(re.escape, stems))) if stems else None

    def find(self, text: str) -> list[Hit[T]]:
        """All phrases of the text, leftmost and longest first, never overlapping."""
        return self.find_in(read(text))

    def find_in(self, reading: Reading) -> list[Hit[T]]:
        """As `find`, on a text that was read already."""
        words = [word.text for word in reading.words]
        hits: list[Hit[T]] = []
        at = 0
        while at < len(words):
            best = self._best_at(words, at)
            if best is None:
                at += 1
                continue
            after = at + len(best.pieces)
            hits.append(Hit(reading.words[at].start, reading.words[after - 1].end, best.key, at, after))
            at = after
        return hits

    def at_word(self, reading: Reading, at: int) -> Hit[T] | None:
        """The longest phrase that begins with the word of that index."""
        if not 0 <= at < len(reading.words):
            return None
        best = self._best_at([word.text for word in reading.words[at : at + 8]], 0)
        if best is None:
            return None
        after = at + len(best.pieces)
        return Hit(reading.words[at].start, reading.words[after - 1].end, best.key, at, after)

    def _best_at(self, words: Sequence[str], at: int) -> _Pattern[T] | None:
        word = words[at]
        best: _Pattern[T] | None = None
        rank = (0, 0)
        for size in (3, 2, 1):
            if size > len(word) and size > 1:
                continue
            for pattern in self._by_start.get(word[:size], ()):
                if size < 3 and len(pattern.pieces[0].rstrip("*")) != size:
                    continue
                own = (len(pattern.pieces), sum(map(len, pattern.pieces)))
                if own > rank and pattern.length_at(words, at):
                    best, rank = pattern, own
        if self._stems is not None and len(word) >= 5:
            for stem in self._stems.findall(word):
                for pattern in self._inner[stem]:
                    own = (len(pattern.pieces), sum(map(len, pattern.pieces)))
                    if own > rank and pattern.length_at(words, at):
                        best, rank = pattern, own
        return best


def entries_of(table: dict[str, Any]) -> list[tuple[str, str]]:
    """(pattern, key) pairs of `{key: {language: [patterns]}}` or `{key: [patterns]}`."""
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        groups = value.values() if isinstance(value, dict) else [value]
        pairs += [(str(pattern), key) for group in groups for pattern in group]
    return pairs
