"""Small files of every kind, made with the libraries that people's programs use, and a way to look at what was read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import docx
import odfdo
import xlsxwriter

from sild.formats import read_document
from sild.values.document import Block, Document


def blocks(document: Document, part: str = "body") -> list[Block]:
    """The blocks of one part."""
    return [block for one, _, block in document.blocks() if one.name == part]


def texts(name: str, data: bytes, part: str = "body") -> list[str]:
    """The texts of one part of what was read."""
    return [block.text for block in blocks(read_document(name, data), part)]


def word(fill: Callable[[Any], None]) -> bytes:
    """A .docx that `fill` has written into."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def open_document(*elements: Any) -> bytes:
    """An .odt of these elements."""
    document = odfdo.Document("text")
    document.body.clear()
    for element in elements:
        document.body.append(element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(*sheets: list[list[Any]], hidden: int | None = None) -> bytes:
    """An .xlsx of these sheets; None leaves a cell out; the sheet of index `hidden` is hidden."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for index, rows in enumerate(sheets):
        sheet = book.add_worksheet(f"Sheet {index + 1}")
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is not None:
                    sheet.write(row, column, value)
        if index == hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def mail(body: str = "Text.", subject: str = "A subject", **headers: str) -> EmailMessage:
    """A mail with a body; attachments can be added."""
    message = EmailMessage()
    message["From"] = "Desk officer <officer@ministry.example>"
    message["To"] = "desk@aid.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 10 Feb 2026 09:30:00 +0200"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def attach(message: EmailMessage, name: str, data: bytes, media: str = "application/octet-stream") -> EmailMessage:
    """The mail with one more attachment."""
    main, _, sub = media.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def rezipped(data: bytes, change: dict[str, bytes]) -> bytes:
    """A copy of an archive in which some members are replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | change)
