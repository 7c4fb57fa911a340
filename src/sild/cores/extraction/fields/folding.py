"""One reading of a text that all field readers share: folded letter by letter (offsets stay true) and cut into words.

Folding lowers case, makes all apostrophes, quotes, dashes and blanks one of a kind, and mends words written in two alphabets.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from sild.cores.extraction.fields.lexicon_files import strings

_SAME = {
    "'": "’ʼʹ′`´‘‛ʻ＇",
    '"': "«»„“”‟‹›″",
    "-": "‐‑‒–—―−﹣－",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\u2060\ufeff",
}


class _Folding(dict[int, int]):
    """Code point to code point, filled as letters are met; a letter whose lower case is longer than itself stays."""

    def __missing__(self, code: int) -> int:
        low = chr(code).lower()
        self[code] = result = ord(low) if len(low) == 1 else code
        return result


_FOLD = _Folding({ord(char): ord(target) for target, chars in _SAME.items() for char in chars})
_LATIN, _CYRILLIC = "aceikmoptxyjh", "асеікмортхујн"  # look-alikes, letter under letter
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TWO_ALPHABETS = re.compile(r"[a-z][а-яёєіїґ]|[а-яёєіїґ][a-z]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_OF_ONE = str.maketrans("łøđßæœı", "lodsaoi")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a run of digits; `text` is folded."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Reading:
    """A text, its folded form of the same length, and its words in order; `starts` for looking up by offset."""

    text: str
    folded: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    def word_at(self, offset: int) -> int:
        """Index of the first word that starts at or after the offset (len(words) where there is none)."""
        return bisect_left(self.starts, offset)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that start inside start..end."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _mend(match: re.Match[str]) -> str:
    word = match.group()
    if _TWO_ALPHABETS.search(word) is None:
        return word
    latin = sum("a" <= char <= "z" for char in word)
    return word.translate(_TO_LATIN if latin * 2 > len(word) else _TO_CYRILLIC)


def fold(text: str) -> str:
    """The text with case, apostrophes, quotes, dashes and blanks made one of a kind; exactly as long as the text."""
    folded = text.translate(_FOLD)
    return _LETTERS.sub(_mend, folded) if _TWO_ALPHABETS.search(folded) else folded


class _Bare(dict[int, int]):
    """Latin letters without their marks; Cyrillic letters stay (й is not и)."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        plain = unicodedata.normalize("NFD", char)
        base = plain[0] if len(plain) > 1 and "a" <= plain[0] <= "z" else char
        self[code] = result = ord(base)
        return result


_MARKS = _Bare(_LETTERS_OF_ONE)


def bare(text: str) -> str:
    """The text folded, without the marks of Latin letters, exactly as long as the text."""
    return fold(text).translate(_MARKS)


@cache
def elided() -> str:
    """A pattern of the words that lose their vowel before another ("d'", "qu'"), of every language that has some."""
    forms = {form for language in strings("languages")["languages"].values() for form in language.get("elided", ())}
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


@cache
def _cuts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a text is cut: letters apart from digits ("80" "гб"), and names in one ("fido2")."""
    short = rf"(?<![^\W_])(?:{elided()})'(?=[^\W\d_])"
    return (
        re.compile(rf"'s\b|{short}|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*|\d+"),
        re.compile(rf"{short}|[^\W_]+(?:'[^\W_]+)*"),
    )


@lru_cache(maxsize=2048)
def read(text: str) -> Reading:
    """Fold the text and cut it into words and numbers, for amounts, days and sums."""
    folded = fold(text)
    words = tuple(Word(m.start(), m.end(), m.group()) for m in _cuts()[0].finditer(folded) if not m.group().startswith("'"))
    return Reading(text, folded, words, tuple(word.start for word in words))


@lru_cache(maxsize=2048)
def words_of(text: str) -> Reading:
    """The text without marks and cut into words and names, for things and cues; elided articles are left out."""
    folded = bare(text)
    words = tuple(Word(m.start(), m.end(), m.group()) for m in _cuts()[1].finditer(folded) if not m.group().endswith("'"))
    return Reading(text, folded, words, tuple(word.start for word in words))
