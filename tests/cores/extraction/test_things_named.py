"""What a line calls its thing: the noun with what describes it, in one piece of the text, without verbs, numbers, days and bodies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

WRITERS = {"needy": "Brody Regional Office", "giver": "Norland"}

CASES: dict[str, list[list[Any]]] = yaml.safe_load((Path(__file__).parent / "cases" / "items.yaml").read_text(encoding="utf-8"))
ROWS = [pytest.param(*row, id=f"{language}: {row[1]}") for language, rows in CASES.items() for row in rows]


@pytest.mark.parametrize(("who", "text", "items"), ROWS)
def test_the_thing_is_named_by_its_own_words(desk: Any, who: str, text: str, items: list[str]) -> None:
    read = desk.mail(text, sender=WRITERS[who])
    assert [line.item for line in read.lines] == items


def test_every_language_has_things_of_its_own() -> None:
    assert set(CASES) == {"en", "uk", "et", "pl", "de", "fr", "sv"}


def test_a_row_of_a_list_keeps_the_whole_name_of_its_cell_but_for_its_number(desk: Any) -> None:
    read = desk.sheet(
        ("Item", "Quantity"), ("Operator course, incidents in control systems", "6"), ("5 forensic workstations (licensed)", "5")
    )
    assert [line.item for line in read.lines] == ["Operator course, incidents in control systems", "forensic workstations (licensed)"]
