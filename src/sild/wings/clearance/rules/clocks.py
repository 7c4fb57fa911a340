"""The clocks of a licence case, reckoned from its steps: days in each state, on whose side they passed, what is left of a term.

The authority's clock stands still while it waits for information from the giver. Days are whole calendar days; the day of a step counts
to the state that it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from statistics import median

from sild.wings.clearance.rules.cases import MOVER_OF, CaseState, Mover

DECIDED = frozenset({CaseState.GRANTED, CaseState.DENIED})
"""States in which an application was answered. One that was returned unanswered tells nothing of how long an answer takes."""

FEWEST_ROUTES = 3
"""From how many answered applications on a median is planned with; of fewer the page shows the rows alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened: on a day the case came into `state` from `before` (the same where somebody only asked again)."""

    on: date
    before: str
    state: str
    by: str
    reason: str
    due_on: date | None = None

    @property
    def moved(self) -> bool:
        """Whether the state changed with it."""
        return self.before != self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long a case was in a state without a break; `until` None while it is."""

    state: CaseState
    since: date
    until: date | None
    days: int

    @property
    def mover(self) -> Mover:
        """Whose move it was."""
        return MOVER_OF[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Days on each side. `authority` runs in the last round alone (since the last application or enquiry), without its pauses.

    `paused` are the days of that round in which the authority waited for information. `running`: the authority's clock runs now.
    """

    stays: tuple[Stay, ...]
    total: int
    authority: int
    paused: int
    running: bool

    def left_of(self, term_days: int | None) -> int | None:
        """What is left of a term in days, negative where it is over; None without a term or outside a round."""
        if term_days is None or not (self.running or self.is_paused):
            return None
        return term_days - self.authority

    @property
    def is_paused(self) -> bool:
        """Whether the authority waits for information now."""
        return bool(self.stays) and self.stays[-1].state == CaseState.INFORMATION_REQUESTED


def stays_of(steps: Sequence[Step], today: date) -> tuple[Stay, ...]:
    """The stays of a case in its states, in order; `steps` in order of their days."""
    moves = [step for step in steps if step.moved]
    found = []
    for place, step in enumerate(moves):
        until = moves[place + 1].on if place + 1 < len(moves) else None
        days = max(((until or today) - step.on).days, 0)
        found.append(Stay(state=CaseState(step.state), since=step.on, until=until, days=days))
    return tuple(found)


def clocks_of(steps: Sequence[Step], today: date) -> Clocks:
    """The clocks of a case today."""
    stays = stays_of(steps, today)
    at_authority = paused = 0
    for stay in stays[_round_begins(stays) :]:
        if MOVER_OF[stay.state] == Mover.AUTHORITY:
            at_authority += stay.days
        elif stay.state == CaseState.INFORMATION_REQUESTED:
            paused += stay.days
    return Clocks(
        stays=stays,
        total=sum(stay.days for stay in stays),
        authority=at_authority,
        paused=paused,
        running=bool(stays) and MOVER_OF[stays[-1].state] == Mover.AUTHORITY,
    )


def _round_begins(stays: Sequence[Stay]) -> int:
    """The place at which the last round with the authority begins: an application or enquiry that does not follow a pause."""
    for place in range(len(stays) - 1, -1, -1):
        asked = stays[place].state in (CaseState.APPLIED, CaseState.ENQUIRY_SENT)
        if asked and (place == 0 or stays[place - 1].state != CaseState.INFORMATION_REQUESTED):
            return place
    return len(stays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One answered application: how long the authority had it, without and with the pauses, and what came of it."""

    applied_on: date
    answered_on: date
    outcome: CaseState
    days: int
    paused: int


def answered_rounds(steps: Sequence[Step]) -> tuple[Round, ...]:
    """Every application of a case that was granted or denied, in order. What was returned or set aside is none."""
    stays = stays_of(steps, date.max)
    found, begin, at_authority, paused = [], None, 0, 0
    for stay in stays:
        if stay.state == CaseState.APPLIED:
            if begin is None:
                begin, at_authority, paused = stay.since, 0, 0
            at_authority += stay.days
        elif stay.state == CaseState.INFORMATION_REQUESTED and begin is not None:
            paused += stay.days
        elif begin is not None:
            if stay.state in DECIDED:
                found.append(Round(applied_on=begin, answered_on=stay.since, outcome=stay.state, days=at_authority, paused=paused))
            begin = None
    return tuple(found)


def median_days(days: Iterable[int]) -> float | None:
    """The median, None of nothing. Half of the answers took longer: it promises nothing."""
    values = list(days)
    return float(median(values)) if values else None


def months_left(days: float, spent: int) -> int:
    """Whole months that a way of so many days still takes, at least one while it is not over: an answer that is late is not there."""
    return max(ceil((days - spent) / 30), 1)
