"""Known bodies by the shortened names that people bear in chats: "ХмОнко ІТ", "Кардіо Полтава", "Восьма КР", "СумОВА".

Every word of such a name must begin a word of the body's names, be its number or its town's first letters; one body alone may fit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from sild.cores.extraction.fields.body_elements import elements_of
from sild.cores.extraction.fields.known import Body
from sild.cores.extraction.fields.phrases import lexicon, words_of_all
from sild.cores.extraction.fields.transliteration import plain_latin

_PARTS = re.compile(r"[^\W\d_]?[^\W\d_A-ZА-ЯЄІЇҐ]+|[A-ZА-ЯЄІЇҐ]+(?![^\W\d_A-ZА-ЯЄІЇҐ])|\d+")
_INNER = re.compile(r"\(([^()]{3,40})\)")
_BEGINNING, _WITHIN, _TELLING = 2, 5, 3
_LONGEST = 60


def by_short_name(name: str, bodies: Iterable[Body], places: Collection[str]) -> Body | None:
    """The one recipient whose names begin with the words of the name; of several the one at a place of which the message speaks."""
    inner = _INNER.search(name)
    for text in (inner.group(1), name) if inner is not None else (name,):
        parts = _parts_of(text[:_LONGEST])
        fits = [body for body in bodies if body.kind == "recipient-body" and _fits(parts, _words_of(body))] if parts else []
        near = [body for body in fits if _places_of(body) & set(places)]
        chosen = near if len(near) == 1 else fits
        if len(chosen) == 1:
            return chosen[0]
    return None


def _parts_of(name: str) -> tuple[str, ...]:
    """The telling parts of a shortened name, in Latin letters; none where a place is all that it tells."""
    elements = elements_of(name)
    places = [(element.start, element.end) for element in elements if element.kind == "place"]
    parts, telling = [], False
    for match in _PARTS.finditer(name):
        shown = match.group()
        low = plain_latin(shown)
        if low in _roles() or (len(low) < _BEGINNING and not low.isdecimal()):
            continue
        number = _ordinals().get(shown.lower())
        parts.append(number or (low.upper() if shown.isupper() and len(shown) <= _TELLING else low))
        telling = telling or not any(start <= match.start() < end for start, end in places)
    return tuple(parts) if telling else ()


def _fits(parts: Sequence[str], words: tuple[frozenset[str], frozenset[str]]) -> bool:
    own, letters = words
    letters_told = sum(len(part) for part in parts)
    return letters_told >= _TELLING and all(_is_told(part, own, letters) for part in parts)


def _is_told(part: str, own: frozenset[str], letters: frozenset[str]) -> bool:
    if part.isdecimal():
        return part in own
    if part.isupper():
        return part in letters or part.lower() in own
    stem = re.sub(r"[aeiouy]+$", "", part) if len(part) > _WITHIN - 1 else part
    if len(stem) < _BEGINNING:
        return False
    return any(word.startswith(stem) or (len(stem) >= _WITHIN - 1 and stem in word) for word in own)


@lru_cache(maxsize=4096)
def _words_of(body: Body) -> tuple[frozenset[str], frozenset[str]]:
    """The words of all the body's names in Latin letters, and the first letters of each two or three that stand together."""
    own: set[str] = set()
    letters: set[str] = set()
    for name in (body.name, *body.aliases):
        words = [plain_latin(word) for word in re.findall(r"[^\W\d_]+|\d+", name)]
        own.update(words)
        letters.update(f"{a[0]}{b[0]}".upper() for a, b in pairwise(words))
        letters.update(word.upper() for word in words if len(word) <= _WITHIN)
    letters.update(words_of_all("body_cues", "regional_letters") if "administration" in own and "regional" in own else ())
    return frozenset(own), frozenset(letters)


@lru_cache(maxsize=4096)
def _places_of(body: Body) -> frozenset[str]:
    return frozenset(element.key for element in elements_of(body.name) if element.kind == "place")


@cache
def _roles() -> frozenset[str]:
    return frozenset(plain_latin(word) for word in lexicon("body_cues")["chat_roles"])


@cache
def _ordinals() -> dict[str, str]:
    return {word: number for number, words in lexicon("body_words")["ordinals"].items() for word in words}
