"""What an influence study answers: for each question a verdict by rule, the figures it rests on, and the rows behind each sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What the figures allow to be said. It is about days, never about who attacked or why."""

    FOLLOWS = "follows"
    CARRIED_BY_ONE = "carried-by-one"
    ORDER_UNCLEAR = "order-unclear"
    FEWER = "fewer"
    NONE_SEEN = "none-seen"
    CANNOT_TELL = "cannot-tell"
    TOO_THIN = "too-thin"


class Lack(StrEnum):
    """What is missing where the study abstains."""

    STATEMENTS = "statements"
    EXPECTED_INCIDENTS = "expected-incidents"
    PLACEMENTS = "placements"


class Aside(StrEnum):
    """Why a statement does not count."""

    OUTSIDE = "outside-the-calendar"
    NEAR_GAP = "near-a-gap"
    NEAR_OTHER = "near-another"
    NO_INCIDENTS = "speaker-never-a-victim"


@dataclass(frozen=True, slots=True)
class Missing:
    """So much is there, so much is needed."""

    what: Lack
    have: float
    need: float


@dataclass(frozen=True, slots=True)
class SetAside:
    """A statement that does not count. `of` is the statement that it is too near to."""

    statement: str
    why: Aside
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement that counts. Days that lie in several windows are counted with the latest statement alone, so that rows add up.

    `days` is how many days it has to itself; `incidents` what they held, `expected` what the calendar says of them. The same before it,
    without days that follow another statement. `series` is the country whose incidents are meant, None for all of the question's.
    """

    statement: str
    day: date
    series: str | None
    days: int
    incidents: float
    expected: float
    days_before: int
    incidents_before: float
    expected_before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A placebo: days before the statement, from `first` to `last` (below 0), without those that follow another. Nothing follows what was
    not yet said; where there was more already, the statement may be an answer.
    """

    first: int
    last: int
    incidents: float
    expected: float
    p_more: float
    p_two_sided: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What ratios the test does not refuse, with their extra incidents per statement. An upper end of None: these data set none.

    `ratio_middle` is the ratio at which the windows look like any others: it follows most windows, not the largest.
    """

    confidence: float
    ratio_low: float
    ratio_middle: float | None
    ratio_high: float | None
    extra_low: float
    extra_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The same without one statement."""

    statement: str
    ratio: float
    p_two_sided: float


@dataclass(frozen=True, slots=True)
class PowerPoint:
    """With what chance an effect of this ratio, of so many extra incidents per statement, would have been found here."""

    ratio: float
    extra_per_statement: float
    power: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """After how many of `of` statements there was more than expected, and how many that would be by chance (mean, middle 95 %)."""

    statements: int
    of: int
    by_chance: float
    by_chance_low: int
    by_chance_high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How much more, and how sure. `ratio` is incidents over expected; `extra_per_statement` their difference over the statements.

    `p_adjusted` counts how often the best of all questions would be as good by chance. `p_after_over_before` is one-sided: whether a day
    after lies further above what is expected than a day before. `before` is as long as the window, `just_before` two days. `left_out`
    holds the statements that weigh most, the heaviest first.
    """

    incidents: float
    expected: float
    ratio: float
    extra_per_statement: float
    p_more: float
    p_fewer: float
    p_two_sided: float
    p_adjusted: float
    p_after_over_before: float
    interval: Interval
    above: Above
    before: Before
    just_before: Before
    left_out: tuple[LeftOut, ...]
    carried_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer to one question. `effect` is None, and `missing` says why, where the data are too thin."""

    question: str
    verdict: Verdict
    rows: tuple[Row, ...]
    set_aside: tuple[SetAside, ...]
    missing: tuple[Missing, ...] = ()
    effect: Effect | None = None
    power: tuple[PowerPoint, ...] = ()
    power_at_stated: float | None = None
    smallest_seen: PowerPoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """All findings, in the order of the questions. `threshold` is the p of a single question that keeps all of them at alpha together."""

    findings: tuple[Finding, ...]
    threshold: float
    observed_days: int
    incidents: int
    seed: int
