"""Hypotheses of people against graded evidence: which ones the evidence speaks against least, and what that rests on.

The analysis of competing hypotheses: `weigh(problem)` counts what is inconsistent, each source once; `check` counts it again.
"""

from sild.cores.attribution.weighing.answer import Bearing, Breadth, Dropped, Outcome, Weighed, Weighing
from sild.cores.attribution.weighing.check import check
from sild.cores.attribution.weighing.method import weigh
from sild.cores.attribution.weighing.problem import (
    Aspect,
    BadMatrix,
    Claim,
    ClaimStance,
    Item,
    ItemGrade,
    Matrix,
    Rating,
    SourceGrade,
)

__all__ = [
    "Aspect",
    "BadMatrix",
    "Bearing",
    "Breadth",
    "Claim",
    "ClaimStance",
    "Dropped",
    "Item",
    "ItemGrade",
    "Matrix",
    "Outcome",
    "Rating",
    "SourceGrade",
    "Weighed",
    "Weighing",
    "check",
    "weigh",
]
