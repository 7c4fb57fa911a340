"""Products and who makes them, by the names of lexicon/fields/vendors.yaml: "FortiGate 60F" is Fortinet's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import Found
from sild.cores.extraction.fields.phrases import Hit, PhraseBook, any_of, lexicon

_LONGEST_SMALL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFound(Found):
    """A product by name; `vendor` makes it; `named` where a product or family is named and not the vendor alone."""

    vendor: str
    named: bool


@cache
def _model() -> re.Pattern[str]:
    """A model behind a product's name; digits with a word for pieces count the product."""
    return re.compile(rf"[ -](?=[^\s]*\d)[A-Z0-9][A-Za-z0-9-]{{1,11}}\b(?! ?(?:{any_of('vendors', 'pieces')}|x\b))")


@cache
def _book() -> PhraseBook[tuple[str, bool]]:
    table = lexicon("vendors")["vendors"]
    return PhraseBook(
        (str(name), (vendor, group == "products"))
        for vendor, entry in table.items()
        for group in ("names", "products")
        for name in entry.get(group, ())
    )


def find_product(text: str) -> ProductFound | None:
    """The first product that the text names, with its model behind it; else the first vendor; None where it names none."""
    hits = [hit for hit in _book().find_in(read(text)) if _is_name(text, hit)]
    hit = next((hit for hit in hits if hit.key[1]), hits[0] if hits else None)
    if hit is None:
        return None
    start, end = hit.start, hit.end
    before = next((other for other in hits if other.key[0] == hit.key[0] and 0 <= hit.start - other.end <= 1), None)
    start = before.start if before is not None else start
    model = _model().match(text, end)
    end = model.end() if model is not None else end
    named = hit.key[1] or model is not None
    return ProductFound(start=start, end=end, verbatim=text[start:end], vendor=hit.key[0], named=named, confidence=0.9 if named else 0.8)


def _is_name(text: str, hit: Hit[tuple[str, bool]]) -> bool:
    """Whether a short or common word stands as a name: with a capital, or in capitals where it is very short."""
    word = text[hit.start : hit.end]
    if len(word) <= _LONGEST_SMALL:
        return word.isupper()
    return any(char.isupper() or char.isdigit() for char in word) or "*" in word or not word.isascii()
