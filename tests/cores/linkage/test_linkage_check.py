"""The check finds every kind of broken promise in an answer that was right before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sild.cores.linkage import Judgement, Linkage, LinkageProblem, Relation, check, link

from .lines import line, problem


def asked() -> LinkageProblem:
    common = {"category": "network-equipment", "unit": "switch", "beneficiary": "Uman Regional Hospital"}
    return problem(
        line("a", 0, item="30 managed switches", quantity=30, sent_by="Uman Regional Hospital", **common),
        line("b", 2, item="30 комутаторів", quantity=30, sent_by="Embassy of Ukraine in Latvia", **common),
        line("c", 3, item="30 more switches", quantity=30, sent_by="Uman Regional Hospital", additional=True, **common),
        line("d", 4, kind="withdrawal", item="switches no longer needed", quantity=30, sent_by="Uman Regional Hospital", **common),
        line("o", 1, kind="offer", item="50 switches", category="network-equipment", quantity=50, provider="Latgale Networks SIA"),
        line("q", 5, kind="question", item="any news?"),
        judgements=(
            Judgement(line_a="a", line_b="c", relation=Relation.NOT_THE_SAME),
            Judgement(line_a="a", line_b="d", relation=Relation.WITHDRAWS),
        ),
    )


def join_all(answer: Linkage) -> Linkage:
    lines = tuple(line for cluster in answer.clusters for line in cluster.lines)
    return replace(answer, clusters=(replace(answer.clusters[0], lines=lines),))


def part_all(answer: Linkage) -> Linkage:
    parted = [replace(cluster, id=f"{cluster.id}-{line}", lines=(line,)) for cluster in answer.clusters for line in cluster.lines]
    return replace(answer, clusters=tuple(parted))


def forge_score(answer: Linkage) -> Linkage:
    return replace(answer, links=(replace(answer.links[0], score=answer.links[0].score + 1), *answer.links[1:]))


def drop_reason(answer: Linkage) -> Linkage:
    return replace(answer, links=(replace(answer.links[0], reasons=answer.links[0].reasons[1:]), *answer.links[1:]))


def no_reasons(answer: Linkage) -> Linkage:
    return replace(answer, links=(replace(answer.links[0], reasons=(), score=0.0), *answer.links[1:]))


def count_twice(answer: Linkage) -> Linkage:
    first = answer.links[0]
    doubled = replace(first, reasons=(*first.reasons, first.reasons[-1]), score=first.score + first.reasons[-1].weight)
    return replace(answer, links=(doubled, *answer.links[1:]))


def loosen_second_batch(answer: Linkage) -> Linkage:
    cluster = answer.cluster_of()
    links = tuple(
        replace(told, relation=Relation.SECOND_BATCH) if cluster[told.line_a] == cluster[told.line_b] else told for told in answer.links
    )
    return replace(answer, links=links)


CORRUPTIONS: dict[str, tuple[Callable[[Linkage], Linkage], str]] = {
    "a need and an offer joined": (join_all, "the offer o stands in the need"),
    "a ruling to keep apart broken": (join_all, "not-the-same a, but both stand in"),
    "a ruling to join broken": (part_all, "withdraws a, but they stand in"),
    "a link across clusters": (part_all, "stand in different clusters"),
    "a line lost": (lambda answer: replace(answer, clusters=answer.clusters[1:]), "stands in no cluster"),
    "a line held twice": (
        lambda answer: replace(answer, clusters=(*answer.clusters, replace(answer.clusters[0], id="x"))),
        "stands 2 times",
    ),
    "an id given twice": (
        lambda answer: replace(answer, clusters=tuple(replace(one, id="x") for one in answer.clusters)),
        "clusters have the id x",
    ),
    "a line from nowhere": (
        lambda answer: replace(answer, clusters=(*answer.clusters, replace(answer.clusters[0], id="x", lines=("ghost",)))),
        "line ghost, which is not in the problem",
    ),
    "an empty cluster": (
        lambda answer: replace(answer, clusters=(*answer.clusters, replace(answer.clusters[0], id="x", lines=()))),
        "holds no line",
    ),
    "a question dropped": (lambda answer: replace(answer, questions=()), "the question q is not listed"),
    "a forged score": (forge_score, "is not the sum"),
    "a reason dropped": (drop_reason, "is not the sum"),
    "no reasons at all": (no_reasons, "gives no reason"),
    "a reason counted twice": (count_twice, "is counted 2 times"),
    "a link to nowhere": (lambda answer: replace(answer, links=(replace(answer.links[0], line_a="ghost"),)), "a link names ghost"),
    "a link told twice": (lambda answer: replace(answer, links=(*answer.links, answer.links[0])), "told twice"),
    "a link to itself": (lambda answer: replace(answer, links=(replace(answer.links[0], line_b=answer.links[0].line_a),)), "to itself"),
    "a second batch inside one cluster": (loosen_second_batch, "is second-batch to"),
    "links left out": (lambda answer: replace(answer, links=()), "no chain of links leads from"),
    "relations left out": (lambda answer: replace(answer, relation_to_first={}), "has no relation to its first line"),
}


def test_the_answer_is_sound_before_it_is_corrupted() -> None:
    answer = link(asked())
    assert check(asked(), answer) == ()
    assert {frozenset(cluster.lines) for cluster in answer.clusters} == {frozenset("abd"), frozenset("c"), frozenset("o")}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_the_check_finds(name: str) -> None:
    corrupt, words = CORRUPTIONS[name]
    findings = check(asked(), corrupt(link(asked())))
    assert any(words in finding for finding in findings), findings
