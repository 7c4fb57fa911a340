"""The method: read lines, pair those that share slots, weigh each pair, join best first, name relations and clusters."""

from __future__ import annotations

from sild.cores.linkage.answer import Cluster, Link, Linkage, LookAlike, Reason, Side
from sild.cores.linkage.method.candidates import candidates, resent
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


def link(problem: LinkageProblem, scale: Weights | None = None) -> Linkage:
    """Link all lines of a problem. The answer does not depend on the order of lines, bodies, relations or judgements.

    `scale` replaces the shipped weights (the bench uses it to validate weights on lines that they were not fitted on).
    """
    run = _Run(problem, scale or weights())
    run.score()
    run.join()
    return run.answer()


def explain(line_a: str, line_b: str, problem: LinkageProblem, scale: Weights | None = None) -> tuple[Reason, ...]:
    """The reasons of any pair of lines, candidates or not, rulings included. Raises KeyError for an id that is not in the problem."""
    kin = Kin(problem)
    found = {line.id: line for line in problem.lines if line.id in (line_a, line_b)}
    sides = ruled_sides(problem.lines, problem.judgements, kin)
    early, late = sorted((read(found[name], kin, sides[name]) for name in (line_a, line_b)), key=lambda reading: reading.order)
    pair = Pair(early, late, kin)
    told = reasons(pair, levels(pair), scale or weights())
    ruled = {frozenset((judgement.line_a, judgement.line_b)): judgement for judgement in problem.judgements}
    return _with_ruling(told, ruled.get(frozenset((line_a, line_b))))


def _with_ruling(told: tuple[Reason, ...], ruling: Judgement | None) -> tuple[Reason, ...]:
    if ruling is None:
        return told
    weight = RULED if ruling.relation.joins else -RULED
    said = f"a person ruled: {ruling.relation}"
    return (*told, Reason(comparison="ruling", level=ruling.relation.value, value_a="-", value_b="-", weight=weight, sentence=said))


class _Run:
    """One run over one problem. Indices count the readings in order of time."""

    def __init__(self, problem: LinkageProblem, scale: Weights) -> None:
        self.problem = problem
        self.scale = scale
        self.kin = Kin(problem)
        asked = [line for line in problem.lines if line.kind != "question"]
        sides = ruled_sides(problem.lines, problem.judgements, self.kin)
        self.readings: list[Reading] = sorted((read(line, self.kin, sides[line.id]) for line in asked), key=lambda reading: reading.order)
        self.index = {reading.line.id: place for place, reading in enumerate(self.readings)}
        self.levels: dict[tuple[int, int], dict[str, str]] = {}
        self.totals: dict[tuple[int, int], float] = {}
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
        for one, other in {*candidates(self.readings, self.kin), *self.rulings}:
            if (one, other) not in self.rulings and strangers(self._both(one, other)):
                self.strangers.append((one, other))
            else:
                self._weigh(one, other)

    def _both(self, one: int, other: int) -> Pair:
        return Pair(self.readings[one], self.readings[other], self.kin)

    def _weigh(self, one: int, other: int) -> dict[str, str]:
        if (one, other) not in self.levels:
            self.levels[one, other] = levels(self._both(one, other))
        return self.levels[one, other]

    def total(self, one: int, other: int) -> float:
        """The score of a pair: the sum of its reasons."""
        if (one, other) not in self.totals:
            score = bits(self._weigh(one, other), self.scale)
            ruling = self.rulings.get((one, other))
            self.totals[one, other] = score if ruling is None else round(score + (RULED if ruling.relation.joins else -RULED), 6)
        return self.totals[one, other]

    def _reasons(self, one: int, other: int) -> tuple[Reason, ...]:
        return _with_ruling(reasons(self._both(one, other), self._weigh(one, other), self.scale), self.rulings.get((one, other)))

    def join(self) -> None:
        """Clusters: rulings first, then what lines forbid, then the evidence."""
        scores = dict.fromkeys(self.strangers, STRANGERS) | {pair: self.total(*pair) for pair in self.levels}
        clusters = Clusters(len(self.readings), scores, self.scale.join)
        together = [pair for pair, judgement in self.rulings.items() if judgement.relation.joins]
        apart = [pair for pair, judgement in self.rulings.items() if not judgement.relation.joins]
        for pair, found in self.levels.items():
            if pair not in self.rulings and forbidden(self.readings[pair[0]], self.readings[pair[1]], found):
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
        return Linkage(
            clusters=tuple(clusters),
            links=tuple(self._links()),
            look_alikes=tuple(self._look_alikes()),
            questions=tuple(sorted(line.id for line in self.problem.lines if line.kind == "question")),
            relation_to_first={self.readings[index].line.id: self._relation(start, index) for index, start in sorted(first.items())},
        )

    def _side(self, members: list[int]) -> Side:
        return self.readings[members[0]].side

    def _relation(self, one: int, other: int) -> Relation:
        ruling = self.rulings.get((one, other))
        if ruling is not None and ruling.relation.joins:
            return ruling.relation
        return relation(self.readings[one], self.readings[other], self._weigh(one, other))

    def _link(self, one: int, other: int, said: Relation) -> Link:
        a, b = self.readings[one].line.id, self.readings[other].line.id
        return Link(line_a=a, line_b=b, relation=said, score=self.total(one, other), reasons=self._reasons(one, other))

    def _links(self) -> list[Link]:
        """For each line that is not the first of its cluster the strongest link to an earlier one; every ruling; second batches."""
        chosen: dict[tuple[int, int], Relation] = {}
        for members in self.clusters:
            for place, index in enumerate(members[1:], start=1):
                met = [one for one in members[:place] if (one, index) in self.levels] or members[:place]
                best = max(met, key=lambda one: (self.total(one, index), -one))
                chosen[best, index] = self._relation(best, index)
        for pair, judgement in self.rulings.items():
            if judgement.relation is not Relation.NOT_THE_SAME:
                chosen[pair] = judgement.relation
        for pair in self._second_batches():
            chosen.setdefault(pair, Relation.SECOND_BATCH)
        return [self._link(one, other, said) for (one, other), said in sorted(chosen.items())]

    def _second_batches(self) -> list[tuple[int, int]]:
        """For each line that calls itself additional, the earlier line of another cluster that it is alike to."""
        best: dict[int, tuple[float, int]] = {}
        for (one, other), found in self.levels.items():
            if found["batch"] == "later-is-additional" and alike(found) and self._apart(one, other) and (one, other) not in self.rulings:
                score = self.total(one, other)
                best[other] = max(best.get(other, (score, one)), (score, one))
        return [(one, other) for other, (_, one) in sorted(best.items())]

    def _apart(self, one: int, other: int) -> bool:
        return self.place[one] != self.place[other]

    def _look_alikes(self) -> list[LookAlike]:
        """Pairs of different clusters that ask the same thing for one body, or score near the bar, with what kept them apart."""
        found = []
        for (one, other), told in sorted(self.levels.items()):
            score = self.total(one, other)
            ruling = self.rulings.get((one, other))
            if self._apart(one, other) and (ruling is not None or score >= self.scale.alike or alike(told)):
                why = forbidden(self.readings[one], self.readings[other], told)
                if ruling is not None:
                    why = f"a person ruled: {ruling.relation}"
                a, b = self.readings[one].line.id, self.readings[other].line.id
                shown = self._reasons(one, other)
                found.append(LookAlike(line_a=a, line_b=b, score=score, reasons=shown, why=why or self._why(score, shown)))
        return found

    def _why(self, score: float, told: tuple[Reason, ...]) -> str:
        against = min((reason for reason in told if reason.comparison != "prior"), key=lambda reason: reason.weight)
        if score >= self.scale.join:
            return "each belongs more surely with other lines, which do not fit together"
        return against.sentence if against.weight < 0 else "nothing speaks against it, but too little speaks for it"
