"""How sure: the weights stand beside their record, and what they promise for messages of the sample is what readers find right there."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sild.cores.extraction.method.calibration import WHOLE, probability
from sild.cores.extraction.method.lexicons import load

ROOT = Path(__file__).parents[3]
WEIGHTS: Any = load("weights")
FIELDS: dict[str, Any] = WEIGHTS["fields"]
FEATURES = {"attached", "changes", "many-lines", "no-category", "no-quantity", "no-whose", "no-words", "offer", "other-block", "unlisted"}
KINDS = ("raw:", "in:", "why:")


def test_the_record_counts_the_lines_that_the_weights_were_learned_from() -> None:
    record = WEIGHTS["trained_on"]
    assert sum(one["lines"] for one in record["sets"]) == FIELDS[WHOLE]["readings"] >= 500
    assert record["date"] and record["method"] and all(one["messages"] <= one["lines"] for one in record["sets"])


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_tells_how_often_it_was_right(name: str) -> None:
    field = FIELDS[name]
    assert 0 < field["right"] <= field["readings"] <= FIELDS["kind"]["readings"]
    assert all(feature in FEATURES or feature.startswith(KINDS) for feature in field["weights"])


@pytest.fixture(scope="module")
def bench() -> Iterator[ModuleType]:
    """The bench that learned the weights, with its neighbour on the path."""
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        spec = importlib.util.spec_from_file_location("extraction_confidence", ROOT / "bench" / "extraction_confidence.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(ROOT / "bench"))


def test_what_is_promised_for_the_sample_is_kept(bench: ModuleType) -> None:
    scorer = bench.scorer_of(ROOT / "tests" / "corpus" / "score.py")
    read = bench.readings_of(scorer, ROOT / "src" / "sild" / "sample" / "inbox", ROOT / "tests" / "corpus", "even", raw=False)
    fields = [one for one in read if one.field != WHOLE]
    promised, right = sum(one.promised for one in fields) / len(fields), sum(one.right for one in fields) / len(fields)
    # learned from first readings of harder inboxes, the weights promise the sample too little rather than too much
    assert len(fields) > 400 and right - 0.08 <= promised <= right + 0.02


def test_a_field_without_weights_keeps_its_own_confidence() -> None:
    assert probability("no such field", {"raw:sure": 1.0}, 0.4) == 0.4


def test_a_reading_of_a_kind_that_was_often_wrong_is_promised_less() -> None:
    weights = FIELDS["beneficiary"]["weights"]
    best, worst = max(weights, key=weights.__getitem__), min(weights, key=weights.__getitem__)
    assert probability("beneficiary", {best: 1.0}, 0.5) > probability("beneficiary", {worst: 1.0}, 0.5)
