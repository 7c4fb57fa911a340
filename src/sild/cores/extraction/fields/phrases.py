"""Phrase books: many short patterns of words found in a text at once, leftmost and heaviest first.

A pattern is words between blanks. "ноутбук*" stands for every ending, "*generaator*" for compounds too, "a ~ b" for at most two words
between, "!nas" for a word in capitals. Patterns are folded like the texts they are sought in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

from sild.cores.extraction.fields.folding import Reading, bare, elided, fold, read, words_of
from sild.cores.extraction.fields.lexicon_files import strings
from sild.cores.extraction.fields.misspelling import Misspellings

T = TypeVar("T")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_GAP = "~"
_FARTHEST = 2  # words that a gap may hold
_WORD_WEIGHS = 20  # more words weigh more than more letters
_LONGEST_PHRASE = 12


def lexicon(name: str) -> Any:
    """The file `lexicon/fields/NAME.yaml` with every scalar as the string written there."""
    return strings(f"fields/{name}")


@cache
def words_of_all(name: str, key: str) -> tuple[str, ...]:
    """The words of a list of `lexicon/fields/NAME.yaml` that is kept by language, of all languages."""
    return tuple(dict.fromkeys(str(word) for words in lexicon(name)[key].values() for word in words))


@cache
def any_of(name: str, key: str) -> str:
    """The words of such a list as alternatives of a pattern, the longest first."""
    return alternatives(words_of_all(name, key))


def alternatives(words: Iterable[str]) -> str:
    """Words as alternatives of a pattern, the longest first; "*" at the end stands for every ending."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(rf"{re.escape(word[:-1])}\w*" if word.endswith("*") else re.escape(word) for word in longest)


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
    weight: int
    capital: bool


class PhraseBook(Generic[T]):
    """Patterns with keys, indexed by how their first words begin, so that a text is read in one pass.

    `names`: the book is for readings by `words_of`, else for readings by `read`. `not_misspelt`: where given, long words with one slip
    are found too, but for words that begin like one of these.
    """

    def __init__(self, entries: Iterable[tuple[str, T]], *, names: bool = False, not_misspelt: Iterable[str] | None = None) -> None:
        self._names = names
        self._keys: list[T] = []
        self._exact: dict[str, list[_Pattern[T]]] = defaultdict(list)
        self._stems: dict[str, list[_Pattern[T]]] = defaultdict(list)
        self._inner: dict[str, list[_Pattern[T]]] = defaultdict(list)
        for text, key in entries:
            pattern = _parse(text, key, names)
            if not self._keys or self._keys[-1] is not key:
                self._keys.append(key)
            head = pattern.pieces[0]
            if head.startswith("*"):
                self._inner[head].append(pattern)
            elif head.endswith("*"):
                self._stems[head[:-1]].append(pattern)
            else:
                self._exact[head].append(pattern)
        sizes = sorted({len(stem) for stem in self._stems})
        self._sizes = tuple(sizes)
        self._heads: dict[str, list[str]] = defaultdict(list)
        for head in self._inner:
            self._heads[head.strip("*")].append(head)
        inner = sorted(self._heads, key=len, reverse=True)
        self._inner_stem = re.compile("|".join(map(re.escape, inner))) if inner else None
        slips = not_misspelt is not None
        self._misspellings = Misspellings([*self._stems, *self._exact, *self._heads], not_misspelt or ()) if slips else None
        self._candidates = lru_cache(maxsize=4096)(self._beginning)

    def meanings(self) -> Iterable[T]:
        """What the patterns stand for, in the order of the lexicon; one may come more than once."""
        return tuple(self._keys)

    def find(self, text: str) -> list[Hit[T]]:
        """All phrases of the text, leftmost and heaviest first, never overlapping."""
        return self.find_in(words_of(text) if self._names else read(text))

    def find_in(self, reading: Reading, start: int = 0, end: int | None = None) -> list[Hit[T]]:
        """As `find`, inside start..end of a text that was read already."""
        at = reading.word_at(start)
        after = len(reading.words) if end is None else reading.word_at(end)
        hits: list[Hit[T]] = []
        while at < after:
            best = self._best_at(reading, at, after)
            if best is None:
                at += 1
                continue
            hits.append(best)
            at = best.after
        return hits

    def at_word(self, reading: Reading, at: int) -> Hit[T] | None:
        """The heaviest phrase that begins with the word of that index."""
        if not 0 <= at < len(reading.words):
            return None
        return self._best_at(reading, at, min(len(reading.words), at + _LONGEST_PHRASE))

    def _best_at(self, reading: Reading, at: int, limit: int) -> Hit[T] | None:
        best: tuple[_Pattern[T], int] | None = None
        for pattern in self._candidates(reading.words[at].text):
            if best is not None and pattern.weight <= best[0].weight:
                break  # the heaviest come first
            after = _reach(pattern.pieces, reading, at, limit)
            if after is not None and not (pattern.capital and _is_small(reading, at)):
                best = (pattern, after)
        if best is None:
            return None
        pattern, after = best
        return Hit(reading.words[at].start, reading.words[after - 1].end, pattern.key, at, after)

    def _beginning(self, word: str) -> tuple[_Pattern[T], ...]:
        """The patterns whose first word this may be, heaviest first; of equals the one that the lexicon names first."""
        found = list(self._exact.get(word, ()))
        for size in self._sizes:
            if size > len(word):
                break
            found += self._stems.get(word[:size], ())
        if self._inner_stem is not None:
            for match in self._inner_stem.finditer(word):
                found += [p for head in self._heads[match.group()] if _fits(head, word) for p in self._inner[head]]
        if not found and self._misspellings is not None:
            for stem in self._misspellings.stems_of(word)[:1]:
                meant = [*self._stems.get(stem, ()), *self._exact.get(stem, ()), *self._inner.get(f"*{stem}*", ())]
                found += [replace(pattern, pieces=(word,)) for pattern in meant if len(pattern.pieces) == 1]
        return tuple(sorted(found, key=lambda pattern: -pattern.weight))


def _parse(text: str, key: T, names: bool) -> _Pattern[T]:
    letters = r"[^\W_]" if names else r"[^\W\d_]"
    pattern = rf"~|\*?(?:{elided()})'(?=[^\W\d_])|\*?{letters}+(?:'{letters}+)*\*?" + ("" if names else r"|\d+")
    pieces = tuple(match.group() for match in re.finditer(pattern, bare(text) if names else fold(text)))
    if names:
        pieces = tuple(piece for piece in pieces if not piece.endswith("'"))
    solid = [piece for piece in pieces if piece != _GAP]
    if not solid or pieces[0] == _GAP or pieces[-1] == _GAP:
        raise ValueError(
            f"the lexicon term {text!r} ({key!r}) holds no word to look for, or begins or ends with a gap: "
            "write at least one letter or digit, and gaps only between words"
        )
    weight = sum(_WORD_WEIGHS + len(piece.strip("*")) for piece in solid) - (len(pieces) - len(solid))
    return _Pattern(pieces, key, weight, text.startswith("!"))


def _is_small(reading: Reading, at: int) -> bool:
    """Whether a short name ("NAS", "OT") stands in small letters where it may be a common word of another Latin language."""
    word = reading.words[at]
    return not reading.text[word.start : word.end].isupper() and not _CYRILLIC.search(reading.text)


def _fits(piece: str, word: str) -> bool:
    if piece.startswith("*"):
        return piece.strip("*") in word if piece.endswith("*") else word.endswith(piece[1:])
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece


def _reach(pieces: tuple[str, ...], reading: Reading, at: int, limit: int) -> int | None:
    """Index after the pattern's last word where it stands at `at`, else None. Its first word fits: that made it a candidate."""
    here, gap = at + 1, 0
    if here > limit:
        return None
    for piece in pieces[1:]:
        if piece == _GAP:
            gap = _FARTHEST
            continue
        stop = here + gap if here + gap < limit else limit - 1
        while here <= stop and not _fits(piece, reading.words[here].text):
            here += 1
        if here > stop:
            return None
        here, gap = here + 1, 0
    return here
