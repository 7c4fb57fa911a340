"""The true lines of the sample inbox, linked: what this core alone can do when reading has made no mistake."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from sild.cores.linkage import Body, Line, LinkageProblem, check, link

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def as_line(row: dict[str, Any], sent: dict[str, datetime]) -> Line:
    """A line of the truth without its need and without its English item: what an extractor at its best hands on."""
    told = {name: row[name] for name in ("id", "kind", "message", "category", "unit", "beneficiary", "provider", "sent_by", "reference")}
    return Line(
        **told,
        sent_at=sent[row["message"]],
        evidence=" ".join(row["evidence"]),
        quantity=None if row["quantity"] is None else Decimal(str(row["quantity"])),
        needed_by=date.fromisoformat(row["needed_by"][:10]) if row["needed_by"] else None,
        language=row["language"],
        channel=row["channel"],
    )


def bodies() -> tuple[Body, ...]:
    with (CORPUS / "parties.csv").open(encoding="utf-8", newline="") as source:
        return tuple(
            Body(id=row["canonical_name"], country=row["country"], kind=row["kind"], sector=row["sector"]) for row in csv.DictReader(source)
        )


@pytest.fixture(scope="module")
def clusters() -> dict[str, str]:
    sent = {row["file"]: datetime.fromisoformat(row["sent_at"]) for row in rows("messages.jsonl")}
    problem = LinkageProblem(lines=tuple(as_line(row, sent) for row in rows("truth.jsonl")), bodies=bodies())
    answer = link(problem)
    assert check(problem, answer) == ()
    return answer.cluster_of()


def pairs(groups: dict[str, str]) -> set[frozenset[str]]:
    held = defaultdict(list)
    for line, group in groups.items():
        held[group].append(line)
    return {frozenset(pair) for lines in held.values() for pair in combinations(lines, 2)}


@pytest.mark.parametrize(("side", "bar"), [("need-", 0.96), ("offer-", 0.93)])
def test_true_lines_are_linked_as_well_as_promised(clusters: dict[str, str], side: str, bar: float) -> None:
    true = {row["id"]: row["need"] for row in rows("truth.jsonl") if row["need"].startswith(side)}
    wanted, said = pairs(true), pairs({line: clusters[line] for line in true})
    assert 2 * len(wanted & said) / (len(wanted) + len(said)) >= bar


def test_look_alikes_are_kept_apart_as_well_as_promised(clusters: dict[str, str]) -> None:
    hard = [row.split("\t")[:2] for row in (CORPUS / "pairs.tsv").read_text(encoding="utf-8").splitlines()]
    apart = [clusters[a] != clusters[b] for a, b in hard if a in clusters and b in clusters]
    assert len(apart) >= 30
    assert sum(apart) / len(apart) >= 0.95
