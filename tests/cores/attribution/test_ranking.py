"""What is ranked first, when nobody is, and what stands in every answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sild.cores.attribution import Attribution, AttributionProblem, Design, How, Hypothesis, Source, Use, Verdict, check, rank

Incident = Callable[..., AttributionProblem]
OF_HERON = "T0010 T0011.001 T0012 S0010 S0011 T0001"


def first(answer: Attribution) -> str | None:
    return next(one.actor for one in answer.standings if one.hypothesis is Hypothesis.ACTOR)


@pytest.mark.parametrize(
    ("seen", "like", "verdict"),
    [
        ("T0010 T0011.001 T0012 S0010 S0011", "G-HERON", Verdict.ONE_LEADS),
        ("T0010 T0105 T0001 T0002 S0001", "G-HERON", Verdict.NOT_SEPARATED),
        ("T0012 T0010 T0105 T0106 S0030 S0010", None, Verdict.INSUFFICIENT),
        ("T0020 T0021 T0022 S0020 T0001", "G-OTTER", Verdict.ONE_LEADS),
        ("T0050 T0051 S0050 T0001 T0002", "G-LYNX", Verdict.ONE_LEADS),
        ("T0001 T0002 T0003 S0001", None, Verdict.NOT_SEPARATED),
        ("T0010 S0010 S0011", None, Verdict.INSUFFICIENT),
        ("T0900 S0900", None, Verdict.INSUFFICIENT),
        ("", None, Verdict.INSUFFICIENT),
    ],
)
def test_an_incident_is_most_like_the_actor_whose_rare_traits_it_shows(
    incident: Incident, seen: str, like: str | None, verdict: Verdict
) -> None:
    answer = rank(incident(seen))
    assert answer.verdict is verdict
    assert check(incident(seen), answer) == []
    if like:
        assert first(answer) == like


@pytest.mark.parametrize("seen", ["", OF_HERON, "T0001 T0002 T0003 S0001"])
def test_insufficient_and_false_flag_stand_in_every_answer(incident: Incident, seen: str) -> None:
    answer = rank(incident(seen))
    assert [one.hypothesis for one in answer.standings].count(Hypothesis.INSUFFICIENT) == 1
    assert [one.hypothesis for one in answer.standings].count(Hypothesis.FALSE_FLAG) == 1
    assert answer.share_of(Hypothesis.INSUFFICIENT) > 0
    assert answer.share_of(Hypothesis.FALSE_FLAG) > 0


def test_what_everybody_does_is_insufficient_as_the_usual_design_weighs_it(incident: Incident) -> None:
    problem = replace(incident("T0001 T0002 T0003 S0001"), design=Design())
    assert rank(problem).verdict is Verdict.INSUFFICIENT


def test_more_of_the_same_traits_never_argues_a_false_flag_away(incident: Incident) -> None:
    few, many = rank(incident("T0010 T0012 T0001 S0001")), rank(incident(OF_HERON))
    for answer in (few, many):
        actors = answer.share_of(Hypothesis.ACTOR)
        assert answer.share_of(Hypothesis.FALSE_FLAG) == pytest.approx(actors * 0.05 / 0.95)


def test_a_long_record_does_not_lead_by_its_length(incident: Incident) -> None:
    answer = rank(incident("T0001 T0002 T0003 S0001 T0010"))
    heron = next(one for one in answer.standings if one.actor == "G-HERON")
    stoat = next(one for one in answer.standings if one.actor == "G-STOAT")
    assert stoat.documented > 4 * heron.documented
    assert stoat.share < heron.share


def test_a_trait_that_another_actor_is_known_for_reaches_this_one_through_family_and_software(knowledge_two: AttributionProblem) -> None:
    answer = rank(knowledge_two)
    heron = next(one for one in answer.standings if one.actor == "G-HERON")
    lynx = next(one for one in answer.standings if one.actor == "G-LYNX")
    assert {reason.trait: reason.how for reason in heron.reasons} == {"T0011.002": How.FAMILY, "T0099": How.BROUGHT}
    assert {reason.how for reason in lynx.reasons} == {How.NOT_KNOWN}
    assert heron.score is not None and lynx.score is not None and heron.score > lynx.score
    assert check(knowledge_two, answer) == []


@pytest.fixture
def knowledge_two(incident: Incident) -> AttributionProblem:
    problem = incident("T0011.002 T0099")
    more = tuple(Use(actor="G-STOAT", trait=trait, sources=frozenset({"elsewhere"})) for trait in ("T0011.002", "T0099"))
    return replace(problem, knowledge=replace(problem.knowledge, uses=(*problem.knowledge.uses, *more)))


def test_what_the_incidents_own_source_tells_of_an_actor_is_not_known_of_it(incident: Incident) -> None:
    answer = rank(incident("", **{"G-HERON report 0": "T0010 S0010 S0001 T0001"}))
    heron = next(one for one in answer.standings if one.actor == "G-HERON")
    assert answer.own_uses > 0
    assert all(reason.how is not How.KNOWN for reason in heron.reasons if reason.trait in ("T0010", "S0010"))


def test_a_source_that_repeats_a_report_takes_that_report_out_too(incident: Incident) -> None:
    told = incident("", newspaper="T0010 S0010 T0001 T0002")
    repeating = replace(told, sources=(Source(id="newspaper", stems_from="G-HERON report 0"),))
    assert rank(told).own_uses == 0
    assert rank(repeating).own_uses == rank(incident("", **{"G-HERON report 0": "T0010"})).own_uses > 0


def test_a_use_without_a_source_does_not_count_and_is_told(incident: Incident) -> None:
    problem = incident(OF_HERON)
    bare = tuple(replace(use, sources=frozenset()) if use.actor == "G-HERON" else use for use in problem.knowledge.uses)
    answer = rank(replace(problem, knowledge=replace(problem.knowledge, uses=bare)))
    assert answer.uncited_uses == 9
    assert first(answer) != "G-HERON"


def test_next_traits_are_unseen_and_tell_the_leaders_apart(incident: Incident) -> None:
    answer = rank(incident("T0010 T0001 T0002 S0001 T0012"))
    leaders = [one.actor for one in answer.standings if one.actor][:3]
    assert answer.next_traits
    assert leaders[0] in {one.speaks_for for one in answer.next_traits}
    best = answer.next_traits[0]
    before = next(one.share for one in answer.standings if one.actor == best.speaks_for)
    found = rank(incident(f"T0010 T0001 T0002 S0001 T0012 {best.trait}"))
    assert next(one.share for one in found.standings if one.actor == best.speaks_for) > before


def test_an_answer_that_rests_on_one_source_says_so(incident: Incident) -> None:
    alone = rank(incident(OF_HERON))
    assert [(one.left_out, one.leader) for one in alone.without_voice] == [("seen", None)]
    several = rank(incident(OF_HERON, other=OF_HERON))
    assert [one.leader for one in several.without_voice] == ["G-HERON", "G-HERON"]
