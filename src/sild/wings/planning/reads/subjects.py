"""What a need or an offer is about, finer than its category, and whether an offer speaks of the thing that a need asks for.

Uses the item concepts of the linkage core, the same in all languages. Where nothing is known of one side, the category decides
and the plan says that it supposed so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sild.cores.linkage import about, neighbours

BY_TOPIC = frozenset({"training", "exercises", "legal-policy-advice", "security-assessment", "expert-secondment"})
"""Categories in which the topic decides, not the thing: a course about phishing is no course about substations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A category with the things, or in some categories the topics, that are named; empty where none is known."""

    category: str
    named: frozenset[str]

    @property
    def label(self) -> str:
        """The subject in words: "training (phishing)"."""
        return f"{self.category} ({', '.join(sorted(self.named))})" if self.named else self.category


def subject_of(category: str, texts: Iterable[str]) -> Subject:
    """The subject of a need or an offer from the texts of its lines: what at least half of those that name anything name."""
    counted: Counter[str] = Counter()
    speaking = 0
    for text in texts:
        told = about(text)
        named = (told.topics or told.things) if category in BY_TOPIC else told.heads
        counted.update(named)
        speaking += bool(named)
    return Subject(category=category, named=frozenset(name for name, count in counted.items() if count * 2 >= speaking))


def speaks_of(offer: Subject, need: Subject) -> bool:
    """Whether the offer may serve the need: the same category and no other thing, or the same thing in a neighbouring category.

    Where the topic decides, a named topic needs the same topic: a course about something unknown is no course about phishing.
    """
    if offer.category == need.category and offer.category in BY_TOPIC:
        return bool(offer.named & need.named) or not (offer.named or need.named)
    if offer.category == need.category:
        return not offer.named or not need.named or bool(offer.named & need.named)
    return neighbours(offer.category, need.category) and bool(offer.named & need.named) and not {offer.category, need.category} & BY_TOPIC
