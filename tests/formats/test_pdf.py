"""PDF letters: lines become paragraphs again, tables rows; encrypted files and pictures of pages are refused with the reason."""

from __future__ import annotations

import pytest

from sild.formats import Unreadable, read_document

from .made import blocks, texts
from .pdf_maker import Line, Text, paragraph, pdf, ruled


def test_lines_are_put_back_into_paragraphs() -> None:
    page = [
        *paragraph(70, 780, ["Dear colleagues,"]),
        *paragraph(
            70,
            750,
            [
                "the finance committee has agreed on EUR 400 000 for OT security in water and",
                "district-heating utilities. Electricity companies are not eligible. It must be",
                "spent by the end of November 2026.",
            ],
        ),
        *paragraph(70, 690, ["With kind regards"]),
    ]
    assert texts("letter.pdf", pdf(page)) == [
        "Dear colleagues,",
        "the finance committee has agreed on EUR 400 000 for OT security in water and district-heating utilities. "
        "Electricity companies are not eligible. It must be spent by the end of November 2026.",
        "With kind regards",
    ]


def test_a_word_split_at_the_end_of_a_line_is_whole_again() -> None:
    lines = [
        "The ministry asks for an independent assessment of the control net-",
        "work of the water utility and for two sensors of the same kind.",
    ]
    assert "network of the water" in texts("letter.pdf", pdf([*paragraph(70, 700, lines)]))[0]


def test_numbered_items_are_blocks_of_their_own() -> None:
    lines = [
        "1. Twenty places in a five-day course on incident response for the",
        "staff of the regional centre.",
        "2. Two satellite phones.",
    ]
    found = blocks(read_document("letter.pdf", pdf([*paragraph(70, 700, lines)])))
    assert [(block.kind, block.text[:24]) for block in found] == [
        ("list-item", "1. Twenty places in a fi"),
        ("list-item", "2. Two satellite phones."),
    ]


def test_a_larger_line_is_a_heading_and_pages_are_numbered() -> None:
    first = [Text(70, 780, "Donation", 16), *paragraph(70, 750, ["We give ten racks.", "And power."])]
    found = blocks(read_document("letter.pdf", pdf(first, [Text(70, 780, "Second page.")])))
    assert [(block.kind, block.page) for block in found] == [("heading", 1), ("paragraph", 1), ("paragraph", 1), ("paragraph", 2)]


def test_a_sentence_goes_on_over_the_page() -> None:
    first = [*paragraph(70, 80, ["We ask for a platform that collects the events of all the offices and"])]
    second = [*paragraph(70, 780, ["keeps them for one year."])]
    assert texts("letter.pdf", pdf(first, second)) == [
        "We ask for a platform that collects the events of all the offices and keeps them for one year."
    ]


def test_a_ruled_table_gives_its_rows_with_wrapped_cells_and_empty_ones() -> None:
    xs, ys = [70.0, 100.0, 300.0, 380.0], [700.0, 680.0, 640.0, 620.0]
    page: list[Text | Line] = [
        Text(70, 740, "The list:"),
        *ruled(xs, ys),
        Text(75, 686, "No"), Text(105, 686, "Item"), Text(305, 686, "Qty"),
        Text(75, 660, "1"), Text(105, 666, "Digital radio sets with"), Text(105, 650, "encryption"), Text(305, 660, "64"),
        Text(105, 626, "Cables"),
        Text(70, 590, "Thank you."),
    ]  # fmt: skip
    found = blocks(read_document("letter.pdf", pdf(page)))
    assert [(block.kind, block.locator, block.text) for block in found] == [
        ("paragraph", "body", "The list:"),
        ("row", "table 1 row 1", "No | Item | Qty"),
        ("row", "table 1 row 2", "1 | Digital radio sets with encryption | 64"),
        ("row", "table 1 row 3", "Cables"),
        ("paragraph", "body", "Thank you."),
    ]
    assert [(cell.column, cell.text) for cell in found[3].cells] == [(1, "Cables")]


def test_a_cell_that_spans_columns_is_not_cut() -> None:
    page: list[Text | Line] = [
        Line(70, 700, 300, 700), Line(70, 680, 300, 680), Line(70, 660, 300, 660),
        Line(70, 660, 70, 700), Line(300, 660, 300, 700), Line(180, 660, 180, 680),
        Text(75, 686, "Needs of the regional administration"), Text(75, 666, "Laptops"), Text(185, 666, "85"),
    ]  # fmt: skip
    assert texts("letter.pdf", pdf(page)) == ["Needs of the regional administration", "Laptops | 85"]


def test_an_unruled_table_is_seen_by_its_columns() -> None:
    rows = [("Item", "Number", "Remarks"), ("Firewalls", "30", "civil use only"), ("Routers", "12", "none")]
    page = [Text(x, 700 - 20 * index, text) for index, row in enumerate(rows) for x, text in zip((70, 220, 320), row, strict=True)]
    found = blocks(read_document("letter.pdf", pdf([*page, Text(70, 600, "Shipping is on us.")])))
    assert [(block.locator, block.text) for block in found] == [
        ("table 1 row 1", "Item | Number | Remarks"),
        ("table 1 row 2", "Firewalls | 30 | civil use only"),
        ("table 1 row 3", "Routers | 12 | none"),
        ("body", "Shipping is on us."),
    ]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [f"left column line {number} of the bulletin" for number in range(1, 11)]
    page = [*paragraph(60, 700, left), *paragraph(320, 700, [line.replace("left", "right") for line in left])]
    joined = " ".join(texts("bulletin.pdf", pdf([*page])))
    assert joined.index("left column line 10") < joined.index("right column line 1")


@pytest.mark.parametrize("rotate", [0, 90])
@pytest.mark.parametrize(
    ("turned", "upper", "lower"),
    [(0, (70, 700), (70, 680)), (90, (300, 70), (320, 70)), (180, (500, 80), (500, 100)), (270, (320, 800), (300, 800))],
)
def test_a_turned_page_is_read_as_its_text_stands(turned: int, upper: tuple[int, int], lower: tuple[int, int], rotate: int) -> None:
    page = [Text(*upper, "Dear desk:", turned=turned), Text(*lower, "we need help.", turned=turned)]
    assert texts("letter.pdf", pdf(page, rotate=rotate)) == ["Dear desk:", "we need help."]


def test_a_file_of_pictures_needs_ocr() -> None:
    with pytest.raises(Unreadable, match="needs OCR"):
        read_document("scan.pdf", pdf([Line(0, 0, 300, 300)]))


def test_one_page_without_text_is_a_warning() -> None:
    document = read_document("letter.pdf", pdf([Text(70, 700, "Words.")], [Line(0, 0, 300, 300)]))
    assert document.warnings == ("letter.pdf: page 2 has no text layer and was not read (it may be a picture that needs OCR)",)


def test_a_damaged_pdf_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged PDF"):
        read_document("letter.pdf", b"%PDF-1.7\nnothing that follows")


def test_what_was_typed_into_a_form_is_read() -> None:
    fields = [("organisation", "Водоканал"), ("quantity", "14"), ("empty", "")]
    form = pdf([Text(70, 700, "Request form")])
    widgets = ""
    objects = b""
    places = []
    for index, (name, value) in enumerate(fields):
        number = 20 + index
        places.append(f"{number} 0 R")
        encoded = ("\ufeff" + value).encode("utf-16-be").hex()
        objects += (
            f"{number} 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Tx /T ({name}) /V <{encoded}> /Rect [70 {600 - 20 * index} 200 "
            f"{615 - 20 * index}] /P 4 0 R >>\nendobj\n"
        ).encode()
    widgets = " ".join(places)
    # written after the table of places: the reader rebuilds it, as it does for files that programs have mended
    form = form.replace(b"/Type /Catalog", f"/Type /Catalog /AcroForm << /Fields [{widgets}] >>".encode(), 1)
    form = form.replace(b"/Type /Page /Parent", f"/Type /Page /Annots [{widgets}] /Parent".encode(), 1)
    head, table, tail = form.partition(b"xref\n")
    found = blocks(read_document("form.pdf", head + objects + table + tail))
    assert [(block.kind, block.locator, block.name, block.text) for block in found[1:]] == [
        ("field", "field:organisation", "organisation", "Водоканал"),
        ("field", "field:quantity", "quantity", "14"),
    ]


def test_an_unruled_table_with_wrapped_cells_is_parted_by_the_gaps_between_its_rows() -> None:
    page = [
        Text(70, 700, "No"), Text(110, 700, "Item"), Text(330, 700, "Quantity"),
        Text(110, 676, "Passive monitoring of the network"), Text(70, 670, "1"), Text(110, 664, "at nine substations"), Text(330, 670, "9"),
        Text(70, 640, "2"), Text(110, 640, "Radio sets"), Text(345, 640, "64"),
    ]  # fmt: skip
    assert texts("letter.pdf", pdf([*page])) == [
        "No | Item | Quantity",
        "1 | Passive monitoring of the network at nine substations | 9",
        "2 | Radio sets | 64",
    ]


def test_a_paragraph_under_a_table_is_no_row_of_it() -> None:
    page = [
        Text(70, 700, "No"), Text(110, 700, "Item"), Text(70, 680, "1"), Text(110, 680, "Radio sets"),
        Text(70, 660, "Delivery will be arranged by our own transport."),
    ]  # fmt: skip
    assert texts("letter.pdf", pdf([*page])) == ["No | Item", "1 | Radio sets", "Delivery will be arranged by our own transport."]
