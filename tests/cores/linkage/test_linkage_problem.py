"""A problem that contradicts itself is refused, and the words name the record."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from sild.cores.linkage import BadProblem, Body, Judgement, Line, LinkageProblem, Relation

from .lines import line, problem


def test_two_lines_with_one_id_are_refused() -> None:
    with pytest.raises(BadProblem, match="two lines have the id a"):
        problem(line("a"), line("a"))


def test_a_judgement_about_an_absent_line_is_refused() -> None:
    with pytest.raises(BadProblem, match="names line gone"):
        problem(line("a"), judgements=(Judgement(line_a="a", line_b="gone", relation=Relation.SAME_AS),))


def test_rulings_that_contradict_each_other_by_a_chain_are_refused() -> None:
    rulings = (
        Judgement(line_a="a", line_b="b", relation=Relation.SAME_AS),
        Judgement(line_a="b", line_b="c", relation=Relation.SUPERSEDES),
        Judgement(line_a="c", line_b="a", relation=Relation.NOT_THE_SAME),
    )
    with pytest.raises(BadProblem, match="lines c and a were ruled not-the-same"):
        problem(line("a"), line("b"), line("c"), judgements=rulings)


def test_one_pair_cannot_be_ruled_in_two_ways() -> None:
    rulings = (
        Judgement(line_a="a", line_b="b", relation=Relation.SAME_AS),
        Judgement(line_a="b", line_b="a", relation=Relation.ESCALATES),
    )
    with pytest.raises(BadProblem, match="both same-as and escalates"):
        problem(line("a"), line("b"), judgements=rulings)


def test_a_ruling_cannot_mix_a_need_with_an_offer() -> None:
    with pytest.raises(BadProblem, match="never mix"):
        problem(line("a"), line("b", kind="offer"), judgements=(Judgement(line_a="a", line_b="b", relation=Relation.SAME_AS),))


def test_a_judgement_of_a_line_about_itself_is_refused() -> None:
    with pytest.raises(BadProblem, match="relates line a to itself"):
        Judgement(line_a="a", line_b="a", relation=Relation.SAME_AS)


@pytest.mark.parametrize("quantity", [Decimal("-1"), Decimal("NaN"), Decimal("Infinity")])
def test_a_quantity_that_is_no_amount_is_refused(quantity: Decimal) -> None:
    with pytest.raises(BadProblem, match="line a: quantity"):
        Line(id="a", kind="request", message="m", quantity=quantity)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(BadProblem, match="no time zone"):
        Line(id="a", kind="request", message="m", sent_at=datetime(2026, 1, 1))  # noqa: DTZ001 - the missing zone is the case


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadProblem, match="kind 'wish'"):
        Line(id="a", kind="wish", message="m")  # type: ignore[arg-type]  # the wrong kind is the case


def test_two_bodies_with_one_id_are_refused() -> None:
    with pytest.raises(BadProblem, match="two bodies have the id X"):
        LinkageProblem(lines=(), bodies=(Body(id="X"), Body(id="X")))
