"""The summary that a run prints: what an ask brings, in the unit of those who get more."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sild.cli.summary import _at_gates, _proven, _reaching
from sild.wings.register.public import NeedView

UNITS = {"a": "laptop", "b": "laptop", "c": "TB"}
NEEDS = cast("dict[str, NeedView]", {need: SimpleNamespace(unit=unit) for need, unit in UNITS.items()})


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        ({"quantity": 1200, "reached": ["a", "b"]}, "1,200 laptops"),
        ({"quantity": 1, "reached": ["a"]}, "1 laptop"),
        ({"quantity": 1200, "reached": ["a", "c"]}, "1,200"),
        ({"quantity": 1200, "reached": ["a", "a need that is not shown"]}, "1,200"),
        ({"quantity": 1200}, "1,200"),
    ],
)
def test_an_ask_counts_in_one_unit_where_there_is_one(ask: dict[str, Any], told: str) -> None:
    assert _reaching(ask, NEEDS) == told


def test_needs_at_the_gates_are_told_in_words() -> None:
    states = Counter({"endorsed": 9, "interagency-review": 5, "captured": 101, "withdrawn": 3})
    assert _at_gates(states) == "9 endorsed, 5 in inter-agency review"
    assert _at_gates(Counter({"captured": 4})) == ""


@pytest.mark.parametrize(("gap", "told"), [(0.0, "0.00 %"), (0.000_004, "0.01 %"), (0.0003, "0.03 %"), (0.012_31, "1.24 %")])
def test_a_gap_is_rounded_up_so_that_only_a_proven_best_plan_reads_nought(gap: float, told: str) -> None:
    assert _proven(gap) == told
