"""The list of control entries that the desk carries: versioned data with sources. It proposes what is worth a look, and never rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LOOKED_AT = ("control entry", "exclusion", "catch-all", "activity", "US EAR")
"""Kinds of entries that may be kept with a case as looked at; the others (authorities, types of authorisation) are for reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: `as_of` is the day (or month) of which its source speaks; `read_in` is set where it was not read again since."""

    id: str
    code: str
    label: str
    kind: str
    description: str
    as_of: str
    sources: tuple[str, ...]
    relevance: str = ""
    note: str = ""
    state: str = ""
    read_in: str = ""
    categories: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlList:
    """All entries of one compilation. `left_out` were known from memory alone."""

    version: str
    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]


@cache
def control_list() -> ControlList:
    """The list as it came with this version of the desk."""
    told: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parent / "control_list.yaml").read_text(encoding="utf-8"))
    return ControlList(
        version=told["version"],
        entries=tuple(_entry(row) for row in told["entries"]),
        left_out=tuple(told["left_out"]),
    )


def _entry(row: dict[str, Any]) -> Entry:
    hints: dict[str, list[str]] = row.get("hints", {})
    plain = {name: value for name, value in row.items() if name not in ("hints", "sources")}
    return Entry(
        **plain,
        sources=tuple(row["sources"]),
        categories=frozenset(hints.get("categories", ())),
        things=frozenset(hints.get("things", ())),
        words=tuple(hints.get("words", ())),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that is worth a look, and why: (what kind of hint, what it met), the most telling first."""

    entry: Entry
    reasons: tuple[tuple[str, str], ...]


MOST_CANDIDATES = 8


def candidates(*, category: str, things: Collection[str], text: str) -> tuple[Candidate, ...]:
    """The entries that a line gives cause to look at, those with the most telling reasons first. No entry means nothing: look yourself."""
    told = f" {' '.join(text.casefold().split())} "
    found = []
    for place, entry in enumerate(control_list().entries):
        if entry.kind not in LOOKED_AT:
            continue
        reasons = [("words", word) for word in entry.words if f" {word}" in told]
        reasons += [("thing", thing) for thing in sorted(entry.things & set(things))]
        reasons += [("category", category)] if category in entry.categories else []
        if reasons:
            found.append((-len({kind for kind, _what in reasons}), place, Candidate(entry=entry, reasons=tuple(reasons))))
    return tuple(one for _weight, _place, one in sorted(found, key=lambda row: row[:2])[:MOST_CANDIDATES])
