"""The method: read lines, pair those that share slots, weigh each pair, join best first, name relations and clusters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sild.cores.linkage.answer import LOOK_ALIKES, LOOK_ALIKES_OF_A_LINE, Cluster, Conflict, Link, Linkage, LookAlike, Reason, Side
from sild.cores.linkage.method.candidates import candidates, resent, rows_of_tables
from sild.cores.linkage.method.clustering import Clusters
from sild.cores.linkage.method.comparisons import bits, levels, reasons
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.naming import names
from sild.cores.linkage.method.owners import strangers
from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.reading import Reading, read
from sild.cores.linkage.method.relations import alike, forbidden, relation
from sild.cores.linkage.method.sides import ruled_sides
from sild.cores.linkage.method.weights import Weights, weights
from sild.cores.linkage.problem import Judgement, LinkageProblem, Relation

STRANGERS = -10.0  # bits for two lines of bodies that have nothing to do with each other; their other slots are not compared
RULED = 100.0  # bits of a person's ruling: no sum of comparisons outweighs it
UNMET_LOOKS = 20  # earlier lines of its cluster among which a line without candidates there (joined by a chain) finds its link


def link(problem: LinkageProblem, scale: Weights | None = None) -> Linkage:
    """Link all lines of a problem. The answer does not depend on the order of lines, bodies, relations or judgements.

    `scale` replaces the shipped weights (the bench uses it to validate weights on lines that they were not fitted on).
    """
    run = Run(problem, scale or weights())
    run.score()
    run.join()
    return run.answer()


def explain(line_a: str, line_b: str, problem: LinkageProblem, scale: Weights | None = None) -> tuple[Reason, ...]:
    """The reasons of any pair of lines, candidates or not, rulings included. Raises KeyError for an id that is not in the problem."""
    kin = Kin(problem)
    found = {line.id: line for line in problem.lines if line.id in (line_a, line_b)}
    sides = ruled_sides(problem.lines, problem.judgements, kin)
    early, late = sorted(
        (read(found[name], kin, sides[name], problem.vectors) for name in (line_a, line_b)), key=lambda reading: reading.order
    )
    pair = Pair(early, late, kin)
    told = reasons(pair, levels(pair), scale or weights())
    ruled = {frozenset((judgement.line_a, judgement.line_b)): judgement for judgement in problem.judgements}
    return with_ruling(told, ruled.get(frozenset((line_a, line_b))))


def with_ruling(told: tuple[Reason, ...], ruling: Judgement | None) -> tuple[Reason, ...]:
    """The reasons of a pair with what a person ruled about it."""
    if ruling is None:
        return told
    weight = RULED if ruling.relation.joins else -RULED
    said = f"a person ruled: {ruling.relation}"
    return (*told, Reason(comparison="ruling", level=ruling.relation.value, value_a="-", value_b="-", weight=weight, sentence=said))


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a pair came out: the level of every comparison, and the sum of what they weigh."""

    levels: dict[str, str]
    bits: float


class Run:
    """One run over one problem. Indices count the readings in order of time."""

    def __init__(self, problem: LinkageProblem, scale: Weights) -> None:
        self.problem = problem
        self.scale = scale
        self.kin = Kin(problem)
        asked = [line for line in problem.lines if line.kind != "question"]
        sides = ruled_sides(problem.lines, problem.judgements, self.kin)
        self.readings: list[Reading] = sorted(
            (read(line, self.kin, sides[line.id], problem.vectors) for line in asked), key=lambda reading: reading.order
        )
        self.index = {reading.line.id: place for place, reading in enumerate(self.readings)}
        self.levels: dict[tuple[int, int], Weighed] = {}
        self.kinds: dict[tuple[str, ...], Weighed] = {}  # pairs that come out alike share one entry: there are few ways to come out
        self.strangers: list[tuple[int, int]] = []
        self.rulings: dict[tuple[int, int], Judgement] = {}
        self.clusters: list[list[int]] = []
        self.place: dict[int, int] = {}
        for judgement in sorted(problem.judgements, key=lambda ruled: (ruled.line_a, ruled.line_b, ruled.relation.value)):
            if judgement.line_a in self.index and judgement.line_b in self.index:
                self.rulings[self._pair(judgement.line_a, judgement.line_b)] = judgement

    def _pair(self, a: str, b: str) -> tuple[int, int]:
        one, other = self.index[a], self.index[b]
        return (one, other) if one < other else (other, one)

    def score(self) -> None:
        """Levels for every ruled pair and every candidate pair whose bodies are not strangers to each other."""
        for one, other in {*self.pairs(), *self.rulings}:
            if (one, other) not in self.rulings and strangers(self._both(one, other)):
                self.strangers.append((one, other))
            else:
                self._weigh(one, other)

    def pairs(self) -> Iterable[tuple[int, int]]:
        """The pairs that are worth comparing."""
        return candidates(self.readings, self.kin)

    def rows(self) -> Mapping[int, tuple[str, str]]:
        """The lines that are rows of tables, each with its message and text."""
        return rows_of_tables(self.readings)

    def held(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Pairs that hold together, and pairs that stay apart, whatever the evidence: none but what people ruled."""
        return [], []

    def _both(self, one: int, other: int) -> Pair:
        return Pair(self.readings[one], self.readings[other], self.kin)

    def _weigh(self, one: int, other: int) -> Weighed:
        if (one, other) not in self.levels:
            found = levels(self._both(one, other))
            how = (self.readings[one].side, *found.values())
            if how not in self.kinds:
                self.kinds[how] = Weighed(found, bits(found, self.scale))
            self.levels[one, other] = self.kinds[how]
        return self.levels[one, other]

    def total(self, one: int, other: int) -> float:
        """The score of a pair: the sum of its reasons."""
        score = self._weigh(one, other).bits
        ruling = self.rulings.get((one, other))
        return score if ruling is None else round(score + (RULED if ruling.relation.joins else -RULED), 6)

    def _reasons(self, one: int, other: int) -> tuple[Reason, ...]:
        return with_ruling(reasons(self._both(one, other), self._weigh(one, other).levels, self.scale), self.rulings.get((one, other)))

    def join(self) -> None:
        """Clusters: rulings first, then what lines forbid, then the evidence."""
        scores = dict.fromkeys(self.strangers, STRANGERS) | {pair: self.total(*pair) for pair in self.levels}
        clusters = Clusters(len(self.readings), scores, self.scale.join, self.rows())
        together, apart = self.held()
        together += [pair for pair, judgement in self.rulings.items() if judgement.relation.joins]
        apart += [pair for pair, judgement in self.rulings.items() if not judgement.relation.joins]
        for pair, found in self.levels.items():
            if pair not in self.rulings and forbidden(self.readings[pair[0]], self.readings[pair[1]], found.levels):
                apart.append(pair)
        clusters.rule(sorted(together), sorted(apart))
        clusters.settle(resent(self.readings))
        clusters.grow()
        self.clusters = clusters.members()
        self.place = {index: number for number, members in enumerate(self.clusters) for index in members}

    def answer(self) -> Linkage:
        """The answer with its reasons, in order of time."""
        sides = [self._side(members) for members in self.clusters]
        ids = [[self.readings[index].line.id for index in members] for members in self.clusters]
        claims = [reading.line.id for reading in sorted(self.readings, key=lambda reading: reading.amends)]
        named = names(list(zip(sides, ids, strict=True)), self.problem.former, claims)
        clusters = [Cluster(id=name, side=side, lines=tuple(lines)) for name, side, lines in zip(named, sides, ids, strict=True)]
        first = {index: members[0] for members in self.clusters for index in members[1:]}
        shown, left_out = self._look_alikes()
        return Linkage(
            clusters=tuple(clusters),
            links=tuple(self._links()),
            look_alikes=tuple(shown),
            look_alikes_left_out=left_out,
            conflicts=tuple(self._conflicts()),
            questions=tuple(sorted(line.id for line in self.problem.lines if line.kind == "question")),
            relation_to_first={self.readings[index].line.id: self.relation_of(start, index) for index, start in sorted(first.items())},
        )

    def _side(self, members: list[int]) -> Side:
        return self.readings[members[0]].side

    def relation_of(self, one: int, other: int) -> Relation:
        """How the later of two lines (indices) stands to the earlier, if both are of one need."""
        ruling = self.rulings.get((one, other))
        if ruling is not None and ruling.relation.joins:
            return ruling.relation
        return relation(self.readings[one], self.readings[other], self._weigh(one, other).levels)

    def _link(self, one: int, other: int, said: Relation) -> Link:
        a, b = self.readings[one].line.id, self.readings[other].line.id
        return Link(line_a=a, line_b=b, relation=said, score=self.total(one, other), reasons=self._reasons(one, other))

    def _link_groups(self) -> list[list[int]]:
        return self.clusters

    def _links(self) -> list[Link]:
        """For each line that is not the first of its cluster the strongest link to an earlier one; every ruling; second batches."""
        chosen: dict[tuple[int, int], Relation] = {}
        near: dict[int, list[int]] = defaultdict(list)
        for one, other in sorted(self.levels):
            if not self._apart(one, other):
                near[other].append(one)
        for members in self._link_groups():
            for place, index in enumerate(members[1:], start=1):
                met = near[index] or members[max(0, place - UNMET_LOOKS) : place]
                best = max(met, key=lambda one: (self.total(one, index), -one))
                chosen[best, index] = self.relation_of(best, index)
        for pair, judgement in self.rulings.items():
            if judgement.relation is not Relation.NOT_THE_SAME:
                chosen[pair] = judgement.relation
        for pair in self._second_batches():
            chosen.setdefault(pair, Relation.SECOND_BATCH)
        return [self._link(one, other, said) for (one, other), said in sorted(chosen.items())]

    def _conflicts(self) -> list[Conflict]:
        """The rulings that join what the evidence keeps apart, or keep apart what it would join, in order of time."""
        found = []
        for (one, other), judgement in sorted(self.rulings.items()):
            weighed = self._weigh(one, other)
            apart = weighed.bits < self.scale.join or forbidden(self.readings[one], self.readings[other], weighed.levels) is not None
            if judgement.relation.joins == apart:
                a, b = self.readings[one].line.id, self.readings[other].line.id
                found.append(Conflict(line_a=a, line_b=b, ruled=judgement.relation, score=weighed.bits))
        return found

    def _second_batches(self) -> list[tuple[int, int]]:
        """For each line that calls itself additional, the earlier line of another cluster that it is alike to."""
        best: dict[int, tuple[float, int]] = {}
        for (one, other), found in self.levels.items():
            told = found.levels
            if told["batch"] == "later-is-additional" and alike(told) and self._apart(one, other) and (one, other) not in self.rulings:
                score = self.total(one, other)
                best[other] = max(best.get(other, (score, one)), (score, one))
        return [(one, other) for other, (_, one) in sorted(best.items())]

    def _apart(self, one: int, other: int) -> bool:
        return self.place[one] != self.place[other]

    def _look_alikes(self) -> tuple[list[LookAlike], int]:
        """Pairs of different clusters that ask the same thing for one body, or score near the bar, with what kept them apart.

        All that people ruled, and of the others the nearest, as many as `LookAlike` promises; also returns how many were left out.
        """
        ruled, others = [], []
        for pair, found in self.levels.items():
            if self._apart(*pair):
                if pair in self.rulings:
                    ruled.append(pair)
                elif found.bits >= self.scale.alike or alike(found.levels):
                    others.append(pair)
        others.sort(key=lambda pair: (-self.levels[pair].bits, pair))
        told: Counter[int] = Counter()
        kept: list[tuple[int, int]] = []
        for one, other in others:
            if len(kept) < LOOK_ALIKES and max(told[one], told[other]) < LOOK_ALIKES_OF_A_LINE:
                told.update((one, other))
                kept.append((one, other))
        return [self._look_alike(one, other) for one, other in sorted([*ruled, *kept])], len(others) - len(kept)

    def _look_alike(self, one: int, other: int) -> LookAlike:
        ruling = self.rulings.get((one, other))
        why = forbidden(self.readings[one], self.readings[other], self._weigh(one, other).levels)
        if ruling is not None:
            why = f"a person ruled: {ruling.relation}"
        a, b, score, shown = self.readings[one].line.id, self.readings[other].line.id, self.total(one, other), self._reasons(one, other)
        return LookAlike(line_a=a, line_b=b, score=score, reasons=shown, why=why or self._why(score, shown))

    def _why(self, score: float, told: tuple[Reason, ...]) -> str:
        against = min((reason for reason in told if reason.comparison != "prior"), key=lambda reason: reason.weight)
        if score >= self.scale.join:
            return "each belongs more surely with other lines, which do not fit together"
        return against.sentence if against.weight < 0 else "nothing speaks against it, but too little speaks for it"
