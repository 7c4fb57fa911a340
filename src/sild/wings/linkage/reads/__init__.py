"""Questions to linkage: what is linked and why, what looks alike, what a ruling would do."""

from sild.wings.linkage.reads.kept import LinkView, links
from sild.wings.linkage.reads.pairs import Effect, NearLine, PairView, Ruling, Side, near_lines, pair, sides, version_of
from sild.wings.linkage.reads.problem import identity_of, line_id, problem_of, standing_lines

__all__ = [
    "Effect",
    "LinkView",
    "NearLine",
    "PairView",
    "Ruling",
    "Side",
    "identity_of",
    "line_id",
    "links",
    "near_lines",
    "pair",
    "problem_of",
    "sides",
    "standing_lines",
    "version_of",
]
