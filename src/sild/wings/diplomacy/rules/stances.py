"""Stances compared: who reads a topic as we do, who otherwise, and of whom too little is known. Nothing is guessed from silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class StanceAgreement(StrEnum):
    """How what two States said on a topic stands to each other."""

    SAME = "same"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a State said on a topic: by a reference fact, or by a record of this desk (`record`, its id as text).

    `own`: the reader's organisation wrote it.
    """

    country: str
    state: str
    topic: str
    stance: str
    said: str
    year: int
    document: str
    link: str
    confidence: str
    sources: tuple[str, ...] = ()
    record: str = ""
    version: int = 0
    marking: int = 0
    own: bool = False


def agreement_of(ours: Said | None, theirs: Said | None) -> StanceAgreement:
    """Whether two stances are the same. Unknown where one is missing, or was not told apart."""
    if ours is None or theirs is None or not ours.stance or not theirs.stance:
        return StanceAgreement.UNKNOWN
    return StanceAgreement.SAME if ours.stance == theirs.stance else StanceAgreement.DIFFERS


def newest(lines: Iterable[Said]) -> dict[tuple[str, str], Said]:
    """The newest word of each State on each topic; of one year, the desk's own record stands before a compilation."""
    found: dict[tuple[str, str], Said] = {}
    for line in sorted(lines, key=lambda one: (one.year, bool(one.record), one.record)):
        found[line.country, line.topic] = line
    return found
