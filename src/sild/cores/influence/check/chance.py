"""The chances again, from placements drawn anew by another generator: they must agree with the answer's as far as two drawings can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import sqrt
from random import Random

from sild.cores.influence.answer import Effect
from sild.cores.influence.check.recount import Recount, Series
from sild.cores.influence.problem import Design

ROOM, SAME = 0.375, 1e-9
SIGMAS = 5.0
Placed = dict[Series, list[int]]


def agree(told: float, found: float, drawn: int, redrawn: int) -> bool:
    """Whether two shares, counted in so many drawings each, may be one."""
    share = (told * drawn + found * redrawn) / (drawn + redrawn)
    return abs(told - found) <= SIGMAS * sqrt(max(share * (1 - share), 1 / redrawn) * (1 / drawn + 1 / redrawn)) + 2 / redrawn


def chances(recount: Recount, effect: Effect, design: Design, placements: int) -> Iterator[str]:
    """What of the p values and of the interval's ends cannot be had again."""
    places = list(_places(recount, placements, Random(f"check {design.seed}")))  # noqa: S311 - nothing is kept secret by it
    drawn, redrawn = design.permutations + 1, len(places)

    def shares(sums: list[float]) -> tuple[float, float]:
        return (
            sum(one >= sums[0] - SAME for one in sums) / redrawn,
            sum(one <= sums[0] + SAME for one in sums) / redrawn,
        )

    def differs(what: str, told: float, found: float) -> Iterator[str]:
        if not agree(told, found, drawn, redrawn):
            yield f"{what} is told as {told:.4f}, and {found:.4f} in {redrawn} placements drawn anew"

    far = {name: _far(recount, counts) for name, counts in _counts(recount).items()}
    sums = [_sum(recount, far, place) for place in places]
    more, fewer = shares(sums)
    yield from differs("the chance of as many or more", effect.p_more, more)
    yield from differs("the chance of as few or fewer", effect.p_fewer, fewer)
    gaps = [_mean(far, place, recount.after) - _mean(far, place, _one_back(recount)) for place in places]
    yield from differs("the chance that days after lie so far above days before", effect.p_after_over_before, shares(gaps)[0])
    yield from differs("the chance of so many in the days just before", effect.just_before.p_more, shares(_before(recount, places))[0])
    interval = effect.interval
    tail = (1 - interval.confidence) / 2
    for ratio, side, level in (
        (interval.ratio_low, 0, tail),
        (interval.ratio_middle, 1, 0.5),
        (interval.ratio_high, 1, tail),
    ):
        # without an incident in any window nothing can be divided, and the end is told, not found
        if effect.incidents and ratio and 1 / 60 < ratio < 60:
            divided = {name: _far(recount, counts) for name, counts in _counts(recount, ratio).items()}
            found = shares([_sum(recount, divided, place) for place in places])[side]
            # between two ratios next to each other the share may leap by what one placement weighs
            yield from differs(f"the chance at the ratio {ratio:.3f}", level, found)


def _before(recount: Recount, places: list[Placed]) -> list[float]:
    """How far the two days before lie above what is expected, on a calendar without the days that follow a statement."""
    cut = {name: set(recount.after(days)) for name, days in recount.true_days.items()}
    sums = []
    for place in places:
        days = [(name, day) for name, own in place.items() for day in recount.before(own, recount.question.window.just_before)]
        left = [(name, day) for name, day in days if day not in cut[name]]
        total = sum(sqrt(recount.counts[name][day] + ROOM) - sqrt(recount.expected[name][day] + ROOM) for name, day in left)
        sums.append(total / max(len(left), 1))
    return sums


def _one_back(recount: Recount) -> Callable[[list[int]], dict[int, int]]:
    return lambda days: recount.before(days, recount.question.window.before)


def _places(recount: Recount, count: int, chance: Random) -> Iterator[Placed]:
    """The true placement, then others."""
    yield recount.true_days
    strata = {stratum for stratum, _ in recount.circles}
    for _ in range(count):
        turn = {stratum: chance.random() for stratum in sorted(strata)}
        yield {name: [recount.moved(day, turn) for day in days] for name, days in recount.true_days.items()}


def _counts(recount: Recount, ratio: float = 1.0) -> dict[Series, list[float]]:
    """Counts by series, those in the true windows divided."""
    found = {}
    for name, days in recount.true_days.items():
        inside = recount.after(days)
        found[name] = [count / ratio if day in inside else count for day, count in enumerate(recount.counts[name])]
    return found


def _far(recount: Recount, counts: list[float]) -> list[float]:
    expected = recount.calendar_says(counts, set())
    return [sqrt(count + ROOM) - sqrt(usual + ROOM) for count, usual in zip(counts, expected, strict=True)]


def _sum(recount: Recount, far: dict[Series, list[float]], place: Placed) -> float:
    return sum(far[name][day] for name, days in place.items() for day in recount.after(days))


def _mean(far: dict[Series, list[float]], place: Placed, which: Callable[[list[int]], dict[int, int]]) -> float:
    found = [far[name][day] for name, days in place.items() for day in which(days)]
    return sum(found) / max(len(found), 1)
