"""The lexicons of the extraction core, read once: items with their categories, cues, table headings, signs of noise.

They are data in `lexicon/*.yaml`; a wrong entry raises when it is loaded, naming the file and the entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sild.cores.extraction.fields.folding import bare
from sild.cores.extraction.fields.lexicon_files import table
from sild.cores.extraction.fields.phrases import PhraseBook

Role = Literal["activity", "product", "device", "accessory", "scope", "generic"]
_ITEM_FILES = ("items_protection", "items_hardware", "items_services")
_FIXED = frozenset(("item", "category", "role", "unit", "once", "source"))  # every other key of an item is a language or "products"
_PRODUCTS = "products"


@dataclass(frozen=True, slots=True)
class Item:
    """A kind of thing that is asked for: its plain English name, category (None for words that name no class), role and usual unit.

    `once`: a service that is meant once where no number stands. `named`: met by a product's name.
    """

    name: str
    category: str | None
    role: Role
    unit: str | None
    once: bool = False
    named: bool = False


def load(name: str) -> Any:
    """The file `lexicon/NAME.yaml` as plain data."""
    return table(name)


def _terms(text: str) -> list[str]:
    return [term.strip() for term in text.split(",") if term.strip()]


@cache
def categories() -> frozenset[str]:
    """The assistance categories by their stable codes."""
    return frozenset(load("categories"))


@cache
def items() -> PhraseBook[Item]:
    """All item terms of all languages."""
    languages = set(load("languages")["languages"]) | {_PRODUCTS}
    pairs: list[tuple[str, Item]] = []
    for name in _ITEM_FILES:
        for entry in load(name):
            category = entry.get("category")
            if category is not None and category not in categories():
                raise ValueError(f"lexicon/{name}.yaml: {entry['item']!r} names the unknown category {category!r}")
            unknown = set(entry) - _FIXED - languages
            if unknown:
                raise ValueError(
                    f"lexicon/{name}.yaml: {entry['item']!r} has the keys {sorted(unknown)}, which are no language of languages.yaml"
                )
            for language in [key for key in entry if key not in _FIXED]:
                item = Item(entry["item"], category, entry["role"], entry.get("unit"), bool(entry.get("once")), language == _PRODUCTS)
                pairs += [(term, item) for term in _terms(entry[language])]
    return PhraseBook(pairs, names=True, not_misspelt=[bare(str(word)) for word in load("grammar")["not_misspelt"]])


@cache
def book(name: str, *keys: str) -> PhraseBook[str]:
    """The terms of a lexicon of the shape `{key: {language: terms}}`; only those keys where keys are given."""
    entries = load(name)
    wanted = keys or tuple(key for key in entries if key != "source")
    return PhraseBook([(term, key) for key in wanted for text in entries[key].values() for term in _terms(text)], names=True)
