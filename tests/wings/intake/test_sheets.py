"""Excel is a door: rows of a filled-in template become lines, faults are told by cell, and whatever comes again is not taken twice."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal

import pytest

from sild.formats import read_document
from sild.kernel.home import Home
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.reads.sheets import SheetView, returned_sheet, sheet_of
from sild.wings.intake.rules import Door
from sild.wings.parties.public import import_parties
from sild.wings.register.public import Line, lines
from tests.cast import Cast
from tests.formats.sheets import LAPTOPS, OFFER, SERVERS, WRONG, filled, mended
from tests.wings.intake.test_run import COUNCIL, InProcess


@pytest.fixture
def door(cast: Cast, home: Home) -> Taking:
    import_parties(cast.run, [COUNCIL])
    return Taking(cast.run, home, InProcess(), Door.SHEET)


def answer(door: Taking, data: bytes, name: str = "needs.xlsx") -> SheetView:
    [arrived] = door.data(data, name).arrived
    return sheet_of(door.actor, arrived.message)


def said(found: Sequence[Line]) -> list[tuple[str, str, Decimal | None, str, str]]:
    return sorted((line.kind, line.item, line.quantity, line.beneficiary, line.provider) for line in found)


def test_good_rows_become_drafts_with_their_cells_and_bad_ones_wait_to_be_mended(door: Taking) -> None:
    view = answer(door, filled("uk", request=[LAPTOPS, WRONG], offer=[OFFER]))
    assert [row.outcome for row in view.rows] == ["taken", "mend", "taken"]
    assert said(lines(door.actor)) == [
        ("offer", "Rack servers, two years old", Decimal(8), "", "Estonia"),
        ("request", "Laptops for the front desks", Decimal(40), "Lviv City Council", ""),
    ]
    [laptops] = [line for line in lines(door.actor) if line.kind == "request"]
    assert (laptops.category, laptops.unit, laptops.urgency, str(laptops.needed_by)) == ("end-user-devices", "laptop", "high", "2026-04-01")
    assert laptops.fields["quantity"]["span"]["text"] == "40"
    assert laptops.locator == "row 3"
    assert view.rows[0].line == laptops.id
    assert {fault.column: fault.code for fault in view.rows[1].row.faults} == {
        "quantity": "number",
        "category": "nearly",
        "beneficiary": "missing",
    }


def test_the_file_that_was_given_back_is_taken_again_without_anything_twice(door: Taking) -> None:
    first = answer(door, filled("en", request=[LAPTOPS, WRONG, SERVERS]))
    back = returned_sheet(first, "en")
    again = answer(door, back, "needs (1).xlsx")
    assert [row.outcome for row in again.rows] == ["known", "mend", "known"]
    assert len(lines(door.actor)) == 2
    better = answer(
        door,
        mended(back, {2: {"category": "Network equipment", "quantity": "12", "beneficiary": "Lviv City Council"}, 3: {"quantity": "30"}}),
        "needs (2).xlsx",
    )
    assert [row.outcome for row in better.rows] == ["known", "taken", "changed"]
    [changed] = better.rows[2].differs
    assert (changed.column, changed.then, changed.now) == ("quantity", Decimal(4), Decimal(30))
    before = better.rows[2].before
    assert before is not None
    assert (before.message, before.side, before.row) == (first.message, "request", 5)
    assert {line.quantity for line in lines(door.actor)} == {Decimal(40), Decimal(4), Decimal(12)}
    back = read_document("back.xlsx", returned_sheet(better, "en"))
    assert any("Quantity: 4 → 30" in block.text for _, _, block in back.blocks())


def test_the_first_file_mended_by_hand_brings_its_new_rows_alone(door: Taking) -> None:
    book = uuid.uuid4().hex
    answer(door, filled("en", request=[LAPTOPS, WRONG], book=book))
    again = answer(door, filled("en", request=[SERVERS, LAPTOPS], book=book), "second.xlsx")
    assert [row.outcome for row in again.rows] == ["taken", "known"]
    assert [code for code, _ in again.notes] == []
    less = answer(door, filled("en", request=[SERVERS], book=book), "third.xlsx")
    assert less.notes == (("gone", {"words": "1"}),)
    assert len(lines(door.actor)) == 2
