"""Names of bodies in the nominative, in Ukrainian, Polish and Estonian: "Бучанської міської ради" is "Бучанська міська рада"."""

from __future__ import annotations

import re
from functools import cache

from sild.cores.extraction.fields.phrases import alternatives, lexicon


def _ends(language: str, gender: str) -> tuple[str, str]:
    """The endings of an adjective beside such a noun, as alternatives of a pattern, and the one of the nominative."""
    told = lexicon("endings")["nominative"][language][gender]
    return alternatives(told["ends"]), str(told["to"])


@cache
def _ukrainian_ends(gender: str) -> tuple[re.Pattern[str], str]:
    ends, nominative = _ends("uk", gender)
    return re.compile(rf"(?:{ends})$"), nominative


@cache
def _polish_feminine() -> tuple[re.Pattern[str], str]:
    ends, nominative = _ends("pl", "feminine")
    return re.compile(rf"(?<=[^\W\d_]{{3}})(?:{ends})$"), nominative


@cache
def _polish_masculine() -> re.Pattern[str]:
    return re.compile(rf"(?<=[^\W\d_]{{2}})([^\W\d_])(?:{_ends('pl', 'masculine')[0]})$")


@cache
def _heads() -> dict[str, tuple[str, str]]:
    """A head word in any case: its nominative and gender."""
    table: dict[str, tuple[str, str]] = {}
    for gender, words in lexicon("body_cues")["nominatives"].items():
        for nominative, forms in words.items():
            table |= dict.fromkeys(forms, (nominative, gender))
    return table


@cache
def _polish() -> dict[str, tuple[str, str]]:
    return {
        form: (nominative, gender)
        for gender, words in lexicon("body_cues")["polish"].items()
        for nominative, forms in words.items()
        for form in forms
    }


@cache
def _nominatives() -> frozenset[str]:
    return frozenset(nominative for nominative, _ in _heads().values())


@cache
def _estonian_endings() -> re.Pattern[str]:
    return re.compile(str(lexicon("body_cues")["estonian_endings"]))


def in_the_nominative(name: str) -> str:
    """The name with its first head word and that word's adjectives in the nominative; other names come back as they are."""
    words = name.split(" ")
    bare = [word.strip('«»"') for word in words]
    low = [word.lower() for word in bare]
    at = next((index for index, word in enumerate(low) if word in _heads() or word in _nominatives()), None)
    if at is not None:
        return name if low[at] in _nominatives() else _ukrainian(words, at, _heads()[low[at]])
    at = next((index for index, word in enumerate(bare) if word in lexicon("body_cues")["feminine_abbreviations"]), None)
    if at is not None:
        return _ukrainian(words, at, (bare[at], "feminine"))
    at = next((index for index, word in enumerate(low) if word in _polish()), None)
    return _in_polish(words, at) if at is not None else _in_estonian(words)


def _ukrainian(words: list[str], at: int, head: tuple[str, str]) -> str:
    """The head and the adjectives before it."""
    nominative, gender = head
    ends, ending = _ukrainian_ends(gender)
    bare = words[at].strip('«»"')
    turned = [re.sub(ends, ending, word) if word[-1:].isalpha() else word for word in words[:at]]
    shown = nominative.capitalize() if bare[:1].isupper() and not bare.isupper() else nominative
    return " ".join([*turned, words[at].replace(bare, shown), *words[at + 1 :]])


def _in_polish(words: list[str], at: int) -> str:
    """The head and the adjectives behind it: "Szpitalowi Rejonowemu w Kowlu" is the "Szpital Rejonowy w Kowlu"."""
    ends, ending = _polish_feminine()
    nominative, gender = _polish()[words[at].strip('«»"').lower()]
    turned = [nominative.capitalize() if words[at][:1].isupper() else nominative]
    for place, word in enumerate(words[at + 1 :], at + 1):
        shown = ends.sub(ending, word) if gender == "feminine" else _polish_masculine().sub(_masculine, word)
        if shown == word:
            return " ".join([*words[:at], *turned, *words[place:]])
        turned.append(shown)
    return " ".join([*words[:at], *turned])


def _masculine(ending: re.Match[str]) -> str:
    return f"{ending.group(1)}i" if ending.group(1) in ("k", "g") else f"{ending.group(1)}y"


def _in_estonian(words: list[str]) -> str:
    """The last word without its case where that leaves a kind of body: "Umani linnahaiglale" is "Umani linnahaigla"."""
    last = words[-1]
    for head in lexicon("body_cues")["estonian_heads"]:
        at = last.lower().rfind(head)
        tail = last[at + len(head) :] if at >= 0 else ""
        if tail and _estonian_endings().fullmatch(tail) is not None:
            return " ".join([*words[:-1], last[: at + len(head)]])
    return " ".join(words)
