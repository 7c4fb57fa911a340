"""What linkage answers: links with their reasons, clusters, look-alikes kept apart. Nothing is deleted or merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sild.cores.linkage.problem import Relation

Side = Literal["need", "offer"]

LOOK_ALIKES_OF_A_LINE = 12  # a person reads the nearest few; what people ruled is shown beyond this
LOOK_ALIKES = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One comparison of two lines: what was compared, the two values, how it came out and what it weighs.

    `weight` is evidence in bits (log2 of the likelihood ratio): +1 doubles the odds that both lines speak of one need.
    """

    comparison: str
    level: str
    value_a: str
    value_b: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`line_b` (the later) stands in `relation` to `line_a`; `score` is the sum of the reasons' weights, log2 odds."""

    line_a: str
    line_b: str
    relation: Relation
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """Two lines that look alike and were kept apart. `why` says in a sentence what kept them apart."""

    line_a: str
    line_b: str
    score: float
    reasons: tuple[Reason, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What a person ruled about two lines, and evidence that says the other way: `score` without the ruling, log2 odds.

    The ruling stands. A person may look again.
    """

    line_a: str
    line_b: str
    ruled: Relation
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Lines that speak of one need, or of one offer, in order of time."""

    id: str
    side: Side
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """The whole answer. Every line except questions stands in exactly one cluster; questions are listed in `questions`.

    `relation_to_first` gives, for each line that is not the first of its cluster, how it stands to the first. Of the look-alikes
    the nearest are shown, at most LOOK_ALIKES_OF_A_LINE for a line and LOOK_ALIKES in all; `look_alikes_left_out` counts the others.
    `conflicts` lists the rulings against which the evidence speaks.
    """

    clusters: tuple[Cluster, ...]
    links: tuple[Link, ...]
    look_alikes: tuple[LookAlike, ...]
    questions: tuple[str, ...] = ()
    relation_to_first: dict[str, Relation] = field(default_factory=dict)
    look_alikes_left_out: int = 0
    conflicts: tuple[Conflict, ...] = ()

    def cluster_of(self) -> dict[str, str]:
        """Line id to cluster id."""
        return {line: cluster.id for cluster in self.clusters for line in cluster.lines}
