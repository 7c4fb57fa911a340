#!/usr/bin/env python3
"""Influence, measured: how often it finds what is not there, how often what is, beside the usual tests; and on the tracker's host days.

    python bench/influence_bench.py                   40 calendars of each kind (five minutes on two idle cores)
    python bench/influence_bench.py --calendars 300   the figures of docs/benchmarks.md
    python bench/influence_bench.py --peers           the peers alone, which are quick

Calendars are made by influence_worlds.py from seeds. Peers: a t test of each window against as many days before it; a t test of days in
windows against all others; Poisson regression on weekday, a quadratic trend and the window; a permutation that puts statements on any
days. All are two-sided at 0.05. The host days stand beside the checkout (ddosia_hosts_min), with random days as statements: nothing follows
those, so what is found is false. Bars: no kind of calendar without an effect above its binomial bound, and the power at least as stated.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from influence_worlds import World, world
from sild.cores.influence import (
    Calendar,
    Design,
    Finding,
    Incident,
    InfluenceProblem,
    Question,
    Statement,
    Verdict,
    Window,
    check,
    silences,
    study,
)

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "ddosia_hosts_min" / "hosts_by_day.csv"
ALPHA = 0.05
LIGHT = Design(permutations=499, power_trials=100)
NULLS = {
    "bursts, statements in flurries": World(),
    "bursts, statements spread": World(flurries=False),
    "bursts, gaps": World(gaps=True),
    "rare incidents (0.2 a day)": World(level=0.2),
    "no bursts": World(bursts=False),
}
EFFECTS = {
    "bursts, flurries": World(),
    "bursts, spread": World(flurries=False),
    "rare incidents (0.2 a day)": World(level=0.2),
    "no bursts": World(bursts=False),
}
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Plain:
    """A calendar as a peer sees it: counts by day, the days of statements, the window."""

    counts: Numbers
    days: NDArray[np.int64]
    window: Window

    @property
    def inside(self) -> NDArray[np.bool_]:
        found = np.zeros(len(self.counts), dtype=bool)
        for offset in range(self.window.first, self.window.last + 1):
            found[np.clip(self.days + offset, 0, len(found) - 1)] = True
        return found


def plain(problem: InfluenceProblem) -> Plain:
    counts = np.zeros(problem.calendar.days)
    for one in problem.incidents:
        counts[problem.calendar.index(one.day)] += one.count
    days = np.array([problem.calendar.index(one.day) for one in problem.statements])
    return Plain(counts, days, problem.questions[0].window)


def before_and_after(given: Plain) -> float:
    """Each statement's window against as many days before it, paired."""
    low, high = given.window.before
    after = [given.counts[day + given.window.first : day + given.window.last + 1].sum() for day in given.days]
    before = [given.counts[day + low : day + high + 1].sum() for day in given.days]
    return float(np.nan_to_num(stats.ttest_rel(after, before).pvalue, nan=1.0))


def inside_and_outside(given: Plain) -> float:
    """Days in windows against all others, unequal variances."""
    return float(stats.ttest_ind(given.counts[given.inside], given.counts[~given.inside], equal_var=False).pvalue)


def poisson_regression(given: Plain) -> float:
    """The window's coefficient beside weekdays and a quadratic trend, by iterated weighted least squares; Wald's test."""
    at = np.arange(len(given.counts))
    trend = at / len(at) - 0.5
    columns = [np.ones(len(at)), trend, trend**2, *(at % 7 == day for day in range(1, 7)), given.inside]
    design = np.column_stack(columns).astype(float)
    weights = np.zeros(design.shape[1])
    weights[0] = np.log(given.counts.mean())
    for _ in range(50):
        rate = np.exp(np.clip(design @ weights, -30, 30))
        step = np.linalg.solve(design.T @ (design * rate[:, None]), design.T @ (given.counts - rate))
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    rate = np.exp(np.clip(design @ weights, -30, 30))
    error = np.sqrt(np.linalg.inv(design.T @ (design * rate[:, None]))[-1, -1])
    return float(2 * stats.norm.sf(abs(weights[-1] / error)))


def any_days(given: Plain, seed: int = 0) -> float:
    """Statements put on any days, each by itself: the shuffle that comes to mind first."""
    chance = np.random.default_rng(seed)
    own = given.counts[given.inside].mean()
    means = [
        given.counts[replace(given, days=chance.choice(len(given.counts) - 8, len(given.days), replace=False)).inside].mean()
        for _ in range(400)
    ]
    more, fewer = 1 + sum(one >= own for one in means), 1 + sum(one <= own for one in means)
    return min(1.0, 2 * min(more, fewer) / 401)


PEERS: dict[str, Callable[[Plain], float]] = {
    "t before/after": before_and_after,
    "t in/out": inside_and_outside,
    "Poisson regression": poisson_regression,
    "any-day shuffle": any_days,
}


def problems(made: World, count: int, design: Design = LIGHT) -> Iterator[InfluenceProblem]:
    return (world(seed, made, design) for seed in range(count))


def bound(trials: int, share: float = ALPHA) -> float:
    """The share that a right method passes once in 200 times."""
    return float(stats.binom.ppf(0.995, trials, share)) / trials


def peers(kinds: dict[str, World], count: int) -> None:
    print(f"\nPeers: share of {count} calendars in which p <= {ALPHA}")
    print(f"{'calendar':34}" + "".join(f"{name:>20}" for name in PEERS))
    for name, made in kinds.items():
        shares = [np.mean([peer(plain(one)) <= ALPHA for one in problems(made, count)]) for peer in PEERS.values()]
        print(f"{name:34}" + "".join(f"{share:20.3f}" for share in shares), flush=True)


def findings(made: World, count: int, design: Design) -> list[Finding]:
    return [study(one).findings[0] for one in problems(made, count, design)]


def false_alarms(count: int) -> bool:
    print(f"\nWithout an effect: share of {count} calendars (5 % are to be found, at most {bound(count):.3f} by chance)")
    print(f"{'calendar':34}{'found':>9}{'follows':>9}{'1 in interval':>15}")
    good = True
    for name, made in NULLS.items():
        told = [one for one in findings(made, count, LIGHT) if one.effect]
        found = np.mean([one.effect.p_two_sided <= ALPHA for one in told if one.effect])
        follows = np.mean([one.verdict is Verdict.FOLLOWS for one in told])
        held = np.mean([covers(one, 1.0) for one in told])
        good &= bool(found <= bound(len(told)))
        print(f"{name:34}{found:9.3f}{follows:9.3f}{held:15.3f}", flush=True)
    return good


def covers(finding: Finding, ratio: float) -> bool:
    assert finding.effect is not None
    interval = finding.effect.interval
    return interval.ratio_low <= ratio <= (interval.ratio_high or np.inf)


def power(count: int) -> bool:
    print(f"\nWith an effect: share of {count} calendars; stated: the power that the studies themselves told, on average")
    print(f"{'calendar':34}{'times':>7}{'found':>9}{'stated':>9}{'follows':>9}{'in interval':>13}{'none-seen':>11}")
    good = True
    for name, made in EFFECTS.items():
        for ratio in (1.25, 1.5, 2.0, 3.0):
            told = [one for one in findings(replace(made, ratio=ratio), count, replace(LIGHT, stated_ratio=ratio)) if one.effect]
            found = float(np.mean([one.effect.p_two_sided <= ALPHA for one in told if one.effect]))
            stated = float(np.mean([one.power_at_stated for one in told]))
            verdicts = Counter(one.verdict for one in told)
            shares = [
                verdicts[Verdict.FOLLOWS] / len(told),
                np.mean([covers(one, ratio) for one in told]),
                verdicts[Verdict.NONE_SEEN] / len(told),
            ]
            good &= found >= stated - 2.6 * np.sqrt(max(stated * (1 - stated), 0.01) / len(told))
            print(f"{name:34}{ratio:7.2f}{found:9.3f}{stated:9.3f}{shares[0]:9.3f}{shares[1]:13.3f}{shares[2]:11.3f}", flush=True)
    return good


def answering(count: int) -> None:
    told = Counter(one.verdict for one in findings(World(answering=0.8), count, LIGHT))
    naive = np.mean([inside_and_outside(plain(one)) <= ALPHA for one in problems(World(answering=0.8), count)])
    print(f"\nStatements that answer attacks (80 % of them, one to three days after a burst began), {count} calendars:")
    print("  " + ", ".join(f"{verdict} {number / count:.2f}" for verdict, number in told.most_common()), f"; t in/out finds {naive:.2f}")


def several(count: int) -> None:
    rate = np.mean(
        [
            any(one.effect and one.effect.p_adjusted <= ALPHA for one in study(p).findings)
            for p in problems(World(victims=8, level=16), count)
        ]
    )
    print(f"\nEight victims at once without an effect: something is found in {rate:.3f} of {count} calendars")


def host_days(count: int) -> bool:
    """Random days as statements over the tracker's days: bursts as they are in truth, and nothing that follows."""
    if not DATA.exists():
        print("\nHost days: not measured, ddosia_hosts_min is not beside the checkout")
        return True
    with DATA.open(encoding="utf-8") as file:
        rows = [(date.fromisoformat(row["date"]), row["tld"]) for row in csv.DictReader(file)]
    countries = {"ua": "UA", "de": "DE", "pl": "PL", "ee": "EE"}
    counted = Counter((day, countries.get(tld, "other")) for day, tld in rows)
    incidents = tuple(Incident(day=day, country=country, count=number) for (day, country), number in sorted(counted.items()))
    open_ = Calendar(first=min(one.day for one in incidents), last=max(one.day for one in incidents))
    calendar = replace(open_, gaps=silences(incidents, open_, 1))
    seen = np.flatnonzero(calendar.observed())
    good = True
    print(f"\nHost days of a public tracker, {count} sets of 24 random working days in flurries as statements: share with p <= {ALPHA}")
    print(f"{'victims':14}{'found':>9}" + "".join(f"{name:>20}" for name in PEERS))
    for country in (None, "UA", "DE", "PL", "EE"):
        hits, others = [], []
        for seed in range(count):
            chance = np.random.default_rng([seed, 3])
            first = chance.choice(seen[10:-10], 8, replace=False)
            days = sorted({int(day) for one in first for day in (one, *(one + chance.integers(1, 6, 2)))})
            told = tuple(
                Statement(id=str(day), day=calendar.day(day), who="us", kind="random") for day in days if calendar.day(day).weekday() < 5
            )
            asked = Question(id="q", window=Window(first=0, last=3), country=country)
            problem = InfluenceProblem(
                statements=told,
                incidents=incidents,
                calendar=calendar,
                questions=(asked,),
                design=replace(LIGHT, power_trials=50, seed=seed),
            )
            effect = study(problem).findings[0].effect
            hits += [effect.p_two_sided <= ALPHA] if effect else []
            mine = plain(replace(problem, incidents=tuple(one for one in incidents if country in (None, one.country))))
            others.append([peer(mine) <= ALPHA for peer in PEERS.values()])
        good &= bool(np.mean(hits) <= bound(len(hits)))
        print(f"{country or 'all':14}{np.mean(hits):9.3f}" + "".join(f"{share:20.3f}" for share in np.mean(others, axis=0)), flush=True)
    return good


def times() -> None:
    print("\nOne study with the usual 1,999 placements and 300 trials, s of processor: study, check")
    for name, made in (("2 years, 24 statements", World()), ("10 years, 120 statements", World(days=3650, statements=120))):
        problem = world(0, made)
        begun = time.process_time()
        answer = study(problem)
        studied = time.process_time()
        faults = check(problem, answer)
        print(f"{name:34}{studied - begun:9.1f}{time.process_time() - studied:9.1f}   {len(faults)} findings of the check")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--calendars", type=int, default=40)
    parser.add_argument("--peers", action="store_true")
    wanted = parser.parse_args()
    peers(NULLS | {"twice as many, " + name: replace(made, ratio=2.0) for name, made in EFFECTS.items()}, wanted.calendars)
    if wanted.peers:
        return 0
    good = false_alarms(wanted.calendars)
    good &= power(max(wanted.calendars // 2, 20))
    answering(wanted.calendars)
    several(wanted.calendars)
    good &= host_days(wanted.calendars)
    times()
    print("\nall bars met" if good else "\na bar was missed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
