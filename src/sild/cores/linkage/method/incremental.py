"""One new line against given candidates: the very levels, weights, reasons and relations of a whole linking, and the need it would join.

Nothing is clustered anew: the needs stand as they are (`former`), and the line joins the one whose lines speak for it most, or none.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sild.cores.linkage.answer import Reason
from sild.cores.linkage.method import RULED, with_ruling
from sild.cores.linkage.method.candidates import resent
from sild.cores.linkage.method.clustering import UNMET
from sild.cores.linkage.method.comparisons import bits, levels, reasons
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.owners import strangers
from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.reading import Reading, read
from sild.cores.linkage.method.relations import alike, forbidden, relation
from sild.cores.linkage.method.sides import ruled_sides
from sild.cores.linkage.method.weights import Weights, weights
from sild.cores.linkage.problem import Judgement, LinkageProblem, Relation

Changed = Literal["quantity", "unit", "needed_by", "category", "severity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the later of two lines says otherwise than the earlier, as a reader is shown it. `severity`: it got worse, in its own words."""

    field: Changed
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The new line beside one other. `score` is the sum of the reasons' weights; `earlier`: the other was told before the new line.

    `relation` is how the later stands to the earlier if both are one, or SECOND_BATCH. `apart` says why they cannot be one need,
    empty where nothing forbids it. `likely`: the pair by itself stands above the bar of a whole linking.
    """

    other: str
    earlier: bool
    relation: Relation
    score: float
    likely: bool
    apart: str
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a new line is: `joins` is the cluster that it would join (its former id, or the id of its first line), None for none.

    `through` names the line of that cluster that speaks for it most, to which it stands in `relation`. `weighed` holds every
    candidate that is no stranger, the strongest first.
    """

    joins: str | None
    through: str | None
    relation: Relation | None
    weighed: tuple[Weighed, ...]


def weigh_new(
    new: str,
    problem: LinkageProblem,
    *,
    sizes: Mapping[str, int] | None = None,
    least: float = -math.inf,
    scale: Weights | None = None,
) -> Proposal:
    """Weigh the line `new` against all other lines of the problem. Raises KeyError where the problem does not hold it.

    `sizes` gives, for clusters of `problem.former`, how many lines each has, where the problem holds only some of them: lines that no
    slot brought together with the new one count as a whole linking counts them. What scores less than `least` counts too and is not
    shown, unless people ruled on it or it is a second batch. Costs time linear in the lines.
    """
    run = _One(new, problem, scale or weights())
    weighed = sorted(run.weighed(), key=lambda one: (-one.score, one.other))
    joins, through = run.joins(weighed, sizes or {})
    told = (one if one.other in run.of(joins) else _second(one, run) for one in weighed)
    shown = tuple(run.explained(one) for one in told if _is_shown(one, run, least))
    said = next((one.relation for one in shown if one.other == through), None)
    return Proposal(joins=joins, through=through, relation=said, weighed=shown)


class _One:
    """One new line among the lines of a problem."""

    def __init__(self, new: str, problem: LinkageProblem, scale: Weights) -> None:
        found = {line.id: line for line in problem.lines}
        self.problem = problem
        self.scale = scale
        self.kin = Kin(problem)
        self.former = problem.former
        self.ruled: dict[str, Judgement] = {}
        for ruling in problem.judgements:
            if new in (ruling.line_a, ruling.line_b):
                self.ruled[ruling.line_b if ruling.line_a == new else ruling.line_a] = ruling
        sides = ruled_sides(problem.lines, problem.judgements, self.kin)
        self.new = read(found[new], self.kin, sides[new], problem.vectors)
        asked = [] if self.new.line.kind == "question" else [line for line in problem.lines if line.kind != "question" and line.id != new]
        self.others = [
            read(line, self.kin, sides[line.id], problem.vectors)
            for line in asked
            if sides[line.id] == self.new.side or line.id in self.ruled
        ]
        self.clusters: dict[str, set[str]] = defaultdict(set)
        for reading in self.others:
            self.clusters[self.cluster(reading.line.id)].add(reading.line.id)
        self.levels: dict[str, dict[str, str]] = {}
        self.pairs: dict[str, Pair] = {}

    def cluster(self, line: str) -> str:
        return self.former.get(line, line)

    def of(self, cluster: str | None) -> set[str]:
        """The lines of a cluster that the problem holds."""
        return self.clusters.get(cluster, set()) if cluster is not None else set()

    def weighed(self) -> list[Weighed]:
        """Every other line that is no stranger, or was ruled about."""
        return [self._weigh(other) for other in self.others if other.line.id in self.ruled or not strangers(self._pair(other))]

    def _pair(self, other: Reading) -> Pair:
        early, late = sorted((self.new, other), key=lambda reading: reading.order)
        return Pair(early, late, self.kin)

    def _weigh(self, other: Reading) -> Weighed:
        pair = self.pairs[other.line.id] = self._pair(other)
        found = self.levels[other.line.id] = levels(pair)
        ruling = self.ruled.get(other.line.id)
        score = bits(found, self.scale)
        if ruling is not None:
            score = round(score + (RULED if ruling.relation.joins else -RULED), 6)
        apart = forbidden(pair.early, pair.late, found) or ""
        if ruling is not None:
            apart = "" if ruling.relation.joins else f"a person ruled: {ruling.relation}"
        return Weighed(
            other=other.line.id,
            earlier=other is pair.early,
            relation=relation(pair.early, pair.late, found) if ruling is None else ruling.relation,
            score=score,
            likely=not apart and score >= self.scale.join,
            apart=apart,
            reasons=(),
            changes=(),
        )

    def explained(self, one: Weighed) -> Weighed:
        """The pair with its reasons and with what changed."""
        pair = self.pairs[one.other]
        told = reasons(pair, self.levels[one.other], self.scale)
        return replace(one, reasons=with_ruling(told, self.ruled.get(one.other)), changes=_changes(pair))

    def joins(self, weighed: Sequence[Weighed], sizes: Mapping[str, int]) -> tuple[str | None, str | None]:
        """The cluster that the line joins, and its line that speaks for it most: rulings, then resends, then the mean of the evidence."""
        by_cluster: dict[str, list[Weighed]] = defaultdict(list)
        for one in weighed:
            by_cluster[self.cluster(one.other)].append(one)
        for one in weighed:
            if one.other in self.ruled and not one.apart:
                return self.cluster(one.other), one.other
        open_ = {name: met for name, met in by_cluster.items() if not any(one.apart for one in met)}
        again = self._resent()
        for one in weighed:
            if one.other in again and self.cluster(one.other) in open_:
                return self.cluster(one.other), one.other
        best: tuple[float, str, str] | None = None
        for name, met in sorted(open_.items()):
            lines = max(sizes.get(name, 0), len(self.clusters[name]))
            mean = (sum(one.score for one in met) + UNMET * (lines - len(met))) / lines
            if mean >= self.scale.join and (best is None or mean > best[0]):
                best = (mean, name, met[0].other)
        if best is None:
            return None, None
        further = None if best[1] in self.former.values() else self._would_join(best[2], sizes)
        if further is not None and further in open_:
            # a line that stands nowhere yet speaks for it most, and that one would join this need
            return further, open_[further][0].other
        return best[1], best[2]

    def _would_join(self, other: str, sizes: Mapping[str, int]) -> str | None:
        """The need of a former linking that another line would join, which stands in none yet; None where there is none."""
        without = tuple(line for line in self.problem.lines if line.id != self.new.line.id)
        rulings = tuple(one for one in self.problem.judgements if self.new.line.id not in (one.line_a, one.line_b))
        run = _One(other, replace(self.problem, lines=without, judgements=rulings), self.scale)
        standing = [one for one in run.weighed() if one.other in self.former]
        return run.joins(sorted(standing, key=lambda one: (-one.score, one.other)), sizes)[0]

    def _resent(self) -> set[str]:
        """The lines of a message that came byte for byte as the new line's did, and say the same."""
        readings = sorted((self.new, *self.others), key=lambda reading: reading.order)
        names = [reading.line.id for reading in readings]
        pairs = [{names[a], names[b]} for a, b in resent(readings)]
        return {other for pair in pairs if self.new.line.id in pair for other in pair - {self.new.line.id}}


def _is_shown(one: Weighed, run: _One, least: float) -> bool:
    return one.score >= least or one.relation is Relation.SECOND_BATCH or one.other in run.ruled


def _second(one: Weighed, run: _One) -> Weighed:
    """A pair that stays two needs: a second batch where the later line calls itself one."""
    told = run.levels[one.other]
    further = told["batch"] == "later-is-additional" and alike(told) and one.other not in run.ruled
    return replace(one, relation=Relation.SECOND_BATCH) if further else one


def _changes(pair: Pair) -> tuple[Change, ...]:
    """What the later line says otherwise; where one of the two says nothing, nothing changed."""
    a, b = pair.early.line, pair.late.line
    told: list[Change] = []
    if a.quantity is not None and b.quantity is not None and a.quantity != b.quantity:
        told.append(Change(field="quantity", before=f"{a.quantity.normalize():f}", after=f"{b.quantity.normalize():f}"))
    for name, before, after in (("unit", a.unit, b.unit), ("category", a.category, b.category)):
        if before and after and before != after:
            told.append(Change(field="unit" if name == "unit" else "category", before=before, after=after))
    if a.needed_by is not None and b.needed_by is not None and a.needed_by != b.needed_by:
        told.append(Change(field="needed_by", before=a.needed_by.isoformat(), after=b.needed_by.isoformat()))
    if pair.late.side == "need" and "worse" in pair.late.cues and "worse" not in pair.early.cues:
        told.append(Change(field="severity", before="", after="worse"))
    return tuple(told)
