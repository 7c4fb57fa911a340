"""Outlook's .msg files ([MS-OXMSG]): properties, recipients and attachments out of the compound file, inner messages included."""

from __future__ import annotations

import io
import re
import struct
from typing import Any

import olefile

from sild.formats.limits import Account
from sild.formats.mapi import (
    ADDRESS,
    ATTACHED_AS,
    BINARY,
    CONTENT,
    CONTENT_ID,
    DISPLAY_NAME,
    EMBEDDED,
    INTERNET_CODEPAGE,
    LONG_NAME,
    MEDIA_TYPE,
    MESSAGE_CODEPAGE,
    OLE_OBJECT,
    RECIPIENT_KIND,
    SHORT_NAME,
    SMTP_ADDRESS,
    TEXT8,
    TEXT16,
    Attachment,
    MapiMessage,
    Value,
    as_text,
    codepage_name,
    fixed_value,
    kept_elsewhere,
)
from sild.formats.unreadable import refusal

_FIXED = "__properties_version1.0"
_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})", re.IGNORECASE)
_TEXT_STORED = 0x8000
# bytes before the first entry of the table: of a file's own message, of a message inside, of a recipient or an attachment
_TOP, _INNER, _OTHER = 32, 24, 8
_DAMAGED, _AGAIN = "it is a damaged Outlook message", "Ask the sender to send it again, or save it as .eml"


def read_msg(data: bytes, name: str, account: Account) -> MapiMessage:
    """The message in a .msg file. Raises Unreadable on damage, and on messages inside messages beyond the limit."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return _Storage(file, name, account).message((), _TOP, 0)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, struct.error) as error:
        raise refusal(name, _DAMAGED, _AGAIN) from error


class _Storage:
    """One open file; paths are tuples of storage names."""

    def __init__(self, file: Any, name: str, account: Account) -> None:
        self._file, self._name, self._account = file, name, account
        self._below: dict[tuple[str, ...], list[str]] = {}
        for path in file.listdir(streams=True, storages=True):
            self._below.setdefault(tuple(path[:-1]), []).append(path[-1])

    def message(self, path: tuple[str, ...], head: int, depth: int) -> MapiMessage:
        if depth > self._account.limits.mime_depth:
            raise refusal(
                self._name, f"its messages are nested more than {self._account.limits.mime_depth} deep", "Ask for the inner one alone"
            )
        properties = self._properties(path, head)
        number = properties.get(MESSAGE_CODEPAGE) or properties.get(INTERNET_CODEPAGE)
        found = MapiMessage(properties=properties, codepage=codepage_name(number))
        for step in self._below.get(path, []):
            if step.startswith("__recip_version1.0_"):
                found.recipients.append(self._recipient((*path, step), found.codepage))
            elif step.startswith("__attach_version1.0_"):
                self._account.open_part(self._name)
                found.attachments.append(self._attachment((*path, step), found.codepage, depth))
        return found

    def _recipient(self, path: tuple[str, ...], codepage: str | None) -> tuple[int, str, str]:
        one = self._properties(path, _OTHER)
        name, address, smtp = (as_text(one.get(number), codepage) for number in (DISPLAY_NAME, ADDRESS, SMTP_ADDRESS))
        kind = one.get(RECIPIENT_KIND)
        return (kind if isinstance(kind, int) else 1), name, next((text for text in (smtp, address, name) if "@" in text), "")

    def _attachment(self, path: tuple[str, ...], codepage: str | None, depth: int) -> Attachment:
        one = self._properties(path, _OTHER)
        long_name, short_name, shown, media, content_id = (
            as_text(one.get(number), codepage) for number in (LONG_NAME, SHORT_NAME, DISPLAY_NAME, MEDIA_TYPE, CONTENT_ID)
        )
        found = Attachment(name=long_name or short_name or shown, media=media, content_id=content_id, reason=kept_elsewhere(one))
        content = one.get(CONTENT)
        if isinstance(content, bytes):
            found.data = content
        inner = (*path, f"__substg1.0_{CONTENT:04X}000D")
        if one.get(ATTACHED_AS) == EMBEDDED and inner in self._below:
            found.inner = self.message(inner, _INNER, depth + 1)
        elif one.get(ATTACHED_AS) == OLE_OBJECT:
            found.reason = "it is an object of another program inside the message"
        return found

    def _properties(self, path: tuple[str, ...], head: int) -> dict[int, Value]:
        found: dict[int, Value] = {}
        table = self._stream((*path, _FIXED)) if _FIXED in self._below.get(path, []) else b""
        for start in range(head, len(table) - 15, 16):
            kind, number = struct.unpack_from("<HH", table, start)
            value = fixed_value(kind, table[start + 8 : start + 16])
            if value is not None:
                found[number] = value
        for step in self._below.get(path, []):
            hit = _STREAM.fullmatch(step)
            kind = int(hit.group(2), 16) if hit else 0
            if hit is None or kind not in (TEXT8, TEXT16, BINARY) or (*path, step) in self._below:
                continue
            number = int(hit.group(1), 16)
            if number < _TEXT_STORED:
                raw = self._stream((*path, step))
                found[number] = raw.decode("utf-16-le", "replace") if kind == TEXT16 else raw
        return found

    def _stream(self, path: tuple[str, ...]) -> bytes:
        with self._file.openstream(list(path)) as stream:
            data: bytes = stream.read()
        self._account.unpack(self._name, len(data))
        return data
