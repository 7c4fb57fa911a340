"""A matrix of hypotheses and items of evidence, rated by people. Frozen, checked on entry; what contradicts itself raises BadMatrix.

Grades are those of the Admiralty scale, source and item apart. "Cannot be judged" (F, 6) is no middle grade: such an item has no weight,
and the answer says what would be if it had all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class BadMatrix(ValueError):
    """The matrix contradicts itself; the text names the record and what to do."""


class ClaimStance(StrEnum):
    """What a hypothesis is. One of each of the last two stands in every matrix."""

    ACTOR = "actor"
    OTHER = "other"
    FALSE_FLAG = "false-flag"
    INSUFFICIENT = "insufficient"


class Aspect(StrEnum):
    """What an item is about."""

    MALWARE = "malware"
    INFRASTRUCTURE = "infrastructure"
    CONTROL_SERVERS = "control-servers"
    TELEMETRY = "telemetry"
    INTELLIGENCE = "intelligence"
    CUI_BONO = "cui-bono"


class Rating(IntEnum):
    """How an item goes with a hypothesis, from strongly against it to strongly with it."""

    STRONGLY_AGAINST = -2
    AGAINST = -1
    NEITHER = 0
    WITH = 1
    STRONGLY_WITH = 2


class SourceGrade(StrEnum):
    """How reliable the source is. F cannot be judged; G deceives on purpose (as MISP has it)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"


class ItemGrade(IntEnum):
    """How credible the item is, from confirmed to improbable; 6 cannot be judged."""

    CONFIRMED = 1
    PROBABLY_TRUE = 2
    POSSIBLY_TRUE = 3
    DOUBTFUL = 4
    IMPROBABLE = 5
    CANNOT_BE_JUDGED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A hypothesis in a person's words."""

    id: str
    words: str
    stance: ClaimStance


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of evidence. `voice`: the source that it goes back to; items of one voice count once."""

    id: str
    voice: str
    aspect: Aspect
    source_grade: SourceGrade
    item_grade: ItemGrade


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Claims, items, and the rating of each item under each claim, as (item, claim) -> rating. What nobody rated is told, not guessed."""

    claims: tuple[Claim, ...]
    items: tuple[Item, ...]
    ratings: dict[tuple[str, str], Rating]

    def __post_init__(self) -> None:
        claims, items = [one.id for one in self.claims], [one.id for one in self.items]
        if len(set(claims)) < len(claims) or len(set(items)) < len(items):
            raise BadMatrix("a hypothesis or an item is given twice: give each one once")
        for needed in (ClaimStance.FALSE_FLAG, ClaimStance.INSUFFICIENT):
            if sum(one.stance is needed for one in self.claims) != 1:
                raise BadMatrix(f"the matrix needs exactly one hypothesis {needed}: it is always one of those that are weighed")
        for item, claim in self.ratings:
            if item not in items or claim not in claims:
                raise BadMatrix(
                    f"a rating is of item {item} under hypothesis {claim}, of which one is not there: add it or leave the rating out"
                )
        for one in self.items:
            if not one.voice:
                raise BadMatrix(f"item {one.id} has no source: say whose it is")
