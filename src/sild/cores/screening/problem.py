"""What screening is asked: parties with their names, and the entries of a list. What contradicts itself raises BadProblem."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What somebody or something is; `ANY` where nobody said."""

    ANY = "any"
    PERSON = "person"
    ORGANISATION = "organisation"
    THING = "thing"


class BadProblem(ValueError):
    """The problem contradicts itself; the text names the record and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody to screen: every name it goes by, in any script; `countries` are two small or capital letters each."""

    id: str
    names: tuple[str, ...]
    kind: Kind = Kind.ANY
    countries: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.id:
            raise BadProblem(f"a party with the names {self.names!r} has no id: give each a stable one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody on the list. `weak` are names that the list itself calls weak: they say little alone."""

    id: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    kind: Kind = Kind.ANY
    countries: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.id:
            raise BadProblem(f"an entry with the names {self.names!r} has no id: give each a stable one")


THRESHOLD = 72.0
"""Points from which a pair is a hit: chosen on the labelled pairs of the bench (docs/explanation/screening.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningProblem:
    """Parties against a list's entries; a pair with at least `threshold` points (of 100) is a hit."""

    parties: tuple[Party, ...]
    entries: tuple[Entry, ...]
    threshold: float = THRESHOLD

    def __post_init__(self) -> None:
        if not 0 < self.threshold <= 100:
            raise BadProblem(f"the threshold is {self.threshold}: choose more than 0 and at most 100 points")
        for what, ids in (("party", [one.id for one in self.parties]), ("entry", [one.id for one in self.entries])):
            if len(set(ids)) < len(ids):
                twice = next(one for one in ids if ids.count(one) > 1)
                raise BadProblem(f"the {what} {twice} is given twice: give each one once")
