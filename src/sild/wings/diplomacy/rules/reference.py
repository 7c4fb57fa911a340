"""The reference facts that the desk carries: norms, measures, topics, positions, treaties. Each with the day it speaks of and its source.

`confidence` is "seen" where the named source was read and "memory" where none was: pages say of the latter that they are to be verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

MEMORY = "memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact has: what it is called in two languages, its sources, and whether one was read."""

    id: str
    label: str
    label_uk: str
    sources: tuple[str, ...]
    confidence: str

    @property
    def from_memory(self) -> bool:
        """Whether no source was read: to be verified before use."""
        return self.confidence == MEMORY

    def called(self, language: str) -> str:
        """What it is called in a language of the desk; English where there is no other."""
        return self.label_uk if language == "uk" and self.label_uk else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm(Fact):
    """A voluntary norm: `kind` is "positive duty" or "restraint"; `relevance` is what it means for a desk like this one, if anything."""

    description: str
    instrument: str
    kind: str
    as_of: str
    note: str = ""
    relevance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What a measure asks for every so many months; where the interval rests on memory it is a proposal."""

    what: str
    what_uk: str
    every_months: int
    confidence: str
    source: str

    @property
    def from_memory(self) -> bool:
        """Whether the interval was read in no source."""
        return self.confidence == MEMORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Fact):
    """A confidence-building measure of a forum; `contacts`: it is about contact points; `said_clock` is what the source says of time."""

    forum: str
    description: str
    instrument: str
    as_of: str
    said_clock: str
    clocks: tuple[Clock, ...]
    contacts: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A reading of a topic that can be told apart from others; `cues` by language are beginnings of words that seem to say it."""

    id: str
    label: str
    label_uk: str
    cues: Mapping[str, tuple[str, ...]]

    def called(self, language: str) -> str:
        """What it is called in a language of the desk."""
        return self.label_uk if language == "uk" else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Fact):
    """A question on which States say how they read the law; `norm` is the voluntary norm that speaks of the same."""

    question: str
    norm: str
    words: Mapping[str, tuple[str, ...]]
    stances: tuple[Stance, ...]

    def stance(self, key: str) -> Stance | None:
        """The stance of this name; None for a name that nobody knows and for none."""
        return next((one for one in self.stances if one.id == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a document says on a topic, in own words; `stance` is this project's coding, "" where too little is said to tell."""

    topic: str
    stance: str
    said: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A position of a State (or union) as a public compilation counted it."""

    id: str
    state: str
    country: str
    year: int
    document: str
    link: str
    confidence: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSeen:
    """What was seen of a State and a treaty: days as the source gives them, "" where none was seen; `signed` "yes" without a day.

    `country` is its code, "" for what has none (a union of States).
    """

    country: str
    state: str
    signed: str = ""
    ratified: str = ""
    in_force: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many Parties or signatories a source counts, and when."""

    of: str
    count: int
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(Fact):
    """A treaty with what was seen of its States. `unsourced` (codes) are probably Parties: no source was read."""

    description: str
    as_of: str
    opened: str
    in_force: str
    entry: str
    counts: tuple[Count, ...]
    states: tuple[StateSeen, ...]
    unsourced: tuple[str, ...]
    not_signed: tuple[str, ...]
    contradiction: str = ""
    note: str = ""


def _told(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parent / f"{name}.yaml").read_text(encoding="utf-8"))
    return told


def _by_language(told: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in told.items()}


@cache
def norms() -> tuple[Norm, ...]:
    """The eleven norms, in their order."""
    return tuple(Norm(**row | {"sources": tuple(row["sources"])}) for row in _told("norms")["norms"])


@cache
def measures() -> tuple[Measure, ...]:
    """Confidence-building measures: those of the OSCE, then the global ones."""
    rows = _told("measures")["measures"]
    lists = ({"sources": tuple(row["sources"]), "clocks": tuple(Clock(**one) for one in row["clocks"])} for row in rows)
    return tuple(Measure(**row | told) for row, told in zip(rows, lists, strict=True))


@cache
def topics() -> tuple[Topic, ...]:
    """The topics, in the order of the Toolkit that compiles positions."""
    made = []
    for row in _told("topics")["topics"]:
        stances = tuple(Stance(**one | {"cues": _by_language(one["cues"])}) for one in row["stances"])
        made.append(Topic(**row | {"sources": tuple(row["sources"]), "words": _by_language(row["words"]), "stances": stances}))
    return tuple(made)


@cache
def documents() -> tuple[Document, ...]:
    """Positions that public compilations hold, newest last for each State."""
    made = []
    for row in _told("positions")["documents"]:
        lines = tuple(Line(**one | {"sources": tuple(one["sources"])}) for one in row["lines"])
        made.append(Document(**row | {"lines": lines}))
    return tuple(made)


@cache
def treaties() -> tuple[Treaty, ...]:
    """The treaties."""
    made = []
    for row in _told("treaties")["treaties"]:
        told = {name: tuple(row[name]) for name in ("sources", "unsourced", "not_signed")}
        told |= {"counts": tuple(Count(**one) for one in row["counts"]), "states": tuple(StateSeen(**one) for one in row["states"])}
        made.append(Treaty(**row | told))
    return tuple(made)


def norm_of(key: str) -> Norm | None:
    """The norm of this name, if there is one."""
    return next((one for one in norms() if one.id == key), None)


def measure_of(key: str) -> Measure | None:
    """The measure of this name, if there is one."""
    return next((one for one in measures() if one.id == key), None)


def topic_of(key: str) -> Topic | None:
    """The topic of this name, if there is one."""
    return next((one for one in topics() if one.id == key), None)


def treaty_of(key: str) -> Treaty | None:
    """The treaty of this name, if there is one."""
    return next((one for one in treaties() if one.id == key), None)
