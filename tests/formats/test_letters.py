"""Word and OpenDocument letters: paragraphs and tables in the order of the text, nothing struck out, nothing lost."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import odfdo
import pytest
from docx.oxml import parse_xml

from sild.formats import Unreadable, read_document

from .made import blocks, open_document, rezipped, texts, word, zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def add(document: Any, xml: str) -> None:
    """Put raw WordprocessingML before the section's end."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml.replace(">", f" {W}>", 1)))


def test_paragraphs_and_tables_come_in_the_order_of_the_text() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Потреби", 2)
        document.add_paragraph("Before the table.")
        table = document.add_table(rows=2, cols=3)
        for column, text in enumerate(("№", "Item", "Qty")):
            table.cell(0, column).text = text
        table.cell(1, 0).text, table.cell(1, 2).text = "1", "8"
        document.add_paragraph("After the table.")
        document.add_paragraph("one thing", style="List Bullet")

    found = blocks(read_document("letter.docx", word(fill)))
    assert [(block.kind, block.locator, block.text) for block in found] == [
        ("heading", "body", "Потреби"),
        ("paragraph", "body", "Before the table."),
        ("row", "table 1 row 1", "№ | Item | Qty"),
        ("row", "table 1 row 2", "1 | 8"),
        ("paragraph", "body", "After the table."),
        ("list-item", "body", "one thing"),
    ]
    assert [(cell.column, cell.text) for cell in found[3].cells] == [(0, "1"), (2, "8")]
    assert (found[3].table, found[3].row) == (1, 2)


def test_merged_cells_keep_the_columns_of_the_others() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
        table.cell(0, 2).text = "right"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"
        table.cell(2, 1).text = "below"

    found = blocks(read_document("letter.docx", word(fill)))
    assert [[(cell.column, cell.text) for cell in block.cells] for block in found] == [
        [(0, "wide"), (2, "right")],
        [(0, "tall")],
        [(1, "below")],
    ]


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    def fill(document: Any) -> None:
        add(
            document,
            "<w:p><w:r><w:t>We need </w:t></w:r><w:del><w:r><w:delText>twelve</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>fourteen</w:t></w:r></w:ins><w:r><w:t> sensors</w:t></w:r></w:p>",
        )

    assert texts("letter.docx", word(fill)) == ["We need fourteen sensors"]


def test_content_controls_links_fields_and_text_boxes_are_read() -> None:
    def fill(document: Any) -> None:
        add(document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>in a control</w:t></w:r></w:p></w:sdtContent></w:sdt>")
        add(
            document,
            "<w:p><w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>"
            '<w:fldSimple w:instr="DATE"><w:r><w:t> 5 May</w:t></w:r></w:fldSimple></w:p>',
        )
        add(
            document,
            "<w:p><w:r><w:t>anchor</w:t></w:r><w:r><w:pict><w:txbxContent>"
            "<w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        )

    assert texts("letter.docx", word(fill)) == ["in a control", "a link 5 May", "anchor", "in a box"]


def test_lines_broken_by_hand_are_paragraphs_of_their_own() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("- 5 laptops")
        paragraph.add_run().add_break()
        paragraph.add_run("- 6 switches")

    found = blocks(read_document("letter.docx", word(fill)))
    assert [(block.kind, block.text) for block in found] == [("list-item", "- 5 laptops"), ("list-item", "- 6 switches")]


def test_running_heads_and_feet_are_read_once_and_told_apart() -> None:
    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "TLP:AMBER"
        document.sections[0].footer.paragraphs[0].text = "Kyiv"
        document.add_section()
        document.add_paragraph("Text.")

    found = blocks(read_document("letter.docx", word(fill)))
    assert [(block.locator, block.text) for block in found] == [("header", "TLP:AMBER"), ("body", "Text."), ("footer", "Kyiv")]


def test_a_docx_whose_text_is_gone_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged Word document"):
        read_document("letter.docx", rezipped(word(lambda d: d.add_paragraph("x")), {"word/document.xml": b"<broken"}))


def test_an_empty_docx_is_refused_with_words() -> None:
    with pytest.raises(Unreadable, match=r"letter\.docx: it is a docx file without any text"):
        read_document("letter.docx", word(lambda d: None))


def test_an_odt_gives_headings_paragraphs_lists_and_tables_in_order() -> None:
    table = odfdo.Table("T", width=3, height=2)
    table.set_value((0, 0), "Item")
    table.set_value((2, 0), "Qty")
    table.set_value((0, 1), "Комутатори")
    table.set_value((2, 1), 24)
    data = open_document(
        odfdo.Header(1, "Żytomierz"), odfdo.Paragraph("First  words."), odfdo.List(["one", "two"]), table, odfdo.Paragraph("Last.")
    )
    found = blocks(read_document("letter.odt", data))
    assert [(block.kind, block.locator, block.text) for block in found] == [
        ("heading", "body", "Żytomierz"),
        ("paragraph", "body", "First  words."),
        ("list-item", "body", "one"),
        ("list-item", "body", "two"),
        ("row", "table 1 row 1", "Item | Qty"),
        ("row", "table 1 row 2", "Комутатори | 24"),
        ("paragraph", "body", "Last."),
    ]
    assert [cell.column for cell in found[5].cells] == [0, 2]


def test_remarks_in_an_odt_are_not_read_as_its_text() -> None:
    paragraph = odfdo.Paragraph("We need forty terminals.")
    paragraph.insert_annotation(after="forty", body="really?", creator="X")
    assert texts("letter.odt", open_document(paragraph)) == ["We need forty terminals."]


def test_an_odt_without_styles_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(open_document(odfdo.Paragraph("We need nine probes.")))) as whole:
        bare = zipped({name: whole.read(name) for name in ("mimetype", "META-INF/manifest.xml", "content.xml")})
    assert texts("letter.odt", bare) == ["We need nine probes."]


def test_an_odt_whose_content_is_broken_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged OpenDocument"):
        read_document("letter.odt", rezipped(open_document(odfdo.Paragraph("x")), {"content.xml": b"<office:"}))
