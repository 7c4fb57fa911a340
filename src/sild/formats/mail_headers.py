"""Headers of a mail: RFC 2047 words, raw eight-bit names, addresses, dates, file names, decoded as senders really write them."""

from __future__ import annotations

import email.errors
import re
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses, parsedate_to_datetime

from sild.formats.charsets import charset_name, decode
from sild.values.document import Envelope

_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(=\?)")
_ID = re.compile(r"<[^<>\s]{1,250}>")
_MOST_HEADERS, _LONGEST_HEADER = 500, 20_000
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f]")


def envelope_of(message: Message) -> Envelope:
    """Who wrote to whom and when. A date without a zone is taken as UTC; a broken one is None."""
    headers = tuple((name, header_text(value)) for name, value in list(message.raw_items())[:_MOST_HEADERS])
    first: dict[str, str] = {}
    for name, text in headers:
        first.setdefault(name.lower(), text)
    sender_name, sender_address = _sender(message)
    recipients = [address for field in ("to", "cc", "bcc") for _, address in _addresses(message, field) if address]
    return Envelope(
        subject=first.get("subject", ""),
        sender_name=sender_name,
        sender_address=sender_address,
        recipients=tuple(dict.fromkeys(recipients)),
        sent_at=_moment(first.get("date", "")),
        message_id=next(iter(_ID.findall(first.get("message-id", ""))), None),
        in_reply_to=next(iter(_ID.findall(first.get("in-reply-to", ""))), None),
        references=tuple(_ID.findall(first.get("references", ""))),
        headers=headers,
        authentication=tuple(text for name, text in headers if name.lower() == "authentication-results"),
    )


def header_text(raw: object) -> str:
    """A header's value as text: unfolded, RFC 2047 words decoded, raw bytes read in the set that they look like."""
    text = _FOLD.sub(" ", _raw(raw)[:_LONGEST_HEADER])
    if "=?" not in text:
        return _unsurrogate(text).strip()
    try:
        pieces = decode_header(_BETWEEN_WORDS.sub(r"\1 \2", text))
    except (email.errors.HeaderParseError, ValueError, UnicodeError):
        return _unsurrogate(text).strip()
    found = []
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            plain = charset is None or charset_name(charset) is None
            found.append(
                _unsurrogate(piece.decode("ascii", "surrogateescape")) if plain and charset is None else decode(piece, charset).text
            )
        else:
            found.append(_unsurrogate(piece))
    return "".join(found).replace("\n", " ").strip()


def file_name(part: Message) -> str:
    """The name of an attachment in any of the ways it may be written, without folders and control characters; "" if none."""
    for field, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = part.get_param(parameter, None, field)
        except (ValueError, TypeError, IndexError, UnicodeError):
            continue
        if value is None:
            continue
        if isinstance(value, tuple):
            charset, _, text = value
            name = decode(text.encode("latin-1", "replace"), charset).text if text.isascii() is False else _collapsed(value)
        else:
            name = header_text(value)
        name = _NOT_IN_NAMES.sub("", name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].strip(" .")
        if name:
            return name[:200]
    return ""


def _collapsed(value: tuple[str | None, str | None, str]) -> str:
    try:
        return collapse_rfc2231_value(value)
    except (LookupError, ValueError, UnicodeError):
        return value[2]


def _raw(value: object) -> str:
    # compat32 gives str with surrogates for raw bytes, or a Header object for what was set by a program
    return value if isinstance(value, str) else str(value)


def _unsurrogate(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return decode(text.encode("utf-8", "surrogateescape")).text if _only_escapes(text) else text.encode("utf-8", "replace").decode()
    return text


def _only_escapes(text: str) -> bool:
    return all(not 0xD800 <= ord(sign) < 0xE000 or 0xDC80 <= ord(sign) <= 0xDCFF for sign in text)


def _addresses(message: Message, field: str) -> list[tuple[str, str]]:
    raw = [_FOLD.sub(" ", _raw(value)[:_LONGEST_HEADER]) for name, value in message.raw_items() if name.lower() == field]
    try:
        pairs = getaddresses([text for text in raw if text.strip()])
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        pairs = []
    found = [(header_text(name), _unsurrogate(address).strip()) for name, address in pairs if name or address]
    if not any("@" in address for _, address in found) and raw:
        return [(header_text(raw[0]), "")]
    return found


def _sender(message: Message) -> tuple[str, str]:
    """Name and address of who wrote; of a broken header the first pair that is an address, its name as it stands before it.

    "Ministry, Unit 5 <a@b.example>" (a comma without quotes) keeps its whole name, one with marks of its own ("<script>...") none.
    """
    senders = _addresses(message, "from") or _addresses(message, "sender")
    if not senders or "@" in senders[0][1]:
        return senders[0] if senders else ("", "")
    name, address = next((pair for pair in senders if "@" in pair[1]), senders[0])
    if "@" not in address:
        return name, address
    shown = next((header_text(_raw(value)) for field, value in message.raw_items() if field.lower() in ("from", "sender")), "")
    before = shown.partition(f"<{address}>")[0].strip(' "')
    return ("" if set("<>@") & set(before) else before[:_LONGEST_HEADER]), address


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
