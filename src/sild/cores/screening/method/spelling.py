"""How a word sounds whatever its script: Latin letters without marks, and keys that transliterations of one word share.

The desk's Cyrillic becomes Latin by KMU 55/2010 (Ukrainian) with the letters that other alphabets have besides; every other script by
anyascii. A word in which letters of two scripts are mixed is read in the script of most of them: a Latin "a" among Cyrillic letters is
seen by nobody. `keys` fold what the usual systems (KMU 55, GOST, BGN, ISO 9, and the customs of German, French, Polish, Estonian and
Swedish newspapers) write differently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from anyascii import anyascii

_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэъўјљњћђџѕќѓ"
_LATIN = (
    "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia"  # Ukrainian, KMU 55/2010
    " e y e - u j lj nj c dj dz dz k g"
)
_LETTERS = dict(zip(_CYRILLIC, _LATIN.split(" "), strict=True))
_LETTERS = {letter: "" if latin == "-" else latin for letter, latin in _LETTERS.items()}
_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LOOK_ALIKE = dict(zip("аеіорсухкмтнвгјѕԁһ", "aeiopcyxkmthbrjsdh", strict=True))
_TO_CYRILLIC = dict(zip("aeiopcyxkmthb", "аеіорсухкмтнв", strict=True))
_OTHER_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ı": "i",
        "ə": "a",
    }
)
_MARKED = str.maketrans({"č": "ch", "š": "sh", "ž": "zh", "ż": "zh", "ś": "s", "ć": "ch", "ş": "sh", "ç": "ch", "ğ": "g", "ř": "rzh"})
_APOSTROPHES = re.compile(r"['’ʼʹ`´‘ʾʿ′\u200b-\u200f\u00ad\ufeff]")
_WORDS = re.compile(r"[^\W_]+")
# longest first; capital letters are sounds of their own
_SOUNDS = (
    ("schtsch", "S"), ("shtsh", "S"), ("szcz", "S"), ("shch", "S"), ("chtch", "S"), ("stch", "S"), ("stsh", "S"),
    ("tsch", "C"), ("tch", "C"), ("tsh", "C"), ("cz", "C"),
    ("sch", "S"), ("sh", "S"), ("sz", "S"),
    ("dzh", "Z"), ("zgh", "Z"), ("zh", "Z"), ("rz", "Z"), ("dj", "Z"),
    ("kh", "h"), ("gh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "kv"), ("tz", "T"), ("ts", "T"),
)  # fmt: skip
_SINGLE = str.maketrans({"q": "k", "x": "X", "w": "v", "g": "h", "y": "i", "j": "i"})
_SLAVIC_CK = re.compile(r"ck(?=[iyj])")
_BEFORE_FRONT = re.compile(r"c(?=[eiyj])")


def folded_words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, in the script in which each is written, marks kept, look-alikes repaired."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", name).casefold().replace("&", " and "))
    return tuple(_one_script(word) for word in _WORDS.findall(text))


def _one_script(word: str) -> str:
    cyrillic = sum("Ѐ" <= char <= "ӿ" for char in word)
    latin = sum(char.isascii() and char.isalpha() for char in word)
    if not cyrillic or not latin:
        return word
    table = _TO_CYRILLIC if cyrillic > latin else _LOOK_ALIKE
    changed = "".join(table.get(char, char) for char in word)
    return changed if len({"Ѐ" <= char <= "ӿ" for char in changed if char.isalpha()}) == 1 else word


def _latin(word: str, marked: bool) -> str:
    if word.isascii():
        return word
    out: list[str] = []
    for place, char in enumerate(word):
        if char in _LETTERS:
            out.append(_INITIAL.get(char, _LETTERS[char]) if place == 0 else _LETTERS[char])
        else:
            out.append(char)
    text = "".join(out)
    if marked:
        text = text.translate(_MARKED)
    text = unicodedata.normalize("NFD", text.translate(_OTHER_LETTERS))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return text if text.isascii() else re.sub(r"[^a-z0-9]", "", anyascii(text).lower())


@lru_cache(maxsize=1 << 18)
def plain(word: str) -> str:
    """A folded word in Latin letters without marks: "żytomierz" gives "zytomierz", "вінниця" gives "vinnytsia"; "" where none is left."""
    return _latin(word, marked=False)


@lru_cache(maxsize=1 << 18)
def keys(word: str) -> tuple[str, ...]:
    """What spellings of one sound share; the first one is compared by edits. Several where letters may be either of two sounds."""
    latin = _latin(word, marked=True)
    if any(char.isdigit() for char in latin):
        return (latin,)
    found = [_key(latin)]
    if "ch" in latin:
        found.append(_key(latin.replace("ch", "h")))
    if "j" in latin:
        found.append(_key(latin.replace("j", "zh")))
    if "sch" in latin and "tsch" not in latin:
        found.append(_key(latin.replace("sch", "zh")))
    if "õ" in word:
        found.append(_key(_latin(word.replace("õ", "y"), marked=True)))
    return tuple(dict.fromkeys(found))


def _key(latin: str) -> str:
    latin = _SLAVIC_CK.sub("tsk", latin)
    for spelling, sound in _SOUNDS:
        if spelling in latin:
            latin = latin.replace(spelling, sound)
    latin = latin.replace("ch", "C")
    latin = _BEFORE_FRONT.sub("T", latin).replace("c", "k").replace("T", "c")
    latin = latin.translate(_SINGLE).replace("X", "ks")
    latin = re.sub(r"i+", "i", latin)
    latin = re.sub(r"(?:^ie|(?<=[^aeou])ie)", "e", latin)
    return re.sub(r"(.)\1+", r"\1", latin)


def _words_of(kind: str) -> Any:
    return yaml.safe_load((files("sild.cores.screening") / "words.yaml").read_text(encoding="utf-8"))[kind]


_GROUPS = [*_words_of("given"), *_words_of("trade")]
TONGUES: Mapping[str, int] = {keys(word)[0]: number for number, told in reversed(list(enumerate(_GROUPS))) for word in told.split()}
"""Given names and words of trade that are one in several languages or alphabets: the first key of each to the number of its group."""
INITIALS = tuple(frozenset(word[0] for word in told.split()) for told in _GROUPS)
"""The letters with which the words of each group begin."""
GIVEN_NAMES = frozenset(keys(word)[0] for told in _words_of("given") for word in told.split())
"""The first keys of given names: they say less of whose name it is than a family's name."""
GENERIC = frozenset(plain(word) for word in _words_of("generic").split())
"""Words that many names share."""
EMPTY = frozenset(plain(word) for word in _words_of("empty").split())
"""Words that say nothing of whose name it is."""
PATRONYMIC = re.compile(r".{3,}(?:[oeiy]v[iy]ch|ovych|[ioey]vna|ichna|owicz|ewicz)$")
"""How a father's name ends in plain Latin: many papers leave it out."""
