"""What mail and chat programs write in the languages of the desk: word lists in words/*.yaml, which a translator reads and extends.

Each file is a list of entries, one a language, with `language`, `source` (where the wording is from) and lists of phrases. Phrases are
compared folded (small letters, no accents), so that a missing accent or a capital makes no difference.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("uk", "en", "et", "pl", "de", "fr", "sv")
_QUOTES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " "})


class BadWordList(ValueError):
    """A word list is not as it must be: the message names the file, the entry and what is wrong."""


def folded(text: str) -> str:
    """The text in small letters, without accents, with straight quotes and plain spaces. Its length may differ from the original's."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


@cache
def phrases(name: str, key: str) -> tuple[str, ...]:
    """All phrases under `key` in words/NAME.yaml, of every language, folded, longest first. Raises BadWordList."""
    found = {folded(phrase) for entry in entries(name) for phrase in entry.get(key, ())}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def phrase(name: str, key: str) -> re.Pattern[str]:
    """A pattern of all phrases under `key`, for folded text: the longest that fits is found."""
    return re.compile("|".join(map(re.escape, phrases(name, key))))


@cache
def entries(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of words/NAME.yaml, one a language. Raises BadWordList on a list that is not as it must be."""
    source = files("sild.formats") / "words" / f"{name}.yaml"
    entries = yaml.load(source.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  a safe loader either way
    if not isinstance(entries, list):
        raise BadWordList(f"words/{name}.yaml: a list of languages was expected")
    for entry in entries:
        if not isinstance(entry, dict) or not entry.get("language") or not entry.get("source"):
            raise BadWordList(f"words/{name}.yaml: every entry needs a language and a source")
        for key, value in entry.items():
            if key not in ("language", "source") and not (isinstance(value, list) and all(isinstance(one, str) and one for one in value)):
                raise BadWordList(f"words/{name}.yaml: {entry['language']}: {key}: a list of phrases was expected")
    return tuple(entries)
