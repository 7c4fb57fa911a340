"""A name taken apart: its words with what they weigh, without the legal forms around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from sild.cores.screening.method.legal_forms import strip_forms
from sild.cores.screening.method.spelling import EMPTY, GENERIC, GIVEN_NAMES, PATRONYMIC, folded_words, keys, plain

MOST_WORDS = 24
"""Of a longer name the first words are compared: no name on a public list is longer."""
GENERIC_WEIGHT, EMPTY_WEIGHT, PATRONYMIC_WEIGHT, GIVEN_WEIGHT, INITIAL_WEIGHT = 0.25, 0.04, 0.35, 0.7, 0.35


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it was written (small letters), in plain Latin, and the keys that its other spellings share."""

    text: str
    plain: str
    keys: tuple[str, ...]

    @property
    def is_initial(self) -> bool:
        """Whether it is one letter, which stands for a word that begins with it."""
        return len(self.plain) == 1 and self.plain.isalpha()


@dataclass(frozen=True, slots=True)
class Name:
    """A name's words in order, and the classes of its legal forms."""

    text: str
    words: tuple[Word, ...]
    forms: frozenset[str]


@lru_cache(maxsize=1 << 18)
def _word(text: str) -> Word:
    return Word(text, plain(text), keys(text))


def take_apart(name: str, person: bool = False) -> Name:
    """A name as it is compared; without words where it has no letter and no digit. A person's name has no legal form: Doo is a name."""
    folded = folded_words(name)
    first, last, forms = (0, len(folded), frozenset[str]()) if person else strip_forms(tuple(map(_as_in_table, folded)))
    words = tuple(word for word in map(_word, folded[first:last]) if word.plain)
    return Name(name, words[:MOST_WORDS], forms)


def _as_in_table(word: str) -> str:
    """A word as the table of forms writes it: Latin without marks, Cyrillic as it is."""
    return plain(word) if not any("Ѐ" <= char <= "ӿ" for char in word) else word


Weigh = Callable[[str], float]
"""What a word (in plain Latin) weighs, between 0 and 1."""


def bounded(word: str, weight: float) -> float:
    """A weight by rarity, no higher than what the kind of the word allows."""
    if word in EMPTY:
        return EMPTY_WEIGHT
    if word in GENERIC:
        return min(weight, GENERIC_WEIGHT)
    if len(word) == 1 and word.isalpha():
        return INITIAL_WEIGHT
    if PATRONYMIC.match(word):
        return min(weight, PATRONYMIC_WEIGHT)
    return min(weight, GIVEN_WEIGHT) if keys(word)[0] in GIVEN_NAMES else weight
