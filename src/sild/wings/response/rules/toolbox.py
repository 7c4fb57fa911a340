"""The options that a desk can choose from, as data (toolbox.yaml): each with its source and day; what was known from memory is marked.

The order is that of the file's own column of escalation, the lowest first, and within it the file's. Nothing else orders them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sild.wings.response.rules.words import Essential

MEMORY = "memory"
ESCALATION = ("none", "low", "medium", "high", "very-high")
FILES = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """An act on which a measure rests, where a source names it."""

    act: str
    as_of: str
    sources: tuple[str, ...]
    from_memory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Precondition:
    """What an option asks for first; a working judgement of the list, no text of the Union."""

    id: str
    text: str
    text_uk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A measure of the toolbox. `legal_basis` empty: unknown. `serves`: which of the three things it can be, by this project's reading."""

    id: str
    category: str
    label: str
    label_uk: str
    description: str
    description_uk: str
    who_decides: str
    who_decides_uk: str
    prerequisites: tuple[Precondition, ...]
    legal_basis: tuple[LegalBasis, ...]
    escalation: str
    reversibility: str
    reviewed_yearly: bool
    attribution_needed: str
    serves: tuple[Essential, ...]
    topics: tuple[str, ...]
    as_of: str
    sources: tuple[str, ...]
    from_memory: bool

    def called(self, language: str) -> str:
        """What it is called in a language of the desk."""
        return self.label_uk if language == "uk" else self.label

    def asks(self, key: str) -> Precondition | None:
        """What it asks for first, by its id."""
        return next((one for one in self.prerequisites if one.id == key), None)


@cache
def options() -> tuple[Option, ...]:
    """All options, in the order in which they are shown."""
    found = [_option(row) for row in _read("toolbox")["options"]]
    return tuple(sorted(found, key=lambda one: ESCALATION.index(one.escalation)))


def option_of(key: str) -> Option | None:
    """An option by its id."""
    return next((one for one in options() if one.id == key), None)


@cache
def compiled_on(name: str = "toolbox") -> str:
    """On which day a file was compiled."""
    return str(_read(name)["version"])


@cache
def _read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((FILES / f"{name}.yaml").read_text(encoding="utf-8"))
    return told


def _option(row: Mapping[str, Any]) -> Option:
    alike = ("id", "category", "label", "label_uk", "description", "description_uk", "who_decides", "who_decides_uk")
    return Option(
        **{name: str(row[name]) for name in alike},
        prerequisites=tuple(Precondition(id=one["id"], text=one["text"], text_uk=one["text_uk"]) for one in row["prerequisites"]),
        legal_basis=tuple(_basis(one) for one in row["legal_basis"]),
        escalation=row["escalation"],
        reversibility=row["reversibility"],
        reviewed_yearly=bool(row["reviewed_yearly"]),
        attribution_needed=row["attribution_needed"],
        serves=tuple(Essential(one) for one in row["serves"]),
        topics=tuple(row["topics"]),
        as_of=str(row["as_of"]),
        sources=tuple(row["sources"]),
        from_memory=row["confidence"] == MEMORY,
    )


def _basis(row: Mapping[str, Any]) -> LegalBasis:
    return LegalBasis(act=row["act"], as_of=str(row["as_of"]), sources=tuple(row["sources"]), from_memory=row["confidence"] == MEMORY)
