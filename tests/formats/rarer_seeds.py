"""Small whole files of the kinds that no library here writes: workbooks of older programs and of the open standard, and pictures."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

import odfdo

from .made import zipped

_NS = b'xmlns="http://schemas.openxmlformats.org/package/2006/%b"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def old_workbook(rows: Sequence[tuple[str, float]] = (("Laptops", 90.0),)) -> bytes:
    """A BIFF5 workbook as Excel 5 wrote it, in its container: in each row a text of at most 255 signs of ASCII over a number."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    parts = [sheet]
    for row, (text, number) in enumerate(rows):
        parts.append(record(0x0204, struct.pack("<HHHH", 2 * row, 0, 0, len(text)) + text.encode("ascii")))
        parts.append(record(0x0203, struct.pack("<HHHd", 2 * row + 1, 0, 0, number)))
    sheet = b"".join([*parts, record(0x000A, b"")])
    name = b"Needs"
    bound = struct.pack("<IH", 0, 0) + bytes([len(name)]) + name
    head = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)) + record(0x0042, struct.pack("<H", 1251))
    place = len(head) + 4 + len(bound) + 4
    bound = struct.pack("<IH", place, 0) + bytes([len(name)]) + name
    stream = head + record(0x0085, bound) + record(0x000A, b"") + sheet
    return _compound(stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0"))


def _compound(stream: bytes) -> bytes:
    """An OLE2 container with one stream called Book, of up to 7 MB."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors = len(stream) // 512
    # the table of sectors tells of itself too, so that its own length is among what it counts
    tables = next(many for many in range(1, 110) if many * 128 >= many + 1 + sectors)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, end, 0, end, 0)
    header += struct.pack(f"<{tables}I", *range(tables)) + struct.pack("<I", free) * (109 - tables)
    table = [fat] * tables + [end, *range(tables + 2, tables + 1 + sectors), end]
    table += [free] * (128 * tables - len(table))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le") if name else b""
        head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, free, free, child)
        return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Book", 2, free, tables + 1, len(stream)) + entry("", 0, free, 0, 0) * 2
    return header + struct.pack(f"<{128 * tables}I", *table) + directory + stream


def binary_workbook() -> bytes:
    """An .xlsb as Excel writes it, with what a reader needs alone: Laptops beside 90."""

    def record(kind: int, body: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(body)]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    book = record(0x83) + record(0x99, bytes(12)) + record(0x8F) + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("Needs"))
    book += record(0x90) + record(0x84)
    sheet = record(0x81) + record(0x94, struct.pack("<IIII", 0, 0, 0, 1)) + record(0x91) + record(0x00, struct.pack("<I", 0) + bytes(13))
    sheet += record(0x06, struct.pack("<II", 0, 0) + wide("Laptops")) + record(0x05, struct.pack("<IId", 1, 0, 90.0))
    sheet += record(0x92) + record(0x82)
    links = b'<?xml version="1.0"?><Relationships %b><Relationship Id="rId1" Type="%b/%b" Target="%b"/></Relationships>'
    relations, office = _NS % b"relationships", _OFFICE.encode()
    main = b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    types = b'<?xml version="1.0"?><Types %b><Default Extension="bin" ContentType="%b"/></Types>' % (_NS % b"content-types", main)
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": links % (relations, office, b"officeDocument", b"xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": links % (relations, office, b"worksheet", b"worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def open_workbook(rows: Sequence[tuple[str, float]] = (("Laptops", 90),)) -> bytes:
    """An .ods: in each row a text beside a number."""
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Needs")
    table.set_values([list(row) for row in rows])
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def png() -> bytes:
    """A grey picture of 240 by 80 dots."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes([255 - row] * 240) for row in range(80))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 240, 80, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    """A grey picture of 240 by 80 dots: one length of code for each table, and blocks of one tone."""

    def segment(kind: int, body: bytes) -> bytes:
        return bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body

    codes = bytes([1] + [0] * 15) + b"\0"
    out = b"\xff\xd8" + segment(0xDB, b"\0" + b"\x10" * 64) + segment(0xC0, struct.pack(">BHHB", 8, 80, 240, 1) + b"\1\x11\0")
    out += segment(0xC4, b"\0" + codes) + segment(0xC4, b"\x10" + codes) + segment(0xDA, b"\1\1\0\0\x3f\0")
    # 300 blocks of two bits each
    return out + bytes(75) + b"\xff\xd9"


def tiff() -> bytes:
    """A grey picture of 240 by 80 dots, unpacked, in one strip."""
    fields = ((256, 240), (257, 80), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 80), (279, 240 * 80))
    directory = struct.pack("<H", len(fields)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8 + 240 * 80) + b"\xd0" * (240 * 80) + directory


RARER = {"xls": old_workbook(), "xlsb": binary_workbook(), "ods": open_workbook(), "png": png(), "jpeg": jpeg(), "tiff": tiff()}
"""By the name of the kind."""
