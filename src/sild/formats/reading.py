"""The front of this floor: bytes in, a document out, or a refusal with its reason. Plain Python; the sandbox runs it in a child."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial

from sild.formats.archive import check_archive
from sild.formats.charsets import decode, html_charset
from sild.formats.chat_exports import read_chat_export
from sild.formats.cleaning import clean_document
from sild.formats.csv_rows import read_csv
from sild.formats.docx_letter import read_docx
from sild.formats.html_text import read_html
from sild.formats.json_form import form_moment, read_json
from sild.formats.kinds import MESSAGES, Kind, kind_of, unexpected_name
from sild.formats.limits import LIMITS, MEBIBYTE, Account, Limits
from sild.formats.mail import read_mail
from sild.formats.odt_letter import read_odt
from sild.formats.paragraphs import plain_paragraphs
from sild.formats.pdf_letter import read_pdf
from sild.formats.picture import read_picture
from sild.formats.place import Place, plain_name
from sild.formats.recognition import NEEDS_OCR, Recogniser
from sild.formats.rtf_letter import read_rtf
from sild.formats.sheet_rows import read_sheets
from sild.formats.unreadable import Unreadable, refusal
from sild.values.document import Block, Channel, Document, Envelope, Part

MEDIA: dict[Kind, str] = {
    "mail": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "tnef": "application/ms-tnef",
    "rtf": "application/rtf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "json": "application/json",
    "chat": "text/plain",
    "txt": "text/plain",
    "html": "text/html",
    "picture": "image/*",
}
CHANNELS: dict[Kind, Channel] = {
    "mail": "mail", "msg": "mail", "tnef": "mail",
    "rtf": "letter", "docx": "letter", "odt": "letter", "pdf": "letter", "xlsx": "sheet", "xlsb": "sheet", "xls": "sheet", "ods": "sheet",
    "csv": "sheet", "json": "form", "chat": "chat", "txt": "text", "html": "text", "picture": "letter",
}  # fmt: skip
_ZIPPED: frozenset[Kind] = frozenset({"docx", "odt", "xlsx", "xlsb", "ods"})


def read_document(
    name: str,
    data: bytes,
    limits: Limits = LIMITS,
    *,
    spoiled: Mapping[str, str] | None = None,
    entering: Callable[[str], None] | None = None,
    recogniser: Recogniser | None = None,
) -> Document:
    """Read `data` as what its bytes are. Raises Unreadable (which file, what is wrong, what to do next), never anything else by design.

    Text in pictures is read where a `recogniser` is given.
    `spoiled` names attachments that must not be opened, with the reason; `entering` is told of each attachment before it is opened.
    """
    name = plain_name(name)
    account = Account(limits, spoiled=dict(spoiled or {}), entering=entering, recogniser=recogniser)
    try:
        return clean_document(_read(name, data, account))
    except Unreadable:
        raise
    except (RecursionError, MemoryError) as error:
        raise refusal(name, "it is nested too deep or too large to read", "Ask the sender for a plainer file") from error
    except Exception as error:  # the last line of defence: a parser's surprise on hostile bytes is a refusal, not a crash
        what = f"its reader failed on it ({type(error).__name__}: {str(error)[:120]})"
        raise refusal(name, what, "Ask the sender to send it in another format") from error


def _read(name: str, data: bytes, account: Account) -> Document:
    _check_size(name, data, account)
    kind = kind_of(name, data)
    digest = hashlib.sha256(data).hexdigest()
    unexpected = unexpected_name(name, kind)
    if unexpected:
        account.warn(unexpected)
    envelope = Envelope()
    if kind in MESSAGES:
        envelope, parts = read_mail(data, name, account, partial(_read_attachment, account))
        if not any(part.blocks or part.unread for part in parts) and not envelope.subject:
            raise refusal(name, "it is a mail without any text", "Ask the sender to send it again")
        pictures = [part.unread for part in parts if part.unread and NEEDS_OCR in part.unread]
        if pictures and not any(part.blocks for part in parts):
            # a mail that is nothing but its pictures waits until somebody, or recognition, has read them
            raise Unreadable(f"{name}: {pictures[0]}")
    else:
        parts = [Part(name="body", media=MEDIA[kind], blocks=tuple(_blocks(kind, data, name, Place(), account)))]
        if not parts[0].blocks:
            raise refusal(name, f"it is a {kind} file without any text", "Ask the sender to send it again, or the text itself")
        if kind == "json":
            envelope = Envelope(sent_at=form_moment(parts[0].blocks))
    return Document(
        name=name,
        sha256=digest,
        format=kind,
        channel=CHANNELS[kind],
        envelope=envelope,
        parts=tuple(parts),
        warnings=tuple(account.warnings),
    )


def _read_attachment(account: Account, name: str, data: bytes) -> tuple[str, list[Block]] | None:
    """An attachment's media type and blocks; None where it is a message, which the mail reader opens itself."""
    if name in account.spoiled:
        raise Unreadable(account.spoiled[name])
    if account.entering is not None:
        account.entering(name)
    _check_size(name, data, account)
    kind = kind_of(name, data)
    unexpected = unexpected_name(name, kind)
    if unexpected:
        account.warn(unexpected)
    return None if kind in MESSAGES else (MEDIA[kind], _blocks(kind, data, name, Place(name), account))


def _blocks(kind: Kind, data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    if kind in _ZIPPED:
        check_archive(name, data, account)
    if kind == "docx":
        blocks = read_docx(data, name, place, account)
    elif kind == "odt":
        blocks = read_odt(data, name, place, account)
    elif kind == "rtf":
        blocks = read_rtf(data, name, place, account)
    elif kind == "picture":
        blocks = read_picture(data, name, place, account)
    elif kind == "pdf":
        blocks = read_pdf(data, name, place, account)
    elif kind in ("xlsx", "xls", "xlsb", "ods"):
        blocks = read_sheets(data, name, place, account)
    else:
        blocks = _text_blocks(kind, data, name, place, account)
    account.blocks_read(name, len(blocks), sum(len(block.text) for block in blocks))
    return blocks


def _text_blocks(kind: Kind, data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    decoded = decode(data, html_charset(data) if kind == "html" else None)
    if decoded.note:
        account.warn(f"{name}: {decoded.note}")
    if kind == "csv":
        return read_csv(decoded.text, name, place)
    if kind == "json":
        return read_json(decoded.text, name, place)
    if kind == "chat":
        return read_chat_export(decoded.text, name, place, account)
    if kind == "html":
        return read_html(decoded.text, name, place, account)
    paragraphs = plain_paragraphs(decoded.text)
    # in a letter attached as text the whole is the place; in a text file of its own each line is
    return [
        Block(
            kind=one.kind, text=one.text, locator=place.line(one.first_line) if place.attachment is None else place.part, quoted=one.quoted
        )
        for one in paragraphs
    ]


def _check_size(name: str, data: bytes, account: Account) -> None:
    if len(data) > account.limits.file_bytes:
        limit = account.limits.file_bytes // MEBIBYTE
        raise refusal(name, f"it is larger than {limit} MB", "Ask the sender to split it, or to send the text alone")
