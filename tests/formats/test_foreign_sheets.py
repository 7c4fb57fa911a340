"""Sheets of somebody's own as people make them: truly merged cells, subtotals, notes, several tables, units in the cell; bytes to lines."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from sild.cores.extraction.answer import Extraction
from sild.cores.extraction.check import check
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats import read_document

HOSPITAL, WATER, OFFICE = "Brody Central Hospital", "Halych Water Works", "Brody Regional Office"
INDEX = BodyIndex(
    (
        Body(OFFICE, ("Бродівське обласне управління",), "UA", "recipient-body"),
        Body(HOSPITAL, ("Бродівська центральна лікарня", "Brody hospital"), "UA", "recipient-body", "health"),
        Body(WATER, ("Галицький водоканал", "Halych waterworks"), "UA", "recipient-body", "water"),
        Body("Norland", ("Норландія",), "NO", "donor-state", "government"),
    )
)
Line = tuple[str, str | None, float | None, str | None]


def sheet(write: Callable[[Worksheet, xlsxwriter.Workbook], None]) -> bytes:
    """A workbook of one sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        write(book.add_worksheet("Аркуш1"), book)
    return stream.getvalue()


def read(data: bytes, sender: str | None = OFFICE) -> Extraction:
    """What is read of the bytes, from the parser to the lines; the check has nothing against it."""
    document = read_document("list.xlsx", data)
    extraction = extract(ExtractionProblem(document=document, bodies=INDEX, sender_body=sender))
    assert check(document, extraction) == []
    return extraction


def brief(extraction: Extraction) -> list[Line]:
    return [(line.kind, line.category, line.quantity, line.beneficiary) for line in extraction.lines]


def _merged_down(paper: Worksheet, book: xlsxwriter.Workbook) -> None:
    """A title over the whole width, a heading over two rows, a body over three rows, a subtotal under each body, a note at the end."""
    wide = book.add_format({"align": "center", "bold": True})
    paper.merge_range("A1:D1", "Зведена потреба закладів, станом на 12.01.2026", wide)
    paper.merge_range("A3:A4", "Заклад", wide)
    paper.merge_range("B3:B4", "Найменування", wide)
    paper.merge_range("C3:C4", "Кількість", wide)
    paper.merge_range("D3:D4", "Примітка", wide)
    paper.merge_range("A5:A7", "Бродівська центральна лікарня", wide)
    for row, (thing, many, note) in enumerate(
        (("Ноутбуки", 40, ""), ("Маршрутизатори", 6, "терміново"), ("Ліцензії на антивірус", 120, "")), 4
    ):
        paper.write_row(row, 1, (thing, many, note))
    paper.merge_range("A8:B8", "Разом по закладу", wide)
    paper.write("C8", 166)
    paper.merge_range("A9:A10", "Галицький водоканал", wide)
    paper.write_row(8, 1, ("Ноутбуки", 25))
    paper.write_row(9, 1, ("Джерела безперебійного живлення", 4))
    paper.merge_range("A11:B11", "Разом по закладу", wide)
    paper.write("C11", 29)
    paper.merge_range("A12:B12", "ВСЬОГО", wide)
    paper.write("C12", 195)
    paper.merge_range("A14:D15", "Примітка: дані зібрано в січні, за потреби уточнимо. Тел. 044 123 45 67.", wide)


def test_a_body_merged_over_rows_is_whose_each_of_them_is_and_subtotals_are_no_lines() -> None:
    assert brief(read(sheet(_merged_down))) == [
        ("request", "end-user-devices", 40, HOSPITAL),
        ("request", "network-equipment", 6, HOSPITAL),
        ("request", "endpoint-protection", 120, HOSPITAL),
        ("request", "end-user-devices", 25, WATER),
        ("request", "power-continuity", 4, WATER),
    ]


def _merged_across(paper: Worksheet, book: xlsxwriter.Workbook) -> None:
    """A band with the body's name across the table before its rows; the unit stands in the cell with the number."""
    band = book.add_format({"align": "center", "italic": True})
    paper.write_row("A1", ("No.", "What is needed", "How much", "Remarks"))
    paper.merge_range("A2:D2", "Brody hospital", band)
    paper.write_row("A3", (1, "Laptops", "12 pcs", "for the wards"))
    paper.write_row("A4", (2, "UPS units", "3 units", ""))
    paper.merge_range("A5:D5", "Halych waterworks", band)
    paper.write_row("A6", (3, "Firewalls", "2 pcs.", "with three years of support"))
    paper.merge_range("A7:B7", "Subtotal", band)
    paper.write("C7", "17 pcs")


def test_a_band_merged_across_the_table_names_whose_the_rows_below_are_and_units_stand_in_the_cells() -> None:
    extraction = read(sheet(_merged_across))
    assert [(category, quantity, whose) for _, category, quantity, whose in brief(extraction)] == [
        ("end-user-devices", 12, HOSPITAL),
        ("power-continuity", 3, HOSPITAL),
        ("network-security", 2, WATER),
    ]
    assert {line.unit for line in extraction.lines} == {"laptop", "UPS", "firewall"}


def _two_tables(paper: Worksheet, book: xlsxwriter.Workbook) -> None:
    """Needs above, pledges below, each with a merged title and columns in its own order."""
    wide = book.add_format({"bold": True})
    paper.merge_range("A1:C1", "Потреби", wide)
    paper.write_row("A2", ("К-сть", "Од.", "Обладнання"))
    paper.write_row("A3", (10, "шт.", "Ноутбуки"))
    paper.write_row("A4", (2, "компл.", "Міжмережеві екрани"))
    paper.merge_range("A5:C5", "Разом: 12", wide)
    paper.merge_range("A8:D8", "Пропозиції", wide)
    paper.write_row("A9", ("Що можемо надати", "Хто надає", "Кількість", "Умови"))
    paper.write_row("A10", ("Джерела безперебійного живлення", "Норландія", 5, "лише цивільним"))


def test_two_tables_under_merged_titles_are_read_each_by_its_own_headings() -> None:
    extraction = read(sheet(_two_tables))
    assert [(line.kind, line.category, line.quantity, line.provider) for line in extraction.lines] == [
        ("request", "end-user-devices", 10, None),
        ("request", "network-security", 2, None),
        ("offer", "power-continuity", 5, "Norland"),
    ]


@pytest.mark.parametrize("rows", [2, 3, 9])
def test_a_quantity_merged_over_rows_is_counted_once(rows: int) -> None:
    """Forty pieces over several rows of remarks are forty, not forty a row."""

    def write(paper: Worksheet, book: xlsxwriter.Workbook) -> None:
        plain = book.add_format()
        paper.write_row("A1", ("Item", "Qty", "Remarks"))
        paper.merge_range(1, 0, rows, 0, "Laptops", plain)
        paper.merge_range(1, 1, rows, 1, 40, plain)
        for row in range(1, rows + 1):
            paper.write(row, 2, f"remark no. {row}")

    assert [(line.category, line.quantity) for line in read(sheet(write)).lines] == [("end-user-devices", 40)]
