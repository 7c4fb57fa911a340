"""Bombs and traps: what would unpack, nest or spread without end is refused before a parser meets it."""

from __future__ import annotations

import io
import zipfile

import pytest

from sild.formats import Unreadable, read_document
from sild.formats.limits import LIMITS, Limits

from .made import attach, blocks, mail, open_document, rezipped, word, workbook


def multipart(depth: int, inner: bytes = b"\r\nwords\r\n") -> bytes:
    """A mail of parts nested `depth` deep."""
    out = b"From: a@b.example\r\nSubject: deep\r\n"
    for level in range(depth):
        out += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
    return out + inner


def test_the_limits_are_the_ones_that_were_agreed() -> None:
    assert (LIMITS.file_bytes, LIMITS.unpacked_bytes) == (25 * 2**20, 200 * 2**20)
    assert (LIMITS.zip_ratio, LIMITS.zip_members, LIMITS.mime_depth, LIMITS.mime_parts) == (100, 2_000, 20, 500)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Unreadable, match="larger than 0 MB"):
        read_document("big.txt", b"word " * 100, Limits(file_bytes=100))


def test_a_member_packed_too_tightly_is_refused() -> None:
    bomb = rezipped(word(lambda d: d.add_paragraph("x")), {"word/media/image1.bmp": bytes(30_000_000)})
    with pytest.raises(Unreadable, match="packed more than 100 to 1"):
        read_document("bomb.docx", bomb)


def test_a_member_that_lies_about_its_size_is_measured_all_the_same() -> None:
    data = bytearray(rezipped(workbook([["x"]]), {"xl/media/a.bin": bytes(30_000_000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("xl/media/a.bin").file_size
    lied = bytes(data).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Unreadable, match=r"packed more than|damaged"):
        read_document("bomb.xlsx", lied)


def test_the_sum_of_all_that_is_unpacked_is_limited() -> None:
    message = mail()
    for number in range(3):
        attach(message, f"{number}.docx", rezipped(word(lambda d: d.add_paragraph("x")), {"word/media/x.bin": bytes(60_000)}))
    document = read_document("m.eml", bytes(message), Limits(unpacked_bytes=1_000_000, ratio_counts_from_bytes=10**9))
    assert [part.unread is None for part in document.parts[1:]] == [True, False, False]


def test_too_many_members_are_refused() -> None:
    crowd = rezipped(workbook([["x"]]), {f"xl/media/{number}": b"" for number in range(LIMITS.zip_members)})
    with pytest.raises(Unreadable, match="more than 2000 members"):
        read_document("crowd.xlsx", crowd)


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(workbook([["x"]]))
    place = data.rfind(b"PK\x01\x02")
    while place != -1:
        data[place + 8] |= 1
        place = data.rfind(b"PK\x01\x02", 0, place)
    with pytest.raises(Unreadable, match="encrypted"):
        read_document("locked.xlsx", bytes(data))


@pytest.mark.parametrize("declaration", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!ENTITY % x SYSTEM 'file:///etc/passwd'>", "<!doctype x>"])
@pytest.mark.parametrize("kind", ["docx", "xlsx", "odt"])
def test_xml_that_declares_entities_is_refused(declaration: str, kind: str) -> None:
    base = {"docx": word(lambda d: d.add_paragraph("x")), "xlsx": workbook([["x"]]), "odt": open_document()}[kind]
    member = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml", "odt": "content.xml"}[kind]
    with pytest.raises(Unreadable, match="entities"):
        read_document(f"trap.{kind}", rezipped(base, {member: f"<?xml version='1.0'?>{' ' * 70_000}{declaration}<a>&b;</a>".encode()}))


def test_a_sheet_of_two_far_corners_is_refused_and_its_mail_is_read() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    sparse = rezipped(workbook([["x"]]), {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(Unreadable, match="spans more than"):
        read_document("sparse.xlsx", sparse)
    document = read_document("m.eml", bytes(attach(mail("Body."), "sparse.xlsx", sparse)))
    assert blocks(document)[0].text == "Body."
    assert "spans more than" in (document.parts[1].unread or "")


@pytest.mark.parametrize("depth", [25, 200, 3000])
def test_parts_nested_too_deep_are_refused(depth: int) -> None:
    with pytest.raises(Unreadable, match=r"deep"):
        read_document("deep.eml", multipart(depth))


def test_parts_nested_as_deep_as_people_nest_them_are_read() -> None:
    assert [block.text for block in blocks(read_document("m.eml", multipart(10)))] == ["words"]


def test_too_many_parts_are_refused() -> None:
    body = (
        b'From: a@b.example\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
        + b"--x\r\n\r\nword\r\n" * 600
        + b"--x--\r\n"
    )
    with pytest.raises(Unreadable, match="more than 500 parts"):
        read_document("parts.eml", body)


def test_messages_forwarded_within_each_other_without_end_are_refused() -> None:
    data = b"words"
    for _ in range(40):
        data = b"From: a@b.example\r\nSubject: s\r\nContent-Type: message/rfc822\r\n\r\n" + data
    with pytest.raises(Unreadable, match="deep"):
        read_document("m.eml", data)


def test_html_nested_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="nested more than"):
        read_document("p.html", b"<html><body>" + b"<div>" * 5_000 + b"words")


def test_more_rows_than_anyone_reads_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 50 paragraphs"):
        read_document("n.csv", b"a;b\n" * 100, Limits(blocks=50))


def test_macros_are_not_run_and_mentioned() -> None:
    document = read_document("m.xlsm", rezipped(workbook([["x"]]), {"xl/vbaProject.bin": b"code"}))
    assert document.warnings == ("m.xlsm: it carries macros, which were not run",)
