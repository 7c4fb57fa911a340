"""Hypotheses as programs are told of them, and what they may send."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.cores.attribution.weighing import Aspect, ClaimStance, Outcome, Rating
from sild.kernel.shapes import Name, Reason, Shape, Text, Version


class RaterWord(Shape):
    """How one reader of the case rated an item under a hypothesis."""

    by: str
    rating: Rating
    why: str


class MatrixCell(Shape):
    """What an item says of a hypothesis. `rating` is what counts, null where nobody rated it; `torn`: those who rated it differ."""

    hypothesis: UUID
    rating: Rating | None
    torn: bool
    said: list[RaterWord]


class MatrixItem(Shape):
    """An item of evidence. `weight` is null where a grade cannot be judged; at a diagnosticity of 0 it tells no hypotheses apart."""

    evidence: UUID
    title: str
    weight: float | None
    diagnosticity: int
    cells: list[MatrixCell]


class WeighedHypothesis(Shape):
    """A hypothesis, how much speaks against it, and how much if what cannot be judged counted in full. A standing one has no words."""

    id: UUID
    version: int
    words: str
    stance: ClaimStance
    standing: bool
    against: float
    against_at_most: float
    leads: bool


class SensitiveTo(Shape):
    """What, left out alone, changes which hypotheses lead: an item, or all of one source."""

    name: str
    whole_source: bool
    leaders: list[UUID]


class AspectBreadth(Shape):
    """Items with weight about an aspect, and how many of them tell hypotheses apart."""

    aspect: Aspect
    items: int
    telling: int


class CaseWeighing(Shape):
    """The hypotheses of a case against its evidence. `faults`: what an independent count has against it; none of this is an attribution."""

    outcome: Outcome
    leaders: list[UUID]
    hypotheses: list[WeighedHypothesis]
    items: list[MatrixItem]
    unrated: int
    torn: int
    rests_on: list[SensitiveTo]
    open_to_judgement: bool
    breadth: list[AspectBreadth]
    faults: list[str]


class HypothesisToPropose(Shape):
    """A hypothesis; the two that stand in every case are there already."""

    words: Annotated[Name, Field(min_length=1)]
    stance: Literal[ClaimStance.ACTOR, ClaimStance.OTHER]


class HypothesisWords(Shape):
    """A hypothesis worded anew."""

    words: Annotated[Name, Field(min_length=1)]
    version: Version
    reason: Reason


class RatingUnder(Shape):
    """How an item goes with a hypothesis; null takes your word back."""

    hypothesis: UUID
    rating: Rating | None


class EvidenceRatings(Shape):
    """Your ratings of an item; those of others stay."""

    ratings: Annotated[list[RatingUnder], Field(min_length=1, max_length=30)]
    reason: Annotated[Text, Field(max_length=2000)] = ""
