"""The lexicons of the extraction core, read once: items with their categories, cues, table headings, signs of noise.

They are data in `lexicon/*.yaml`; a wrong entry raises when it is loaded, naming the file and the entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from sild.cores.extraction.method.words import TermBook

Role = Literal["activity", "product", "device", "accessory", "scope", "generic"]
_ITEM_FILES = ("items_protection", "items_hardware", "items_services")
_LANGUAGES = ("uk", "ru", "en", "et", "pl", "de", "fr", "sv", "products")


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
    """The YAML file `lexicon/NAME.yaml` as plain data."""
    source = files("sild.cores.extraction") / "lexicon" / f"{name}.yaml"
    return yaml.load(source.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  a safe loader either way


def _terms(text: str) -> list[str]:
    return [term.strip() for term in text.split(",") if term.strip()]


@cache
def categories() -> frozenset[str]:
    """The assistance categories by their stable codes."""
    return frozenset(load("categories"))


@cache
def items() -> TermBook[Item]:
    """All item terms of all languages."""
    pairs: list[tuple[str, Item]] = []
    for name in _ITEM_FILES:
        for entry in load(name):
            category = entry.get("category")
            if category is not None and category not in categories():
                raise ValueError(f"lexicon/{name}.yaml: {entry['item']!r} names the unknown category {category!r}")
            unknown = set(entry) - {"item", "category", "role", "unit", "once", *_LANGUAGES}
            if unknown:
                raise ValueError(f"lexicon/{name}.yaml: {entry['item']!r} has the unknown keys {sorted(unknown)}")
            for language in _LANGUAGES:
                item = Item(entry["item"], category, entry["role"], entry.get("unit"), bool(entry.get("once")), language == "products")
                pairs += [(term, item) for term in _terms(entry.get(language, ""))]
    return TermBook(pairs)


@cache
def book(name: str, *keys: str) -> TermBook[str]:
    """The terms of a lexicon of the shape `{key: {language: terms}}`; only those keys where keys are given."""
    table = load(name)
    wanted = keys or tuple(table)
    return TermBook([(term, key) for key in wanted for text in table[key].values() for term in _terms(text)])
