"""Decisions: what can be decided of a case, and in which words likelihood and confidence are said."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from sild.wings.attribution.rules.reference import Fact, facts_of

MOST_DECISIONS = 100


class DecisionKind(StrEnum):
    """What was decided: to say it to everybody, to some, to the State concerned, to nobody, or not yet."""

    ATTRIBUTE_PUBLICLY = "attribute-publicly"
    TELL_PARTNERS = "tell-partners"
    TELL_STATE = "tell-state"
    NOT_ATTRIBUTE = "not-attribute"
    WAIT = "wait"


@cache
def likelihood_words() -> tuple[Fact, ...]:
    """The bands of likelihood with their source, the least likely first."""
    return _words("likelihood-")


@cache
def confidence_words() -> tuple[Fact, ...]:
    """The levels of confidence with their source, the lowest first."""
    return _words("confidence-")


def _words(beginning: str) -> tuple[Fact, ...]:
    return tuple(one for one in facts_of("estimative_language").values() if one.id.startswith(beginning))
