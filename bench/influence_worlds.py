"""Calendars of statements and incidents, made from a seed, whose truth is known: how often incidents follow a statement, if at all.

They are made to mislead: bursts that last for days, weekdays, years that swell and ebb for statements and incidents alike, statements in
flurries, stretches that nobody watched, and, where asked for, statements that answer an attack. `world(seed, World())` makes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sild.cores.influence import Calendar, Design, Incident, InfluenceProblem, Question, Statement, Stretch, Window

FIRST = date(2024, 1, 1)
EDGE = 20
FOUR_DAYS = Window(first=0, last=3)
Days = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class World:
    """What is so in a made calendar. `ratio`: incidents in the window are so many times what they would have been.

    `level`: incidents on a usual day. `flurries`: statements come by threes. `answering`: the share of statements made one to three days
    after a burst began. `victims`: so many countries share the incidents.
    """

    days: int = 730
    statements: int = 24
    level: float = 6.0
    ratio: float = 1.0
    window: Window = FOUR_DAYS
    bursts: bool = True
    flurries: bool = True
    gaps: bool = False
    answering: float = 0.0
    victims: int = 1


def world(seed: int, made: World, design: Design | None = None) -> InfluenceProblem:
    """The calendar of a seed, with one question for each victim."""
    chance = np.random.default_rng([seed, 7])
    begun, levels = _levels(chance, made)
    days = _statement_days(chance, made, begun)
    calendar = Calendar(first=FIRST, last=FIRST + timedelta(days=made.days - 1), gaps=_gaps(made))
    seen = np.array(calendar.observed())
    inside = np.zeros(made.days)
    for day in days:
        inside[max(day + made.window.first, 0) : day + made.window.last + 1] = 1
    incidents = []
    for victim in range(made.victims):
        counts = chance.poisson(levels / made.victims) + chance.poisson((made.ratio - 1) * levels / made.victims * inside)
        incidents += [
            Incident(day=calendar.day(day), count=int(counts[day]), country=f"V{victim}") for day in np.flatnonzero(counts * seen)
        ]
    return InfluenceProblem(
        statements=tuple(
            Statement(id=f"s{number}", day=calendar.day(day), who="us", kind="condemnation") for number, day in enumerate(sorted(days))
        ),
        incidents=tuple(incidents),
        calendar=calendar,
        questions=tuple(
            Question(id=f"q{victim}", window=made.window, country=f"V{victim}" if made.victims > 1 else None)
            for victim in range(made.victims)
        ),
        design=design or Design(),
    )


def _levels(chance: np.random.Generator, made: World) -> tuple[list[int], Numbers]:
    """When bursts begin, and how many incidents each day would have: year, weekday, bursts that die away, and days that are just so."""
    at = np.arange(made.days)
    level = made.level * np.exp(0.5 * np.sin(2 * np.pi * at / 365 + chance.uniform(0, 6))) * np.where(at % 7 >= 5, 0.6, 1.1)
    if not made.bursts:
        return [], level
    heat = np.zeros(made.days)
    begun = [int(day) for day in np.flatnonzero(chance.random(made.days) < 1 / 25)]
    for day in begun:
        heat[day:] += chance.lognormal(1.0, 0.7) * np.exp(-(at[day:] - day) / chance.uniform(2, 10))
    return begun, level * (0.5 + heat) * chance.gamma(3, 1 / 3, made.days)


def _statement_days(chance: np.random.Generator, made: World, begun: list[int]) -> list[int]:
    """On working days, more of them in some seasons; in flurries of three within a week; some in answer to a burst."""
    at = np.arange(EDGE, made.days - EDGE)
    working = at[at % 7 < 5]
    weight = np.exp(0.8 * np.sin(2 * np.pi * working / 365 + chance.uniform(0, 6)))
    answers = round(made.answering * made.statements)
    days: set[int] = set()
    bursts = [day for day in begun if EDGE <= day < made.days - EDGE]
    for day in chance.permutation(bursts)[:answers] if bursts else ():
        days.add(int(day + chance.integers(1, 4)))
    while len(days) < made.statements:
        first = int(chance.choice(working, p=weight / weight.sum()))
        flurry = [first, *(first + chance.integers(1, 6, 2) if made.flurries else ())]
        days |= {int(day) for day in flurry if day % 7 < 5 and day < made.days - EDGE}
    return sorted(int(day) for day in chance.permutation(sorted(days))[: made.statements])


def _gaps(made: World) -> tuple[Stretch, ...]:
    if not made.gaps:
        return ()
    lengths = ((0.15, 1), (0.3, 6), (0.55, 1), (0.7, 30), (0.9, 2))
    starts = [(round(share * made.days), length) for share, length in lengths]
    return tuple(Stretch(first=FIRST + timedelta(days=start), last=FIRST + timedelta(days=start + length - 1)) for start, length in starts)
