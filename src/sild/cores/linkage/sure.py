"""Which links are so sure that a desk may take them without asking: signs that agree, and nothing that contradicts.

A score alone is not enough: two needs of one body for one thing in one number reach as high a score as one need told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from sild.cores.linkage.answer import Link
from sild.cores.linkage.problem import Relation

AUTOMATIC = 2.0  # bits
NUMBERS = frozenset({"equal-rare", "equal-telling", "equal-round", "equal-small", "equal-one", "rounded", "stands-in-text"})

ROUND = frozenset({("quantity", "equal-round"), ("quantity", "rounded")})

AGREE = frozenset(
    {
        ("purpose", "share"),
        ("purpose", "share-several"),
        ("reference", "same"),
        ("reference", "cited"),
        ("meaning", "very-near"),
        ("meaning", "near"),
        ("wording", "near-copy"),
        ("wording", "much"),
        ("message", "one-thread"),
        ("rating", "same"),
        ("deadline", "same"),
        ("recall", "agrees"),
        ("names", "share-several"),
        ("rarity", "rare"),
        ("place", "same"),
        ("place", "same-named"),
        ("serial", "same"),
        ("period", "same"),
    }
)
"""What may agree besides the quantity; one of them must."""

DOUBT: Mapping[tuple[str, str], tuple[int, float]] = {
    ("quantity", "one-unknown"): (1, 4.0),
    ("quantity", "equal-other-unit"): (1, 5.0),
    ("item", "related"): (1, 4.0),
    ("item", "other-but-near"): (1, 4.0),
    ("item", "named-by-an-activity"): (1, 4.0),
    ("body", "superior"): (1, 4.0),
    ("item", "named-beside"): (2, 5.0),
    ("item", "unknown"): (2, 5.0),
    ("body", "one-unknown"): (2, 6.0),
    ("body", "its-sort-named"): (2, 6.0),
}
"""What leaves a doubt: how many agreements and bits lay it. Two doubts are too many."""

WHERE_READERS_DIFFER = frozenset({("body", "superior"), ("item", "unknown")})
"""What is a doubt only where readers named two categories."""

CONTRADICT = frozenset(
    {
        *(("purpose", level) for level in ("clash", "differ", "differ-thinly", "share-and-differ")),
        *(("item", level) for level in ("other", "other-in-one-voice", "same-activity-other-subject")),
        ("batch", "as-many-too"),
        *(("body", level) for level in ("both-unknown", "unlisted", "sent-from-abroad")),
        *(("place", level) for level in ("other", "other-named")),
        *((name, "other") for name in ("serial", "period", "rating", "deal", "channel")),
        ("deal", "only-one"),
        *(("aside", level) for level in ("names-the-other-as-another", "names-the-other-s-body")),
        *(
            ("batch", level)
            for level in ("set-apart", "later-sets-itself-apart", "part-and-apart", "earlier-is-additional", "later-is-additional")
        ),
        *(("voice", level) for level in ("same-voice", "same-voice-long-after")),
        *(("message", level) for level in ("one-message", "repeats-itself")),
        *(("reference", level) for level in ("two-numbers-one-sender", "named-as-another", "another-is-cited")),
    }
)
"""What speaks against: one of them suffices, whatever the score."""


def _doubts(found: Set[tuple[str, str]]) -> Iterator[tuple[int, float]]:
    """For each doubt, how many agreements and bits lay it. A thing that no word of one line names is none where both tell of one letter."""
    one_letter = not found.isdisjoint({("reference", "same"), ("reference", "cited")})
    for sign in DOUBT.keys() & found:
        if sign in WHERE_READERS_DIFFER and ("category", "same") in found:
            continue
        if sign == ("item", "unknown") and one_letter:
            continue
        yield DOUBT[sign]


def _round_of_common(found: Set[tuple[str, str]]) -> bool:
    """Whether readers named two categories, and the number is a round one of a thing that everybody asks for."""
    return ("category", "same") not in found and ("rarity", "common") in found and not ROUND.isdisjoint(found)


def sure(link: Link) -> bool:
    """Whether a link says the same again beyond doubt.

    Nothing contradicts, the quantity agrees (or leaves the one doubt), as many other signs agree as the doubt asks for, and the score
    reaches its bits, AUTOMATIC where there is no doubt. What it takes, and how often wrongly: docs/explanation/linkage.md.
    """
    found = {(reason.comparison, reason.level) for reason in link.reasons}
    if link.relation is not Relation.SAME_AS or not CONTRADICT.isdisjoint(found) or _round_of_common(found):
        return False
    counted = any(("quantity", level) in found for level in (*NUMBERS, "one-unknown", "equal-other-unit"))
    doubts = list(_doubts(found))
    if not counted or len(doubts) > 1:
        return False
    agreements, bits = doubts[0] if doubts else (1, AUTOMATIC)
    return len(AGREE & found) >= agreements and link.score >= bits
