"""What a clause only tells of is no line, and a second ask may name only a number and a body."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.method.lexicons import load

WRITERS = {"needy": "Brody Regional Office", "giver": "Norland", "firm": "Kettel Systems Ltd"}
CASES = Path(__file__).parent / "cases"


def table(name: str) -> list[Any]:
    rows: list[Any] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return rows


@pytest.mark.parametrize(("who", "text", "meant"), table("told_of"))
def test_a_clause_that_only_tells_of_a_thing_holds_no_line(desk: Any, who: str, text: str, meant: list[Any]) -> None:
    lines = desk.mail(text, sender=WRITERS[who]).lines
    assert [[line.kind, line.category, int(line.quantity or 0)] for line in lines] == [row[:3] for row in meant]


@pytest.mark.parametrize(("text", "meant"), table("second_asks"))
def test_a_second_ask_of_a_number_and_a_body_is_for_the_thing_named_before(desk: Any, text: str, meant: list[Any]) -> None:
    lines = desk.mail(text).lines
    assert sorted([line.beneficiary, int(line.quantity)] for line in lines) == sorted(meant)
    assert {line.category for line in lines} == {"end-user-devices"}


def test_the_weights_of_telling_bear_the_record_of_what_they_were_learned_from() -> None:
    record = load("told_weights")
    assert 0 < float(record["below"]) < 0.5
    assert sum(map(int, record["trained_on"]["examples"].values())) > int(record["trained_on"]["right"]) > 300
    assert float(record["weights"]["past"]) < 0 < float(record["weights"]["open"])
