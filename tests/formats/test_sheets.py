"""Workbooks and CSV: rows by their number, cells by their column, whatever the delimiter and the character set."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
import xlsxwriter

from sild.formats import Unreadable, read_document

from .made import attach, blocks, mail, rezipped, texts, workbook
from .rarer_seeds import binary_workbook, old_workbook, open_workbook


def test_rows_are_told_by_their_number_and_empty_ones_are_left_out() -> None:
    data = workbook([["Needs"], [], ["№", "Item", "Qty", None, "Note"], [1, "UPS 6 kVA", 8.0, None, "urgent"]])
    found = blocks(read_document("needs.xlsx", data))
    assert [(block.locator, block.text) for block in found] == [
        ("row 1", "Needs"),
        ("row 3", "№ | Item | Qty | Note"),
        ("row 4", "1 | UPS 6 kVA | 8 | urgent"),
    ]
    assert [(cell.column, cell.text) for cell in found[2].cells] == [(0, "1"), (1, "UPS 6 kVA"), (2, "8"), (4, "urgent")]


def test_values_stand_as_a_reader_of_the_sheet_sees_them() -> None:
    data = workbook([["x", 12.5, True, 1234567.0, 0.1]])
    assert texts("n.xlsx", data) == ["x | 12.5 | TRUE | 1234567 | 0.1"]


def test_further_and_hidden_sheets_are_read_and_named() -> None:
    document = read_document("needs.xlsx", workbook([["first"]], [["second"]], hidden=1))
    assert [(block.locator, block.table) for block in blocks(document)] == [("row 1", 1), ("sheet Sheet 2 row 1", 2)]
    assert any("hidden" in warning for warning in document.warnings)


def test_dates_are_unambiguous() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_datetime(0, 0, dt.date(2026, 2, 15), book.add_format({"num_format": "dd.mm.yyyy"}))
    book.close()
    assert texts("d.xlsx", stream.getvalue()) == ["2026-02-15"]


@pytest.mark.parametrize(("kind", "make"), [("xlsb", binary_workbook), ("ods", open_workbook)])
def test_binary_and_open_workbooks_are_read(kind: str, make: Callable[[], bytes]) -> None:
    document = read_document(f"n.{kind}", make())
    assert document.format == kind
    assert [(block.locator, block.text) for block in blocks(document)] == [("row 1", "Laptops | 90")]


def test_an_old_workbook_is_read() -> None:
    document = read_document("old.xls", old_workbook())
    assert document.format == "xls"
    assert [(block.locator, block.text) for block in blocks(document)] == [("row 1", "Laptops"), ("row 2", "90")]


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged workbook"):
        read_document("n.xlsx", rezipped(workbook([["x"]]), {"xl/workbook.xml": b"<workbook"}))


def test_a_workbook_whose_parser_gives_up_on_itself_is_refused_and_stops_nothing() -> None:
    whole = old_workbook()
    # its table of sectors goes on where only half of a sector is left: the parser ends with a panic, which is no Exception
    cut = whole[:0x44] + (9).to_bytes(4, "little") + whole[0x48:-2]
    with pytest.raises(Unreadable, match="damaged workbook"):
        read_document("n.xls", cut)
    letter = read_document("m.eml", bytes(attach(mail("Words."), "n.xls", cut)))
    assert [part.unread is None for part in letter.parts] == [True, False]


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-u", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_any_character_set_and_with_any_delimiter(charset: str, delimiter: str) -> None:
    rows = [["Отримувач", "Потреба", "Обсяг"], ["Харківська ОВА", "Ноутбуки для громад", "85"], ["ХУКТ", "Місця на полігоні", "60"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(charset)
    found = blocks(read_document("needs.csv", data))
    assert [block.text for block in found] == [" | ".join(row) for row in rows]
    assert [block.locator for block in found] == ["row 1", "row 2", "row 3"]


def test_cells_with_line_ends_and_quotes_count_as_one_row() -> None:
    data = b'item;note\n"laptops";"first line\nsecond; line ""quoted"""\n;\nups;x\n'
    found = blocks(read_document("n.csv", data))
    assert [(block.locator, block.text) for block in found] == [
        ("row 1", "item | note"),
        ("row 2", 'laptops | first line\nsecond; line "quoted"'),
        ("row 4", "ups | x"),
    ]


def test_the_hint_of_excel_about_the_delimiter_is_no_row() -> None:
    assert [block.locator for block in blocks(read_document("n.csv", b"sep=,\na,b\n1,2\n"))] == ["row 1", "row 2"]


def test_decimal_commas_do_not_look_like_columns() -> None:
    data = "Позиція;Обсяг\nСховище;12,5 ТБ\nКанал;1,5 Гбіт\n".encode()
    assert blocks(read_document("n.csv", data))[1].text == "Сховище | 12,5 ТБ"
