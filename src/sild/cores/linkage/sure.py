"""Which links are so sure that a desk may take them without asking: a bar on the score, the same quantity, and nothing that contradicts.

A score alone is not enough: two needs of one body for one thing in one number reach as high a score as one need told twice.
"""

from __future__ import annotations

from collections.abc import Set

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
        ("rarity", "usual"),
    }
)
"""What may agree besides the quantity; one of them must."""

CONTRADICT = frozenset(
    {
        *(("purpose", level) for level in ("clash", "differ", "differ-thinly", "share-and-differ")),
        *(("item", level) for level in ("other", "other-but-near", "other-in-one-voice", "related")),
        *(("item", level) for level in ("same-activity-other-subject", "named-by-an-activity")),
        ("batch", "as-many-too"),
        ("item", "named-beside"),
        *(("body", level) for level in ("one-unknown", "its-sort-named", "both-unknown", "unlisted", "sent-from-abroad")),
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


def _thin(found: Set[tuple[str, str]]) -> bool:
    """Whether readers named two categories, and what agrees is only a round number of a common thing, a body above the other's, or a
    thing that no word of one line names, unless both lines tell of one letter.
    """
    if ("category", "same") in found:
        return False
    round_of_common = ("rarity", "common") in found and not ROUND.isdisjoint(found)
    nameless = ("item", "unknown") in found and found.isdisjoint({("reference", "same"), ("reference", "cited")})
    return round_of_common or nameless or ("body", "superior") in found


def sure(link: Link) -> bool:
    """Whether a link says the same again beyond doubt.

    Its score reaches AUTOMATIC, the quantity agrees, something besides agrees, and nothing contradicts. The bar was chosen on one half of
    the hand-written sets and tried on the other (docs/explanation/linkage.md).
    """
    found = {(reason.comparison, reason.level) for reason in link.reasons}
    quantity = any(("quantity", level) in found for level in NUMBERS)
    agrees = quantity and not AGREE.isdisjoint(found) and CONTRADICT.isdisjoint(found) and not _thin(found)
    return agrees and link.relation is Relation.SAME_AS and link.score >= AUTOMATIC
