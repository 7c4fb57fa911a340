"""The words of a text as elements of bodies' names: places, countries, concepts ("hospital"), numbers, proper words, fillers.

A name in any language becomes the same row of keys: "Харківська обласна військова адміністрація" and "Kharkiv RMA" are both
place Kharkiv, regional, military, administration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from sild.cores.extraction.fields.folding import Reading, Word, read
from sild.cores.extraction.fields.phrases import Hit, PhraseBook, any_of, lexicon, words_of_all
from sild.cores.extraction.fields.transliteration import foreign_spellings, kmu55, plain_latin, sound_key

# a town is a place that counts only where it opens with a capital
ElementKind = Literal["place", "town", "country", "concept", "number", "word", "legal", "filler"]
_SHORT_KEY = 4
_LONGEST_KEY = 60
_SHORTEST_COMPOUND, _SHORTEST_FRONT = 7, 3
_COMPOUND = re.compile(r"[a-zäöåõüßšžé]+")
_LONG_STEM = 5
_SPELT_OUT = 5
_NOT_SPELT_OUT = (" ", "'")


@dataclass(frozen=True, slots=True)
class Element:
    """A word or phrase with what it means in a name; `adjective` marks "польський" against "Польща"."""

    start: int
    end: int
    kind: ElementKind
    key: str
    text: str
    adjective: bool = False


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('endings', 'cases')})$")


@cache
def concept_english(concept: str) -> str:
    """The English word of a concept."""
    return str(lexicon("body_words")["concepts"][concept]["en"])


@cache
def concept_role(concept: str) -> str:
    """head, scope, quality or sector."""
    return str(lexicon("body_words")["concepts"][concept]["role"])


@cache
def country_codes() -> dict[str, str]:
    """Country name in English to ISO 3166 code."""
    return {name: entry["code"] for name, entry in lexicon("gazetteer")["countries"].items()}


@cache
def alpha3_codes() -> dict[str, str]:
    """Three-letter country code to the two-letter one."""
    return dict(lexicon("gazetteer")["alpha3"])


@cache
def _book() -> PhraseBook[tuple[ElementKind, tuple[str, ...], bool]]:
    words, places = lexicon("body_words"), lexicon("gazetteer")
    entries: list[tuple[str, tuple[ElementKind, tuple[str, ...], bool]]] = []
    for concept, entry in words["concepts"].items():
        entries += [(word, ("concept", (concept,), False)) for word in entry["words"]]
        spelt = {kmu55(word.lower()) for word in entry["words"] if _spells_out(word)}
        entries += [(word, ("concept", (concept,), False)) for word in sorted(spelt - set(entry["words"]))]
    for compound in words["compounds"]:
        entries += [(word, ("concept", tuple(compound["means"]), False)) for word in compound["words"]]
    written = {word for entry in places["places"].values() for word in entry["words"]}
    for place, entry in places["places"].items():
        entries += [(word, ("place", (place,), False)) for word in entry["words"]]
    for place, stems in lexicon("towns")["towns"].items():
        entries += [(word, ("town", (place,), False)) for word in stems if word not in written]
    for place, stems in {**lexicon("towns")["towns"], **_ukrainian_stems()}.items():
        entries += [(word, ("town", (place,), False)) for word in _latin(stems) if word not in written]
    for country, entry in places["countries"].items():
        entries += [(word, ("country", (country,), False)) for word in (*entry["nouns"], *entry.get("people", ()))]
        entries += [(word, ("country", (country,), True)) for word in entry["adjectives"]]
    entries += [(word, ("legal", ("",), False)) for word in words["legal"]]
    entries += [(word, ("filler", ("",), False)) for word in words["fillers"] if any(c.isalpha() for c in word)]
    return PhraseBook(entries)


def _spells_out(word: str) -> bool:
    """Whether a Ukrainian word is long enough to be known in Latin letters too ("oblasna likarnia"); shorter ones could be anything."""
    return (
        "а" <= word[0].lower() <= "ґ"
        and len(word.rstrip("*")) >= _SPELT_OUT
        and not any(sign in word for sign in (*_NOT_SPELT_OUT, *words_of_all("body_words", "not_spelt_out")))
    )


@cache
def _ukrainian_stems() -> dict[str, list[str]]:
    """Of the places that the gazetteer spells out those whose Ukrainian name is given by a stem long enough to be told from words."""
    places = lexicon("gazetteer")["places"]
    return {
        place: [word for word in entry["words"] if word.endswith("*") and len(word) > _LONG_STEM and word[0] >= "а"]
        for place, entry in places.items()
        if not {"capital_of", "abroad"} & set(entry)
    }


def _latin(stems: list[str]) -> frozenset[str]:
    """Latin spellings of the stems; shorter ones than _LONG_STEM could be any word's beginning and are left out."""
    return frozenset(
        f"{spelling}*"
        for stem in stems
        if stem.endswith("*") and " " not in stem
        for spelling in foreign_spellings(stem.rstrip("*"))
        if len(spelling) >= _LONG_STEM
    )


@cache
def _acronyms() -> dict[str, tuple[ElementKind, tuple[str, ...]]]:
    found: dict[str, tuple[ElementKind, tuple[str, ...]]] = {}
    for entry in lexicon("body_words")["acronyms"]:
        for word in entry["words"]:
            found[word] = ("country", (entry["country"],)) if "country" in entry else ("concept", tuple(entry["means"]))
    return found


@cache
def capital_countries() -> dict[str, str]:
    """Capital to country: an embassy is named by either."""
    return {name: entry["capital_of"] for name, entry in lexicon("gazetteer")["places"].items() if "capital_of" in entry}


def country_of_place(place: str) -> str | None:
    """Code of the country in which a place of the gazetteer lies: Ukraine's towns say nothing about it."""
    entry = lexicon("gazetteer")["places"].get(place)
    if entry is None or not {"capital_of", "abroad"} & set(entry):
        return country_codes().get("Ukraine")
    return str(entry["abroad"]) if "abroad" in entry else country_codes().get(entry["capital_of"])


@lru_cache(maxsize=256)
def elements_of(text: str) -> tuple[Element, ...]:
    """The text's elements in order; a number sign before digits is a filler."""
    reading = read(text)
    hits = {hit.first: hit for hit in _book().find_in(reading) if hit.key[0] != "town" or text[hit.start].isupper()}
    signs = set(lexicon("body_words")["number_signs"])
    found: list[Element] = []
    at = 0
    while at < len(reading.words):
        word = reading.words[at]
        following = reading.words[at + 1] if at + 1 < len(reading.words) else None
        if word.text.isdecimal():
            found.append(Element(word.start, word.end, "number", str(int(word.text)) if len(word.text) < 5 else word.text, word.text))
            at += 1
        elif word.text.endswith("'") or (word.text in signs and following is not None and following.text.isdecimal()):
            found.append(Element(word.start, word.end, "filler", "", word.text))
            at += 1
        elif (short := _acronyms().get(reading.text[word.start : word.end])) is not None:
            found += [Element(word.start, word.end, short[0], key, reading.text[word.start : word.end]) for key in short[1]]
            at += 1
        elif _split_suffix(word.text) is not None:
            found += _word_elements(reading, word)
            at += 1
        elif (parts := _split_compound(word.text)) is not None and (at not in hits or _says_less(hits[at], at, parts)):
            shown = reading.text[word.start : word.end]
            found += [Element(word.start, word.end, kind, key, shown) for kind, key in parts]
            at += 1
        elif (hit := hits.get(at)) is not None:
            kind, keys, adjective = hit.key
            kind = "place" if kind == "town" else kind
            shown = reading.text[hit.start : hit.end]
            found += [Element(hit.start, hit.end, kind, key, shown, adjective) for key in keys]
            at = hit.after
        else:
            found += _word_elements(reading, word)
            at += 1
    return tuple(_numbered(found))


def _numbered(found: list[Element]) -> list[Element]:
    """The elements with the ordinals of schools and hospitals as their numbers: "восьма лікарня", "Kryvyi Rih's 8th hospital"."""
    ends, result = lexicon("body_words")["ordinal_ends"], list[Element]()
    for index, element in enumerate(found):
        before = result[-1] if result else None
        if before is not None and before.kind == "number" and element.text.lower() in ends and element.start - before.end <= 1:
            behind = _bears_number(found, index)
            if behind and before.text.isdecimal():
                result[-1] = replace(before, end=element.end, text=f"{before.text}-{element.text}")
                continue
        number = _ordinals().get(element.text.lower().replace("’", "'")) if element.kind == "word" else None
        if number is not None and _bears_number(found, index):
            element = replace(element, kind="number", key=number)
        result.append(element)
    return result


def _bears_number(found: list[Element], index: int) -> bool:
    """Whether a kind of body that bears numbers stands at most two words behind ("8-ма міська лікарня")."""
    kinds = lexicon("body_words")["numbered_kinds"]
    for element in found[index + 1 : index + 5]:
        if element.kind == "concept" and element.key in kinds:
            return True
        if element.kind not in ("concept", "place", "filler"):
            return False
    return False


@cache
def _ordinals() -> dict[str, str]:
    return {word: number for number, words in lexicon("body_words")["ordinals"].items() for word in words}


def _word_elements(reading: Reading, word: Word) -> list[Element]:
    shown = reading.text[word.start : word.end]
    split = _split_suffix(word.text)
    if split is not None:
        stem, concepts, place = split
        first = Element(word.start, word.end, "place" if place else "word", place or word_key(stem), shown[: len(stem)])
        return [first, *(Element(word.start, word.end, "concept", concept, shown) for concept in concepts)]
    return [Element(word.start, word.end, "word", word_key(word.text), shown)]


@lru_cache(maxsize=16384)
def _split_suffix(word: str) -> tuple[str, tuple[str, ...], str | None] | None:
    """A word made of a place (or name) and a body: its stem, the body's concepts, and the place if the stem is one."""
    if len(word) < 8:
        return None
    for concept, endings in lexicon("body_words")["suffixes"].items():
        for ending in sorted(endings, key=len, reverse=True):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                stem = word[: -len(ending)]
                concepts = {"city-council": ("city", "council"), "regional-council": ("regional", "council")}.get(concept, (concept,))
                return stem, concepts, _place_of_stem(stem)
    return None


def _says_less(hit: Hit[tuple[ElementKind, tuple[str, ...], bool]], at: int, parts: tuple[tuple[ElementKind, str], ...]) -> bool:
    """Whether the lexicon knows of the word at `at` only one part ("*ministeerium" of "kultuuriministeerium")."""
    keys = hit.key[1]
    return (
        hit.after == at + 1
        and len(keys) == 1
        and (keys[0] in {key for _, key in parts} or keys[0] in lexicon("body_words")["compound_kinds"])
    )


@lru_cache(maxsize=16384)
def _split_compound(word: str) -> tuple[tuple[ElementKind, str], ...] | None:
    """A German, Swedish or Estonian compound of a kind of body and what it is for ("Katasterzentrum"); None for other words."""
    if len(word) < _SHORTEST_COMPOUND or not _COMPOUND.fullmatch(word):
        return None
    data = lexicon("body_words")
    for ending, head in _compound_heads():
        if not word.endswith(ending) or len(word) - len(ending) < _SHORTEST_FRONT:
            continue
        front = word[: -len(ending)]
        stems = [front, *(front[: -len(join)] for join in data["compound_joins"] if front.endswith(join))]
        for stem in stems:
            hits = _book().find(stem) if len(stem) >= _SHORTEST_FRONT else []
            if len(hits) != 1 or hits[0].end != len(stem):
                continue
            kind, keys, _ = hits[0].key
            keys = tuple(data["compound_kinds"].get(key, key) for key in keys)
            if kind == "concept" and all(concept_role(key) != "head" for key in keys):
                return (*((kind, key) for key in keys), ("concept", head))
            if kind == "place":
                return (kind, keys[0]), ("concept", head)
    return None


@cache
def _compound_heads() -> tuple[tuple[str, str], ...]:
    """What closes a compound, the longest first, with its concept."""
    heads = lexicon("body_words")["compound_heads"]
    return tuple(sorted(((ending, head) for head, endings in heads.items() for ending in endings), key=lambda pair: -len(pair[0])))


def _place_of_stem(stem: str) -> str | None:
    for name in (stem, stem + "а", stem + "я", stem.rstrip("оаеи")):
        hits = _book().find(name)
        if len(hits) == 1 and hits[0].key[0] in ("place", "town") and hits[0].end == len(name):
            return hits[0].key[1][0]
    return _places_by_sound().get(sound_key(stem)) if len(sound_key(stem)) >= 3 else None


@cache
def _places_by_sound() -> dict[str, str]:
    return {sound_key(name): name for name in (*lexicon("towns")["towns"], *lexicon("gazetteer")["places"])}


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """What the spellings and cases of a proper word share; short words keep all their letters."""
    if len(word) < 5:
        return plain_latin(word)
    word = word[:_LONGEST_KEY]
    stem = _endings().sub("", word)
    key = sound_key(stem if len(stem) >= 4 else word)
    return key if len(key) >= _SHORT_KEY else plain_latin(stem if len(stem) >= 4 else word)
