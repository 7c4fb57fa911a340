"""Numbers, quantities, cells, changes and sums, from the tables in `cases/` that a domain expert can extend."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.fields.changes import find_change
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.quantities import best_quantity, read_quantity_cell
from sild.cores.extraction.fields.single_service import find_single_service
from sild.values.money import Money


def cases(name: str) -> list[Any]:
    rows = yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(row, id=str(row.get("text", row.get("cell")))[:40]) for row in rows]


@pytest.mark.parametrize("row", cases("numbers"))
def test_the_counts_of_a_text_are_read_and_nothing_else_is_one(row: dict[str, Any]) -> None:
    found = [number.value for number in find_numbers(row["text"], row["lang"]) if number.kind == "count"]
    assert found == [Decimal(value) for value in row["counts"]]


@pytest.mark.parametrize("row", cases("quantities"))
def test_the_quantity_that_counts_the_item_is_chosen(row: dict[str, Any]) -> None:
    found = best_quantity(row["text"], language=row["lang"])
    assert found is not None
    assert (found.value, found.unit) == (Decimal(row["value"]), row["unit"])


@pytest.mark.parametrize("row", cases("cells"))
def test_a_quantity_cell_is_read_with_the_unit_of_its_neighbour(row: dict[str, Any]) -> None:
    found = read_quantity_cell(row["cell"], row["hint"])
    if row["value"] is None:
        assert found is None
    else:
        assert found is not None
        assert (found.value, found.unit) == (Decimal(row["value"]), row["unit"])


@pytest.mark.parametrize("row", cases("changes"))
def test_a_change_tells_the_old_number_from_the_new(row: dict[str, Any]) -> None:
    expected = None if row["old"] is None else (Decimal(row["old"]), Decimal(row["new"]))
    assert find_change(row["text"]) == expected


@pytest.mark.parametrize("row", cases("sums"))
def test_a_sum_keeps_its_currency(row: dict[str, Any]) -> None:
    found = [hit.money for hit in find_money(row["text"])]
    assert found == ([] if row["amount"] is None else [Money(Decimal(row["amount"]), row["currency"])])


def test_of_several_things_the_one_at_the_item_is_counted() -> None:
    text = "twelve firewalls for the districts and 30 switches for the schools"
    at = text.index("switches")
    found = best_quantity(text, (at, at + len("switches")))
    assert found is not None and found.value == 30
    found = best_quantity(text, (text.index("firewalls"), text.index(" for")))
    assert found is not None and found.value == 12


def test_a_duration_alone_is_a_weak_quantity_and_money_is_none() -> None:
    assert best_quantity("EUR 90 000 for training") is None
    found = best_quantity("for 6 months")
    assert found is not None and found.unit == "month" and found.confidence < 0.2


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("потрібна команда реагування на інцидент", "team"),
        ("просимо провести аудит безпеки порталу", "assessment"),
        ("we would host a table-top exercise", "exercise"),
        ("prosimy o test penetracyjny", "assessment"),
        ("wir bieten eine Stabsrahmenübung", "exercise"),
        ("palume läbi viia küberõppuse", "exercise"),
    ],
)
def test_a_service_asked_for_once_counts_one(text: str, unit: str) -> None:
    found = find_single_service(text)
    assert found is not None
    assert (found.value, found.unit) == (1, unit)


def test_a_service_that_a_number_counts_is_not_single() -> None:
    assert find_single_service("three penetration tests") is None


def test_ranges_keep_both_ends_and_vague_words_are_flagged() -> None:
    (found,) = find_numbers("приблизно 10-15 радіостанцій")
    assert (found.low, found.high, found.value, found.approximate) == (10, 15, 15, True)
