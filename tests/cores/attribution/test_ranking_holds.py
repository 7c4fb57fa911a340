"""What must not change a ranking does not, what must, does, and every answer to any small problem passes the check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.attribution import (
    AttributionProblem,
    BadProblem,
    Design,
    Hypothesis,
    Kind,
    Likeness,
    Observation,
    Source,
    Verdict,
    check,
    rank,
)

Incident = Callable[..., AttributionProblem]
TRAITS = ("T0001", "T0002", "T0010", "T0011.001", "T0011.002", "T0012", "T0020", "T0105", "T0900", "S0001", "S0010", "S0020", "S0030")
SEEN = st.lists(st.tuples(st.sampled_from(TRAITS), st.sampled_from(["a", "b", "c", "G-HERON report 0"])), max_size=14)
ANY = settings(max_examples=drawn(40), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(incident: Incident, seen: list[tuple[str, str]]) -> AttributionProblem:
    return replace(incident(), observations=tuple(Observation(trait=trait, source=source) for trait, source in seen))


@ANY
@given(seen=SEEN, repeats=st.booleans(), imitation=st.sampled_from([0.0, 0.05, 0.3]))
def test_every_answer_passes_the_check(incident: Incident, seen: list[tuple[str, str]], repeats: bool, imitation: float) -> None:
    problem = replace(
        told(incident, seen),
        sources=(Source(id="b", stems_from="a"),) if repeats else (),
        design=Design(imitation=imitation, likeness={**Design().likeness, Kind.SOFTWARE: Likeness(coverage=0.4, documented=2, weight=1.5)}),
    )
    assert check(problem, rank(problem)) == []


@ANY
@given(seen=SEEN, data=st.data())
def test_the_order_of_records_does_not_matter(incident: Incident, seen: list[tuple[str, str]], data: st.DataObject) -> None:
    problem = told(incident, seen)
    known = problem.knowledge
    turned = replace(known, actors=known.actors[::-1], traits=known.traits[::-1], uses=known.uses[::-1])
    other = replace(problem, knowledge=turned, observations=tuple(data.draw(st.permutations(problem.observations))))
    assert rank(problem) == rank(other)


@ANY
@given(seen=SEEN)
def test_what_a_source_says_twice_or_another_repeats_changes_nothing(incident: Incident, seen: list[tuple[str, str]]) -> None:
    problem = told(incident, seen)
    again = replace(
        problem,
        observations=(
            *problem.observations,
            *problem.observations,
            *(replace(one, source=f"{one.source}, retold") for one in problem.observations),
        ),
        sources=tuple(Source(id=f"{name}, retold", stems_from=name) for name in sorted({source for _, source in seen})),
    )
    assert rank(problem) == rank(again)


@ANY
@given(seen=SEEN)
def test_without_any_evidence_left_nothing_is_sufficient(incident: Incident, seen: list[tuple[str, str]]) -> None:
    answer = rank(replace(told(incident, seen), observations=()))
    assert answer.verdict is Verdict.INSUFFICIENT
    assert answer.standings[0].hypothesis is Hypothesis.INSUFFICIENT
    assert answer.next_traits == ()


def test_independent_sources_say_more_than_one_and_no_more_than_so_many_times(incident: Incident) -> None:
    one, two = rank(incident("T0010 T0012 S0010 T0001")), rank(incident("T0010 T0012 S0010 T0001", other="T0010 T0012 S0010 T0001"))
    scores = [next(row.score for row in answer.standings if row.actor == "G-HERON") for answer in (one, two)]
    assert scores[0] is not None and scores[1] is not None
    assert scores[0] < scores[1] < 2 * scores[0]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda a: replace(a, verdict=Verdict.INSUFFICIENT), "by the shares it is one-leads"),
        (lambda a: replace(a, own_uses=3), "incident's own sources"),
        (lambda a: replace(a, uncited_uses=1), "without a source"),
        (lambda a: replace(a, voices=("somebody",)), "voices"),
        (lambda a: replace(a, known_traits=99), "known traits"),
        (lambda a: replace(a, unknown=("T0900",)), "unknown traits"),
        (lambda a: replace(a, standings=a.standings[::-1]), "not in order"),
        (
            lambda a: replace(a, standings=tuple(one for one in a.standings if one.hypothesis is not Hypothesis.FALSE_FLAG)),
            "false-flag does",
        ),
        (lambda a: replace(a, standings=a.standings[1:]), "each actor once"),
        (lambda a: replace(a, standings=(replace(a.standings[0], share=0.5), *a.standings[1:])), "add up to"),
        (lambda a: replace(a, standings=(replace(a.standings[0], score=9.0), *a.standings[1:])), "not the sum of its reasons"),
        (
            lambda a: replace(a, standings=(replace(a.standings[0], reasons=a.standings[0].reasons[1:]), *a.standings[1:])),
            "the reasons are not",
        ),
        (lambda a: replace(a, standings=(replace(a.standings[0], documented=1), *a.standings[1:])), "told to be known"),
        (lambda a: replace(a, without_voice=()), "left out in turn"),
        (lambda a: replace(a, without_trait=(replace(a.without_trait[0], leader="G-OTTER"), *a.without_trait[1:])), "without S0010"),
        (lambda a: replace(a, next_traits=(replace(a.next_traits[0], trait="T0010"), *a.next_traits[1:])), "was seen"),
        (lambda a: replace(a, next_traits=(replace(a.next_traits[0], bits=7.0), *a.next_traits[1:])), "more than there is to know"),
    ],
)
def test_the_check_finds_each_kind_of_answer_that_is_not_so(incident: Incident, spoil: Callable[..., object], said: str) -> None:
    problem = incident("T0010 T0012 S0010 S0011 T0001")
    answer = rank(problem)
    assert check(problem, answer) == []
    assert any(said in fault for fault in check(problem, spoil(answer)))  # type: ignore[arg-type]  # the case changes what it likes


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda p: replace(p, observations=(Observation(trait="T7777", source="x"),)), "T7777 is not in made"),
        (lambda p: replace(p, observations=(Observation(trait="T0001", source=""),)), "has no source"),
        (lambda p: replace(p, sources=(Source(id="x", stems_from="y"), Source(id="y", stems_from="x"))), "goes back to itself"),
        (lambda p: replace(p, sources=(Source(id="x"), Source(id="x"))), "given twice"),
        (lambda p: replace(p, knowledge=replace(p.knowledge, uses=p.knowledge.uses * 2)), "a use twice"),
        (lambda p: replace(p, knowledge=replace(p.knowledge, actors=p.knowledge.actors[1:])), "not in the knowledge"),
        (lambda _: Design(lead=0.2), "lead from 0.5"),
        (lambda _: Likeness(coverage=1.0, documented=1, weight=1), "coverage lies between"),
    ],
)
def test_what_contradicts_itself_is_refused_and_named(incident: Incident, spoil: Callable[..., object], said: str) -> None:
    with pytest.raises(BadProblem, match=said):
        spoil(incident("T0001"))
