"""Some lines linked anew among needs that stand: what a ruling moves, at a cost that does not grow with the register.

The lines that are `free` are placed afresh, by the same pairs, weights, bans and order as in a whole linking. All others stay with
those that they stand with (`former`): a free line joins such a need or offer as a whole, and two of them never become one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sild.cores.linkage.answer import Linkage
from sild.cores.linkage.method import Run
from sild.cores.linkage.method.candidates import candidates
from sild.cores.linkage.method.weights import Weights, weights
from sild.cores.linkage.problem import LinkageProblem

Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the whole register tells of a part of it. `tables`: messages that are tables (see `TABLE`), all of whose lines may not be here.

    `seen`: the pairs of lines whose link or likeness is kept, None where nobody keeps them. A pair of two needs that comes above the bar
    and is not among them was never met in the whole register, where each line meets the nearest alone: it is not met here either.
    """

    tables: Collection[str] = ()
    seen: Collection[frozenset[str]] | None = None


NOTHING = Known()


def relink(problem: LinkageProblem, free: Collection[str], known: Known = NOTHING, *, scale: Weights | None = None) -> Linkage:
    """Place the `free` lines of a problem anew. The answer holds the clusters in which a free line stands, and no others.

    Its links join lines of these clusters, or stand for a ruling; each look-alike has a free line. Costs time linear in the lines
    that are not free.
    """
    run = _Part(problem, free, known, scale or weights())
    run.score()
    run.join()
    return run.answer()


def placed(problem: LinkageProblem, answer: Linkage) -> tuple[LinkageProblem, Linkage]:
    """The problem and the answer of `relink` as far as they speak of lines in its clusters alone: what `check` verifies."""
    there = {line for cluster in answer.clusters for line in cluster.lines}
    asked = replace(
        problem,
        lines=tuple(line for line in problem.lines if line.id in there),
        judgements=tuple(one for one in problem.judgements if {one.line_a, one.line_b} <= there),
        former={line: name for line, name in problem.former.items() if line in there},
        vectors=None if problem.vectors is None else {line: found for line, found in problem.vectors.items() if line in there},
    )
    told = replace(
        answer,
        links=tuple(one for one in answer.links if {one.line_a, one.line_b} <= there),
        look_alikes=tuple(one for one in answer.look_alikes if {one.line_a, one.line_b} <= there),
        conflicts=tuple(one for one in answer.conflicts if {one.line_a, one.line_b} <= there),
        questions=(),
    )
    return asked, told


class _Part(Run):
    """A run in which lines that are not free hold together as they did."""

    def __init__(self, problem: LinkageProblem, free: Collection[str], known: Known, scale: Weights) -> None:
        super().__init__(problem, scale)
        self.free = {self.index[name] for name in free if name in self.index}
        self.known = known
        self.beside: Pairs = []
        self.touched: list[list[int]] = []

    def pairs(self) -> Iterable[tuple[int, int]]:
        """The candidates with a free line; pairs of others are weighed only where a free line comes between them."""
        met: Pairs = []
        for pair in candidates(self.readings, self.kin):
            (met if self.free.intersection(pair) else self.beside).append(pair)
        return met

    def score(self) -> None:
        """As in a whole linking, but for pairs that one never met."""
        super().score()
        if self.known.seen is not None:
            for pair in [pair for pair, found in self.levels.items() if found.bits >= self.scale.join and self._unseen(*pair)]:
                del self.levels[pair]

    def _unseen(self, one: int, other: int) -> bool:
        ends = [self.readings[index].line.id for index in (one, other)]
        stands = {self.problem.former.get(line) for line in ends}
        apart = None not in stands and len(stands) == 2
        return apart and (one, other) not in self.rulings and frozenset(ends) not in (self.known.seen or ())

    def rows(self) -> Mapping[int, tuple[str, str]]:
        """Rows of tables of which the problem may hold a few only."""
        told = ((index, reading.line.message, reading.text_key) for index, reading in enumerate(self.readings))
        return {**super().rows(), **{index: (message, text) for index, message, text in told if message in self.known.tables}}

    def held(self) -> tuple[Pairs, Pairs]:
        """What is not free holds together as it did, and apart from the rest of its kind."""
        groups: dict[str, list[int]] = {}
        for index, reading in enumerate(self.readings):
            if index not in self.free:
                groups.setdefault(self.problem.former.get(reading.line.id, reading.line.id), []).append(index)
        heads = [members[0] for members in groups.values()]
        together = [(members[0], other) for members in groups.values() for other in members[1:]]
        return together, [(one, other) for place, one in enumerate(heads) for other in heads[place + 1 :]]

    def join(self) -> None:
        """Clusters as in a whole linking; then what a link inside those with free lines may rest on is weighed too."""
        super().join()
        self.touched = [members for members in self.clusters if self.free.intersection(members)]
        place = {index: number for number, members in enumerate(self.touched) for index in members}
        for one, other in self.beside:
            if one in place and place[one] == place.get(other):
                self._weigh(one, other)

    def answer(self) -> Linkage:
        """The answer about clusters with free lines."""
        whole = super().answer()
        named = {self.readings[index].line.id for members in self.touched for index in members}
        return replace(
            whole,
            clusters=tuple(cluster for cluster in whole.clusters if cluster.lines[0] in named),
            relation_to_first={line: said for line, said in whole.relation_to_first.items() if line in named},
        )

    def _link_groups(self) -> list[list[int]]:
        return self.touched

    def _second_batches(self) -> Pairs:
        # what a line that is not free calls further than what is found among all lines, not among these
        return [(one, other) for one, other in super()._second_batches() if other in self.free]
