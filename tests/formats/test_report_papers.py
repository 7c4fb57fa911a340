"""Reports as files: opened again, they say what the report says, on every page its marking, and no cell is a formula."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from sild.formats.report_docx import write_document
from sild.formats.report_paper import (
    MOST_PRINTED,
    ReportPaper,
    ReportPart,
    ReportPicture,
    ReportTable,
    paper_as_data,
    paper_of_data,
    shown,
)
from sild.formats.report_pdf import svg_as_png, write_pdf
from sild.formats.report_xlsx import write_workbook

HOSTILE = '=HYPERLINK("http://evil") #import "x" *bold* $x$ <b> & \x00\u202e'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" viewBox="0 0 200 60"><rect width="90" height="60"/></svg>'
TABLE = ReportTable(
    name="Потреби: [усі]",
    caption="Усі потреби",
    heads=["Що", "Скільки", "Одиниця", "До"],
    rows=[[f"Їжак ґанок {place}", Decimal("20.5"), "шлюзів", date(2026, 3, 1) if place % 2 else None] for place in range(120)]
    + [[HOSTILE, 7, "=1+1", None]],
)
PAPER = ReportPaper(
    language="uk",
    title="Ситуаційний звіт № 3",
    marking="TLP:AMBER+STRICT",
    foot="Ситуаційний звіт № 3 & решта",
    page="Сторінка {page} з {pages}",
    day=date(2026, 2, 10),
    lead=[("Для", "Секретаріату")],
    summary_heading="Коротко",
    summary="Усе добре.",
    unknown="невідомо",
    more="Ще рядків: {count}.",
    parts=[
        ReportPart(heading="Потреби", sentences=[HOSTILE], listed=["перше", "друге"], tables=[TABLE]),
        ReportPart(heading="Зображення", pictures=[ReportPicture(svg=PICTURE, told="Прямокутник")]),
        ReportPart(heading="Лише в книзі", tables=[replace(TABLE, name="Потреби: [усі]", rows=[["x", 1, "y", None]])], sheet_only=True),
    ],
)


@pytest.mark.parametrize("write", [write_document, write_pdf, write_workbook])
def test_the_same_report_gives_the_same_bytes(write: object) -> None:
    assert callable(write)
    assert write(PAPER) == write(paper_of_data(json.loads(json.dumps(paper_as_data(PAPER)))))


def test_every_page_of_the_pdf_bears_the_marking_and_its_number_and_ukrainian_letters_are_letters() -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(write_pdf(PAPER))]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert text.count("TLP:AMBER+STRICT") == 2
        assert f"Сторінка {number} з {len(pages)}" in text
    # the head of a table stands again where it goes on
    assert all("Одиниця" in text for text in pages[:-1])
    whole = " ".join(pages)
    assert "Їжак ґанок 119" in whole
    assert '#import "x" *bold* $x$' in " ".join(whole.split())
    assert "Лише в книзі" not in whole


def test_the_pdf_is_tagged_and_says_its_language() -> None:
    data = write_pdf(PAPER)
    assert pypdfium2.PdfDocument(data).is_tagged()
    assert b"pdfuaid" in data
    assert b"/Lang" in data


def test_the_word_document_bears_the_marking_at_head_and_foot_and_repeats_the_heads_of_tables() -> None:
    data = write_document(PAPER)
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "TLP:AMBER+STRICT"
    assert section.footer.paragraphs[0].text.startswith("TLP:AMBER+STRICT · Ситуаційний звіт № 3 & решта · Сторінка")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"NUMPAGES" in package.read("word/footer1.xml")
        assert b"w:tblHeader" in package.read("word/document.xml")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["Їжак ґанок 0", "20,5", "шлюзів", "невідомо"]
    assert len(document.inline_shapes) == 1
    assert "\x00" not in rows[-1][0] and "\u202e" not in rows[-1][0]


def test_numbers_and_days_of_the_workbook_are_numbers_and_days_and_no_cell_is_a_formula() -> None:
    data = write_workbook(PAPER)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Коротко", "Потреби   усі", "Потреби   усі 2"]
    rows = book.get_sheet_by_name("Потреби   усі").to_python()
    assert rows[2] == ["Їжак ґанок 1", 20.5, "шлюзів", date(2026, 3, 1)]
    assert rows[-1][0].startswith("=HYPERLINK")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert all(sheet.count(b"TLP:AMBER+STRICT") == 2 for sheet in sheets)


def test_a_number_that_a_spreadsheet_would_round_stays_exact_as_text() -> None:
    long = Decimal("12345678901234567.125")
    table = ReportTable(name="t", caption="c", heads=["n"], rows=[[long]])
    data = write_workbook(replace(PAPER, parts=[ReportPart(heading="h", tables=[table])]))
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("t").to_python()[1] == [str(long)]


def test_of_a_long_table_paper_holds_the_first_rows_and_says_how_many_more_there_are() -> None:
    table = ReportTable(name="t", caption="c", heads=["n"], rows=[[place] for place in range(MOST_PRINTED + 7)])
    paper = replace(PAPER, parts=[ReportPart(heading="h", tables=[table])])
    assert "Ще рядків: 7." in " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(write_pdf(paper)))
    document = docx.Document(io.BytesIO(write_document(paper)))
    assert len(document.tables[0].rows) == MOST_PRINTED + 1
    assert document.paragraphs[-1].text == "Ще рядків: 7."
    rows = CalamineWorkbook.from_filelike(io.BytesIO(write_workbook(paper))).get_sheet_by_name("t").to_python()
    assert len(rows) == MOST_PRINTED + 8


def test_what_is_no_picture_and_a_row_that_is_too_short_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be set"):
        svg_as_png("no picture")
    short = replace(PAPER, parts=[ReportPart(heading="h", tables=[replace(TABLE, rows=[["x"]])])])
    for write in (write_document, write_pdf, write_workbook):
        with pytest.raises(ValueError, match=r"cell|zip"):
            write(short)


@pytest.mark.parametrize("place", ["/etc/hostname", "../../etc/hostname"])
def test_a_picture_reaches_no_file_of_the_machine(place: str) -> None:
    with pytest.raises(ValueError, match="cannot be set"):
        svg_as_png(PICTURE.replace("<rect", f'<image href="{place}" width="9" height="9"/><rect'))


def test_cells_are_shown_as_the_language_writes_them() -> None:
    assert shown(Decimal("1234567.50"), replace(PAPER, language="en")) == "1,234,567.5"
    assert shown(None, PAPER) == "невідомо"
    assert shown(date(2026, 12, 15), replace(PAPER, language="en")) == "15 Dec 2026"
