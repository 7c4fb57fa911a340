"""Words for searching: every word of a text in the forms that a reader may type it in, across scripts, cases and endings.

English, Estonian and Polish words are cut to their stems by Snowball; Ukrainian ones by their endings, listed here. The same word
always gives the same forms, on writing and on searching; two words match when they share one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import snowballstemmer
from anyascii import anyascii

WORD = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
NOT_A_SIGN = re.compile(r"[^a-z0-9]")
STEMMED = ("english", "estonian", "polish")
LONGEST_WORD = 40
LONGEST_READ = 200
"""So much of a word is looked at: a line of a million letters is no word, and would be cut to its stem for seconds and remembered."""
MOST_WORDS = 200
"""Words of one record; what a longer text says beyond them is found in the message, not by this search."""
MOST_ASKED = 8
"""Words of one search; more would only make it slower."""
SHORTEST_STEM, LONG_STEM = 3, 5

# Endings of Ukrainian nouns, adjectives and verbs. Source: the declensions of the Ukrainian orthography of 2019.
UKRAINIAN = (
    "ами ями ові еві єві ого ому ими іми ої ою ею єю ам ям ах ях ів їв ей ій ий их іх им ім ом ем єм ої еї ія ії ію"
    " ти ли ла ло ть а я у ю о е є и і ї й ь"
)
ENDINGS = sorted(UKRAINIAN.split(), key=lambda ending: (-len(ending), ending))
"""The longest first."""


@cache
def _stemmers() -> tuple[snowballstemmer.stemmer, ...]:
    return tuple(snowballstemmer.stemmer(language) for language in STEMMED)


@lru_cache(maxsize=65536)
def forms_of(word: str) -> tuple[str, ...]:
    """The forms under which one word is kept and looked for: itself and its stems, in Latin letters and digits, sorted."""
    plain = word.casefold().strip("'’ʼ`")
    if CYRILLIC.search(plain):
        found = {plain, _ukrainian_stem(plain)}
    elif plain.isdigit():
        found = {plain}
    else:
        # cut twice: litsentsid and litsentsi lose different endings first and meet then
        once = {stemmer.stemWord(plain) for stemmer in _stemmers()}
        twice = {stemmer.stemWord(stem) for stem in once if len(stem) > LONG_STEM for stemmer in _stemmers()}
        found = {plain} | once | twice
    folded = {NOT_A_SIGN.sub("", anyascii(form).lower())[:LONGEST_WORD] for form in found}
    return tuple(sorted(form for form in folded if form))


def _ukrainian_stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            # a doubled consonant is heard before -я alone: навчання, навчань
            return re.sub(r"(.)\1$", r"\1", word[: -len(ending)])
    return word


def words_of(texts: Iterable[str], *, most: int = MOST_WORDS) -> list[str]:
    """The forms of all words of some texts, sorted, each once; of the first `most` different words."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for match in WORD.finditer(text):
            if len(found) >= most:
                break
            word = match.group()[:LONGEST_READ]
            found.setdefault(word, forms_of(word))
    return sorted({form for forms in found.values() for form in forms})


def asked_for(text: str) -> list[tuple[str, ...]]:
    """What a search asks for: of each word its forms, one of which must be there. Empty for a text without words."""
    asked = [forms_of(word) for word in dict.fromkeys(word[:LONGEST_READ] for word in WORD.findall(text))]
    return [forms for forms in asked if forms][:MOST_ASKED]
