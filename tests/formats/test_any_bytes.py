"""Whatever the bytes are, the end is a document or a refusal, and a document survives its own JSON."""

from __future__ import annotations

import json

import odfdo
from hypothesis import given, settings
from hypothesis import strategies as st

from sild.formats import Unreadable, read_document
from sild.formats.document_json import document_from_json, document_to_json
from sild.formats.place import plain_name
from sild.formats.unpacking import unpack

from .made import attach, mail, open_document, word, workbook, zipped
from .outlook_maker import msg, packed, tnef
from .pdf_maker import Text, pdf, ruled
from .rarer_seeds import RARER
from .test_signed import signed

SEEDS = (
    word(lambda d: d.add_paragraph("Words.")),
    workbook([["Item", "Qty"], ["UPS", 8]]),
    open_document(odfdo.Paragraph("Words.")),
    pdf([Text(70, 700, "Words."), *ruled([70.0, 100.0, 200.0], [600.0, 580.0, 560.0]), Text(75, 586, "a"), Text(105, 586, "b")]),
    bytes(attach(mail("Body.", subject="Запит"), "list.csv", b"a;b\n1;2\n")),
    b'{"description": "We need 12 firewalls.", "items": [1, 2, {"x": null}]}',
    "[11.12.2025, 21:40:13] A: привіт\n[11.12.2025, 21:41:00] B: так\n".encode(),
    b"<html><body><table><tr><td>a<td>b</table><blockquote>q</blockquote></body></html>",
    "Потреба;Обсяг\nНоутбуки;85\n".encode("windows-1251"),
    msg(
        {0x37: "s", 0x1000: "Words.", 0x1009: packed(b"{\\rtf1 w}")},
        ({0x3001: "D", 0x39FE: "d@x"},),
        ({0x3707: "a.csv", 0x3701: b"a;b\n1;2\n"},),
    ),
    tnef({0x37: "s", 0x1000: "Words."}, ("a.txt", b"Words.")),
    b"{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 A;}}\\f0 \\'cf\\u1087?\\trowd\\intbl a\\cell b\\cell\\row {\\header h}\\par}",
    b'{"messages": [{"id": 1, "type": "message", "date": "2026-01-31T20:31:00", "from": "A", "text": ["a", {"text": "b"}]}]}',
    b'<div class="history"><div class="message default" id="message1"><div class="from_name">A</div><div class="text">t</div></div></div>',
    bytes(
        mail(
            "Hi.\n\n---------- Forwarded message ---------\nFrom: O <o@x.example>\nDate: 3.2.2026 14:05\n\nOld.\n\nBest regards,\nA\n",
            "Fwd: x",
        )
    ),
    *RARER.values(),
)
BUNDLES = (
    zipped({"a.eml": bytes(mail("Words.")), "b/c.txt": b"Words.", "d.zip": zipped({"e.txt": b"x"})}),
    b"From a@b.example Tue Feb 10 09:30:00 2026\nFrom: a@b.example\nSubject: s\n\nwords\n\n" * 3,
    signed(b"words " * 60, opened=True),
    zipped({"mimetype": b"application/vnd.etsi.asic-e+zip", "a.txt": b"Words.", "META-INF/s.xml": b"<x/>"}),
)
NAMES = st.sampled_from(
    ["a.eml", "a.docx", "a.pdf", "a.csv", "a.json", "a.txt", "a.html", "a.xlsx", "a.xls", "a.ods", "a.png", "a", "", "../a\x00\ud800.eml"]
)


def assert_ends_well(name: str, data: bytes) -> None:
    try:
        document = read_document(name, data)
    except Unreadable as refused:
        assert refused.reason
        return
    written = json.dumps(document_to_json(document))
    assert document_from_json(json.loads(written)) == document
    json.dumps(document_to_json(document), ensure_ascii=False).encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(NAMES, st.binary(max_size=600))
def test_any_bytes_end_as_a_document_or_a_refusal(name: str, data: bytes) -> None:
    assert_ends_well(name, data)


@settings(max_examples=150, deadline=None)
@given(NAMES, st.text(max_size=600))
def test_any_text_ends_as_a_document_or_a_refusal(name: str, text: str) -> None:
    assert_ends_well(name, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=300, deadline=None)
@given(NAMES, st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), max_size=6))
def test_a_file_damaged_anywhere_ends_as_a_document_or_a_refusal(name: str, seed: bytes, wounds: list[tuple[float, bytes, int]]) -> None:
    data = bytearray(seed)
    for place, put, cut in wounds:
        at = int(place * len(data))
        data[at : at + cut] = put
    assert_ends_well(name, bytes(data))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(BUNDLES), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), max_size=6))
def test_a_bundle_damaged_anywhere_gives_plain_names_and_reasons(seed: bytes, wounds: list[tuple[float, bytes, int]]) -> None:
    data = bytearray(seed)
    for place, put, cut in wounds:
        at = int(place * len(data))
        data[at : at + cut] = put
    bundle = unpack("b", bytes(data))
    for member in bundle.members if bundle else ():
        assert member.name == plain_name(member.name) != ""
        assert member.data
    assert all(name and reason for name, reason in (bundle.left_aside if bundle else ()))


HEADER_PIECES = (
    *("Subject: ", "From: ", "Date: 99", "To: a@b, \xff", "Content-Type: multipart/mixed; ", "Content-Type: message/rfc822"),
    *("Content-Transfer-Encoding: base64", "Content-Disposition: attachment; ", "filename*0*=koi8-u''", "charset=", "utf-7"),
    *("boundary=x", "--x", "--", "=?utf-8?b?", "?=", "%FF", "<", ">", "@", "\r\n", " ", "a", "=", '"', ";"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(HEADER_PIECES), max_size=40))
def test_any_jumble_of_headers_ends_as_a_document_or_a_refusal(pieces: list[str]) -> None:
    assert_ends_well("a.eml", b"From: a@b.example\r\nSubject: s\r\n" + "".join(pieces).encode("latin-1"))
