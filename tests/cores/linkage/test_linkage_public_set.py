"""The hand-written linking set, on which the weights were fitted: the bars of the desk hold on it. Skips where the set is absent."""

from __future__ import annotations

import csv
import json
from itertools import combinations
from typing import Any

import pytest
from tests.beside import SHARED, beside

from sild.cores.linkage import Body, BodyRelation, Line, Linkage, LinkageProblem, Relation, check, link, sure
from sild.cores.linkage.shape import lines_from_jsonl, links_to_jsonl

SET = SHARED / "corpus" / "link"


@pytest.fixture(scope="module", autouse=True)
def _there() -> None:
    """The hand-written linking set is no part of this repository."""
    beside("corpus", "link")


@pytest.fixture(scope="module")
def truth() -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in (SET / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in rows}


def body_of(row: dict[str, str]) -> Body:
    names = [name.strip() for key, cell in row.items() if key.startswith("names_") for name in (cell or "").split(";") if name.strip()]
    name = row["canonical_name"]
    return Body(id=name, names=tuple(names), country=row["country"] or None, kind=row["kind"] or None, sector=row["sector"] or None)


@pytest.fixture(scope="module")
def linked() -> tuple[list[Line], Linkage]:
    """The lines by what the desk may see, and how it links them without vectors."""
    lines = lines_from_jsonl((SET / "lines.jsonl").read_text(encoding="utf-8"))
    with (SET / "parties.csv").open(encoding="utf-8", newline="") as source:
        known = list(csv.DictReader(source))
    relations = tuple(BodyRelation(lower=row["canonical_name"], upper=row["parent"]) for row in known if row["parent"])
    problem = LinkageProblem(lines=tuple(lines), bodies=tuple(map(body_of, known)), relations=relations)
    answer = link(problem)
    assert check(problem, answer) == ()
    return list(lines), answer


@pytest.fixture(scope="module")
def said(linked: tuple[list[Line], Linkage]) -> dict[str, dict[str, Any]]:
    """What is written of each line."""
    return {row["id"]: row for row in map(json.loads, links_to_jsonl(*linked).splitlines())}


def pairs_of(name: str) -> set[frozenset[str]]:
    return {frozenset(row.split("\t")[:2]) for row in (SET / name).read_text(encoding="utf-8").splitlines()}


def test_links_reach_the_bar(truth: dict[str, dict[str, Any]], said: dict[str, dict[str, Any]]) -> None:
    every = {frozenset(pair) for pair in combinations(truth, 2)} - pairs_of("neutral.tsv")
    wanted = {pair for pair in every if len({truth[line]["need"] for line in pair}) == 1}
    found = {pair for pair in every if len({said[line]["need"] for line in pair}) == 1}
    assert 2 * len(wanted & found) / (len(wanted) + len(found)) >= 0.80


def test_look_alikes_are_kept_apart_as_the_bar_asks(truth: dict[str, dict[str, Any]], said: dict[str, dict[str, Any]]) -> None:
    hard = [tuple(pair) for pair in pairs_of("pairs.tsv") if pair <= truth.keys()]
    assert len(hard) >= 80
    assert sum(said[a]["need"] != said[b]["need"] for a, b in hard) / len(hard) >= 0.95


def test_relations_reach_the_bar(truth: dict[str, dict[str, Any]], said: dict[str, dict[str, Any]]) -> None:
    first = {row["need"]: row["id"] for row in reversed(truth.values()) if row["relation"] is None}
    met = [row for row in truth.values() if row["relation"] and said[row["id"]]["need"] == said[first[row["need"]]]["need"]]
    assert len(met) >= 100
    assert sum(said[row["id"]]["relation"] == row["relation"] for row in met) / len(met) >= 0.95


def test_no_link_that_may_be_taken_without_asking_is_wrong(truth: dict[str, dict[str, Any]], linked: tuple[list[Line], Linkage]) -> None:
    same = [told for told in linked[1].links if told.relation is Relation.SAME_AS]
    taken = [told for told in same if sure(told)]
    assert [told for told in taken if truth[told.line_a]["need"] != truth[told.line_b]["need"]] == []
    right = sum(truth[told.line_a]["need"] == truth[told.line_b]["need"] for told in same)
    assert right >= 80
    assert len(taken) / right >= 0.5
