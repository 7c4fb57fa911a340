"""Public bodies known by an abbreviation or short name, from lexicon/fields/well_known.yaml, for what a list of parties lacks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sild.cores.extraction.fields.folding import fold, read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.fields.pieces import piecewise
from sild.cores.extraction.fields.transliteration import kmu55

_KINDS = {"UA": "recipient-body", "MD": "recipient-body", "INT": "international"}


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    country: str


@cache
def _books() -> tuple[dict[str, _Known], PhraseBook[_Known]]:
    acronyms: dict[str, _Known] = {}
    phrases: list[tuple[str, _Known]] = []
    for name, entry in lexicon("well_known")["bodies"].items():
        known = _Known(name, entry["country"])
        for alias in entry["names"]:
            if " " not in alias and sum(char.isupper() for char in alias) >= 2:
                acronyms[alias] = known
                acronyms.setdefault(kmu55(alias).upper(), known)
            else:
                phrases.append((fold(alias), known))
    return acronyms, PhraseBook(phrases)


@piecewise
def find_well_known(text: str) -> list[BodyFound]:
    """Well-known public bodies of the text, in order; abbreviations only in their own capitals."""
    acronyms, phrases = _books()
    reading = read(text)
    spans = [(hit.start, hit.end, hit.key, 0.75) for hit in phrases.find_in(reading)]
    for word in reading.words:
        known = acronyms.get(text[word.start : word.end])
        if known is not None and not any(start <= word.start < end for start, end, _, _ in spans):
            spans.append((word.start, word.end, known, 0.7))
    return [
        BodyFound(
            start=start,
            end=end,
            verbatim=text[start:end],
            confidence=score,
            name=known.name,
            known=False,
            score=score,
            country=known.country,
        )
        for start, end, known, score in sorted(spans, key=lambda span: span[0])
    ]
