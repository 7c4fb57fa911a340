"""Pictures and scans: read by recognition where tesseract is installed, with a word that says so; else refused as needing it."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from sild.formats import Unreadable, read_document
from sild.formats.recognition import NEEDS_OCR, Recogniser, _paragraphs, installed_languages
from sild.formats.sandbox import Sandbox
from sild.formats.sandbox.server import ChildLimits
from sild.values.document import Document

from .made import attach, blocks, mail, workbook
from .pdf_maker import Text, paragraph, pdf, written

LETTER = [
    "Dear colleagues, the regional hospital asks for eight",
    "generators and forty laptops before the end of March.",
    "",
    "1. Generators: 8",
    "2. Laptops: 40",
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox that recognises text."""
    with Sandbox() as opened:
        if "eng" not in opened.recognises:
            if "ocr" in os.environ.get("SILD_REQUIRE", ""):
                pytest.fail("text recognition is required: install tesseract with its English data")
            pytest.skip("tesseract is not installed")
        yield opened


def drawn(lines: list[str]) -> tuple[bytes, int, int]:
    """A page with these lines as grey pixels, with its width and height."""
    document: Any = pypdfium2.PdfDocument(pdf([Text(60, 780 - 20 * index, line, 12.0) for index, line in enumerate(lines) if line]))
    bitmap = document[0].render(scale=150 / 72, grayscale=True)
    rows = [bytes(bitmap.buffer)[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height)]
    return b"".join(rows), bitmap.width, bitmap.height


def png(lines: list[str]) -> bytes:
    """A PNG picture of these lines."""
    pixels, width, height = drawn(lines)
    rows = b"".join(b"\0" + pixels[row * width : (row + 1) * width] for row in range(height))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def scan(*pages: list[str]) -> bytes:
    """A PDF whose pages are pictures."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for lines in pages:
        pixels, width, height = drawn(lines)
        packed = zlib.compress(pixels)
        first = len(bodies) + 1
        kids.append(f"{first} 0 R")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I {first + 1} 0 R >> >> "
            f"/Contents {first + 2} 0 R >>".encode()
        )
        head = f"/Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
        bodies.append(f"<< /Type /XObject /Subtype /Image {head} /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream")
        draw = b"595 0 0 842 0 0 cm /I Do"
        bodies.append(f"<< /Length {len(draw)} >>\nstream\n".encode() + draw + b"\nendstream")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return written(bodies)


def words(document: Document, part: str = "body") -> list[str]:
    """The texts of a part."""
    return [block.text for block in blocks(document, part)]


def test_without_recognition_pictures_and_scans_are_refused_with_its_name() -> None:
    for name, data in (("scan.pdf", scan(LETTER)), ("scan.png", png(LETTER)), ("p.jpg", b"\xff\xd8\xff\xe0"), ("p.tiff", b"II*\0")):
        with pytest.raises(Unreadable, match=NEEDS_OCR) as refused:
            read_document(name, data)
        assert refused.value.reason.startswith(f"{name}: it ")


def test_a_picture_beside_words_costs_itself_alone_and_a_mail_of_pictures_alone_waits() -> None:
    letter = attach(attach(mail("We need 8 UPS."), "scan.png", b"\x89PNG", "image/png"), "list.xlsx", workbook([["x"]]))
    document = read_document("m.eml", bytes(letter))
    assert [part.unread is None for part in document.parts] == [True, False, True]
    assert NEEDS_OCR in (document.parts[1].unread or "")
    with pytest.raises(Unreadable, match=r"m\.eml: scan\.png: it is a PNG picture: it needs OCR"):
        read_document("m.eml", bytes(attach(mail(""), "scan.png", b"\x89PNG", "image/png")))


def test_a_scanned_letter_is_read_and_says_how(sandbox: Sandbox) -> None:
    document = sandbox.read("scan.pdf", scan(LETTER, []))
    assert words(document) == [f"{LETTER[0]} {LETTER[1]}", LETTER[3], LETTER[4]]
    assert [block.page for block in blocks(document)] == [1, 1, 1]
    assert all(60 <= (block.recognised or 0) <= 100 for block in blocks(document))
    assert any("page 1 is a picture, read by text recognition" in one for one in document.warnings)


def test_an_attached_picture_is_read(sandbox: Sandbox) -> None:
    document = sandbox.read("m.eml", bytes(attach(mail("See the picture."), "scan.png", png(LETTER[:2]), "image/png")))
    assert words(document, "attachment:scan.png") == [f"{LETTER[0]} {LETTER[1]}"]
    assert words(document) == ["See the picture."]


@pytest.mark.slow
def test_a_page_that_is_a_picture_is_put_where_it_stands_among_pages_of_text(sandbox: Sandbox) -> None:
    with_text = read_document("t.pdf", pdf(paragraph(70, 700, ["Words of a letter."])))
    assert not any(block.recognised for block in blocks(with_text))
    document: Any = pypdfium2.PdfDocument.new()
    for one in (pdf(paragraph(70, 700, ["Words of a letter."])), scan(LETTER), pdf(paragraph(70, 700, ["And its end."]))):
        document.import_pages(pypdfium2.PdfDocument(one))
    out = io.BytesIO()
    document.save(out)
    read = sandbox.read("mixed.pdf", out.getvalue())
    assert [(block.page, block.recognised is not None) for block in blocks(read)] == [
        (1, False),
        (2, True),
        (2, True),
        (2, True),
        (3, False),
    ]


def test_a_picture_without_text_or_damaged_is_refused_for_good(sandbox: Sandbox) -> None:
    for name, data in (
        ("empty.png", png([""])),
        ("broken.png", png(LETTER)[:200]),
        ("j.jpg", b"\xff\xd8\xff" * 9),
    ):
        with pytest.raises(Unreadable, match="in which no text was found"):
            sandbox.read(name, data)


@pytest.mark.slow
def test_recognition_that_takes_too_long_costs_the_picture_alone(sandbox: Sandbox) -> None:
    assert sandbox.recognises
    with Sandbox(ChildLimits(recognition_seconds=1, seconds=5)) as hasty:
        document = hasty.read("m.eml", bytes(attach(mail("Words."), "scan.pdf", scan(*[LETTER * 6] * 8))))
    assert words(document) == ["Words."]
    assert document.parts[1].unread
    with pytest.raises(Unreadable, match=r"scan\.pdf"), Sandbox(ChildLimits(recognition_seconds=1)) as hasty:
        hasty.read("scan.pdf", scan(*[LETTER * 6] * 8))


def test_a_recogniser_stops_when_its_time_is_used_up() -> None:
    assert Recogniser(installed_languages(), seconds=-1).tired
    assert not Recogniser(installed_languages(), seconds=1000).tired


def row(line: int, left: int, text: str, sure: float = 90) -> str:
    """A word in tesseract's table."""
    return "\t".join(map(str, (5, 1, 1, 1, line, 1, left, 10 * line, 10 * len(text), 10, sure, text)))


def test_full_lines_are_joined_rows_and_items_stay_apart_and_noise_is_dropped() -> None:
    prose = [row(1, 0, "wehaveaskedforverymanyofthem"), row(2, 0, "andmore"), row(3, 0, "2."), row(3, 30, "items")]
    assert [one.text for one in _paragraphs("\n".join(prose))] == ["wehaveaskedforverymanyofthem andmore", "2. items"]
    table = [row(1, 0, "Generators"), row(1, 200, "eight"), row(2, 0, "Laptops"), row(2, 200, "forty")]
    assert [one.text for one in _paragraphs("\n".join(table))] == ["Generators eight", "Laptops forty"]
    assert _paragraphs("\n".join(row(1, 0, "Unsurewordshere", 20) for _ in range(3))) == []
    assert _paragraphs("header\n5\tx") == []
