"""What a text is about, by concepts that are the same in all languages of the lexicon; and which categories are neighbours.

For whoever must set a text beside another without linking lines: an offer beside a need.
"""

from __future__ import annotations

from dataclasses import dataclass

from sild.cores.linkage.method.folding import words
from sild.cores.linkage.method.lexicon import lexicon
from sild.cores.linkage.method.reading import heads_of

ACTIVITY = 3  # the rank of courses, audits and their like in items.yaml; 2 and 1 are things, 0 is said of anything


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a text names, as names of concepts (items.yaml, purposes.yaml); each set is empty where nothing of its sort is named.

    `heads` are the things or activities asked for: in "a course about firewalls" the course. `things` are all things named, the
    firewalls, whatever the head. `topics` are the subjects of courses and exercises (phishing, industrial control).
    """

    heads: frozenset[str]
    things: frozenset[str]
    topics: frozenset[str]


def about(text: str) -> About:
    """What a text in any of the lexicon's languages is about. Any text will do; costs time linear in it."""
    known = lexicon()
    tokens = words(text)
    concepts = known.item_finder.find(tokens)
    return About(
        heads=frozenset(name for name in heads_of(concepts) if known.items[name].rank > 0),
        things=frozenset(name for name in concepts if known.items[name].rank < ACTIVITY),
        topics=frozenset(name for name in known.purpose_finder.find(tokens) if known.facet_of[name] == "about"),
    )


def neighbours(category: str, other: str) -> bool:
    """Whether readers put one thing now into the one category, now into the other (groups.yaml); a category is no neighbour of itself."""
    groups = lexicon().category_groups
    return category != other and not groups.get(category, frozenset()).isdisjoint(groups.get(other, frozenset()))
