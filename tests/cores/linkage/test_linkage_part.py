"""A part linked anew after a ruling: what a whole linking would find, at the cost of a few lines, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.linkage import Judgement, LinkageProblem, Relation, check, link
from sild.cores.linkage.method.part import Known, placed, relink

from .lines import line, problem, tangled_problems

FEW = settings(max_examples=drawn(60), deadline=None)
BODY = {"beneficiary": "Uman Regional Hospital", "sent_by": "Uman Regional Hospital", "category": "power-continuity"}


@FEW
@given(tangled_problems(), st.integers(0, 30))
def test_without_a_new_ruling_the_lines_of_a_need_stay_where_they_are(asked: LinkageProblem, which: int) -> None:
    whole = link(asked)
    assume(whole.clusters)
    chosen = whole.clusters[which % len(whole.clusters)]
    standing = replace(asked, former=whole.cluster_of())
    again = relink(standing, chosen.lines)
    assert again.clusters == (chosen,)
    assert {(one.line_a, one.line_b, one.score) for one in again.links if {one.line_a, one.line_b} <= set(chosen.lines)} == {
        (one.line_a, one.line_b, one.score) for one in whole.links if {one.line_a, one.line_b} <= set(chosen.lines)
    }
    assert check(*placed(standing, again)) == ()


@FEW
@given(tangled_problems(), st.data())
def test_after_a_ruling_a_part_stands_as_a_whole_linking_would_place_it(asked: LinkageProblem, data: st.DataObject) -> None:
    before = link(replace(asked, judgements=()))
    names = sorted(before.cluster_of())
    assume(len(names) > 1)
    one, other = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    held = before.cluster_of()
    said = Relation.NOT_THE_SAME if held[one] == held[other] else Relation.SAME_AS
    sides = {cluster.id: cluster.side for cluster in before.clusters}
    assume(sides[held[one]] == sides[held[other]])
    ruled = replace(asked, judgements=(Judgement(line_a=one, line_b=other, relation=said),), former=held)
    free = {name for name in names if held[name] in (held[one], held[other])}
    part = relink(ruled, free)
    assert check(*placed(ruled, part)) == ()
    whole = {frozenset(cluster.lines) for cluster in link(ruled).clusters}
    assert {frozenset(cluster.lines) for cluster in part.clusters} <= whole


def test_what_stands_beside_is_joined_whole_and_two_of_it_never_become_one() -> None:
    asks = [
        line(name, day, item="generators for the hospital", quantity=7, **BODY) for name, day in (("a", 0), ("b", 1), ("c", 2), ("d", 3))
    ]
    # a person parted what the evidence would make one
    former = {"a": "need-1", "b": "need-1", "c": "need-2", "d": "need-3"}
    found = relink(problem(*asks, former=former), ["d"])
    [cluster] = found.clusters
    assert set(cluster.lines) in ({"a", "b", "d"}, {"c", "d"}, {"d"})


def test_a_pair_that_the_whole_register_never_met_is_not_met_in_a_part() -> None:
    asks = [
        line(name, day, item="generators for the hospital", quantity=7, reference="44/12", **BODY) for name, day in (("a", 0), ("b", 1))
    ]
    standing = problem(*asks, former={"a": "need-1", "b": "need-2"})
    assert len(relink(standing, ["b"]).clusters[0].lines) == 2
    assert len(relink(standing, ["b"], Known(seen=[])).clusters[0].lines) == 1
    assert len(relink(standing, ["b"], Known(seen=[frozenset("ab")])).clusters[0].lines) == 2


def test_rows_of_a_table_stay_apart_although_few_of_them_are_there() -> None:
    told = {"message": "list", "reference": "44/12", **BODY}
    asks = [line("a", 0, item="generators of 20 kW", evidence="generators of 20 kW", quantity=7, **told)]
    asks.append(line("b", 0, item="generators", evidence="generators", quantity=7, **told))
    standing = problem(*asks, former={"a": "need-1", "b": "need-2"})
    parted = relink(standing, ["b"], Known(tables=["list"]))
    assert [cluster.lines for cluster in parted.clusters] == [("b",)]
