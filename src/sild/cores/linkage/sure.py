"""Which links are so sure that a desk may take them without asking: a bar on the score, and two independent agreements beside it.

A score alone is not enough: two needs of one body for one thing in one number reach as high a score as one need told twice.
"""

from __future__ import annotations

from sild.cores.linkage.answer import Link
from sild.cores.linkage.problem import Relation

AUTOMATIC = 1.0  # bits
NUMBERS = frozenset({"equal-rare", "equal-telling", "equal-round", "equal-small", "equal-one", "rounded", "stands-in-text"})
LETTERS = frozenset({"same", "cited"})
PURPOSES = frozenset({"share", "share-several"})


def sure(link: Link) -> bool:
    """Whether a link says the same again beyond doubt.

    Its score reaches AUTOMATIC, the quantity agrees, and so does the purpose, the letter's number or, very nearly, the meaning. In
    cross-validation on the hand-written sets no such link was wrong (docs/explanation/linkage.md).
    """
    level = {reason.comparison: reason.level for reason in link.reasons}
    agrees = level.get("purpose") in PURPOSES or level.get("meaning") == "very-near" or level.get("reference") in LETTERS
    return link.relation is Relation.SAME_AS and link.score >= AUTOMATIC and level.get("quantity") in NUMBERS and agrees
