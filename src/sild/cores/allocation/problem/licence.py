"""A licence and how long it still takes: a number of periods, or what like routes took, planned on a chosen quantile of it.

The quantile is the smallest duration that at least this share of the past routes did not exceed, of those routes only that took
longer than has been waited already. Nothing is interpolated, so that every planned day was seen once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal, get_args

from sild.cores.allocation.problem.wellformed import LARGEST_PERIOD, ProblemRefused, one_of, whole

LicenceState = Literal["not-needed", "granted", "pending", "denied", "unknown"]

LONGEST_ROUTE = 36_500
DAYS = {"week": 7, "month": 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """The export licence of an offer: who rules on it and how many periods it still takes (None: not known).

    `until`: the last period in which something may still arrive under it; None: no end is known.
    Instead of `lead`: `days`, what like routes took, and `waited`, the days since it was applied for. The problem then sets
    `planned`, the periods at its quantile; None: it takes longer already than any of those routes.
    """

    state: LicenceState = "not-needed"
    authority: str = ""
    lead: int | None = None
    days: tuple[int, ...] = ()
    waited: int = 0
    planned: int | None = None
    until: int | None = None

    def __post_init__(self) -> None:
        one_of("licence", "state", self.state, get_args(LicenceState))
        if self.lead is not None:
            whole("licence", "lead", self.lead, 0, LARGEST_PERIOD)
            if self.days:
                raise ProblemRefused("licence: lead and days are both given; they mean the same")
        for one in self.days:
            whole("licence", "days", one, 0, LONGEST_ROUTE)
        whole("licence", "waited", self.waited, 0, LONGEST_ROUTE)
        if self.until is not None:
            whole("licence", "until", self.until, 0, LARGEST_PERIOD)
            if self.state in ("not-needed", "denied"):
                raise ProblemRefused(f"licence: until is given and its state is {self.state}; what was not granted does not end")

    @property
    def wait(self) -> int:
        """Periods that the licence adds before anything can leave; 0 where it is granted, not needed or of unknown length."""
        return self.known or 0 if self.state == "pending" else 0

    @property
    def known(self) -> int | None:
        """The periods that are planned with, None where nobody knows."""
        return self.planned if self.days else self.lead

    def sooner(self, periods: int) -> Licence:
        """The same licence so many periods earlier."""
        return Licence(state=self.state, authority=self.authority, lead=self.wait - periods, until=self.until)

    def longer(self, periods: int) -> Licence:
        """The same licence held so many periods longer."""
        return self if self.until is None else replace(self, until=self.until + periods)


def days_left(licence: Licence, quantile: Decimal) -> int | None:
    """The days still to wait at this quantile of the past routes; None where none of them took so long."""
    left = sorted(days - licence.waited for days in licence.days if days > licence.waited)
    if not left:
        return None
    at = int((quantile * len(left)).to_integral_value(ROUND_CEILING))
    return left[max(at, 1) - 1]


def periods_left(licence: Licence, quantile: Decimal, period: str) -> int | None:
    """The same in whole periods, the begun one counted."""
    days = days_left(licence, quantile)
    return None if days is None else -(-days // DAYS[period])
