"""Hypotheses of a case: the two that always stand, and what a cell of the matrix counts where raters differ."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid5

from sild.cores.attribution.weighing import ClaimStance, Rating

MOST_HYPOTHESES, MOST_RATERS = 20, 20
STANDING = (ClaimStance.FALSE_FLAG, ClaimStance.INSUFFICIENT)
"""What is weighed in every case and cannot be taken back: that somebody plays another, and that it cannot be said."""


def standing_id(case_id: UUID, stance: ClaimStance) -> UUID:
    """The identifier of a hypothesis that stands in every case: derived from the case, so that it is there without a row."""
    return uuid5(case_id, f"hypothesis:{stance}")


def counted(ratings: Collection[Rating]) -> Rating:
    """What a cell counts: the mildest of what its raters say, and "neither" where they point different ways.

    So no hypothesis is spoken against by more than everybody who rated it would sign. Raises ValueError without a rating.
    """
    if min(ratings) * max(ratings) <= 0:
        return Rating.NEITHER
    return min(ratings, key=abs)


def harshest(ratings: Collection[Rating]) -> Rating:
    """What a cell would count if the word that speaks most against it did. Raises ValueError without a rating."""
    return min(ratings)
