"""The table of cases (cases.yaml), and what is said about single answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.linkage import Judgement, Relation, check, explain, link
from sild.cores.linkage.answer import Side
from sild.cores.linkage.method.naming import names

from .lines import line, problem

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_case(case: dict[str, Any]) -> None:
    early = line("early", **{"day": 0, **case["both"], **case["early"]})
    late = line("late", **{"day": 10, **case["both"], **case["late"]})
    asked = problem(early, late)
    answer = link(asked)
    assert check(asked, answer) == ()
    sums = [f"{reason.comparison} {reason.level} {reason.weight:+}" for reason in explain("early", "late", asked)]
    if case["then"] in ("apart", "second-batch"):
        assert len(answer.clusters) == 2, sums
        assert [told.relation.value for told in answer.links] == (["second-batch"] if case["then"] == "second-batch" else []), sums
    else:
        assert len(answer.clusters) == 1, sums
        assert [told.relation.value for told in answer.links] == [case["then"]], sums


def test_look_alikes_kept_apart_say_why() -> None:
    common: dict[str, Any] = {"category": "end-user-devices", "beneficiary": "Uman Regional Hospital", "sent_by": "Uman Regional Hospital"}
    one = line("one", 0, message="m", item="40 laptops for ambulances", quantity=40, unit="laptop", **common)
    two = line("two", 0, message="m", item="40 laptops for the laboratory", quantity=40, unit="laptop", **common)
    (alike,) = link(problem(one, two)).look_alikes
    assert (alike.line_a, alike.line_b) == ("one", "two")
    assert "one message" in alike.why


def test_a_cluster_is_called_after_its_earliest_line_and_keeps_that_name_when_an_earlier_one_turns_up() -> None:
    common: dict[str, Any] = {"category": "end-user-devices", "item": "45 ноутбуків", "quantity": 45, "unit": "laptop"}
    letter = line("letter", 5, beneficiary="Uman Regional Hospital", sent_by="Uman Regional Hospital", **common)
    relay = line("relay", 9, beneficiary="Uman Regional Hospital", sent_by="Embassy of Ukraine in Latvia", **common)
    found_late = line("found-late", 1, beneficiary="Uman Regional Hospital", sent_by="Latvia", **common)
    first = link(problem(letter, relay))
    assert [cluster.id for cluster in first.clusters] == ["need-letter"]
    second = link(problem(letter, relay, found_late, former=first.cluster_of()))
    assert [(cluster.id, cluster.lines) for cluster in second.clusters] == [("need-letter", ("found-late", "letter", "relay"))]


def test_a_split_keeps_the_id_for_the_part_with_the_earliest_line() -> None:
    common: dict[str, Any] = {
        "category": "end-user-devices",
        "item": "45 ноутбуків",
        "quantity": 45,
        "beneficiary": "Uman Regional Hospital",
    }
    letter = line("letter", 5, sent_by="Uman Regional Hospital", **common)
    relay = line("relay", 9, sent_by="Embassy of Ukraine in Latvia", **common)
    first = link(problem(letter, relay))
    ruling = Judgement(line_a="letter", line_b="relay", relation=Relation.NOT_THE_SAME)
    second = link(problem(letter, relay, judgements=(ruling,), former=first.cluster_of()))
    assert {cluster.id: cluster.lines for cluster in second.clusters} == {"need-letter": ("letter",), "need-relay": ("relay",)}
    assert "a person ruled: not-the-same" in [alike.why for alike in second.look_alikes]


def test_former_ids_may_be_anything_that_the_caller_keeps() -> None:
    common: dict[str, Any] = {
        "category": "end-user-devices",
        "item": "45 ноутбуків",
        "quantity": 45,
        "beneficiary": "Uman Regional Hospital",
    }
    letter = line("letter", 5, sent_by="Uman Regional Hospital", **common)
    relay = line("relay", 9, sent_by="Embassy of Ukraine in Latvia", **common)
    answer = link(problem(letter, relay, former={"relay": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}))
    assert [cluster.id for cluster in answer.clusters] == ["7c9e6679-7425-40de-944b-e07fc1f90ae7"]


def test_a_former_id_goes_to_its_earliest_line_even_where_another_cluster_starts_earlier() -> None:
    clusters: list[tuple[Side, list[str]]] = [("need", ["first", "moved"]), ("need", ["stayed"])]
    former = {"first": "X", "stayed": "Y", "moved": "Y"}
    assert names(clusters, former, ["first", "stayed", "moved"]) == ["X", "Y"]


def test_a_withdrawal_that_names_nobody_goes_with_the_offer_that_people_ruled() -> None:
    offer = line("offer", 0, kind="offer", item="50 switches", provider="Latgale Networks SIA")
    gone = line("gone", 3, kind="withdrawal", item="we take the switches back", beneficiary="Uman Regional Hospital")
    ruling = Judgement(line_a="offer", line_b="gone", relation=Relation.WITHDRAWS)
    asked = problem(offer, gone, judgements=(ruling,))
    answer = link(asked)
    assert check(asked, answer) == ()
    assert [(cluster.side, cluster.lines) for cluster in answer.clusters] == [("offer", ("offer", "gone"))]


def test_a_message_that_comes_again_and_again_stays_one_need_line_by_line() -> None:
    common: dict[str, Any] = {"beneficiary": "Uman Regional Hospital", "sent_by": "Uman Regional Hospital", "digest": "d1"}
    lines = []
    for number in range(150):
        told = {"message": f"arrival-{number}", **common}
        lines.append(line(f"laptops-{number:03d}", number, item="30 laptops", quantity=30, unit="laptop", **told))
        lines.append(line(f"radios-{number:03d}", number, item="12 radios", quantity=12, unit="radio", **told))
    asked = problem(*lines)
    answer = link(asked)
    assert check(asked, answer) == ()
    assert sorted(len(cluster.lines) for cluster in answer.clusters) == [150, 150]


def test_a_ruling_parts_even_a_message_that_came_again() -> None:
    common: dict[str, Any] = {"item": "30 laptops", "quantity": 30, "beneficiary": "Uman Regional Hospital", "digest": "d1"}
    ruling = Judgement(line_a="one", line_b="two", relation=Relation.NOT_THE_SAME)
    asked = problem(line("one", 0, **common), line("two", 1, **common), judgements=(ruling,))
    assert check(asked, link(asked)) == ()


def test_an_empty_problem_has_an_empty_answer() -> None:
    answer = link(problem())
    assert (answer.clusters, answer.links, answer.look_alikes) == ((), (), ())


def test_lines_that_say_nothing_stay_apart() -> None:
    answer = link(problem(*(line(f"blank-{number}", number) for number in range(5))))
    assert len(answer.clusters) == 5


def test_hostile_texts_are_read_without_harm() -> None:
    texts = ["\x00\ufffd\u202e", "x" * 100_000, "9" * 5_000, "{a} {b} %s", "😀 🛰️", "'" * 1000]
    texts += [sign * 5_000 for sign in (".", " ", "x-", "№", "1.", "\n", "(", "a'", "не ")]
    lines = [line(f"odd-{number}", item=text, evidence=text, reference=text, subject=text) for number, text in enumerate(texts)]
    asked = problem(*lines)
    assert check(asked, link(asked)) == ()
