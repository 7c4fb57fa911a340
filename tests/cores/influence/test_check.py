"""The check finds each kind of answer that is not so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from sild.cores.influence import Design, Effect, Influence, InfluenceProblem, Verdict, check, study

QUICK = Design(permutations=399, power_trials=60)


@pytest.fixture(scope="module")
def asked(worlds: ModuleType) -> InfluenceProblem:
    made: InfluenceProblem = worlds.world(15, worlds.World(days=500, statements=18, ratio=2.5), QUICK)
    return made


@pytest.fixture(scope="module")
def answered(asked: InfluenceProblem) -> Influence:
    return study(asked)


def with_finding(answer: Influence, **changed: Any) -> Influence:
    return replace(answer, findings=(replace(answer.findings[0], **changed),))


def with_effect(answer: Influence, change: Callable[[Effect], Effect]) -> Influence:
    effect = answer.findings[0].effect
    assert effect is not None
    return with_finding(answer, effect=change(effect))


def test_a_true_answer_has_no_findings(asked: InfluenceProblem, answered: Influence) -> None:
    assert answered.findings[0].verdict is Verdict.FOLLOWS
    assert check(asked, answered) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda a: replace(a, findings=()), "not those of the questions"),
        (lambda a: replace(a, incidents=a.incidents + 1), "incidents are told"),
        (lambda a: replace(a, observed_days=1), "observed days are told"),
        (lambda a: with_finding(a, rows=a.findings[0].rows[:-1]), "not those of the statements that count"),
        (
            lambda a: with_finding(a, rows=(replace(a.findings[0].rows[0], incidents=999.0), *a.findings[0].rows[1:])),
            "the row of statement",
        ),
        (lambda a: with_finding(a, verdict=Verdict.NONE_SEEN), "by the figures it is follows"),
        (lambda a: with_finding(a, effect=None), "although"),
        (lambda a: with_finding(a, power_at_stated=0.123), "not the one in the list"),
        (lambda a: with_finding(a, smallest_seen=None), "not the first with the wanted power"),
        (lambda a: with_finding(a, power=a.findings[0].power[::-1]), "power falls"),
        (lambda a: with_effect(a, lambda e: replace(e, ratio=e.ratio * 1.01)), "ratio: "),
        (lambda a: with_effect(a, lambda e: replace(e, extra_per_statement=0.0)), "extra per statement"),
        (lambda a: with_effect(a, lambda e: replace(e, before=replace(e.before, incidents=0.0))), "incidents -4 to -1"),
        (lambda a: with_effect(a, lambda e: replace(e, just_before=replace(e.just_before, p_more=0.99))), "the days just before"),
        (lambda a: with_effect(a, lambda e: replace(e, above=replace(e.above, statements=0))), "had more than expected"),
        (lambda a: with_effect(a, lambda e: replace(e, left_out=e.left_out[1:])), "was not left out"),
        (
            lambda a: with_effect(a, lambda e: replace(e, left_out=(replace(e.left_out[0], ratio=9.0), *e.left_out[1:]))),
            "the ratio is told",
        ),
        (lambda a: with_effect(a, lambda e: replace(e, p_more=0.5, p_fewer=0.01, p_two_sided=0.02)), "fewer"),
        (lambda a: with_effect(a, lambda e: replace(e, p_adjusted=0.04)), "times the number of questions"),
        (lambda a: with_effect(a, lambda e: replace(e, interval=replace(e.interval, ratio_low=0.5))), "contradict each other"),
        (lambda a: with_effect(a, lambda e: replace(e, interval=replace(e.interval, ratio_high=2.3))), "the chance at the ratio"),
        (lambda a: with_effect(a, lambda e: replace(e, carried_by="s0")), "is said to carry it"),
    ],
)
def test_what_is_not_so_is_found(asked: InfluenceProblem, answered: Influence, spoil: Callable[[Influence], Influence], said: str) -> None:
    told = check(asked, spoil(answered))
    assert any(said in one for one in told), told
