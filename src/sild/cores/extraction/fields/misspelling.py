"""Long words with one slip of the pen: a letter left out, doubled, exchanged with its neighbour, or, in the longest words, another letter.

The first letter and the last of the stem are taken to be right, so that endings and other words of one root stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

SHORTEST = 7  # letters of a stem; in shorter words one letter makes another word
_SHORTEST_REPLACED = 9  # letters of a stem in which one letter may stand for another
_LONGEST_WORD = 40
_LONGEST_ENDING = 4


class Misspellings:
    """Finds the stems that a word may be meant to begin with; `except_for` are words that look like slips and are none."""

    def __init__(self, stems: Iterable[str], except_for: Iterable[str]) -> None:
        self._stems = {stem for stem in stems if len(stem) >= SHORTEST and stem.isalpha()}
        self._except = tuple(except_for)
        self._shortened: dict[str, list[str]] = defaultdict(list)
        for stem in sorted(self._stems):
            for short in set(_without_one(stem)):
                self._shortened[short].append(stem)

    def stems_of(self, word: str) -> list[str]:
        """The stems, longest first; none where the word is short, strange, or known to be another word."""
        if not SHORTEST - 1 <= len(word) <= _LONGEST_WORD or not word.isalpha() or word.startswith(self._except):
            return []
        found: set[str] = set()
        for size in range(SHORTEST - 1, len(word) + 1):
            begin, rest = word[:size], len(word) - size
            if rest > _LONGEST_ENDING:
                continue
            found.update(self._shortened.get(begin, ()))
            for short in _without_one(begin):
                if short in self._stems:
                    found.add(short)
                found.update(stem for stem in self._shortened.get(short, ()) if _exchanged(stem, begin))
        return sorted((stem for stem in found if stem[0] == word[0]), key=lambda stem: (-len(stem), stem))


def _without_one(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))


def _exchanged(stem: str, begin: str) -> bool:
    """Whether two neighbours changed places, or, in a long word, one letter is another."""
    if len(stem) != len(begin):
        return False
    other = [at for at in range(len(stem)) if stem[at] != begin[at]]
    if len(other) == 1:
        return len(stem) >= _SHORTEST_REPLACED
    return len(other) == 2 and other[1] == other[0] + 1 and stem[other[0]] == begin[other[1]] and stem[other[1]] == begin[other[0]]
