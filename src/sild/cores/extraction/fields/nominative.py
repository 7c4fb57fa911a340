"""Names of Ukrainian bodies put into the nominative: "Бучанської міської ради" is shown as "Бучанська міська рада"."""

from __future__ import annotations

import re
from functools import cache

from sild.cores.extraction.fields.phrases import lexicon

_FEMININE = re.compile(r"(?:ої|ій|у|ою)$|(?:єї|ю)$")
_MASCULINE = re.compile(r"(?:ого|ому|им|ім)$")
_NEUTER = re.compile(r"(?:ого|ому|им|ім)$")
_ENDS = {"feminine": (_FEMININE, "а"), "masculine": (_MASCULINE, "ий"), "neuter": (_NEUTER, "е")}


@cache
def _heads() -> dict[str, tuple[str, str]]:
    """A head word in any case: its nominative and gender."""
    table: dict[str, tuple[str, str]] = {}
    for gender, words in lexicon("body_cues")["nominatives"].items():
        for nominative, forms in words.items():
            table |= dict.fromkeys(forms, (nominative, gender))
    return table


def in_the_nominative(name: str) -> str:
    """The name with its first head word and the adjectives before it in the nominative; other names come back as they are."""
    words = name.split(" ")
    at = next((index for index, word in enumerate(words) if word.strip('«»"').lower() in _heads()), None)
    if at is None:
        return name
    head, gender = _heads()[words[at].strip('«»"').lower()]
    ends, ending = _ENDS[gender]
    turned = [re.sub(ends, ending, word) if word[-1:].isalpha() else word for word in words[:at]]
    shown = head.capitalize() if words[at].strip('«»"')[:1].isupper() else head
    return " ".join([*turned, words[at].replace(words[at].strip('«»"'), shown), *words[at + 1 :]])
