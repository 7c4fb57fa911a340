"""winmail.dat ([MS-OXTNEF]): what Outlook packs a mail's formatting and attachments into when the receiver is not told apart."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sild.formats.limits import Account
from sild.formats.mapi import (
    ADDRESS,
    APPTIME,
    ATTACHED_AS,
    BINARY,
    BODY,
    CONTENT,
    CONTENT_ID,
    CURRENCY,
    DISPLAY_NAME,
    DOUBLE,
    GUID,
    LARGE,
    LONG_NAME,
    MANY,
    MEDIA_TYPE,
    MESSAGE_CLASS,
    MESSAGE_CODEPAGE,
    OBJECT,
    OLE_OBJECT,
    RECIPIENT_KIND,
    SHORT_NAME,
    SMTP_ADDRESS,
    SUBJECT,
    TEXT8,
    TEXT16,
    TIME,
    Attachment,
    MapiMessage,
    Value,
    as_text,
    codepage_name,
    fixed_value,
    kept_elsewhere,
)
from sild.formats.unreadable import refusal

TNEF_MARK = b"\x78\x9f\x3e\x22"
_HEAD = 6
# attributes by their lower half
_SUBJECT, _CLASS, _BODY, _DATA, _TITLE, _RENDERING = 0x8004, 0x8008, 0x800C, 0x800F, 0x8010, 0x9002
_MESSAGE_PROPERTIES, _RECIPIENTS, _ATTACHMENT_PROPERTIES, _CODEPAGE = 0x9003, 0x9004, 0x9005, 0x9007
_LARGE_KINDS = {DOUBLE, CURRENCY, APPTIME, TIME, LARGE}
_MOST_PROPERTIES = 5_000
# what comes before the TNEF of a message inside a message
_IS_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
_DAMAGED, _AGAIN = "it is a damaged winmail.dat", "Ask the sender to send the mail again, as plain text or HTML"


def read_tnef(data: bytes, name: str, account: Account, depth: int = 0) -> MapiMessage:
    """The message in it. A damaged end costs what stands behind it, with a warning; raises Unreadable where nothing is left."""
    if depth > account.limits.mime_depth:
        raise refusal(name, f"its messages are nested more than {account.limits.mime_depth} deep", "Ask for the inner one alone")
    found, open_one = MapiMessage(), Attachment()
    seen = 0
    try:
        for attribute, value in _attributes(data):
            seen += 1
            if attribute == _RENDERING:
                account.open_part(name)
                open_one = Attachment()
                found.attachments.append(open_one)
            elif attribute in (_DATA, _TITLE, _ATTACHMENT_PROPERTIES):
                if not found.attachments:
                    found.attachments.append(open_one)
                _attachment_part(attribute, value, open_one, found, (name, account, depth))
            else:
                _message_part(attribute, value, found)
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        if not seen:
            raise refusal(name, _DAMAGED, _AGAIN) from error
        account.warn(f"{name}: its end is damaged; what stands there was not read")
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = _HEAD
    while position + 9 <= len(data):
        level, attribute, _, size = struct.unpack_from("<BHHI", data, position)
        if level not in (1, 2):
            # some gateways pad the end
            if not data[position:].strip(b"\0\r\n") or position > _HEAD:
                return
            raise ValueError("neither a message nor an attachment")
        value = data[position + 9 : position + 9 + size]
        if len(value) < size:
            raise ValueError("an attribute is cut short")
        yield attribute, value
        position += 9 + size + 2


def _message_part(attribute: int, value: bytes, found: MapiMessage) -> None:
    if attribute == _CODEPAGE and len(value) >= 4:
        found.codepage = codepage_name(struct.unpack_from("<I", value)[0])
    elif attribute in (_SUBJECT, _BODY, _CLASS):
        number = {_SUBJECT: SUBJECT, _BODY: BODY, _CLASS: MESSAGE_CLASS}[attribute]
        found.properties.setdefault(number, value)
    elif attribute == _MESSAGE_PROPERTIES:
        properties, _ = _properties(value, 0)
        found.properties.update(properties)
        found.codepage = found.codepage or codepage_name(properties.get(MESSAGE_CODEPAGE))
    elif attribute == _RECIPIENTS:
        position = 4
        for _ in range(min(struct.unpack_from("<I", value)[0], _MOST_PROPERTIES)):
            one, position = _properties(value, position)
            name, address, smtp = (as_text(one.get(number), found.codepage) for number in (DISPLAY_NAME, ADDRESS, SMTP_ADDRESS))
            kind = one.get(RECIPIENT_KIND)
            found.recipients.append(
                (kind if isinstance(kind, int) else 1, name, next((text for text in (smtp, address) if "@" in text), ""))
            )


def _attachment_part(attribute: int, value: bytes, one: Attachment, found: MapiMessage, reading: tuple[str, Account, int]) -> None:
    name, account, depth = reading
    if attribute == _DATA:
        one.data = value
    elif attribute == _TITLE:
        one.name = one.name or as_text(value, found.codepage)
    else:
        properties, _ = _properties(value, 0)
        texts = [
            as_text(properties.get(number), found.codepage) for number in (LONG_NAME, SHORT_NAME, DISPLAY_NAME, MEDIA_TYPE, CONTENT_ID)
        ]
        one.name = texts[0] or one.name or texts[1] or texts[2]
        one.media, one.content_id, one.reason = texts[3], texts[4], kept_elsewhere(properties)
        content = properties.get(CONTENT)
        if isinstance(content, bytes) and content[:16] == _IS_MESSAGE and content[16:20] == TNEF_MARK:
            one.inner = read_tnef(content[16:], name, account, depth + 1)
        elif properties.get(ATTACHED_AS) == OLE_OBJECT:
            one.reason = "it is an object of another program inside the message"
        elif isinstance(content, bytes) and not one.data:
            one.data = content


def _properties(data: bytes, position: int) -> tuple[dict[int, Value], int]:
    """The properties that begin at `position`, and where they end. Of several values the first is taken."""
    found: dict[int, Value] = {}
    (count,) = struct.unpack_from("<I", data, position)
    position += 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        kind, number = struct.unpack_from("<HH", data, position)
        position += 4
        named = number >= 0x8000
        if named:
            position = _after_name(data, position)
        many, kind = bool(kind & MANY), kind & ~MANY
        values: list[Value | None] = []
        times = 1
        if many or kind in (TEXT8, TEXT16, BINARY, OBJECT):
            (times,) = struct.unpack_from("<I", data, position)
            position += 4
        for _ in range(times):
            value, position = _value(data, position, kind)
            values.append(value)
        if values and values[0] is not None and not named:
            found.setdefault(number, values[0])
    return found, position


def _after_name(data: bytes, position: int) -> int:
    (named_by_text,) = struct.unpack_from("<I", data, position + 16)
    if not named_by_text:
        return position + 24
    length = int(struct.unpack_from("<I", data, position + 20)[0])
    return position + 24 + length + -length % 4


def _value(data: bytes, position: int, kind: int) -> tuple[Value | None, int]:
    if kind in (TEXT8, TEXT16, BINARY, OBJECT):
        (length,) = struct.unpack_from("<I", data, position)
        raw = data[position + 4 : position + 4 + length]
        if len(raw) < length:
            raise ValueError("a property is cut short")
        return (raw.decode("utf-16-le", "replace") if kind == TEXT16 else raw), position + 4 + length + -length % 4
    size = 8 if kind in _LARGE_KINDS else 16 if kind == GUID else 4
    if position + size > len(data):
        raise ValueError("a property is cut short")
    return fixed_value(kind, data[position : position + size].ljust(8, b"\0")), position + size
