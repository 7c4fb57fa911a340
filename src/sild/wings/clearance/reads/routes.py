"""The library of past routes: how long each authority took, reckoned from the cases that it answered, which stand beside the figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.rules import DECIDED, FEWEST_ROUTES, CaseState, Round, answered_rounds, median_days


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCase:
    """One answered application behind a figure."""

    case: UUID
    item: str
    provider: str
    category: str
    round: Round


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRoute:
    """What an authority of a jurisdiction did with a category: the median of its days (pauses left out) over `rows`."""

    jurisdiction: str
    authority: str
    category: str
    median: float
    shortest: int
    longest: int
    granted: int
    denied: int
    rows: tuple[PastCase, ...]

    @property
    def planned_with(self) -> bool:
        """Whether there are enough of them to plan with."""
        return len(self.rows) >= FEWEST_ROUTES


@read
def past_routes(actor: Actor, *, jurisdiction: str = "", category: str = "") -> tuple[PastRoute, ...]:
    """The routes of all answered applications that the reader may see, by jurisdiction, authority and category."""
    exact = {name: value for name, value in (("jurisdiction", jurisdiction), ("category", category)) if value}
    grouped: dict[tuple[str, str, str], list[PastCase]] = defaultdict(list)
    for case in _answered(LicenceCase.objects.filter(**exact)):
        for told in answered_rounds(case.history()):
            one = PastCase(case=case.id, item=case.item, provider=case.provider, category=case.category, round=told)
            grouped[case.jurisdiction, case.authority, case.category].append(one)
    return tuple(_route(place, rows) for place, rows in sorted(grouped.items()))


def _route(place: tuple[str, str, str], rows: list[PastCase]) -> PastRoute:
    days = [row.round.days for row in rows]
    return PastRoute(
        jurisdiction=place[0],
        authority=place[1],
        category=place[2],
        median=median_days(days) or 0.0,
        shortest=min(days),
        longest=max(days),
        granted=sum(row.round.outcome == CaseState.GRANTED for row in rows),
        denied=sum(row.round.outcome == CaseState.DENIED for row in rows),
        rows=tuple(sorted(rows, key=lambda row: (row.round.answered_on, str(row.case)), reverse=True)),
    )


@dataclass(frozen=True, slots=True)
class Typical:
    """How long the most alike cases took that there are enough of: the median in days, and each answered application's days, sorted."""

    days: float
    routes: tuple[int, ...]

    @property
    def among(self) -> int:
        """Of how many answered applications that is the median."""
        return len(self.routes)


class Typicals:
    """The medians to reckon with: of the same authority and category, else of the authority, else of the jurisdiction."""

    def __init__(self, cases: Iterable[LicenceCase]) -> None:
        self._days: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for case in cases:
            for told in answered_rounds(case.history()):
                for place in self._places(case):
                    self._days[place].append(told.days)

    def of(self, case: LicenceCase) -> Typical | None:
        """What cases like this one took; None where too few were answered."""
        for place in self._places(case):
            days = self._days.get(place, [])
            middle = median_days(days)
            if len(days) >= FEWEST_ROUTES and middle is not None:
                return Typical(middle, tuple(sorted(days)))
        return None

    @staticmethod
    def _places(case: LicenceCase) -> tuple[tuple[str, ...], ...]:
        return ((case.jurisdiction, case.authority, case.category), (case.jurisdiction, case.authority), (case.jurisdiction,))


def typicals() -> Typicals:
    """The medians over all cases that the actor sees; within a read."""
    return Typicals(_answered(LicenceCase.objects.all()))


def _answered(cases: Iterable[LicenceCase]) -> list[LicenceCase]:
    decided = {str(state) for state in DECIDED}
    return sorted((case for case in cases if any(step["state"] in decided for step in case.steps)), key=lambda one: str(one.id))


@read
def typical_of(actor: Actor, case_id: UUID) -> Typical | None:
    """What cases like this one took. Raises NotThere."""
    case: LicenceCase = LicenceCase.found(case_id)
    return typicals().of(case)
