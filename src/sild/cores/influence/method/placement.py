"""Where statements might as well have been made: shifted in a circle within strata of the calendar, working days among working days.

Statements of a stratum move together, so that flurries stay flurries; incidents stay where they are, so that bursts stay bursts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sild.cores.influence.problem import Calendar

Days = NDArray[np.int64]
Numbers = NDArray[np.float64]
SATURDAY = 5


class Axes:
    """The days on which a statement may stand, by stratum and by working day or day of rest."""

    def __init__(self, calendar: Calendar, span: tuple[int, int], stratum_days: int) -> None:
        days = calendar.days
        seen = np.concatenate([[0], np.cumsum(calendar.observed())])
        at = np.arange(days)
        begin, end = at + span[0], at + span[1] + 1
        inside = (begin >= 0) & (end <= days)
        whole = seen[np.clip(end, 0, days)] - seen[np.clip(begin, 0, days)] == span[1] - span[0] + 1
        self.admissible = inside & whole
        strata = max(1, round(days / stratum_days))
        self.stratum = at * strata // days
        self.strata = strata
        rest = (at + calendar.first.weekday()) % 7 >= SATURDAY
        rest[[calendar.index(day) for day in calendar.holidays if 0 <= calendar.index(day) < days]] = True
        self.group = self.stratum * 2 + rest
        self.members = [np.flatnonzero(self.admissible & (self.group == group)) for group in range(2 * strata)]
        self.rank = np.zeros(days, dtype=np.int64)
        for members in self.members:
            self.rank[members] = np.arange(len(members))
        self.length = np.array([len(members) for members in self.members], dtype=np.int64)

    def shifts(self, count: int, generator: np.random.Generator) -> Numbers:
        """Shares of a circle, shape (count, strata); the first row is the calendar as it was."""
        drawn = generator.random((count, self.strata))
        drawn[0] = 0.0
        return drawn

    def placed(self, days: Days, shifts: Numbers) -> Days:
        """Where statements of these days stand under each row of shifts; shape (rows, statements)."""
        group = self.group[days]
        length = self.length[group]
        turned = np.floor(shifts[:, self.stratum[days]] * length).astype(np.int64)
        rank = (self.rank[days] + turned) % length
        moved = np.empty_like(rank)
        for column, members in enumerate(group):
            moved[:, column] = self.members[members][rank[:, column]]
        return moved

    def placements(self, days: Days) -> float:
        """How many different placements there are, about."""
        longest: dict[int, int] = {}
        for day in days:
            stratum = int(self.stratum[day])
            longest[stratum] = max(longest.get(stratum, 1), int(self.length[self.group[day]]))
        return float(np.prod([float(length) for length in longest.values()])) if longest else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that are held against one series of incidents: `column` of the series, the days of the statements."""

    column: int
    days: Days


def windows(axes: Axes, groups: list[Group], shifts: Numbers, window: tuple[int, int]) -> csr_array:
    """Which days lie in a window, each once: 0 or 1, shape (rows of shifts, columns of series x days)."""
    length = len(axes.stratum)
    offsets = np.arange(window[0], window[1] + 1)
    taken = [(axes.placed(group.days, shifts)[:, :, None] + offsets).reshape(len(shifts), -1) + group.column * length for group in groups]
    days = np.concatenate(taken, axis=1)
    rows = np.repeat(np.arange(len(shifts)), days.shape[1])
    columns = 1 + max(group.column for group in groups)
    found = csr_array((np.ones(days.size), (rows, days.ravel())), shape=(len(shifts), columns * length))
    found.sum_duplicates()
    found.data[:] = 1.0
    return found
