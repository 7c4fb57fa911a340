"""The national procedure: stages, bodies, and what each owes by when. The mechanism's file, else the usual one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sild.wings.attribution.rules.reference import Fact, facts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of the procedure, with the question that it answers."""

    code: str
    name: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A body with a part in the procedure; `fact` is what the reference pack knows of it, where it knows it."""

    code: str
    name: str
    role: str
    fact: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What a body owes at a stage, within so many hours of the opening."""

    agency: str
    stage: str
    what: str
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """The procedure whole; `own`: it stands in the mechanism's file. `source` and `as_of` say whose word it is, of which day."""

    own: bool
    source: str
    as_of: str
    stages: tuple[Stage, ...]
    agencies: tuple[Agency, ...]
    inputs: tuple[Owed, ...]

    def agency(self, code: str) -> Agency | None:
        """The body with this code."""
        return next((one for one in self.agencies if one.code == code), None)

    def stage(self, code: str) -> Stage | None:
        """The stage with this code."""
        return next((one for one in self.stages if one.code == code), None)


@cache
def usual_procedure(language: str = "en") -> Procedure:
    """The procedure that holds where the mechanism's file says none, in English where it is not written in the language."""
    told: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parent / "procedure.yaml").read_text(encoding="utf-8"))
    for row in (*told["stages"], *told["inputs"]):
        for key in [key for key in row if key.endswith("_uk")]:
            words = row.pop(key)
            if language == "uk":
                row[key.removesuffix("_uk")] = words
    return procedure_of(told, own=False, source=told["source"], as_of=told["as_of"])


def procedure_of(told: Mapping[str, Any], *, own: bool, source: str, as_of: str) -> Procedure:
    """A procedure from plain data, as the mechanism's file has it."""
    known = facts_of("agencies_ee")
    agencies = []
    for row in told["agencies"]:
        fact = known.get(row.get("fact") or "")
        name = row.get("name") or (fact.label if fact is not None else row["code"])
        role = row.get("role") or (", ".join(fact.roles) if fact is not None else "")
        agencies.append(Agency(code=row["code"], name=name, role=role, fact=fact))
    return Procedure(
        own=own,
        source=source,
        as_of=as_of,
        stages=tuple(Stage(code=row["code"], name=row["name"], question=row.get("question", "")) for row in told["stages"]),
        agencies=tuple(agencies),
        inputs=tuple(Owed(**row) for row in told.get("inputs", ())),
    )
