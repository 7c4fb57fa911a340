"""What the calendar expects of each day: the level of the weeks about it, without the days next to it, times what its weekday is worth.

The test gives it incidents alone, so that a placement of statements cannot change it. Figures that people read are made of the days that
lie in no window, so that an effect is not expected of itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sild.cores.influence.problem import Calendar

PRIOR_DAYS = 7.0  # the level of the whole calendar counts like so many days: weeks without any incident expect some
PRIOR_INCIDENTS = 10.0  # a weekday counts as any other until it has shown so many
CLASSES = 8
HOLIDAY = 7
WEEK = 3  # days on either side

Numbers = NDArray[np.float64]


class Expectation:
    """The calendar laid out once; `of` answers for any number of series of incidents."""

    def __init__(self, calendar: Calendar, hole_days: int, reach_days: int) -> None:
        self.hole, self.reach = hole_days, reach_days
        self.observed = np.array(calendar.observed(), dtype=np.float64)
        first = calendar.first.weekday()
        self.kind = (np.arange(calendar.days) + first) % 7
        for day in calendar.holidays:
            if 0 <= calendar.index(day) < calendar.days:
                self.kind[calendar.index(day)] = HOLIDAY
        self.belongs = (self.kind[None, :] == np.arange(CLASSES)[:, None]) * self.observed[None, :]

    def of(self, series: Numbers, without: Numbers | None = None) -> Numbers:
        """Expected incidents of each day and series; shape (days, series), as given. Days in gaps must hold 0.

        `without`: 1 for days that nothing is to be learned from, of the same shape.
        """
        seen = self.observed[:, None] if without is None else self.observed[:, None] * (1 - without)
        counted = series if without is None else series * (1 - without)
        near, near_days = self._near(counted), self._near(seen)
        usual = PRIOR_DAYS * counted.sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
        level = (near + usual) / (near_days + PRIOR_DAYS)
        worth = ((self.belongs @ counted + PRIOR_INCIDENTS) / (self.belongs @ (level * seen) + PRIOR_INCIDENTS))[self.kind]
        return np.asarray(worth * (near + usual) / (self._near(worth * seen) + PRIOR_DAYS), dtype=np.float64)

    def going_on(self, series: Numbers) -> Numbers:
        """What was going on: half of it what the day itself held, half the average of the week about it. Bursts are in it."""
        return (series + self._within(series, WEEK) / np.maximum(self._within(self.observed[:, None], WEEK), 1)) / 2

    def _near(self, series: Numbers) -> Numbers:
        """Sums over the days that are more than `hole` and at most `reach` days away."""
        return self._within(series, self.reach) - self._within(series, self.hole)

    def _within(self, series: Numbers, reach: int) -> Numbers:
        days = len(series)
        total = np.zeros((days + 1, series.shape[1]))
        np.cumsum(series, axis=0, out=total[1:])
        at = np.arange(days)
        return np.asarray(total[np.minimum(at + reach + 1, days)] - total[np.maximum(at - reach, 0)], dtype=np.float64)
