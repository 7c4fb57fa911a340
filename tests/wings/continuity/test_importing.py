"""A sheet of the inventory: fetched, filled in, given back cell by cell, taken in whole or not at all, the same again without a change."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from sild.formats.record_book import BookSheet, NotABook, plain, read_book, write_book
from sild.kernel.action import last_act
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.kernel.undo import undo
from sild.values.document import Block, Cell, Document, Part
from sild.wings.continuity.actions import import_inventory
from sild.wings.continuity.forms.sheets import given_back, read_sheets, sheets, template
from sild.wings.continuity.reads import preview_sheets, system_board, system_record
from tests.api.programs import ROOT, program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in
from tests.wings.attribution.test_pages import page, sent
from tests.wings.continuity.conftest import Inventory

Rows = Mapping[str, Sequence[Mapping[str, str]]]
SHEET: Rows = {
    "systems": [
        {"code": "TAX", "name": "Taxes", "layer": "registers", "portability": "can be set up on other machines", "racks": "1.5"},
        {"code": "PAY", "name": "Payments", "layer": "Services"},
    ],
    "datasets": [
        {"system": "tax", "name": "Returns", "size": "1200", "permission": "granted", "permission_of": "Parliament"}
        | {"permission_act": "Law 7", "permission_on": "2026-02-01"},
    ],
    "services": [{"system": "PAY", "name": "Refunds", "loss_per_hour": "12,5", "currency": "eur"}],
    "dependencies": [{"system": "PAY", "service": "Refunds", "needs": "TAX", "kind": "stops", "hours_without": "2"}],
}


def book(rows: Rows, *, language: str = "en") -> bytes:
    """A workbook as somebody fills it in."""
    stream = io.BytesIO()
    with override(language), xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        for sheet in sheets():
            paper = made.add_worksheet(sheet.names[0])
            for at, column in enumerate(sheet.columns):
                paper.write_string(0, at, column.headings[0])
                for number, row in enumerate(rows.get(sheet.key, ()), 1):
                    if column.key in row:
                        paper.write_string(number, at, row[column.key])
    return stream.getvalue()


def document(data: bytes) -> Document:
    """The workbook as the sandbox reads it, without one: what is tested here is what becomes of its rows."""
    opened = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    blocks = tuple(
        Block(
            kind="row",
            text="",
            locator="",
            table=table,
            row=number,
            cells=tuple(Cell(column=at, text=str(value)) for at, value in enumerate(row) if str(value)),
        )
        for table, name in enumerate(opened.sheet_names, 1)
        for number, row in enumerate(opened.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
    )
    return Document(name="x", sha256="", format="xlsx", channel="sheet", parts=(Part(name="body", media="", blocks=blocks),))


def rows_of(data: bytes) -> Any:
    """The rows of a workbook."""
    return read_book(sheets(), document(data)).rows


def told(actor: Actor, rows: Rows) -> dict[tuple[str, int], set[str]]:
    """Which columns of which rows are to be mended."""
    return {place: {*cells} for place, cells in preview_sheets(actor, rows_of(book(rows))).told.items()}


def test_a_sheet_is_taken_in_whole_in_either_language_and_the_same_again_changes_nothing(cast: Cast) -> None:
    officer = cast.officer
    first = import_inventory(officer, rows_of(book(SHEET)), reason="the ministry's sheet")
    assert (first.rows, first.fresh, first.taken) == (5, 5, True)
    act = last_act()
    rows = {row.code: row for row in system_board(officer).rows}
    assert {*rows} == {"TAX", "PAY"} and rows["TAX"].size == 1200 and rows["TAX"].waiting == 0 and rows["PAY"].money == 1
    whole = system_record(officer, rows["TAX"].id)
    assert whole.racks == Decimal("1.5") and whole.datasets[0].permission_on == date(2026, 2, 1)
    assert [fall.path for fall in whole.falls] == [("TAX", "PAY / Refunds")]
    for language in ("en", "uk"):
        again = import_inventory(officer, rows_of(book(SHEET, language=language)))
        assert (again.known, again.fresh, again.changed) == (5, 0, 0)
    assert act is not None
    undo(officer, act, reason="the wrong sheet")
    assert system_board(officer).rows == ()


def test_a_changed_cell_changes_its_record_and_an_empty_one_says_nothing(inventory: Inventory) -> None:
    officer = inventory.officer
    rows = {
        "systems": [{"code": "land", "name": "Cadastre"}],
        "datasets": [{"system": "PEOPLE", "name": "population register", "size": "950"}],
    }
    look = import_inventory(officer, rows_of(book(rows)))
    assert (look.changed, look.fresh) == (2, 0)
    land, whole = (system_record(officer, inventory.systems[code]) for code in ("LAND", "PEOPLE"))
    assert (land.row.code, land.row.name, land.row.portability, land.territory) == ("LAND", "Cadastre", "immovable", "North")
    assert whole.datasets[0].size == 950 and whole.datasets[0].change == 3 and whole.datasets[0].name == "Population register"
    assert len(system_board(officer).rows) == 5


def test_the_inventory_comes_out_as_a_sheet_that_changes_nothing_when_it_comes_back(inventory: Inventory) -> None:
    import_inventory(inventory.officer, rows_of(book(SHEET)))
    for language in ("en", "uk"):
        with override(language):
            given = signed_in(inventory.officer).get(reverse("continuity.sheet"), headers={"Accept-Language": language}).content
        back = import_inventory(inventory.officer, rows_of(given))
        assert (back.rows, back.known) == (7 + 3 + 3 + 6, back.rows), back
    assert rows_of(signed_in(inventory.cast.authority).get(reverse("continuity.sheet")).content) == ()


def test_what_cannot_be_read_is_told_cell_by_cell_and_nothing_is_taken_in(inventory: Inventory) -> None:
    officer = inventory.officer
    rows: Rows = {
        "systems": [
            {"code": "NEW", "name": "New", "racks": "1,200"},
            {"code": "NEW2", "layer": "cellar", "name": "x" * 301},
            {"name": "Without a code"},
            {"code": "OK", "name": "Fine"},
            {"code": "ok", "name": "Fine again"},
        ],
        "datasets": [
            {"system": "NOWHERE", "name": "D"},
            {"system": "ID", "name": "D", "size": "-4", "permission_on": "1.2.2026"},
            {"system": "ID", "name": "E", "permission": "granted"},
            {"system": "ID", "name": "F", "permission": "asked", "permission_of": "them", "permission_on": "2999-01-01"},
        ],
        "services": [{"system": "ID", "name": "S", "currency": "p"}],
        "dependencies": [
            {"system": "ID", "needs": "id"},
            {"system": "ID", "needs": "PEOPLE", "service": "None such"},
            {"system": "ID", "needs": "NOWHERE"},
        ],
    }
    assert told(officer, rows) == {
        ("systems", 2): {"racks"},
        ("systems", 3): {"layer", "name"},
        ("systems", 4): {"code"},
        ("systems", 6): {"code"},
        ("datasets", 2): {"system"},
        ("datasets", 3): {"size", "permission_on"},
        ("datasets", 4): {"permission"},
        ("datasets", 5): {"permission"},
        ("services", 2): {"currency"},
        ("dependencies", 2): {"needs"},
        ("dependencies", 3): {"service"},
        ("dependencies", 4): {"needs"},
    }
    with pytest.raises(Refused, match="nothing was taken in"):
        import_inventory(officer, rows_of(book(rows)))
    assert len(system_board(officer).rows) == 5
    found = read_book(sheets(), document(book(rows)))
    back = given_back(found, preview_sheets(officer, found.rows))
    assert preview_sheets(officer, rows_of(back)).told.keys() == preview_sheets(officer, found.rows).told.keys()
    text = str(python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(back)).get_sheet_by_index(0).to_python())
    assert "can be read in two ways" in text and "1,200" in text


def test_the_empty_sheet_has_lists_to_choose_from_and_says_nothing_of_anybody() -> None:
    data = template()
    assert data == template() and rows_of(data) == ()
    lists = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("lists").to_python()
    assert "cannot be moved" in {cell for row in lists for cell in row}
    assert plain(" Size,  GB *") == plain("size gb")
    with pytest.raises(NotABook):
        read_book(sheets(), document(write_book([BookSheet(key="x", names=("x",), columns=())])))


def test_an_officer_looks_at_a_sheet_takes_it_in_and_others_do_not_see_it(cast: Cast) -> None:
    officer = cast.officer
    assert "Download the empty sheet" in page(officer, "continuity.import")[1]
    assert signed_in(officer).get(reverse("continuity.template")).content == template()
    broken = SimpleUploadedFile("a.xlsx", book({"systems": [{"name": "x"}]}))
    status, text = sent(officer, "continuity.import", file=broken)
    assert status == 200 and "Fill it in." in text and "Take this sheet in" not in text
    kept = text.split('name="kept" value="')[1].split('"')[0]
    back = signed_in(officer).post(reverse("continuity.import-back"), {"kept": kept}).content
    assert "Fill it in." in str(python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(back)).get_sheet_by_index(0).to_python())
    assert sent(officer, "continuity.import", kept=kept, name="a.xlsx", sure="yes")[0] == 409
    status, text = sent(officer, "continuity.import", file=SimpleUploadedFile("b.xlsx", book(SHEET)))
    assert status == 200 and "Take this sheet in" in text
    kept = text.split('name="kept" value="')[1].split('"')[0]
    assert sent(cast.deputy, "continuity.import", kept=kept, sure="yes")[0] == 409
    assert "Look at the systems" in sent(officer, "continuity.import", kept=kept, name="b.xlsx", sure="yes")[1]
    assert "TAX" in page(officer, "continuity.board")[1] and "TAX" not in page(cast.donor, "continuity.board")[1]
    assert sent(officer, "continuity.import", file=SimpleUploadedFile("c.xlsx", b"PK nothing"))[0] == 409
    with pytest.raises(Refused, match="None of its sheets"):
        read_sheets(b"a,b\n1,2\n", "other.csv")


def test_programs_send_a_sheet_too(cast: Cast) -> None:
    program = program_of("drill", "officer", account_on(cast.officer))

    def ask(query: str) -> Any:
        where = f"{ROOT}/inventory-imports?name=a.xlsx{query}"
        return program._client.post(where, book(SHEET), content_type="application/octet-stream", headers=program.headers).json()

    assert (ask("&preview=true")["fresh"], system_board(cast.officer).rows) == (5, ())
    assert ask("")["taken"] and len(system_board(cast.officer).rows) == 2
    assert ask("")["known"] == 5
