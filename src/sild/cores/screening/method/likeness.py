"""How like two words are, from 0 to 1, and why: the same, another script, another spelling of one sound, another language, few edits."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from sild.cores.screening.answer import PartKind
from sild.cores.screening.method.names import Word
from sild.cores.screening.method.spelling import INITIALS, TONGUES

SAME, OTHER_SPELLING, OTHER_LANGUAGE, INITIAL = 1.0, 0.95, 0.9, 0.6
EDIT_COST = 1.2
"""What one edit takes away, as a share of the longer word: in a word of eight letters 0.15."""
SHORTEST_EDITED = 4
"""Shorter words differ in meaning by one letter: they are never taken for each other by edits."""

TWICE_EDITED = 7
"""Words of so many letters may differ by two edits."""


def edits_allowed(letters: int) -> int:
    """How many edits two words of this length may differ by and still be near."""
    return 0 if letters < SHORTEST_EDITED else 1 if letters < TWICE_EDITED else 2 if letters < 12 else 3


@lru_cache(maxsize=1 << 16)
def likeness(one: Word, other: Word) -> tuple[float, PartKind] | None:
    """How like two words are; None where they are nothing to each other."""
    if one.plain == other.plain:
        return SAME, PartKind.SAME_WORD if one.text.isascii() == other.text.isascii() else PartKind.OTHER_SCRIPT
    if one.is_initial or other.is_initial:
        return (INITIAL, PartKind.INITIAL) if _beginnings(one) & _beginnings(other) else None
    if set(one.keys) & set(other.keys):
        kind = PartKind.OTHER_SPELLING if one.text.isascii() == other.text.isascii() else PartKind.OTHER_SCRIPT
        return OTHER_SPELLING, kind
    group = many_tongues(one)
    if group is not None and group == many_tongues(other):
        return OTHER_LANGUAGE, PartKind.OTHER_LANGUAGE
    return _by_edits(one, other)


def many_tongues(word: Word) -> int | None:
    """Which word of several languages (a given name, a word of trade) a word is; None for any other."""
    return TONGUES.get(word.keys[0])


def _beginnings(word: Word) -> frozenset[str]:
    """The letters with which a word begins, also as it is called in other languages: O. may be Alexander."""
    group = many_tongues(word)
    return frozenset((word.plain[:1], word.keys[0][:1])) | (INITIALS[group] if group is not None else frozenset())


def _by_edits(one: Word, other: Word) -> tuple[float, PartKind] | None:
    if any(char.isdigit() for char in one.plain + other.plain):
        return None
    best = 0.0
    for left, right in ((one.plain, other.plain), *product(one.keys, other.keys)):
        longer = max(len(left), len(right))
        allowed = edits_allowed(min(len(left), len(right)))
        if not allowed:
            continue
        distance = OSA.distance(left, right, score_cutoff=allowed)
        if distance <= allowed:
            # by the keys alone the words already differ as written: a little less
            best = max(best, (1.0 if (left, right) == (one.plain, other.plain) else OTHER_SPELLING) - EDIT_COST * distance / longer)
    return (best, PartKind.NEAR_SPELLING) if best > 0.5 else None
