# ruff: noqa: E501 (a file made by hand is easier to read on one line)
"""Files made to hurt their reader: each is small and wants to become large, deep or endless. Made here, kept nowhere."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from .made import attach, mail, open_document, rezipped, word, workbook, zipped
from .outlook_maker import msg, msg_tree, packed, tnef

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
LAUGHS = (
    b"<!DOCTYPE a [<!ENTITY b 'ha'>"
    + b"".join(b"<!ENTITY b%d '%b'>" % (n, b"&b%d;" % (n - 1) * 10 if n else b"&b;" * 10) for n in range(12))
    + b"]>"
)


def _nested_zip() -> bytes:
    data = zipped({f"{number}.txt": bytes(4_000_000) for number in range(4)})
    for _ in range(5):
        data = zipped({f"{number}.zip": data for number in range(10)})
    return data


def _overlapping_zip() -> bytes:
    """Every entry of the directory points at the same packed member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(range(256)) * 40_000)
    data = out.getvalue()
    start, end = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    entry = data[start:end]
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 1500, 1500, len(entry) * 1500)
    return data[:start] + entry * 1500 + bytes(tail)


def _deep_mime(depth: int) -> bytes:
    out = b"From: a@b.example\r\nSubject: deep\r\n"
    for level in range(depth):
        out += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
    return out + b"\r\nwords\r\n"


def _many_parts(count: int) -> bytes:
    return (
        b'From: a@b.example\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
        + b"--x\r\n\r\nword\r\n" * count
        + b"--x--\r\n"
    )


def _pdf_stream(pages: int) -> bytes:
    """A content stream of 300 MB that packs into 300 kB, under many pages."""
    stream = zlib.compress(zlib.compress(b"q BT /F1 9 Tf 1 1 Td (x) Tj ET Q " * 9_000_000, 1), 9)
    kids = " ".join(["3 0 R"] * pages)
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        + f"2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {pages} >>\nendobj\n".encode()
        + b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n"
        + f"4 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length {len(stream)} >>\nstream\n".encode()
        + stream
        + b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n"
    )


def _png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(20_000_000), 9)), (b"IEND", b""))
    out = b"".join(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + out


def _deep_msg() -> bytes:
    tree = msg_tree({0x37: "x"}, head=24)
    for _ in range(30):
        tree = msg_tree({0x37: "x"}, (), ({0x3705: 5, 0x3701: tree},), head=24)  # type: ignore[dict-item]  # an inner tree is no property
    return msg({0x37: "x"}, (), ({0x3705: 5, 0x3701: tree},))  # type: ignore[dict-item]  # as above


def _looped_compound() -> bytes:
    """A compound file whose table of sectors leads in a circle."""
    data = bytearray(msg({0x37: "x", 0x1000: "words " * 3000}))
    fat = struct.unpack_from("<I", data, 76)[0]
    place = 512 * (fat + 1)
    for number in range(40):
        struct.pack_into("<I", data, place + 4 * number, number // 2)
    return bytes(data)


def _head(more: bytes) -> bytes:
    return b"From: a@b.example\r\nSubject: s\r\n" + more


BOMBS: dict[str, Callable[[], bytes]] = {
    "nested.zip": _nested_zip,
    "overlapping.zip": _overlapping_zip,
    "names.zip": lambda: zipped(dict.fromkeys(("../../../etc/x", "/etc/passwd", "C:\\x\\..\\y", "a\x00b", "\u202egpj.exe"), b"words")),
    "nested-in-mail.eml": lambda: bytes(attach(mail("Body."), "a.zip", _nested_zip())),
    "unpacks.docx": lambda: rezipped(word(lambda d: d.add_paragraph("x")), {"word/media/a.bmp": bytes(120_000_000)}),
    "entities.docx": lambda: rezipped(word(lambda d: d.add_paragraph("x")), {"word/document.xml": LAUGHS + b"<a>&b9;</a>"}),
    "deep.docx": lambda: rezipped(
        word(lambda d: d.add_paragraph("x")),
        {"word/document.xml": b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + b"<w:tbl><w:tr><w:tc>" * 50_000},
    ),
    "deep.odt": lambda: rezipped(open_document(), {"content.xml": b"<a>" * 200_000}),
    "entities.xml": lambda: b"<?xml version='1.0'?>" + LAUGHS + b"<a>&b9;</a>",
    "entities.svg": lambda: LAUGHS + b"<svg>&b9;</svg>",
    "sparse.xlsx": lambda: rezipped(
        workbook([["x"]]),
        {"xl/worksheets/sheet1.xml": SHEET % b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'},
    ),
    "wide.xlsx": lambda: rezipped(
        workbook([["x"]]), {"xl/worksheets/sheet1.xml": SHEET % b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 300_000))}
    ),
    "macros.xlsm": lambda: rezipped(workbook([["x"]]), {"xl/vbaProject.bin": b"Attribute VB_Name"}),
    "macros.docm": lambda: rezipped(word(lambda d: d.add_paragraph("x")), {"word/vbaProject.bin": b"Attribute VB_Name"}),
    "deep.eml": lambda: _deep_mime(5_000),
    "parts.eml": lambda: _many_parts(60_000),
    "header.eml": lambda: _head(b"X-Long: " + b"a" * 2_000_000 + b"\r\n\r\nwords\r\n"),
    "headers.eml": lambda: _head(b"X-H: v\r\n" * 250_000 + b"\r\nwords\r\n"),
    "folded.eml": lambda: _head(b"To: a@b,\r\n" + b" a@b,\r\n" * 250_000 + b"\r\nwords\r\n"),
    "encoded.eml": lambda: _head(b"Subject: " + b"=?utf-8?q?=41?= " * 120_000 + b"\r\n\r\nwords\r\n"),
    "references.eml": lambda: _head(b"References: " + b"<" * 1_000_000 + b"\r\n\r\nwords\r\n"),
    "quoted.eml": lambda: _head(b"\r\n" + b"\r\n".join(b">" * 400 + b" words" for _ in range(20_000))),
    "labels.eml": lambda: _head(b"\r\n" + b"From: To: Sent: Subject: " * 40_000),
    "labelled-lines.eml": lambda: _head(b"\r\n" + b"From: a\r\nSent: b\r\nTo: c\r\nSubject: d\r\n\r\n" * 20_000),
    "intros.eml": lambda: _head(b"\r\n" + b"On 3.2.2026 at 14:05 A <a@b.example> wrote:\r\n\r\n" * 20_000),
    "forwarded.eml": lambda: _head(b"\r\n" + b"".join(b">" * n + b" ---------- Forwarded message ---------\r\n" for n in range(1, 2_000))),
    "forged.eml": lambda: b"From: a@b.example\r\nSubject: s\r\nContent-Type: message/rfc822\r\n\r\n" * 60 + b"words",
    "stamps.txt": lambda: b"[31.01.2026, 20:31:00] A: x\n" * 150_000,
    "near-stamps.txt": lambda: b"[31.01.2026, 20:31:00] A: x\n[31.01.2026, 20:32:00] B: y\n" + (b"1.1.2026" + b", " * 9_000 + b"x\n") * 60,
    "colons.txt": lambda: b"31.01.2026, 20:31 - " + b"a:" * 500_000 + b"\n31.01.2026, 20:32 - B: x\n",
    "nested.json": lambda: b'{"messages": ' + b"[" * 500_000 + b"]" * 500_000 + b"}",
    "nested.html": lambda: b"<html><body>" + b"<div>" * 300_000 + b"words",
    "tables.html": lambda: b"<html><body>" + b"<table><tr><td>" * 390 + b"words",
    "telegram.html": lambda: b'<div class="history">' + b'<div class="message default"><div class="text">' * 100_000,
    "slow.html": lambda: b"<html><body>" + b"<a " * 400_000,
    "script.html": lambda: b"<html><script>" + b"if (a<b && c<d) x(); " * 100 + b"</script><p>words</p></html>",
    "comment.html": lambda: b"<html><body>" + b"<!" * 400_000,
    "nested.rtf": lambda: b"{\\rtf1 " + b"{" * 1_000_000,
    "binary.rtf": lambda: b"{\\rtf1 words\\bin9999999999 more}",
    "words.rtf": lambda: b"{\\rtf1 " + b"\\u1087?" * 500_000 + b"}",
    "packed.msg": lambda: msg({0x37: "x", 0x1009: struct.pack("<II4sI", 2_000_000, 19_000_000, b"MELA", 0) + b"{\\rtf1 " + b"{" * 1_900_000}),
    "packed-twice.msg": lambda: msg({0x37: "x", 0x1009: packed(b"{\\rtf1 " + b"words \\par " * 100_000 + b"}")}),
    "deep.msg": _deep_msg,
    "looped.msg": _looped_compound,
    "crowd.msg": lambda: msg({0x37: "x", 0x1000: "words"}, (), ({0x3707: "a.txt", 0x3701: b"words"},) * 600),
    "winmail.dat": lambda: tnef({0x37: "x"}, *[(f"{number}.txt", b"words") for number in range(600)]),
    "counts.dat": lambda: tnef({0x37: "x"})[:40] + b"\xff" * 400,
    "box.mbox": lambda: b"From a@b.example Tue Feb 10 09:30:00 2026\nA: b\n\n" * 100_000,
    "near.mbox": lambda: b"From a@b.example Tue Feb 10 09:30:00 2026\nA: b\n\n" + b"From " + b"a " * 3_000_000,
    "stream.pdf": lambda: _pdf_stream(1),
    "streams.pdf": lambda: _pdf_stream(900),
    "pages.pdf": lambda: b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9999999 >>\nendobj\ntrailer << /Root 1 0 R >>\n",
    "huge.png": lambda: _png(100_000, 100_000),
    "lying.png": lambda: _png(20_000, 1_000),
    "frames.tiff": lambda: b"II*\0" + struct.pack("<I", 8) + b"\1\0" + struct.pack("<HHII", 0x100, 4, 1, 1 << 30) + struct.pack("<I", 8),
}  # fmt: skip


def bombs() -> Iterator[tuple[str, bytes]]:
    """Each bomb's name with its bytes, one at a time."""
    for name, made in BOMBS.items():
        yield name, made()
