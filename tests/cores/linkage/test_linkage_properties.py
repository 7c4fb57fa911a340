"""What must hold for every problem, however tangled; the independent check is the judge."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.linkage import BadProblem, Judgement, Line, Linkage, LinkageProblem, Relation, check, explain, link

from .lines import line, problem, tangled_lines, tangled_problems

FEW = settings(max_examples=drawn(60), deadline=None)


def groups(answer: Linkage) -> set[frozenset[str]]:
    return {frozenset(cluster.lines) for cluster in answer.clusters}


@FEW
@given(tangled_problems())
def test_every_answer_passes_the_independent_check(asked: LinkageProblem) -> None:
    assert check(asked, link(asked)) == ()


@FEW
@given(tangled_problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(asked: LinkageProblem, chance: random.Random) -> None:
    parts = {name: list(getattr(asked, name)) for name in ("lines", "bodies", "relations", "judgements")}
    for shuffled in parts.values():
        chance.shuffle(shuffled)
    assert link(replace(asked, **{name: tuple(shuffled) for name, shuffled in parts.items()})) == link(asked)


@FEW
@given(tangled_problems())
def test_a_pair_is_explained_alike_from_both_ends_and_as_it_was_scored(asked: LinkageProblem) -> None:
    for told in link(asked).links:
        reasons = explain(told.line_a, told.line_b, asked)
        assert reasons == explain(told.line_b, told.line_a, asked)
        assert reasons == told.reasons


@FEW
@given(tangled_problems())
def test_a_ruling_is_never_contradicted_and_undoing_it_returns_the_former_clusters(asked: LinkageProblem) -> None:
    before = link(replace(asked, judgements=()))
    ruled = link(asked)
    held = ruled.cluster_of()
    for ruling in asked.judgements:
        if ruling.line_a in held and ruling.line_b in held:
            assert (held[ruling.line_a] == held[ruling.line_b]) is ruling.relation.joins
    assert link(replace(asked, judgements=(), former=ruled.cluster_of())).clusters != () or not before.clusters
    assert groups(link(replace(asked, judgements=(), former=ruled.cluster_of()))) == groups(before)
    assert link(replace(asked, judgements=())) == before


@FEW
@given(tangled_lines(), st.integers(0, 9))
def test_a_run_after_a_run_finds_the_clusters_of_one_run_over_all(lines: list[Line], cut: int) -> None:
    first = link(problem(*lines[:cut])) if cut else None
    later = link(problem(*lines, former=first.cluster_of() if first else {}))
    assert groups(later) == groups(link(problem(*lines)))


@FEW
@given(tangled_lines())
def test_one_more_line_about_another_body_leaves_every_id_and_link_as_it_was(lines: list[Line]) -> None:
    before = link(problem(*lines))
    stranger = line(
        "line-99", 2, item="DDoS protection for a portal", category="ddos-protection", beneficiary="Lake Pilots", sent_by="Lake Pilots"
    )
    after = link(problem(*lines, stranger, former=before.cluster_of()))
    assert {line: after.cluster_of()[line] for line in before.cluster_of()} == before.cluster_of()
    assert set(before.links) <= set(after.links)


@FEW
@given(tangled_lines())
def test_running_again_with_the_ids_of_the_last_run_gives_the_same_answer(lines: list[Line]) -> None:
    first = link(problem(*lines))
    assert link(problem(*lines, former=first.cluster_of())) == first


@FEW
@given(tangled_lines())
def test_no_line_is_lost_and_questions_stand_apart(lines: list[Line]) -> None:
    answer = link(problem(*lines))
    assert set(answer.cluster_of()) | set(answer.questions) == {told.id for told in lines}


@FEW
@given(tangled_problems())
def test_evidence_against_a_ruling_is_reported_and_changes_no_cluster(asked: LinkageProblem) -> None:
    answer = link(asked)
    cluster = answer.cluster_of()
    ruled = {frozenset((ruling.line_a, ruling.line_b)): ruling.relation for ruling in asked.judgements}
    for conflict in answer.conflicts:
        assert ruled[frozenset((conflict.line_a, conflict.line_b))] is conflict.ruled
        assert (cluster[conflict.line_a] == cluster[conflict.line_b]) is conflict.ruled.joins
        evidence = [reason for reason in explain(conflict.line_a, conflict.line_b, asked) if reason.comparison != "ruling"]
        assert abs(sum(reason.weight for reason in evidence) - conflict.score) < 1e-4
    assert link(replace(asked, judgements=())).conflicts == ()


def test_a_ruling_that_parts_what_the_evidence_joins_is_a_conflict_and_one_that_agrees_is_none() -> None:
    told = {"item": "137 laptops", "evidence": "they ask for 137 laptops", "category": "end-user-devices", "beneficiary": "Lake Pilots"}
    lines = [line("a", 0, quantity=137, unit="laptop", **told), line("b", 3, quantity=137, unit="laptop", sent_by="Embassy", **told)]
    for relation, count in ((Relation.NOT_THE_SAME, 1), (Relation.SECOND_BATCH, 1), (Relation.SAME_AS, 0)):
        ruling = Judgement(line_a="a", line_b="b", relation=relation)
        assert len(link(problem(*lines, judgements=(ruling,))).conflicts) == count


@FEW
@given(tangled_lines(), st.integers(0, 1_000))
def test_vectors_change_no_promise_and_the_order_of_lines_no_answer(lines: list[Line], seed: int) -> None:
    chance = random.Random(seed)
    vectors = {told.id: tuple(chance.gauss(0, 1) for _ in range(384)) for told in lines if chance.random() < 0.8}
    asked = replace(problem(*lines), vectors=vectors)
    answer = link(asked)
    assert check(asked, answer) == ()
    assert link(replace(asked, lines=tuple(reversed(asked.lines)))) == answer


def test_a_vector_of_another_length_is_refused_by_name() -> None:
    told = line("a", 0, item="laptops", evidence="laptops")
    for vector in ((0.5,) * 3, (float("nan"),) * 384):
        with pytest.raises(BadProblem, match="line a: its vector"):
            link(replace(problem(told), vectors={"a": vector}))
