"""Precedents as data (precedents.yaml): what was attributed in public and what was done; and which kind of response an option is.

The coding is this project's own. No severity factor is known of any precedent: likeness goes by what is coded, and says what is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from sild.wings.response.rules.toolbox import FILES, MEMORY

EFFECTS = ("theft", "money", "disruption", "destruction", "physical", "defacement", "influence", "attempt")
ACTORS = ("RU", "CN", "KP", "IR", "BY", "criminal")
"""States and kinds of actors that are named in precedents."""
LIKEST = 5
RESPONSE_OF: Mapping[str, tuple[str, ...]] = {
    "tb-hr-statement": ("statement",),
    "tb-declaration-27": ("statement", "joint-statement"),
    "tb-council-conclusions": ("joint-statement",),
    "tb-joint-attribution-coordination": ("joint-statement",),
    "tb-demarche-stability": ("summons",),
    "tb-travel-ban": ("listing",),
    "tb-asset-freeze": ("listing",),
    "tb-hybrid-regime": ("listing",),
    "tb-capacity": ("assistance",),
    "tb-art42-7": ("assistance",),
    "tb-art222": ("assistance",),
}
"""Which kinds of response an option can be; the others have none that is coded, and cannot be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """Who said it, on which day as far as it is known, and how far they went (the ladder of support)."""

    by: str
    on: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """A precedent: `happened` as its source has it, `said` who was named; `coded` by factor, `responses` by kind (own coding)."""

    id: str
    label: str
    happened: str
    said: str
    attributions: tuple[Attributed, ...]
    measures: tuple[str, ...]
    coded: Mapping[str, tuple[str, ...]]
    responses: tuple[str, ...]
    note: str
    as_of: str
    sources: tuple[str, ...]
    from_memory: bool


@cache
def precedents() -> tuple[Precedent, ...]:
    """All precedents, in the order of the file."""
    told = yaml.safe_load((FILES / "precedents.yaml").read_text(encoding="utf-8"))
    return tuple(_precedent(row) for row in told["precedents"])


def _precedent(row: Mapping[str, Any]) -> Precedent:
    return Precedent(
        **{name: str(row[name]) for name in ("id", "label", "happened", "said", "note", "as_of")},
        attributions=tuple(Attributed(**one) for one in row["attributions"]),
        measures=tuple(row["measures"]),
        coded={
            "sector": tuple(row["sectors"]),
            "effect": tuple(row["effects"]),
            "actor": (row["actor"],) if row["actor"] else (),
            "country": tuple(row["countries"]),
            "year": (str(row["year"]),),
        },
        responses=tuple(row["responses"]),
        sources=tuple(row["sources"]),
        from_memory=row["confidence"] == MEMORY,
    )
