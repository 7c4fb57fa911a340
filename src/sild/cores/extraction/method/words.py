"""Texts as words with true offsets, and books of terms that are found in them in one pass.

Folding keeps the length of a text: case, apostrophes and look-alike letters by `fields.folding`, then the marks of Latin letters are taken
off, so that "Sülearvutid", "sulearvutid" and "przełącznik" written without its marks are found by one term.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from sild.cores.extraction.fields.folding import Word, fold
from sild.cores.extraction.fields.phrases import Hit

T = TypeVar("T")
_BARE = str.maketrans("łøđßæœı", "lodsaoi")
_WORD = re.compile(r"(?<![^\W_])(?:[cdjlmnst]|qu)'(?=[^\W\d_])|[^\W_]+(?:'[^\W_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_TERM_PIECE = re.compile(r"~|\*?[^\W_]+(?:'[^\W_]+)*\*?")
_FEWEST_STEM = 2


class _Bare(dict[int, int]):
    """Latin letters without their marks; Cyrillic letters stay (й is not и)."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        plain = unicodedata.normalize("NFD", char)
        base = plain[0] if len(plain) > 1 and "a" <= plain[0] <= "z" else char
        self[code] = result = ord(base)
        return result


_MARKS = _Bare(_BARE)


def bare(text: str) -> str:
    """The text folded, without the marks of Latin letters, exactly as long as the text."""
    return fold(text).translate(_MARKS)


@dataclass(frozen=True)
class Words:
    """A text with its words in order; `starts` for looking up by offset."""

    text: str
    folded: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    def index_at(self, offset: int) -> int:
        """The first word that starts at or after the offset."""
        return bisect_left(self.starts, offset)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that start inside start..end."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


@lru_cache(maxsize=2048)
def words_of(text: str) -> Words:
    """The text cut into words; elided articles (l', d', qu') are left out."""
    folded = bare(text)
    found = tuple(Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(folded) if not m.group().endswith("'"))
    return Words(text, folded, found, tuple(word.start for word in found))


@dataclass(frozen=True, slots=True)
class _Term(Generic[T]):
    pieces: tuple[str, ...]
    key: T
    weight: int
    capital: bool = False


class TermBook(Generic[T]):
    """Terms with what they stand for. Longest first at a word; terms of different keys may overlap only where `overlapping` is asked."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._keys: list[T] = []
        self._exact: dict[str, list[_Term[T]]] = defaultdict(list)
        self._stems: dict[str, list[_Term[T]]] = defaultdict(list)
        inner: dict[str, list[_Term[T]]] = defaultdict(list)
        for text, key in entries:
            term = _parse(text, key)
            if not self._keys or self._keys[-1] is not key:
                self._keys.append(key)
            head = term.pieces[0]
            if head.startswith("*"):
                inner[head].append(term)
            elif head.endswith("*"):
                self._stems[head[:-1]].append(term)
            else:
                self._exact[head].append(term)
        self._inner = dict(inner)
        self._longest = max(map(len, self._stems), default=0)
        stems = sorted({head.strip("*") for head in inner}, key=len, reverse=True)
        self._inner_stem = re.compile("|".join(map(re.escape, stems))) if stems else None
        self._inner_heads: dict[str, list[str]] = defaultdict(list)
        for head in inner:
            self._inner_heads[head.strip("*")].append(head)

    def meanings(self) -> Iterable[T]:
        """What the terms stand for, in the order of the lexicon; one may come more than once."""
        return tuple(self._keys)

    def find(self, words: Words, start: int = 0, end: int | None = None) -> list[Hit[T]]:
        """The terms inside start..end, leftmost and heaviest first, never overlapping."""
        first = words.index_at(start)
        after = len(words.words) if end is None else words.index_at(end)
        hits: list[Hit[T]] = []
        at = first
        while at < after:
            best = self._best_at(words, at, after)
            if best is None:
                at += 1
                continue
            hits.append(best)
            at = best.after
        return hits

    def _best_at(self, words: Words, at: int, limit: int) -> Hit[T] | None:
        word = words.words[at].text
        best: tuple[int, _Term[T], int] | None = None
        for term in self._candidates(word):
            after = _reach(term.pieces, words, at, limit)
            if after is not None and (best is None or term.weight > best[0]) and not (term.capital and _is_small(words, at)):
                best = (term.weight, term, after)
        if best is None:
            return None
        _, term, after = best
        return Hit(words.words[at].start, words.words[after - 1].end, term.key, at, after)

    def _candidates(self, word: str) -> Iterable[_Term[T]]:
        yield from self._exact.get(word, ())
        for size in range(_FEWEST_STEM, min(len(word), self._longest) + 1):
            found = self._stems.get(word[:size])
            if found:
                yield from found
        if self._inner_stem is not None:
            for match in self._inner_stem.finditer(word):
                for head in self._inner_heads[match.group()]:
                    if _fits(head, word):
                        yield from self._inner[head]


def _parse(text: str, key: T) -> _Term[T]:
    pieces = tuple(_elided(piece) for piece in _TERM_PIECE.findall(bare(text)))
    solid = [piece for piece in pieces if piece != "~"]
    if not solid or pieces[0] == "~" or pieces[-1] == "~":
        raise ValueError(f"the lexicon term {text!r} of {key!r} holds no word to look for, or begins or ends with a gap")
    # more words weigh more than more letters; a term with a gap weighs a little less than one without
    return _Term(pieces, key, sum(20 + len(piece.strip("*")) for piece in solid) - len(pieces) + len(solid), text.startswith("!"))


def _is_small(words: Words, at: int) -> bool:
    """Whether a short name ("NAS", "OT") stands in small letters where it may be a common word of another Latin language."""
    word = words.words[at]
    written = words.text[word.start : word.end]
    return not written.isupper() and not _CYRILLIC.search(words.text)


def _elided(piece: str) -> str:
    return re.sub(r"^(?:[cdjlmnst]|qu)'", "", piece)


def _fits(piece: str, word: str) -> bool:
    if piece.startswith("*"):
        return piece.strip("*") in word if piece.endswith("*") else word.endswith(piece[1:])
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece


def _reach(pieces: tuple[str, ...], words: Words, at: int, limit: int) -> int | None:
    """Index after the term's last word where it stands at `at`, else None."""
    here, gap = at, 0
    for piece in pieces:
        if piece == "~":
            gap = 2
            continue
        stop = min(here + gap, limit - 1)
        while here <= stop and not _fits(piece, words.words[here].text):
            here += 1
        if here > stop:
            return None
        here, gap = here + 1, 0
    return here
