"""Reference facts that the wing carries: each with its source and its day; what was known from memory alone is marked as that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILES = ("agencies_ee", "source_grading", "attribution_frameworks", "estimative_language")
MEMORY = "memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: `as_of` is the day, month or year of which its sources speak. `from_memory`: no source was read; check it before use."""

    id: str
    label: str
    description: str
    as_of: str
    sources: tuple[str, ...]
    from_memory: bool
    roles: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    code: str = ""
    axis: str = ""
    levels: tuple[str, ...] = ()


@cache
def facts_of(name: str) -> Mapping[str, Fact]:
    """The facts of one file by their ids, in its order."""
    told = _read(name)
    return {row["id"]: _fact(row) for row in told["entries"]}


@cache
def compiled_on(name: str) -> str:
    """On which day a file was compiled."""
    return str(_read(name)["meta"]["compiled"])


@cache
def _read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parent / f"{name}.yaml").read_text(encoding="utf-8"))
    return told


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(
        id=row["id"],
        label=str(row["label_en"]),
        description=str(row["description"]),
        as_of=str(row["as_of"]),
        sources=tuple(map(str, row["sources"])),
        from_memory=row["confidence"] == MEMORY,
        roles=tuple(map(str, row.get("roles", ()))),
        questions=tuple(map(str, row.get("questions", ()))),
        code=str(row.get("code", "")),
        axis=str(row.get("axis", "")),
        levels=tuple(map(str, row.get("levels", ()))),
    )
