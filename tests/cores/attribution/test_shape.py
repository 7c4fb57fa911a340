"""A case of plain data into a problem, and an answer back into plain data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sild.cores.attribution import BadProblem, Knowledge, rank
from sild.cores.attribution.shape import answer_to_plain, knowledge_of, problem_of
from sild.formats.attack_stix import AttackTrait

CASE = {
    "seen": [{"trait": "T0010", "source": "lab"}, {"traits": ["S0010", "T0001"], "source": "paper"}],
    "sources": [{"id": "paper", "stems_from": "lab"}],
}


def test_a_case_becomes_a_problem_whose_answer_is_plain_and_names_actors_and_traits(knowledge: Knowledge) -> None:
    problem = problem_of(CASE, knowledge)
    told = json.loads(json.dumps(answer_to_plain(problem, rank(problem), most=1)))
    assert told["voices"] == ["lab"]
    assert {"insufficient", "false-flag"} <= {one["hypothesis"] for one in told["standings"]}
    assert len(told["standings"]) <= 3
    assert told["verdict"] == "insufficient"


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({}, "nothing under seen"),
        ({"seen": "T0010"}, "seen is no list"),
        ({"seen": [{"trait": "T0010"}]}, "entry 1 of seen"),
        ({"seen": [{"traits": [1], "source": "x"}]}, "entry 1 of seen"),
        ({"seen": [{"trait": "T8888", "source": "x"}]}, "T8888"),
        ({**CASE, "sources": [{"stems_from": "lab"}]}, "entry 1 of sources"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_and_the_entry_named(knowledge: Knowledge, case: dict[str, Any], said: str) -> None:
    with pytest.raises(BadProblem, match=said):
        problem_of(case, knowledge)


def test_records_of_a_catalogue_become_knowledge() -> None:
    traits = [AttackTrait("S1", "tool", True, None, frozenset({"T1.1"})), AttackTrait("T1.1", "way", False, "T1", frozenset())]
    made = knowledge_of("there", [("G1", "Heron", ())], traits, {("G1", "S1"): frozenset({"x"})})
    assert [(one.id, one.kind, one.parent) for one in made.traits] == [("S1", "software", None), ("T1.1", "technique", "T1")]
    assert [(one.actor, one.trait, one.sources) for one in made.uses] == [("G1", "S1", {"x"})]
