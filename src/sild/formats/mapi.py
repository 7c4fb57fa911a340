"""A message as Outlook keeps it (MAPI properties), turned into a mail message like any other, which the mail reader then reads.

Property numbers and types are those of [MS-OXPROPS] and [MS-OXCDATA].
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime, formataddr

from sild.formats.charsets import charset_name, decode
from sild.formats.compressed_rtf import unpacked_rtf
from sild.formats.limits import Account
from sild.formats.unreadable import Unreadable, refusal

Value = str | bytes | int | bool | datetime
# types of properties
SHORT, LONG, FLOAT, DOUBLE, CURRENCY, APPTIME, ERROR, BOOLEAN, OBJECT, LARGE = 2, 3, 4, 5, 6, 7, 10, 11, 13, 20
TEXT8, TEXT16, TIME, GUID, BINARY, MANY = 0x1E, 0x1F, 0x40, 0x48, 0x102, 0x1000
# properties that are read
MESSAGE_CLASS, SUBJECT, SUBMITTED, SENT_FOR_NAME, SENT_FOR_TYPE, SENT_FOR_ADDRESS = 0x001A, 0x0037, 0x0039, 0x0042, 0x0064, 0x0065
TRANSPORT_HEADERS, SENDER_NAME, SENDER_TYPE, SENDER_ADDRESS, DELIVERED = 0x007D, 0x0C1A, 0x0C1E, 0x0C1F, 0x0E06
RECIPIENT_KIND, BODY, PACKED_RTF, HTML, MESSAGE_ID, REFERENCES, IN_REPLY_TO = 0x0C15, 0x1000, 0x1009, 0x1013, 0x1035, 0x1039, 0x1042
DISPLAY_NAME, ADDRESS_TYPE, ADDRESS, SMTP_ADDRESS, SENDER_SMTP, SENT_FOR_SMTP = 0x3001, 0x3002, 0x3003, 0x39FE, 0x5D01, 0x5D02
CONTENT, ATTACHED_AS, LONG_NAME, SHORT_NAME, MEDIA_TYPE, CONTENT_ID = 0x3701, 0x3705, 0x3707, 0x3704, 0x370E, 0x3712
INTERNET_CODEPAGE, MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD
BY_VALUE, EMBEDDED, OLE_OBJECT = 1, 5, 6
_KEPT_ELSEWHERE = (2, 3, 4, 7)
_CODEPAGES = {20866: "koi8-r", 21866: "koi8-u", 28591: "iso8859-1", 28592: "iso8859-2", 28594: "iso8859-4", 28595: "iso8859-5",
              28603: "iso8859-13", 28605: "iso8859-15", 65000: "utf-7", 65001: "utf-8", 20127: "ascii", 1200: "utf-16-le"}  # fmt: skip
# headers of the way that a mail came by; what describes its body is written anew
_NOT_TAKEN = ("content-", "mime-version", "x-ms-tnef")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class Absent(Message):
    """The part of an attachment whose bytes are not in the message; `reason` says why."""

    reason = ""


@dataclass(slots=True)
class Attachment:
    """One attachment: its bytes, or the message that it is, or the reason why there is neither."""

    name: str = ""
    media: str = ""
    content_id: str = ""
    data: bytes = b""
    inner: MapiMessage | None = None
    reason: str = ""


@dataclass(slots=True)
class MapiMessage:
    """Properties by number; recipients as (kind 1 to 3, name, address); texts of eight bits in the set `codepage`."""

    properties: dict[int, Value] = field(default_factory=dict)
    recipients: list[tuple[int, str, str]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    codepage: str | None = None

    def text(self, number: int) -> str:
        """The property as text; "" where it is not there."""
        return as_text(self.properties.get(number), self.codepage)


def codepage_name(number: object) -> str | None:
    """The codec for a code page's number; None where there is none."""
    return _CODEPAGES.get(number) or charset_name(f"cp{number}") if isinstance(number, int) else None


def as_text(value: Value | None, codepage: str | None) -> str:
    """A property's value as text: what is kept in bytes is decoded as its text looks, the message's code page counting as declared."""
    if isinstance(value, bytes):
        return decode(value.rstrip(b"\0"), codepage).text
    return value.rstrip("\0") if isinstance(value, str) else ""


def moment(ticks: int) -> datetime | None:
    """A FILETIME (tenths of microseconds since 1601)."""
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def fixed_value(kind: int, raw: bytes) -> Value | None:
    """The value of a property that stands in at most eight bytes; None for kinds that nobody needs here."""
    if kind in (LONG, ERROR):
        return struct.unpack_from("<i", raw)[0]  # type: ignore[no-any-return]  # struct gives Any; "<i" is an int
    if kind == SHORT:
        return struct.unpack_from("<h", raw)[0]  # type: ignore[no-any-return]  # as above
    if kind == BOOLEAN:
        return raw[0] != 0
    return moment(struct.unpack_from("<Q", raw)[0]) if kind == TIME else None


def mail_of(message: MapiMessage, name: str, account: Account, depth: int = 0) -> Message:
    """The message as a mail: headers, a body in every form that it has, attachments. Raises Unreadable where it is nested too deep."""
    if depth > account.limits.mime_depth:
        raise refusal(name, f"its parts are nested more than {account.limits.mime_depth} deep", "Ask for the inner message alone")
    mail = Message(policy=compat32)
    mail["Content-Type"] = "multipart/mixed"
    for header, value in _headers(message):
        mail[header] = value
    bodies = _bodies(message, name, account)
    if len(bodies) > 1:
        both = Message(policy=compat32)
        both["Content-Type"] = "multipart/alternative"
        both.set_payload(bodies)
        bodies = [both]
    parts = [*bodies, *(_attached(one, name, account, depth) for one in message.attachments)]
    mail.set_payload(parts or [_part("text/plain", b"", None)])
    return mail


def _headers(message: MapiMessage) -> list[tuple[str, str]]:
    found = [
        (header, str(value))
        for header, value in HeaderParser(policy=compat32).parsestr(message.text(TRANSPORT_HEADERS)).raw_items()
        if not header.lower().startswith(_NOT_TAKEN)
    ]
    known = {header.lower() for header, _ in found}
    own = [
        (
            "From",
            _address(message, SENT_FOR_NAME, (SENT_FOR_SMTP, SENT_FOR_ADDRESS))
            or _address(message, SENDER_NAME, (SENDER_SMTP, SENDER_ADDRESS)),
        ),
        *((header, _recipients(message, kind)) for kind, header in ((1, "To"), (2, "Cc"), (3, "Bcc"))),
        ("Subject", message.text(SUBJECT)),
        ("Date", _date(message)),
        ("Message-ID", message.text(MESSAGE_ID)),
        ("In-Reply-To", message.text(IN_REPLY_TO)),
        ("References", message.text(REFERENCES)),
        ("X-Outlook-Class", message.text(MESSAGE_CLASS)),
    ]
    return [*found, *((header, value) for header, value in own if value and header.lower() not in known)]


def _address(message: MapiMessage, name: int, addresses: tuple[int, int]) -> str:
    address = next((text for text in map(message.text, addresses) if "@" in text), "")
    return _written(message.text(name), address)


def _recipients(message: MapiMessage, kind: int) -> str:
    return ", ".join(filter(None, (_written(name, address) for one, name, address in message.recipients if one == kind)))


def _written(name: str, address: str) -> str:
    """ "Name <address>", with the name as it is: only the wire needs it encoded."""
    name = " ".join(name.replace('"', "'").split())
    if not address:
        return f'"{name}"' if name else ""
    return f'"{name}" <{address}>' if name and name != address else formataddr(("", address))


def _date(message: MapiMessage) -> str:
    sent = message.properties.get(SUBMITTED) or message.properties.get(DELIVERED)
    return format_datetime(sent) if isinstance(sent, datetime) else ""


def _bodies(message: MapiMessage, name: str, account: Account) -> list[Message | str]:
    """Plain text and page; what was packed as RTF only where neither is there."""
    found: list[Message | str] = []
    plain = message.text(BODY)
    if plain.strip():
        found.append(_part("text/plain", plain.encode("utf-8"), "utf-8"))
    page = message.properties.get(HTML)
    if isinstance(page, str):
        found.append(_part("text/html", page.encode("utf-8"), "utf-8"))
    elif isinstance(page, bytes) and page.strip(b"\0 \r\n"):
        found.append(_part("text/html", page, codepage_name(message.properties.get(INTERNET_CODEPAGE)) or message.codepage))
    packed = message.properties.get(PACKED_RTF)
    if isinstance(packed, bytes) and packed and not found:
        try:
            found.append(_part("text/rtf", unpacked_rtf(name, packed), None))
        except Unreadable as error:
            account.warn(error.reason)
    return found


def _part(media: str, data: bytes, charset: str | None) -> Message:
    part = Message(policy=compat32)
    part["Content-Type"] = media
    if charset:
        part.set_param("charset", charset)
    # bytes ride in a text as the parser of mail itself lets them ride
    part["Content-Transfer-Encoding"] = "8bit"
    part.set_payload(data.decode("ascii", "surrogateescape"))
    return part


def _attached(one: Attachment, name: str, account: Account, depth: int) -> Message:
    part: Message
    if one.reason:
        part = absent = Absent(policy=compat32)
        absent.reason = one.reason
        part["Content-Type"] = "application/octet-stream"
    elif one.inner is not None:
        part = Message(policy=compat32)
        part["Content-Type"] = "message/rfc822"
        part.set_payload([mail_of(one.inner, name, account, depth + 1)])
    else:
        media = one.media if one.media.count("/") == 1 and not one.media.lower().startswith(("multipart/", "message/")) else ""
        part = _part(media or "application/octet-stream", one.data, None)
    if one.content_id:
        part["Content-ID"] = f"<{one.content_id}>"
    part.add_header("Content-Disposition", "inline" if one.content_id else "attachment")
    if one.name:
        part.set_param("filename", one.name.replace('"', "'"), "Content-Disposition")
    return part


def kept_elsewhere(properties: Mapping[int, Value]) -> str:
    """Why an attachment has no bytes here; "" where it should have."""
    return "its file stays where the sender keeps it; only a link was sent" if properties.get(ATTACHED_AS) in _KEPT_ELSEWHERE else ""
