"""Clusters under constraints: best pair first, never across what people ruled or what a line says of itself."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

UNMET = -2.25  # bits for two lines of one would-be cluster that no slot brought together: unlikely, not impossible

Pair = tuple[int, int]


class Clusters:
    """Lines (indices in order of time) join while the mean evidence between two clusters reaches the bar and nothing forbids it.

    The result depends on the pairs and their scores only, not on the order in which they were handed in.
    """

    def __init__(self, count: int, scores: Mapping[Pair, float], bar: float, rows: Mapping[int, tuple[str, str]]) -> None:
        """`rows` gives, for each line that is a row of a table, its table and its text: different rows are different needs."""
        self._bar = bar
        self._rows = {index: {table: text} for index, (table, text) in rows.items()}  # root -> table -> text of its rows
        self._root = list(range(count))
        self._members: dict[int, list[int]] = {index: [index] for index in range(count)}
        self._links: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)  # root -> root -> (sum of scores, pairs met)
        self._banned: dict[int, set[int]] = defaultdict(set)
        for (one, other), score in scores.items():
            self._links[one][other] = self._links[other][one] = (score, 1)

    def root(self, index: int) -> int:
        """The earliest line of the cluster of a line."""
        while self._root[index] != index:
            self._root[index] = self._root[self._root[index]]
            index = self._root[index]
        return index

    def rule(self, together: Iterable[Pair], apart: Iterable[Pair]) -> None:
        """What people ruled comes first; `apart` may also hold pairs that the lines themselves forbid, where no ruling joins them."""
        for one, other in together:
            a, b = sorted((self.root(one), self.root(other)))
            if a != b:
                self._merge(a, b)
        for one, other in apart:
            a, b = self.root(one), self.root(other)
            if a != b:
                self._banned[a].add(b)
                self._banned[b].add(a)

    def settle(self, pairs: Iterable[Pair]) -> None:
        """Join pairs that a rule settles (a message that came again, byte for byte), unless something forbids it."""
        for one, other in pairs:
            a, b = sorted((self.root(one), self.root(other)))
            if a != b and b not in self._banned[a] and not self._different_rows(a, b):
                self._merge(a, b)

    def grow(self) -> None:
        """Join greedily the two clusters with the strongest mean evidence between them; ties go to the earliest lines."""
        queue = [(-self._mean(a, b), a, b) for a, row in self._links.items() for b in row if a < b]
        heapq.heapify(queue)
        while queue and -queue[0][0] >= self._bar:
            strength, a, b = heapq.heappop(queue)
            if self._root[a] != a or self._root[b] != b or b in self._banned[a] or -self._mean(a, b) != strength:
                continue  # a note from before one of the two grew; the grown cluster has its own note
            if self._different_rows(a, b):
                continue
            self._merge(a, b)
            for other in self._links[a]:
                heapq.heappush(queue, (-self._mean(a, other), min(a, other), max(a, other)))

    def members(self) -> list[list[int]]:
        """All clusters, each in order of time, ordered by their first lines."""
        return [sorted(self._members[root]) for root in sorted(self._members)]

    def _mean(self, a: int, b: int) -> float:
        pairs = len(self._members[a]) * len(self._members[b])
        total, met = self._links[a][b]
        return (total + UNMET * (pairs - met)) / pairs

    def _different_rows(self, a: int, b: int) -> bool:
        """Whether the two clusters hold rows of one table that say different things."""
        few, many = sorted((self._rows.get(a, {}), self._rows.get(b, {})), key=len)
        return any(many.get(table, text) != text for table, text in few.items())

    def _merge(self, keep: int, gone: int) -> None:
        """`gone` becomes part of `keep`, with its evidence towards others and its bans."""
        self._root[gone] = keep
        self._members[keep] += self._members.pop(gone)
        if gone in self._rows:
            self._rows[keep] = self._rows.pop(gone) | self._rows.get(keep, {})
        for other, (total, met) in self._links.pop(gone, {}).items():
            del self._links[other][gone]
            if other != keep:
                mine = self._links[keep].get(other, (0.0, 0))
                self._links[keep][other] = self._links[other][keep] = (mine[0] + total, mine[1] + met)
        for other in self._banned.pop(gone, set()):
            self._banned[other].discard(gone)
            if other != keep:
                self._banned[keep].add(other)
                self._banned[other].add(keep)
