"""Mail: the body in the form that says most, attachments through the reader of their own kind, forwarded messages with their envelope."""

from __future__ import annotations

import email
import email.errors
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import Message
from email.policy import compat32
from zipfile import ZipFile

from sild.formats.automatic import automatic_reason
from sild.formats.charsets import decode, html_charset
from sild.formats.html_text import read_html
from sild.formats.limits import Account
from sild.formats.mail_headers import envelope_of, file_name, header_text
from sild.formats.mapi import Absent, mail_of
from sild.formats.older_mails import older_mails
from sild.formats.outlook_msg import read_msg
from sild.formats.paragraphs import flowed_paragraphs, plain_paragraphs
from sild.formats.place import Place
from sild.formats.rtf_letter import page_in_rtf, read_rtf
from sild.formats.signed import SIGNED_MEDIA, is_signed, name_inside, signed_content
from sild.formats.small_print import small_print
from sild.formats.tnef import TNEF_MARK, read_tnef
from sild.formats.unreadable import Unreadable, refusal
from sild.formats.zip_members import is_office_file, members, open_zip
from sild.values.document import Block, Envelope, Part

# name and bytes of an attachment -> its media type and blocks; None where it is itself a message; raises Unreadable
AttachmentReader = Callable[[str, bytes], tuple[str, list[Block]] | None]
_SAYS_SOMETHING = 60  # letters: a short request in HTML beside a plain text that says "x"
_TEXTS = ("text/plain", "text/html", "text/enriched", "text/markdown", "text/rtf")
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
    message = _parse(data, name, account)
    mail = _Mail(name, account, read_attachment, [], {"body"})
    envelope = _envelope(message)
    media, blocks = _read_message(mail, message, Place(), 0)
    blocks, stretches = older_mails(blocks, envelope)
    body = Part(name="body", media=media, blocks=tuple(small_print(blocks)), stretches=tuple(stretches))
    return envelope, [body, *mail.parts]


def _envelope(message: Message) -> Envelope:
    envelope = envelope_of(message)
    return replace(envelope, automatic=automatic_reason(message, envelope))


def _parse(data: bytes, name: str, account: Account) -> Message:
    """The message in the bytes of a mail, an Outlook file or a winmail.dat."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return mail_of(read_msg(data, name, account), name, account)
    if data.startswith(TNEF_MARK):
        return mail_of(read_tnef(data, name, account), name, account)
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
    elif media in SIGNED_MEDIA and (content := signed_content(_payload(part))) is not None:
        mail.account.warn(f"{mail.name}: its signature was not checked")
        _walk(mail, _parse(content, mail.name, mail.account), place, depth + 1, body)
    elif (data := _payload(part)).startswith(TNEF_MARK):
        _winmail(mail, data, place, depth, body)
    else:
        _attachment(mail, part, media, depth)


def _winmail(mail: _Mail, data: bytes, place: Place, depth: int, body: list[tuple[str, list[Block]]]) -> None:
    """What hangs in a winmail.dat hangs on the mail itself; its text is a second form of the mail's own, and counts where that is none."""
    name = _unique(mail, "winmail.dat")
    try:
        inner = _parse(data, name, mail.account)
    except Unreadable as error:
        _unread(mail, name, "application/ms-tnef", error)
        return
    found: list[tuple[str, list[Block]]] = []
    _walk(mail, inner, place, depth + 1, found)
    if not any(blocks for _, blocks in body):
        body.extend(found)


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
    if html and (not plain or (html_size > _SAYS_SOMETHING and plain_size * 3 < html_size)):
        if plain:
            mail.account.warn(f"{mail.name}: its plain text says less than its HTML; the HTML was read")
        body.append(("text/html", html))
    elif plain:
        body.append(("text/plain", plain))
    elif rest:
        body.extend(rest)


def _text_blocks(mail: _Mail, part: Message, media: str, place: Place) -> list[Block]:
    payload = _payload(part)
    if media == "text/rtf":
        blocks = _rtf_blocks(mail, payload, place)
        mail.account.blocks_read(mail.name, len(blocks), sum(len(block.text) for block in blocks))
        return blocks
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


def _rtf_blocks(mail: _Mail, data: bytes, place: Place) -> list[Block]:
    page = page_in_rtf(data, mail.name, mail.account)
    if page is not None:
        return read_html(page, mail.name, place, mail.account)
    return read_rtf(data, mail.name, place, mail.account)


def _forwarded(mail: _Mail, part: Message, inner: Message, depth: int) -> None:
    """A part of type message/rfc822; some senders encode it, which the standard forbids and the parser leaves undone."""
    coding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if coding in ("base64", "quoted-printable") and not inner.keys():
        shell = Message(policy=compat32)
        shell["Content-Transfer-Encoding"] = coding
        shell.set_payload(inner.get_payload())
        inner = _parse(_payload(shell), mail.name, mail.account)
    given = file_name(part) or f"{header_text(inner.get('subject', ''))[:80].replace('/', '-') or 'message'}.eml"
    _inner_message(mail, inner, _unique(mail, given), depth)


def _inner_message(mail: _Mail, message: Message, name: str, depth: int) -> None:
    """A forwarded message becomes a part with its envelope; what hangs on it becomes parts after it."""
    index = len(mail.parts)
    envelope = _envelope(message)
    mail.parts.append(Part(name=f"attachment:{name}", media="message/rfc822", envelope=envelope))
    _, blocks = _read_message(mail, message, Place(name), depth + 1)
    blocks, stretches = older_mails(blocks, envelope)
    mail.parts[index] = replace(mail.parts[index], blocks=tuple(small_print(blocks)), stretches=tuple(stretches))


def _attachment(mail: _Mail, part: Message, media: str, depth: int) -> None:
    if media == "application/pgp-signature" or media.endswith("pkcs7-signature"):
        return
    if part.get_content_maintype() == "image" and not _looks_sent(part):
        mail.account.warn(f"{mail.name}: pictures inside its text were not read")
        return
    if _looks_of_page(media):
        mail.account.warn(f"{mail.name}: what belongs to the looks of its page was not read")
        return
    ending = _ENDINGS.get(media, "")
    name = file_name(part) or (f"unnamed.{ending}" if ending else "unnamed")
    if isinstance(part, Absent):
        _unread(mail, _unique(mail, name), media, refusal(name, part.reason, "Ask the sender for the file itself"))
    else:
        _file(mail, name, media, _payload(part), depth)


def _file(mail: _Mail, name: str, media: str, data: bytes, depth: int, archives: int = 0) -> None:
    """A file as the part of its name; a message becomes its own parts, an archive the parts of what is in it."""
    content = signed_content(data) if is_signed(data) and archives <= 1 else None
    if content is not None:
        mail.account.warn(f"{name}: its signature was not checked")
        _file(mail, name_inside(name), media, content, depth, archives + 1)
        return
    archive = open_zip(data)
    if archive is not None and not is_office_file(archive):
        _archive(mail, name, archive, depth, archives)
        return
    name = _unique(mail, name)
    kept = len(mail.parts)
    try:
        read = mail.read_attachment(name, data)
        if read is None:
            _inner_message(mail, _parse(data, name, mail.account), name, depth)
        else:
            mail.parts.append(Part(name=f"attachment:{name}", media=read[0], blocks=tuple(read[1])))
    except Unreadable as error:
        del mail.parts[kept:]
        _unread(mail, name, media, error)


def _archive(mail: _Mail, name: str, archive: ZipFile, depth: int, archives: int) -> None:
    if archives > 1:
        reason = refusal(name, "it is an archive within an archive within an archive", "Unpack it and put its files into the inbox")
        _unread(mail, _unique(mail, name), "application/zip", reason)
        return
    mail.account.warn(f"{name}: it is an archive; the files in it are read as if they had been attached themselves")
    for one in members(archive, mail.account):
        if one.data is None:
            mail.account.warn(f"{name}: {one.shown}: {one.reason}")
        else:
            mail.account.open_part(mail.name)
            _file(mail, one.name, "application/octet-stream", one.data, depth, archives + 1)


def _unread(mail: _Mail, name: str, media: str, error: Unreadable) -> None:
    mail.account.warn(error.reason)
    mail.parts.append(Part(name=f"attachment:{name}", media=media, unread=error.reason))


def _looks_of_page(media: str) -> bool:
    """Styles, scripts and fonts, as a page that was saved whole (.mht) brings them along."""
    return media.startswith(("text/css", "text/javascript", "application/javascript", "application/x-javascript", "font/"))


def _looks_sent(part: Message) -> bool:
    if (part.get_content_disposition() or "").lower() == "attachment":
        return True
    # a picture of a saved page has an address, a picture of a mail's text an id
    return not part.get("content-id") and not part.get("content-location")


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
