"""Over hundreds of made calendars, bursts, flurries and gaps included: false findings come as often as stated, effects are found as often.

Bounds are of the binomial distribution around what is stated, wide enough that a right method fails them once in a thousand runs.
"""

from __future__ import annotations

from math import comb
from types import ModuleType

import pytest

from sild.cores.influence import Design, Finding, Verdict, study

CALENDARS = 300
LIGHT = Design(permutations=199, power_trials=50)
RARE = 0.0005


def within(share: float, trials: int) -> tuple[int, int]:
    """The counts between which all but `RARE` at either end of a binomial distribution lie."""
    chances = [comb(trials, hits) * share**hits * (1 - share) ** (trials - hits) for hits in range(trials + 1)]
    low = next(hits for hits in range(trials + 1) if sum(chances[: hits + 1]) > RARE)
    high = next(hits for hits in range(trials, -1, -1) if sum(chances[hits:]) > RARE)
    return low, high


def findings(worlds: ModuleType, count: int, **made: object) -> list[Finding]:
    return [study(worlds.world(seed, worlds.World(**made), LIGHT)).findings[0] for seed in range(1000, 1000 + count)]


@pytest.mark.slow
@pytest.mark.parametrize("made", [{}, {"gaps": True, "flurries": False}, {"level": 0.3}], ids=["bursts", "gaps", "rare"])
def test_without_an_effect_five_in_a_hundred_are_found(worlds: ModuleType, made: dict[str, object]) -> None:
    told = [one.effect.p_two_sided <= LIGHT.alpha for one in findings(worlds, CALENDARS, **made) if one.effect]
    low, high = within(LIGHT.alpha, len(told))
    assert low <= sum(told) <= high, f"{sum(told)} of {len(told)}, {low} to {high} are put up with"


@pytest.mark.slow
def test_a_planted_effect_is_found_as_often_as_the_power_says(worlds: ModuleType) -> None:
    told = [one for one in findings(worlds, 200, ratio=2.0, flurries=False) if one.effect and one.power_at_stated]
    found = sum(one.effect.p_two_sided <= LIGHT.alpha for one in told if one.effect)
    stated = sum(one.power_at_stated or 0.0 for one in told) / len(told)
    assert found >= within(stated, len(told))[0]


@pytest.mark.slow
def test_the_interval_holds_what_was_planted(worlds: ModuleType) -> None:
    for ratio in (1.0, 2.0):
        ends = [one.effect.interval for one in findings(worlds, 150, ratio=ratio) if one.effect]
        held = sum(one.ratio_low <= ratio <= (one.ratio_high or 64) for one in ends)
        assert held >= within(0.95, len(ends))[0], ratio


def test_of_a_few_calendars_without_an_effect_hardly_any_is_said_to_follow(worlds: ModuleType) -> None:
    told = [one.verdict for one in findings(worlds, 12, days=400, statements=14)]
    assert told.count(Verdict.FOLLOWS) <= within(LIGHT.alpha / 2, len(told))[1]


@pytest.mark.parametrize(("share", "trials"), [(0.05, 300), (0.5, 20)])
def test_the_bounds_are_those_of_the_binomial_distribution(share: float, trials: int) -> None:
    low, high = within(share, trials)
    assert low < share * trials < high
    assert sum(comb(trials, n) * share**n * (1 - share) ** (trials - n) for n in range(low, high + 1)) > 1 - 3 * RARE
