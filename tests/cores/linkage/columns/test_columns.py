"""Linking by columns: pairs against a slow reading of the rules, levels against single comparisons, and what must never change."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler, Levenshtein
from tests.drawing import drawn

from sild.cores.linkage.columns import BadTable, Comparison, Drawing, Part, Plan, Scorer, estimate, gathered, numbers, pieces, score, settle
from sild.cores.linkage.columns import blocking as blocking_rooms
from sild.cores.linkage.columns.joining import bar_for_error, clusters
from sild.cores.linkage.columns.levels import Leveller
from sild.cores.linkage.columns.table import coded, table, texts

from .rows import PLAN, Row, rows, table_of

QUICK = settings(max_examples=drawn(40), deadline=None)
FEW = settings(max_examples=drawn(15), deadline=None)  # each estimates a model
ALL = -1e9  # a floor under every pair


def pairs_of(found: Any) -> list[tuple[int, int]]:
    return [(int(one), int(other)) for _, left, right in found for one, other in zip(left, right, strict=True)]


def agree(one: Row, other: Row, rule: tuple[str, ...]) -> bool:
    """Whether two rows agree in every column of a rule, told row by row."""
    for name in rule:
        a, b = one[name], other[name]
        if name == "threads":
            if not a & b:
                return False
        elif a is None or a != b:
            return False
    return True


@QUICK
@given(told=rows())
def test_the_pairs_are_those_that_agree_in_a_rule_each_once(told: list[Row]) -> None:
    ordered = sorted(told, key=lambda row: str(row["id"]))
    expected = [(i, j) for i, j in combinations(range(len(told)), 2) if any(agree(ordered[i], ordered[j], rule) for rule in PLAN.rules)]
    assert sorted(pairs_of(pieces(table_of(told), PLAN.rules))) == expected


@QUICK
@given(told=rows())
def test_across_pairs_only_rows_of_two_sources(told: list[Row]) -> None:
    ordered = sorted(told, key=lambda row: str(row["id"]))
    every = pairs_of(pieces(table_of(told), PLAN.rules))
    expected = [pair for pair in every if ordered[pair[0]]["source"] != ordered[pair[1]]["source"]]
    assert pairs_of(pieces(table_of(told), PLAN.rules, across="source")) == expected


@FEW
@given(told=rows(), of=st.integers(2, 5))
def test_partitions_are_disjoint_and_add_up(told: list[Row], of: int) -> None:
    model = estimate(table_of(told), PLAN)
    whole = score(table_of(told), model, floor=ALL)
    parts = [score(table_of(told), model, Part(number, of), floor=ALL) for number in range(of)]
    together = gathered(reversed(parts))
    assert sum(len(part.left) for part in parts) == len(whole.left)
    for name in ("left", "right", "bits"):
        assert np.array_equal(getattr(together, name), getattr(whole, name))
    assert together.compared == whole.compared


def test_pairs_come_in_pieces_of_bounded_size_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    many = table([f"{number:03d}" for number in range(60)], {"thing": texts("ab"[number % 2] for number in range(60))})
    whole = sorted(pairs_of(pieces(many, [("thing",)])))
    monkeypatch.setattr(blocking_rooms, "PIECE", 40)
    cut = list(pieces(many, [("thing",)]))
    assert max(len(left) for _, left, _ in cut) <= 40
    assert sorted(pairs_of(cut)) == whole


def level_of(one: Row, other: Row, comparison: Comparison) -> int:
    """The level of two rows by the plain meaning of the comparison."""
    a, b = one[comparison.column], other[comparison.column]
    if a is None or b is None or a == set() or b == set():
        return 0
    if a == b:
        return 1
    if comparison.measure == "exact":
        return 2
    measured = {
        "jaro-winkler": lambda: -JaroWinkler.similarity(a, b),
        "levenshtein": lambda: Levenshtein.distance(a, b),
        "apart": lambda: abs(a - b),
        "ratio": lambda: abs(a - b) / max(a, b),
        "overlap": lambda: -len(a & b),
    }[comparison.measure]()
    rising = comparison.measure in ("jaro-winkler", "overlap")
    reached = [measured <= (-bar if rising else bar) + 1e-9 for bar in comparison.bars]
    return reached.index(True) + 2 if True in reached else comparison.count - 1


@QUICK
@given(told=rows(least=2))
def test_levels_over_distinct_values_are_those_of_the_single_pairs_and_symmetric(told: list[Row]) -> None:
    ordered = sorted(told, key=lambda row: str(row["id"]))
    every = np.array(list(combinations(range(len(told)), 2)), dtype=np.int32)
    made = table_of(told)
    for comparison in PLAN.comparisons:
        expected = [level_of(ordered[i], ordered[j], comparison) for i, j in every]
        assert Leveller(made, comparison).levels(every[:, 0], every[:, 1]).tolist() == expected
        assert Leveller(made, comparison).levels(every[:, 1], every[:, 0]).tolist() == expected


@FEW
@given(told=rows(least=2), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(told: list[Row], shuffled: random.Random) -> None:
    other = list(told)
    shuffled.shuffle(other)
    answers = []
    for given_rows in (told, other):
        made = table_of(given_rows)
        model = estimate(made, PLAN, Drawing(pairs_a_rule=2, seed=3))
        answers.append((model, settle(made, score(made, model, floor=ALL), error=0.2)))
    (model_a, a), (model_b, b) = answers
    assert model_a == model_b
    assert np.array_equal(a.scored.bits, b.scored.bits)
    assert np.array_equal(a.labels, b.labels)
    assert a.bar == b.bar


@FEW
@given(told=rows(least=2))
def test_a_score_is_the_sum_of_its_parts(told: list[Row]) -> None:
    made = table_of(told)
    scorer = Scorer(made, estimate(made, PLAN))
    for rule, left, right in pieces(made, PLAN.rules):
        for one, other, bits in zip(left, right, scorer.bits(rule, left, right), strict=True):
            parts = scorer.explain(made.ids[one], made.ids[other])
            assert [part.comparison for part in parts] == ["prior", *(comparison.name for comparison in PLAN.comparisons)]
            assert sum(part.bits for part in parts) == pytest.approx(bits, abs=1e-9)


@FEW
@given(told=rows(least=2), floor=st.floats(-20, 20))
def test_dropping_early_loses_no_pair_above_the_floor(told: list[Row], floor: float) -> None:
    made = table_of(told)
    scorer = Scorer(made, estimate(made, PLAN))
    for rule, left, right in pieces(made, PLAN.rules):
        bits = scorer.bits(rule, left, right)
        kept_left, kept_right, kept_bits = scorer.above(rule, floor, left, right)
        assert kept_left.tolist() == left[bits >= floor].tolist()
        assert kept_right.tolist() == right[bits >= floor].tolist()
        assert np.array_equal(kept_bits, bits[bits >= floor])


def test_an_equal_rare_value_says_more_than_an_equal_common_one() -> None:
    told = [{"id": f"r{n:02d}", "name": "common" if n > 1 else "rare", "thing": "switch"} for n in range(40)]
    made = table([row["id"] for row in told], {"name": texts(row["name"] for row in told), "thing": texts(row["thing"] for row in told)})
    plan = Plan((Comparison("name", "name", frequency=True),), (("thing",),))
    scorer = Scorer(made, estimate(made, plan))
    rare, common = scorer.explain("r00", "r01"), scorer.explain("r02", "r03")
    assert rare[1].bits - common[1].bits == pytest.approx(np.log2(38 / 2))


def planted(needs: int, seed: int) -> tuple[list[Row], list[int]]:
    """Rows of needs that are told one to three times, each field lost or changed now and then."""
    chance = random.Random(seed)
    told, truth = [], []
    for need in range(needs):
        true = {"name": f"School No. {chance.randrange(needs // 3)}", "thing": chance.choice("abcdef"), "amount": chance.randrange(1, 300)}
        day = chance.randrange(700)
        for _ in range(chance.choice([1, 1, 2, 3])):
            row: Row = {
                "id": f"{len(told):05d}",
                "reference": None,
                "day": day + chance.randrange(20),
                "threads": set(),
                "source": "a",
                **true,
            }
            if chance.random() < 0.1:
                row["amount"] = chance.randrange(1, 300)
            if chance.random() < 0.1:
                row["thing"] = chance.choice("abcdef")
            told.append(row)
            truth.append(need)
    return told, truth


def test_weights_come_from_the_data_and_the_stated_error_is_kept() -> None:
    told, truth = planted(900, seed=5)
    made = table_of(told)
    plan = Plan((*PLAN.comparisons[:1], *PLAN.comparisons[2:5]), (("name",), ("thing", "amount")))
    model = estimate(made, plan)
    amount = model.strata[0].estimates["amount"].bits
    assert amount[1] > 3 > 0 > amount[-1]
    answer = settle(made, score(made, model, floor=ALL), error=0.1)
    kept = answer.scored.bits >= answer.bar
    right = np.array(truth)[answer.scored.left[kept]] == np.array(truth)[answer.scored.right[kept]]
    assert kept.sum() > 400
    assert 1 - right.mean() < 0.15


@QUICK
@given(
    links=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(-3, 3)), max_size=25),
    ruled=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=6),
)
def test_no_cluster_contradicts_a_ruling(links: list[tuple[int, int, int]], ruled: list[tuple[int, int, bool]]) -> None:
    best = {(min(a, b), max(a, b)): float(bits) for a, b, bits in links if a != b}
    left, right = (np.array([pair[side] for pair in best], dtype=np.int32) for side in (0, 1))
    together = [(a, b) for a, b, joins in ruled if joins and a != b]
    apart = [(a, b) for a, b, joins in ruled if not joins and a != b]
    by_rulings = clusters(10, *(np.array([pair[side] for pair in together], dtype=np.int32) for side in (0, 1)), np.zeros(len(together)))
    if any(by_rulings[a] == by_rulings[b] for a, b in apart):
        with pytest.raises(BadTable, match="withdraw a ruling"):
            clusters(10, left, right, np.array(list(best.values())), together, apart)
        return
    label = clusters(10, left, right, np.array(list(best.values())), together, apart)
    assert all(label[a] == label[b] for a, b in together)
    assert all(label[a] != label[b] for a, b in apart)
    if not apart:
        assert all(label[a] == label[b] for a, b in best)
    turned = clusters(10, left[::-1], right[::-1], np.array(list(best.values()))[::-1], together[::-1], [(b, a) for a, b in apart])
    assert label.tolist() == turned.tolist()


def test_the_weaker_of_two_links_gives_way_to_a_ruling() -> None:
    left, right = np.array([0, 1], dtype=np.int32), np.array([1, 2], dtype=np.int32)
    assert clusters(3, left, right, np.array([5.0, 9.0]), apart=[(0, 2)]).tolist() == [0, 1, 1]
    assert clusters(3, left, right, np.array([9.0, 5.0]), apart=[(2, 0)]).tolist() == [0, 0, 2]


def test_a_bar_keeps_the_stated_error_and_no_bar_is_said_where_none_does() -> None:
    bits = np.log2(np.array([99.0, 9.0, 1.0]))  # wrong with a chance of 1, 10, 50 in a hundred
    assert bar_for_error(bits, 0.06) == bits[1]
    assert bar_for_error(bits, 0.3) == bits[2]
    assert bar_for_error(bits, 0.001) == float("inf")
    assert bar_for_error(np.zeros(0), 0.1) == float("inf")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: table_of([]).column("nothing"), "no column 'nothing'"),
        (lambda: table(["a", "a"], {}), "two rows have the id a"),
        (lambda: table(["a"], {"x": texts(["1", "2"])}), "2 rows, the ids are 1"),
        (lambda: numbers([1.0, float("inf")]), "row 1 of a column of numbers is infinite"),
        (lambda: coded(np.array([0]), ["a", "a"]), "one word twice"),
        (lambda: Comparison("n", "n", "jaro-winkler", (0.8, 0.9)), "nearest to the farthest"),
        (lambda: Comparison("n", "n", "apart"), "at least one bar"),
        (lambda: Leveller(table_of([]), Comparison("n", "name", "apart", (1,))), "cannot compare text column 'name'"),
        (lambda: list(pieces(table_of([]), [()])), "name at least one column"),
        (lambda: Part(2, 2), "number them from 0"),
        (lambda: Plan((), ()), "at least one comparison and one rule"),
        (lambda: bar_for_error(np.zeros(1), 0.0), "between 0 and 1"),
        (lambda: clusters(2, np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0), [(1, 1)]), "against itself"),
    ],
)
def test_what_cannot_be_is_refused_in_words(wrong: Any, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        wrong()


def test_a_rule_that_finds_too_much_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking_rooms, "MOST_PAIRS", 100)
    many = table([f"{number:03d}" for number in range(60)], {"thing": texts(["a"] * 60)})
    with pytest.raises(BadTable, match="rule thing finds 1770 pairs, its widest key 60 rows"):
        list(pieces(many, [("thing",)]))


def test_long_texts_and_odd_letters_are_compared_quickly() -> None:
    long = "закупівля " * 100_000
    words = [long + "а", long + "б", "\ud800 lone half", "\x00", "e\u0301cole", "école"]
    made = table([str(place) for place in range(len(words))], {"item": texts(words)})
    left, right = np.array([0, 2, 4], dtype=np.int32), np.array([1, 3, 5], dtype=np.int32)
    assert Leveller(made, Comparison("item", "item", "jaro-winkler", (0.95, 0.6))).levels(left, right).tolist() == [2, 4, 3]
    assert Leveller(made, Comparison("item", "item", "levenshtein", (2,))).levels(left, right).tolist() == [2, 3, 2]


def test_an_empty_table_and_a_table_without_pairs_have_an_answer() -> None:
    for told in (
        [],
        [{"id": "1", "name": None, "reference": None, "thing": None, "amount": None, "day": None, "threads": set(), "source": "a"}],
    ):
        made = table_of(told)
        answer = settle(made, score(made, estimate(made, PLAN)), error=0.05)
        assert answer.labels.tolist() == list(range(len(told)))
