"""A new line weighed by itself says what a whole linking says; the slots that lines are kept under bring together what belongs together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.drawing import drawn

from sild.cores.linkage import Judgement, Line, LinkageProblem, Relation, link
from sild.cores.linkage.method.incremental import Change, weigh_new
from sild.cores.linkage.method.slots import edition, kept_slots, looks_for

from .lines import BODIES, RELATIONS, line, problem, tangled_problems

FEW = settings(max_examples=drawn(60), deadline=None)
UTILITY, MINISTRY, EMBASSY = "Berdychiv Water Utility", "Ministry of Water of Ukraine", "Embassy of Ukraine in Latvia"
KNOWN = LinkageProblem(lines=(), bodies=BODIES, relations=RELATIONS)


@FEW
@given(tangled_problems())
def test_a_new_line_has_the_scores_reasons_and_relations_of_a_whole_linking(asked: LinkageProblem) -> None:
    answer = link(asked)
    cluster = answer.cluster_of()
    told = {frozenset((one.line_a, one.line_b)): one for one in (*answer.links, *answer.look_alikes)}
    for new in cluster:
        proposal = weigh_new(new, replace(asked, former={name: held for name, held in cluster.items() if name != new}))
        met = {one.other for one in proposal.weighed}
        for pair, kept in told.items():
            levels = {reason.level for reason in kept.reasons if reason.comparison in ("body", "provider")}
            assert new not in pair or pair - {new} <= met or levels & {"stranger", "sister", "other"}
        for one in proposal.weighed:
            same = told.get(frozenset((new, one.other)))
            if same is None:
                continue
            assert (one.score, one.reasons) == (same.score, same.reasons)
            assert one.earlier is (same.line_a == one.other)
        for one in proposal.weighed:
            same = next((kept for kept in answer.links if {kept.line_a, kept.line_b} == {new, one.other}), None)
            if same is not None and same.relation.joins and cluster[one.other] == proposal.joins:
                assert one.relation is same.relation


@FEW
@given(tangled_problems())
def test_a_ruling_decides_what_a_new_line_joins(asked: LinkageProblem) -> None:
    cluster = link(asked).cluster_of()
    for ruling in asked.judgements:
        new, other = ruling.line_b, ruling.line_a
        if new in cluster and other in cluster:
            proposal = weigh_new(new, replace(asked, former={name: held for name, held in cluster.items() if name != new}))
            assert ruling.relation.joins or proposal.joins != cluster[other]
            if ruling.relation.joins and sum(new in (one.line_a, one.line_b) for one in asked.judgements) == 1:
                assert proposal.joins == cluster[other]


def test_a_later_letter_joins_the_need_and_says_what_changed() -> None:
    first = line("a", 0, item="managed switches", evidence="36 managed switches", category="network-equipment", quantity=36,
                 unit="switch", beneficiary=UTILITY, sent_by=UTILITY, language="en")  # fmt: skip
    again = line("b", 20, kind="update", item="managed switches", evidence="instead of 36 now 50 managed switches", unit="switch",
                 category="network-equipment", quantity=50, changes=36, beneficiary=UTILITY, sent_by=UTILITY, language="en")  # fmt: skip
    asked = problem(first, again, former={"a": "need-1"})
    proposal = weigh_new("b", asked)
    assert (proposal.joins, proposal.through, proposal.relation) == ("need-1", "a", Relation.SUPERSEDES)
    assert Change(field="quantity", before="36", after="50") in proposal.weighed[0].changes
    assert proposal.weighed[0].likely
    apart = Judgement(line_a="a", line_b="b", relation=Relation.NOT_THE_SAME)
    ruled = weigh_new("b", replace(asked, judgements=(apart,)))
    assert (ruled.joins, ruled.relation) == (None, None)
    assert ruled.weighed[0].apart
    crowded = weigh_new("b", asked, sizes={"need-1": 40})
    assert crowded.joins is None, "thirty-nine lines that nothing brought together with it speak against it"


def test_a_further_batch_is_called_one_and_joins_nothing() -> None:
    told = {"item": "managed switches", "category": "network-equipment", "unit": "switch", "beneficiary": UTILITY, "sent_by": UTILITY}
    asked = problem(line("a", 0, quantity=36, **told), line("b", 9, quantity=12, additional=True, **told))
    proposal = weigh_new("b", asked)
    assert proposal.joins is None
    assert [one.relation for one in proposal.weighed] == [Relation.SECOND_BATCH]


@pytest.mark.parametrize("kind", ["request", "offer", "question"])
def test_a_line_without_others_joins_nothing(kind: str) -> None:
    assert weigh_new("a", problem(line("a", kind=kind))).weighed == ()


def brought_together(lines: list[Line]) -> set[frozenset[str]]:
    """The pairs that kept slots bring together, each line looking for all others."""
    under: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in lines:
        for slot in kept_slots(one):
            under[slot].add(one.id)
    below: dict[str, list[str]] = defaultdict(list)
    for relation in RELATIONS:
        below[relation.upper].append(relation.lower)
    looks = {one.id: looks_for(one, KNOWN, below[one.beneficiary or ""]) for one in lines}
    return {frozenset((name, other)) for name, slots in looks.items() for slot in slots for other in under[slot] - {name}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"item": "managed switches"}, {"item": "керовані комутатори", "sent_by": EMBASSY}),
        ({"category": "network-equipment"}, {"category": "network-security"}),
        ({"category": "backup-storage"}, {"category": "backup-storage", "beneficiary": MINISTRY}),
        ({"item": "laptops", "quantity": 36}, {"item": "laptops", "quantity": 36, "beneficiary": "a body nobody knows"}),
        ({"item": "x", "reference": "12/345"}, {"evidence": "our letter 12/345", "beneficiary": None}),
        ({"threads": ("one",)}, {"threads": ("two", "one"), "beneficiary": None}),
        ({"item": "laptops"}, {"item": "laptops for Berdychiv", "beneficiary": None}),
        ({"item": "generators"}, {"kind": "withdrawal", "beneficiary": UTILITY}),
        ({"kind": "update", "beneficiary": None, "sent_by": UTILITY}, {"item": "generators"}),
    ],
)
def test_lines_that_may_be_one_need_meet(one: dict[str, object], other: dict[str, object]) -> None:
    lines = [line("a", **({"beneficiary": UTILITY} | one)), line("b", 3, **({"beneficiary": UTILITY} | other))]
    assert brought_together(lines) == {frozenset({"a", "b"})}


def test_needs_and_offers_and_strangers_do_not_meet() -> None:
    told = {"item": "managed switches", "category": "network-equipment"}
    asked = line("a", beneficiary=UTILITY, **told)
    offered = line("b", kind="offer", provider="Latgale Networks SIA", sent_by="Latgale Networks SIA", **told)
    elsewhere = line("c", beneficiary="Uman Regional Hospital", sent_by="Uman Regional Hospital", **told)
    assert brought_together([asked, offered, elsewhere]) == set()
    assert kept_slots(line("q", kind="question", item="what is it?")) == frozenset()


def test_a_line_is_kept_under_few_slots_however_much_it_tells() -> None:
    text = " ".join(f"Хост{number} 12/{number:05} laptops servers switches Kharkiv{number}" for number in range(3000))
    told = kept_slots(line("a", item=text[:400], evidence=text, threads=tuple(map(str, range(900))), beneficiary=UTILITY, quantity=7))
    assert len(told) < 80
    assert len(edition()) == 16
