"""Plans by value, by fairness and by stability stand side by side with the plan, each checked, and what differs is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sild.cores.allocation.method import Effort, solve
from sild.cores.allocation.problem import Earlier, Fairness, Need, Offer, Problem
from sild.wings.planning.reads.variants import side_by_side, variants, weighed_otherwise

NEEDS = (
    Need(id="heavy", category="training", quantity=10, weight=Decimal(10), body="b", region="Sumy"),
    Need(id="light", category="training", quantity=10, weight=Decimal(6), body="c", region="Odesa"),
)
PROBLEM = Problem(needs=NEEDS, offers=(Offer(id="o", categories=("training",), donor="d", lot=1, lots=10),), period="month")
NAMES = {"heavy": "one", "light": "other"}


def test_value_fairness_and_stability_share_one_offer_differently() -> None:
    before = (Earlier(need="light", offer="o", period=0, lots=9), Earlier(need="heavy", offer="o", period=0, lots=1))
    problem = replace(PROBLEM, planned=before, stability=Decimal("0.01"))
    others = variants(problem, seconds=2)
    assert [one.name for one in others] == ["by-value", "by-fairness", "by-stability"]
    assert all(one.findings == () for one in others)
    told = side_by_side(problem, solve(problem, Effort(seconds=2)), others, NAMES)
    figures = {one["name"]: one for one in told["plans"]}
    assert figures["by-fairness"]["least_share"] > figures["by-value"]["least_share"]
    assert figures["by-stability"]["moved"] == 0
    assert figures["by-value"]["value"] == max(one["value"] for one in told["plans"])
    assert {row["need"] for row in told["differ"]} == {"one", "other"}
    assert all(len(row["quantities"]) == 4 for row in told["differ"])


def test_without_a_plan_before_there_is_none_for_stability_and_the_mechanisms_rules_measure() -> None:
    rule = Fairness(by="region", rule="floor", weight=Decimal("0.5"), floor=Decimal("0.3"))
    posed = weighed_otherwise(replace(PROBLEM, fairness=(rule,)))
    assert list(posed) == ["by-value", "by-fairness"]
    assert posed["by-value"].fairness == ()
    assert [(one.rule, one.weight) for one in posed["by-fairness"].fairness] == [("floor", Decimal(1))]
    assert side_by_side(PROBLEM, solve(PROBLEM, Effort(seconds=2)), [], NAMES)["differ"] == []
