"""Words made comparable across scripts: Cyrillic to Latin, no case, no accents. The same text always folds the same way."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

WORD = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*")
ELIDED = re.compile(r"^(?:[dlnsjc]|qu)['’ʼ`](?=\w)", re.IGNORECASE)  # French: l'audit, d'ordinateurs
NOT_A_LETTER = re.compile(r"[^a-z0-9]")
# sounds that languages write differently: Kharkiv, Charków, Harkivi; Kremenchuk, Krementschuk, Krzemieńczuk
GUTTURAL = re.compile(r"shch|tsch|sch(?=[tw])|tch|ch|kh|ts|cz|[kghcx]")
HISSING = re.compile(r"sh|sz|zh|[sz]")
SOUND = 4
# not the number of a model: X10
NUMBER = re.compile(r"(?<![^\W_])(?:\d+(?:[   ]\d{3})+(?!\d)|\d+(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)")
# bounded, so that a letter of nothing but signs costs no square of its length
CITED = re.compile(r"(?<![\w/])(?=\S{0,60}\d)[\w.]{1,60}+(?:[/\-–][\w.]{1,60}+)+")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One word in Latin letters and digits: "Слобожанське" and "Slobozhanske" fold equal."""
    return NOT_A_LETTER.sub("", anyascii(word).lower())


def words(text: str) -> list[str]:
    """The folded words of a text, in order; hyphens part words, apostrophes do not."""
    folded = (fold(ELIDED.sub("", word)) for word in WORD.findall(text))
    return [word for word in folded if word]


def numbers(text: str) -> frozenset[float]:
    """The numbers that a text writes in digits; spaces, points and commas between groups of three are grouping."""
    found: set[float] = set()
    for written in NUMBER.findall(text):
        plain = re.sub(r"[   ]", "", written)
        if re.fullmatch(r"\d+(?:[.,]\d{3})+", plain):
            plain = re.sub(r"[.,]", "", plain)
        if len(plain) <= 15:
            found.add(float(plain.replace(",", ".")))
    return frozenset(found)


def reference_key(reference: str) -> str:
    """A letter's number without spaces, signs and scripts; empty where it is no more than two or three bare digits, or holds none."""
    key = fold(reference.replace("№", ""))
    telling = len(key) >= 4 or (len(key) >= 2 and not key.isdigit())
    return key if telling and any(sign.isdigit() for sign in key) else ""


def references(text: str) -> frozenset[str]:
    """The keys of all that looks like a letter's number in a text ("02-17/559", "WW/25-03")."""
    return frozenset(key for key in letters(text) if len(key) >= 5)


def letters(text: str) -> frozenset[str]:
    """The same, the shortest too ("N-20"), for where nothing but letters has such a number."""
    return frozenset(map(reference_key, CITED.findall(text))) - {""}


def without_references(text: str) -> str:
    """The text less what looks like a letter's number: "7/112" is no call for an ambulance."""
    return CITED.sub(" ", text)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The consonants of a folded name as seven languages roughly agree on them; empty where fewer than three are left."""
    bare = re.sub("rz", "r", word).replace("w", "v").replace("ck", "k")
    bare = HISSING.sub("S", GUTTURAL.sub("X", bare))
    bare = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyj]", "", bare))
    return bare[:SOUND] if len(bare) >= 3 else ""
