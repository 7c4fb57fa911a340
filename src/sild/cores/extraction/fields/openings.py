"""Words whose capital is only that of a sentence's beginning: asks, offers, courtesies, function words and things in every language.

Such a word is no part of the name of a body that stands right behind it ("Palume haiglale 12 serverit", "- Oferujemy szpitalowi ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from sild.cores.extraction.fields.folding import bare
from sild.cores.extraction.fields.lexicon_files import strings
from sild.cores.extraction.fields.phrases import lexicon

_TERM = re.compile(r"\*?[^\W\d_]+(?:'[^\W\d_]+)*\*?")
_SHORTEST_STEM = 5
_FARTHEST_BACK = 120  # characters
_MOST_OPENINGS = 4  # words of opening before a name
_WORD_BEHIND = re.compile(r"\W*([^\W\d_]+)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \xa0]+\Z")
_Terms = tuple[frozenset[str], frozenset[str], re.Pattern[str] | None]  # whole words, stems, beginnings and middles left open
_ITEM_FILES = ("items_protection", "items_hardware", "items_services")
_FIXED = frozenset(("item", "category", "role", "unit", "once", "source", "products"))


def is_opening(text: str, start: int, end: int) -> bool:
    """Whether the word start..end opens a sentence, a point, a subject or what stands behind a colon or comma, by its capital alone.

    The word must be one that a lexicon knows, or end like a verb where a word written small follows it.
    """
    word, behind = text[start:end], _WORD_BEHIND.match(text, end)
    shown = behind.group(1) if behind is not None else ""
    small_behind = shown[:1].islower() or _is_among(bare(shown), _capital_kinds())
    folded = bare(word)
    is_verb = _verb_endings().search(word.lower()) is not None
    if not (_is_known(folded) or (small_behind and is_verb)):
        return False
    if not small_behind and (folded in _also_names() or not (is_verb or folded in _words()[0])):
        return False  # "Hope Hospital", "Providence Hospital": the second capital shows a name
    return _opens(text, start)


def is_thing(word: str) -> bool:
    """Whether the word is one for a device or another product ("Server", "laptopid"): no body is called by it alone."""
    return _is_among(bare(word), _things())


def _opens(text: str, start: int) -> bool:
    """Whether nothing but a mark of beginning and other opening words stands before."""
    before = text[max(0, start - _FARTHEST_BACK) : start]
    for _ in range(_MOST_OPENINGS):
        match = _WORD_BEFORE.search(before)
        if match is None:
            break
        if not _is_known(bare(match.group(1))):
            return False
        before = before[: match.start()]
    before = before.rstrip(" \xa0\t*_>#\"'«„“”([-–—•·")
    return not before or not (before[-1].isalnum())


@lru_cache(maxsize=16384)
def _is_known(folded: str) -> bool:
    return _is_among(folded, _words()) or _is_among(folded, _things())


def _is_among(folded: str, words: _Terms) -> bool:
    exact, stems, inner = words
    if folded in exact or any(folded[:size] in stems for size in range(_SHORTEST_STEM, len(folded) + 1)):
        return True
    return inner is not None and inner.search(folded) is not None


@cache
def _words() -> _Terms:
    """All single words of the lists that openings.yaml names, as whole words and as stems."""
    data = lexicon("openings")
    texts = list(_texts_of(data["words"]))
    for name, keys in data["borrows"].items():
        texts += [text for key in keys for text in _texts_of(strings(name)[key])]
    return _exact_and_stems(texts)


@cache
def _capital_kinds() -> _Terms:
    return _exact_and_stems(lexicon("openings")["capital_kinds"])


@cache
def _things() -> _Terms:
    """The terms of one word for things of the roles that openings.yaml names."""
    roles = lexicon("openings")["things"]
    entries = [entry for name in _ITEM_FILES for entry in strings(name) if entry["role"] in roles]
    terms = [term for entry in entries for key, text in entry.items() if key not in _FIXED for term in text.split(",")]
    return _exact_and_stems(term for term in terms if len(term.split()) == 1)


def _exact_and_stems(texts: Any) -> _Terms:
    terms = [term for text in texts for term in _TERM.findall(bare(text))]
    exact = {term for term in terms if "*" not in term}
    stems = {term.rstrip("*") for term in terms if term.endswith("*") and not term.startswith("*") and len(term) > _SHORTEST_STEM}
    inner = {re.escape(term.strip("*")) + ("" if term.endswith("*") else r"\Z") for term in terms if term.startswith("*")}
    return frozenset(exact), frozenset(stems), re.compile("|".join(sorted(inner))) if inner else None


def _texts_of(value: Any) -> Iterator[str]:
    """Every text of a list or table, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts_of(inner)
    else:
        for inner in value:
            yield from _texts_of(inner)


@cache
def _also_names() -> frozenset[str]:
    return frozenset(lexicon("openings")["also_names"])


@cache
def _verb_endings() -> re.Pattern[str]:
    return re.compile(str(lexicon("openings")["verb_endings"]))
