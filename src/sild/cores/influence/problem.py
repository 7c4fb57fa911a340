"""What an influence study is asked: statements, incidents, the calendar on which both were looked for, and the questions put to them.

Everything is frozen and checked on entry; what contradicts itself raises BadProblem and names the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

LONGEST_CALENDAR_DAYS = 36_600
LONGEST_WINDOW_DAYS = 60
JUST_BEFORE_DAYS = 2


class BadProblem(ValueError):
    """The problem contradicts itself; the text names the record and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something said in public on a day (the speaker's own). `who` speaks: a country's code where incidents are matched with speakers."""

    id: str
    day: date
    who: str
    kind: str
    topic: str | None = None

    def __post_init__(self) -> None:
        if not self.id or not self.who:
            raise BadProblem(f"a statement of {self.day} has no id, or nobody who makes it: give both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """`count` incidents on one day against one kind of victim, as one source saw them. None where it does not say."""

    day: date
    count: int = 1
    country: str | None = None
    sector: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        if self.count < 0:
            raise BadProblem(f"an incident of {self.day} has the count {self.count}: counts are 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days from `first` to `last`, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadProblem(f"a stretch of days ends on {self.last}, before it begins on {self.first}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When somebody looked. A day within, outside of `gaps`, without an incident is a day of none; a day in a gap is unknown.

    `holidays` are counted with Saturdays and Sundays as days of rest, and have a level of their own.
    """

    first: date
    last: date
    gaps: tuple[Stretch, ...] = ()
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadProblem(f"the calendar ends on {self.last}, before it begins on {self.first}")
        if self.days > LONGEST_CALENDAR_DAYS:
            raise BadProblem(f"the calendar holds {self.days} days, at most {LONGEST_CALENDAR_DAYS} are read: check its ends")
        for gap in self.gaps:
            if gap.first < self.first or gap.last > self.last:
                raise BadProblem(f"the gap {gap.first} to {gap.last} reaches beyond the calendar: cut it")

    @property
    def days(self) -> int:
        """How many days the calendar holds, those in gaps included."""
        return (self.last - self.first).days + 1

    def index(self, day: date) -> int:
        """The number of a day, the first being 0."""
        return (day - self.first).days

    def day(self, index: int) -> date:
        """The day of a number."""
        return self.first + timedelta(days=int(index))

    def observed(self) -> list[bool]:
        """For each day, whether somebody looked."""
        seen = [True] * self.days
        for gap in self.gaps:
            for index in range(self.index(gap.first), self.index(gap.last) + 1):
                seen[index] = False
        return seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days counted from a statement's day, both ends within: 0 to 3 is the day itself and the three that follow."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadProblem(f"the window {self.first}..{self.last} ends before it begins")
        if self.last < 0:
            raise BadProblem(f"the window {self.first}..{self.last} lies before the statement: what is before is looked at in any case")
        if max(abs(self.first), abs(self.last)) > LONGEST_WINDOW_DAYS:
            raise BadProblem(f"the window {self.first}..{self.last} reaches further than {LONGEST_WINDOW_DAYS} days")

    @property
    def days(self) -> int:
        """How many days it holds."""
        return self.last - self.first + 1

    @property
    def before(self) -> tuple[int, int]:
        """The same number of days before the statement, at least two: the first and the last, both below 0."""
        end = min(self.first, 0) - 1
        return end - max(self.days, JUST_BEFORE_DAYS) + 1, end

    @property
    def just_before(self) -> tuple[int, int]:
        """The last days of those: what a statement answers began then."""
        end = min(self.first, 0) - 1
        return end - JUST_BEFORE_DAYS + 1, end

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which statements, which incidents, which days. None takes all. `of_speaker` counts only incidents whose country is who spoke."""

    id: str
    window: Window
    who: str | None = None
    kind: str | None = None
    topic: str | None = None
    country: str | None = None
    sector: str | None = None
    source: str | None = None
    of_speaker: bool = False

    def __post_init__(self) -> None:
        if not self.id:
            raise BadProblem("a question has no id: give each one")
        if self.of_speaker and self.country is not None:
            raise BadProblem(f"question {self.id}: incidents of the speaker and of {self.country} cannot both be meant")

    def takes_statement(self, one: Statement) -> bool:
        """Whether it is about this statement."""
        return all(mine is None or mine == its for mine, its in ((self.who, one.who), (self.kind, one.kind), (self.topic, one.topic)))

    def takes_incident(self, one: Incident) -> bool:
        """Whether it is about this incident, whoever spoke."""
        pairs = ((self.country, one.country), (self.sector, one.sector), (self.source, one.source))
        return all(mine is None or mine == its for mine, its in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How the study is made; docs/explanation/influence.md says why these are the usual values.

    `alpha` is the share of false findings that is put up with, over all questions together. `stated_ratio` is the effect that a null
    must be able to exclude, `wanted_power` with what chance. A day is expected to be like the days `hole_days` to `reach_days` away.
    Statements move within strata of `stratum_days`. Of statements that lie nearer than `least_distance_days` the first counts.
    """

    alpha: float = 0.05
    stated_ratio: float = 2.0
    wanted_power: float = 0.8
    permutations: int = 1999
    power_trials: int = 300
    hole_days: int = 7
    reach_days: int = 42
    stratum_days: int = 56
    least_distance_days: int = 1
    least_statements: int = 5
    least_expected: float = 3.0
    least_placements: int = 200
    seed: int = 0

    def __post_init__(self) -> None:
        for name, share in (("alpha", self.alpha), ("wanted_power", self.wanted_power)):
            if not 0 < share < 1:
                raise BadProblem(f"{name} is {share}: choose a share between 0 and 1")
        if not self.stated_ratio > 1:
            raise BadProblem(f"the stated ratio is {self.stated_ratio}: choose more than 1, such as 2 for twice as many")
        if self.permutations < 99 or self.power_trials < 50:
            raise BadProblem("fewer than 99 permutations or 50 trials of power say nothing: choose more")
        if self.permutations + 1 < 2 / self.alpha:
            raise BadProblem(f"{self.permutations} permutations can never reach {self.alpha}: choose at least {int(2 / self.alpha)}")
        if not 0 < self.hole_days < self.reach_days:
            raise BadProblem(f"hole_days {self.hole_days} must be above 0 and below reach_days {self.reach_days}")
        if self.stratum_days < 14 or self.least_distance_days < 1 or self.least_statements < 2:
            raise BadProblem("a stratum holds at least 14 days, statements lie at least 1 day apart, and at least 2 of them are needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class InfluenceProblem:
    """Do incidents follow statements? One calendar, any number of questions, whose answers are corrected for there being several."""

    statements: tuple[Statement, ...]
    incidents: tuple[Incident, ...]
    calendar: Calendar
    questions: tuple[Question, ...]
    design: Design = field(default_factory=Design)

    def __post_init__(self) -> None:
        if not self.questions:
            raise BadProblem("no question is put: give at least one, with its window")
        for what, ids in (("statement", [one.id for one in self.statements]), ("question", [one.id for one in self.questions])):
            if len(set(ids)) < len(ids):
                twice = next(one for one in ids if ids.count(one) > 1)
                raise BadProblem(f"the {what} {twice} is given twice: give each one once")
        observed = self.calendar.observed()
        for one in self.incidents:
            index = self.calendar.index(one.day)
            if not 0 <= index < len(observed):
                raise BadProblem(f"an incident of {one.day} lies outside the calendar, {self.calendar.first} to {self.calendar.last}")
            if one.count and not observed[index]:
                raise BadProblem(f"an incident of {one.day} lies in a gap: nobody looked on that day. Mend the gap or leave it out")
        for question in self.questions:
            if question.window.days > self.design.hole_days + 1:
                raise BadProblem(
                    f"question {question.id}: the window {question.window} is longer than hole_days {self.design.hole_days} allows: "
                    "its own days would count as what is expected of it. Raise hole_days"
                )

    @property
    def span(self) -> tuple[int, int]:
        """The days about a statement that must have been observed for it to count: all windows, and as long before."""
        firsts = [question.window.before[0] for question in self.questions]
        return min(firsts), max(question.window.last for question in self.questions)
