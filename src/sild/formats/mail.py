"""Mail: the body in the form that says most, attachments through the reader of their own kind, forwarded messages with their envelope."""

from __future__ import annotations

import email
import email.errors
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import Message
from email.policy import compat32

from sild.formats.charsets import decode, html_charset
from sild.formats.html_text import read_html
from sild.formats.limits import Account
from sild.formats.mail_headers import envelope_of, file_name, header_text
from sild.formats.paragraphs import flowed_paragraphs, plain_paragraphs
from sild.formats.place import Place
from sild.formats.unreadable import Unreadable, refusal
from sild.values.document import Block, Envelope, Part

# name and bytes of an attachment -> its media type and blocks; None where it is itself a message; raises Unreadable
AttachmentReader = Callable[[str, bytes], tuple[str, list[Block]] | None]
_TEXTS = ("text/plain", "text/html", "text/enriched", "text/markdown")
_ENDINGS = {"text/calendar": "ics", "text/csv": "csv", "application/json": "json", "application/pdf": "pdf", "text/html": "html"}


@dataclass(slots=True)
class _Mail:
    """The parts found so far; `taken` keeps part names unique, for spans point into parts by their name."""

    name: str
    account: Account
    read_attachment: AttachmentReader
    parts: list[Part]
    taken: set[str]


def read_mail(data: bytes, name: str, account: Account, read_attachment: AttachmentReader) -> tuple[Envelope, list[Part]]:
    """The envelope and the parts, "body" first. A part that cannot be read stays, with its reason; only bombs refuse the whole."""
    message = _parse(data, name)
    mail = _Mail(name, account, read_attachment, [], {"body"})
    media, blocks = _read_message(mail, message, Place(), 0)
    return envelope_of(message), [Part(name="body", media=media, blocks=tuple(blocks)), *mail.parts]


def _parse(data: bytes, name: str) -> Message:
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    try:
        return email.message_from_bytes(data, policy=compat32)
    except (RecursionError, ValueError, LookupError, IndexError, TypeError, AttributeError, email.errors.MessageError) as error:
        raise refusal(name, "its structure is too broken or too deep to read", "Ask the sender to send it again as plain text") from error


def _read_message(mail: _Mail, message: Message, place: Place, depth: int) -> tuple[str, list[Block]]:
    """The body of one message as (media type, blocks); its attachments and inner messages go to mail.parts."""
    body: list[tuple[str, list[Block]]] = []
    _walk(mail, message, place, depth, body)
    medias = list(dict.fromkeys(media for media, _ in body))
    return (medias[0] if medias else "text/plain"), [block for _, blocks in body for block in blocks]


def _walk(mail: _Mail, part: Message, place: Place, depth: int, body: list[tuple[str, list[Block]]]) -> None:
    mail.account.open_part(mail.name)
    limit = mail.account.limits.mime_depth
    if depth > limit:
        raise refusal(mail.name, f"its parts are nested more than {limit} deep", "Ask the sender to send the inner message alone")
    media = part.get_content_type()
    inner = [child for child in part.get_payload() if isinstance(child, Message)] if part.is_multipart() else []
    if media == "multipart/alternative":
        _alternative(mail, inner, place, depth, body)
    elif media == "message/rfc822" and inner:
        _forwarded(mail, part, inner[0], depth)
    elif media == "message/delivery-status":
        mail.account.warn(f"{mail.name}: its delivery report for machines was not read")
    elif inner:
        if media == "multipart/encrypted":
            mail.account.warn(f"{mail.name}: it is encrypted; its content was not read")
        for child in inner:
            _walk(mail, child, place, depth + 1, body)
    elif _is_body(part, media):
        body.append((media, _text_blocks(mail, part, media, place)))
    else:
        _attachment(mail, part, media, depth)


def _is_body(part: Message, media: str) -> bool:
    disposition = (part.get_content_disposition() or "").lower()
    return media in _TEXTS and disposition != "attachment" and not file_name(part)


def _alternative(mail: _Mail, inner: list[Message], place: Place, depth: int, body: list[tuple[str, list[Block]]]) -> None:
    """Of the forms of one text the plain one, unless the HTML says much more; everything else in there is read as usual."""
    forms: dict[str, list[Block]] = {}
    rest: list[tuple[str, list[Block]]] = []
    for child in inner:
        media = child.get_content_type()
        if _is_body(child, media) and not child.is_multipart():
            mail.account.open_part(mail.name)
            forms.setdefault("html" if media == "text/html" else "plain", _text_blocks(mail, child, media, place))
        else:
            found: list[tuple[str, list[Block]]] = []
            _walk(mail, child, place, depth + 1, found)
            rest.extend(found)
            for inner_media, blocks in found:
                if inner_media == "text/html":
                    forms.setdefault("html", blocks)
    plain, html = forms.get("plain", []), forms.get("html", [])
    plain_size, html_size = (sum(len(block.text) for block in blocks) for blocks in (plain, html))
    if html and (not plain or (html_size > 200 and plain_size * 3 < html_size)):
        if plain:
            mail.account.warn(f"{mail.name}: its plain text says less than its HTML; the HTML was read")
        body.append(("text/html", html))
    elif plain:
        body.append(("text/plain", plain))
    elif rest:
        body.extend(rest)


def _text_blocks(mail: _Mail, part: Message, media: str, place: Place) -> list[Block]:
    payload = _payload(part)
    declared = _parameter(part, "charset") or (html_charset(payload) if media == "text/html" else None)
    decoded = decode(payload, declared)
    if decoded.note:
        mail.account.warn(f"{place.part}: {decoded.note}")
    if media == "text/html":
        blocks = read_html(decoded.text, mail.name, place, mail.account)
    else:
        if _parameter(part, "format").lower() == "flowed":
            paragraphs = flowed_paragraphs(decoded.text, delete_space=_parameter(part, "delsp").lower() == "yes")
        else:
            paragraphs = plain_paragraphs(decoded.text)
        blocks = [Block(kind=one.kind, text=one.text, locator=place.part, quoted=one.quoted) for one in paragraphs]
    mail.account.blocks_read(mail.name, len(blocks), sum(len(block.text) for block in blocks))
    return blocks


def _forwarded(mail: _Mail, part: Message, inner: Message, depth: int) -> None:
    """A part of type message/rfc822; some senders encode it, which the standard forbids and the parser leaves undone."""
    coding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if coding in ("base64", "quoted-printable") and not inner.keys():
        shell = Message(policy=compat32)
        shell["Content-Transfer-Encoding"] = coding
        shell.set_payload(inner.get_payload())
        inner = _parse(_payload(shell), mail.name)
    given = file_name(part) or f"{header_text(inner.get('subject', ''))[:80].replace('/', '-') or 'message'}.eml"
    _inner_message(mail, inner, _unique(mail, given), depth)


def _inner_message(mail: _Mail, message: Message, name: str, depth: int) -> None:
    """A forwarded message becomes a part with its envelope; what hangs on it becomes parts after it."""
    index = len(mail.parts)
    mail.parts.append(Part(name=f"attachment:{name}", media="message/rfc822", envelope=envelope_of(message)))
    _, blocks = _read_message(mail, message, Place(name), depth + 1)
    mail.parts[index] = replace(mail.parts[index], blocks=tuple(blocks))


def _attachment(mail: _Mail, part: Message, media: str, depth: int) -> None:
    if media == "application/pgp-signature" or media.endswith("pkcs7-signature"):
        return
    if part.get_content_maintype() == "image" and not _looks_sent(part):
        mail.account.warn(f"{mail.name}: pictures inside its text were not read")
        return
    data = _payload(part)
    ending = _ENDINGS.get(media, "")
    name = _unique(mail, file_name(part) or (f"unnamed.{ending}" if ending else "unnamed"))
    kept = len(mail.parts)
    try:
        read = mail.read_attachment(name, data)
        if read is None:
            _inner_message(mail, _parse(data, name), name, depth)
        else:
            mail.parts.append(Part(name=f"attachment:{name}", media=read[0], blocks=tuple(read[1])))
    except Unreadable as error:
        mail.account.warn(error.reason)
        mail.parts[kept:] = [Part(name=f"attachment:{name}", media=media, unread=error.reason)]


def _looks_sent(part: Message) -> bool:
    return (part.get_content_disposition() or "").lower() == "attachment" or not part.get("content-id")


def _unique(mail: _Mail, name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    candidate, number = name, 1
    while f"attachment:{candidate}" in mail.taken:
        number += 1
        candidate = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
    mail.taken.add(f"attachment:{candidate}")
    return candidate


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, UnicodeError, AssertionError):
        payload = None
    if isinstance(payload, bytes):
        return payload
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, TypeError, IndexError, UnicodeError):
        return ""
    return header_text(value[2] if isinstance(value, tuple) else value or "")
