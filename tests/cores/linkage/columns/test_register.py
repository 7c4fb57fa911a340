"""A generated register: the generator keeps its promises, and relinking by columns finds its needs and keeps to rulings."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from sild.cores.linkage import Judgement, Line, Relation
from sild.cores.linkage.columns.register import PLAN, relink

BENCH = Path(__file__).resolve().parents[4] / "bench" / "registers.py"


@pytest.fixture(scope="module")
def registers() -> ModuleType:
    spec = importlib.util.spec_from_file_location("registers", BENCH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["registers"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def told(registers: ModuleType) -> tuple[list[Line], dict[str, int]]:
    register = registers.generate(1500, seed=3)
    return list(registers.lines(register)), dict(zip(register.ids(), register.numbers["need"].tolist(), strict=True))


def test_one_seed_is_one_register_of_exactly_so_many_lines(registers: ModuleType, tmp_path: Path) -> None:
    for size in (1, 7, 300):
        for name in ("a", "b"):
            registers.write_jsonl(registers.generate(size, seed=5), tmp_path / name)
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
        assert len((tmp_path / "a").read_text(encoding="utf-8").splitlines()) == size
    registers.write_jsonl(registers.generate(300, seed=6), tmp_path / "c")
    assert (tmp_path / "c").read_bytes() != (tmp_path / "a").read_bytes()


def test_a_resend_repeats_its_letter_and_a_first_telling_has_no_relation(registers: ModuleType) -> None:
    made = list(registers.rows(registers.generate(3000, seed=1)))
    first: dict[str, dict[str, object]] = {}
    for row in made:
        if row["need"] not in first:
            first[row["need"]] = row
            assert row["relation"] is None, json.dumps(row)
        else:
            assert row["relation"], json.dumps(row)
    by_digest: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for row in made:
        by_digest.setdefault((row["need"], row["digest"]), set()).add(
            (row["text"], row["item"], row["quantity"], row["sent_by"], row["reference"])
        )
    assert all(len(texts) == 1 for texts in by_digest.values())
    assert {row["language"] for row in made} == {"uk", "en", "pl", "de", "et", "fr", "sv"}
    assert {row["kind"] for row in made} == {"request", "update", "withdrawal"}
    assert [row["sent_at"] for row in made] == sorted(row["sent_at"] for row in made)


def test_relinking_finds_most_needs_whatever_the_order_of_the_lines(told: tuple[list[Line], dict[str, int]]) -> None:
    lines, need = told
    shuffled = list(lines)
    random.Random(2).shuffle(shuffled)
    found = relink(lines)
    assert found.first == relink(shuffled).first
    scored = found.found.scored
    truth = np.array([need[name] for name in found.rows.ids])
    kept = scored.bits >= found.found.bar
    right = truth[scored.left[kept]] == truth[scored.right[kept]]
    assert right.mean() > 0.85
    sizes = np.bincount(truth)
    assert right.sum() / (sizes * (sizes - 1) // 2).sum() > 0.5


def test_no_cluster_of_a_register_contradicts_a_ruling_and_questions_take_no_part(told: tuple[list[Line], dict[str, int]]) -> None:
    lines, _ = told
    before = relink(lines).first
    joined = next(name for name, first in before.items() if name != first)
    loners = [name for name, first in before.items() if name == first and list(before.values()).count(first) == 1][:2]
    rulings = [
        Judgement(line_a=before[joined], line_b=joined, relation=Relation.NOT_THE_SAME),
        Judgement(line_a=loners[0], line_b=loners[1], relation=Relation.SAME_AS),
    ]
    question = Line(id="a-question", kind="question", message="m")
    after = relink([*lines, question], rulings).first
    assert after[before[joined]] != after[joined]
    assert after[loners[0]] == after[loners[1]]
    assert "a-question" not in after


def test_every_rule_keeps_needs_and_offers_apart() -> None:
    assert all("side" in rule for rule in PLAN.rules)
