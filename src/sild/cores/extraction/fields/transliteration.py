"""Ukrainian to Latin letters by KMU 55/2010 (data in lexicon/fields/transliteration.yaml), and a key that spellings share."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from sild.cores.extraction.fields.folding import fold
from sild.cores.extraction.fields.phrases import lexicon

_CYRILLIC_RUN = re.compile(r"[Ѐ-ӿ'’ʼ]+")
_VOWELS = str.maketrans("", "", "aeiouyj'")


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    data = lexicon("transliteration")
    return {**data["ru"]["letters"], **data["uk"]["letters"]}, data["uk"]["initial"], data["uk"]["pairs"]


@cache
def _plain() -> dict[int, str]:
    return str.maketrans(lexicon("transliteration")["plain"])


def kmu55(text: str) -> str:
    """The text with its Cyrillic letters in the official Latin form: "Вінниця" gives "Vinnytsia"; other letters stay."""
    return _CYRILLIC_RUN.sub(lambda match: _run(match.group()), text)


def _run(word: str) -> str:
    letters, initial, pairs = _tables()
    if not any("Ѐ" <= char <= "ӿ" for char in word):
        return word
    result: list[str] = []
    index, low = 0, fold(word)
    whole = len(word) > 1 and word.isupper()
    while index < len(word):
        two = low[index : index + 2]
        source, latin = (two, pairs[two]) if two in pairs else (low[index], "")
        if source != two or two not in pairs:
            table = initial if index == 0 and low[index] in initial else letters
            latin = table.get(low[index], low[index])
        if word[index].isupper():
            latin = latin.upper() if whole else latin[:1].upper() + latin[1:]
        result.append(latin)
        index += len(source)
    return "".join(result)


def plain_latin(text: str) -> str:
    """Lower-case letters without marks: "Żytomierz" gives "zytomierz"; Cyrillic is transliterated first."""
    folded = kmu55(fold(text)).translate(_plain())
    return "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """What all spellings of a word share: its consonants by sound, and whether it opens with a vowel ("Харків", "Kharkov": "hrkv")."""
    latin = unicodedata.normalize("NFC", kmu55(fold(word)).translate(_plain()))
    for spelling, sound in lexicon("transliteration")["sounds"]:
        latin = latin.replace(spelling, sound)
    latin = "".join(char for char in unicodedata.normalize("NFD", latin) if not unicodedata.combining(char))
    bare = latin.translate(_VOWELS)
    bare = re.sub(r"(.)\1+", r"\1", bare)
    return ("a" if latin[:1] in "aeiouyj" else "") + bare


def foreign_spellings(name: str) -> frozenset[str]:
    """How a Ukrainian name (or its opening letters) is written in Latin letters: by KMU 55 and in the customs of seven languages."""
    low = fold(name)
    customs: dict[str, dict[str, dict[str, str]]] = lexicon("transliteration")["foreign"]
    base = _tables()[0]
    found = {kmu55(low).lower()}
    for custom in customs.values():
        pairs, letters = custom["pairs"], {**base, **custom["letters"]}
        found.add(_spelled(low, pairs, letters))
    return frozenset(found)


def _spelled(low: str, pairs: dict[str, str], letters: dict[str, str]) -> str:
    result: list[str] = []
    index = 0
    while index < len(low):
        two = low[index : index + 2]
        step = 2 if two in pairs else 1
        result.append(pairs[two] if step == 2 else letters.get(low[index], low[index]))
        index += step
    return "".join(result)
