"""What a file is, told from its bytes; the name only decides between kinds of text and is checked for a warning."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal

import olefile

from sild.formats.charsets import decode
from sild.formats.chat import looks_like_chat
from sild.formats.chat_exports import is_chat_json, is_chat_page, is_chat_text
from sild.formats.csv_rows import looks_like_csv
from sild.formats.mailbox import is_mailbox
from sild.formats.picture import PICTURES
from sild.formats.signal_text import is_signal_text
from sild.formats.signed import is_signed
from sild.formats.tnef import TNEF_MARK
from sild.formats.unreadable import refusal

Kind = Literal[
    "mail", "msg", "tnef", "docx", "odt", "rtf", "pdf", "xlsx", "xls", "xlsb", "ods", "csv", "json", "chat", "txt", "html", "picture"
]
# kinds that are messages with an envelope and parts of their own
MESSAGES: frozenset[Kind] = frozenset({"mail", "msg", "tnef"})

# endings under which each kind is expected; another ending is read all the same, with a warning
ENDINGS: dict[Kind, frozenset[str]] = {
    "mail": frozenset({"eml", "mht", "mhtml", "mbox", "mime", "txt"}),
    "msg": frozenset({"msg", "oft"}),
    "tnef": frozenset({"tnef"}),
    "docx": frozenset({"docx", "docm", "dotx", "dotm"}),
    "odt": frozenset({"odt", "ott"}),
    # many a program writes RTF and calls it .doc
    "rtf": frozenset({"rtf", "doc"}),
    "pdf": frozenset({"pdf"}),
    "xlsx": frozenset({"xlsx", "xlsm", "xltx", "xltm"}),
    "xlsb": frozenset({"xlsb"}),
    "xls": frozenset({"xls", "xlt"}),
    "ods": frozenset({"ods", "ots"}),
    "csv": frozenset({"csv", "tsv", "tab", "txt"}),
    "json": frozenset({"json", "jsonl", "txt"}),
    "chat": frozenset({"txt", "md", "json", "jsonl", "html"}),
    "txt": frozenset({"txt", "text", "md", "log", "asc", ""}),
    "html": frozenset({"html", "htm", "xhtml"}),
    "picture": frozenset({"png", "jpg", "jpeg", "jpe", "jfif", "tif", "tiff"}),
}
_OTHER_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "a GIF picture"), (b"BM", "a BMP picture"),
    (b"RIFF", "a media file"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"), (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"),
    (b"MZ", "a Windows program"), (b"\x7fELF", "a Linux program"), (b"ID3", "a sound file"), 
    (b"-----BEGIN PGP MESSAGE", "an encrypted PGP message"), (b"%!PS", "a PostScript document"), (b"SQLite format 3", "a database file"),
)  # fmt: skip
_HEADS = 4_096
_HEADERS = re.compile(
    rb"^(from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|reply-to|delivered-to|sender|"
    rb"content-transfer-encoding|in-reply-to|references|x-[\w-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE = re.compile(rb"^(?:[!-9;-~]+[ \t]*:|[ \t]+\S|From |>From )")
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|p|table|title)\b", re.I | re.S
)
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_NAMES = ("EncryptedPackage", "EncryptionInfo", "__properties_version1.0", "Workbook", "Book", "WordDocument")
_XML = re.compile(rb"^\s*<(?:\?xml|!doctype|[a-z_][\w.:-]*[\s/>])", re.IGNORECASE)


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of the bytes. Raises Unreadable for what no reader takes: empty, encrypted, pictures, archives, unknown binary."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise refusal(name, "it is empty", "Ask the sender to send it again")
    if b"%PDF-" in data[:1024] and not _HEADERS.match(data):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(name, data)
    if data.startswith(_OLE_MARK):
        return _kind_of_ole(name, data)
    if data.startswith(TNEF_MARK):
        return "tnef"
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rtf"):
        return "rtf"
    if is_signed(data):
        raise refusal(
            name, "it is a signature alone, or holds its content where nothing can take it out", "Ask the sender for the file itself"
        )
    if data.startswith(tuple(PICTURES)):
        return "picture"
    for magic, words in _OTHER_MAGIC:
        # two-letter marks could also begin a text
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:512]):
            raise refusal(name, f"it is {words}, which the desk does not read", "Ask the sender for the text itself, as mail, Word or PDF")
    return _kind_of_text(name, data)


def unexpected_name(name: str, kind: Kind) -> str:
    """A warning where the name claims another kind than the bytes have, else ""."""
    ending = ending_of(name)
    claims = bool(ending) and any(ending in endings for endings in ENDINGS.values())
    if ending in ENDINGS[kind] or not claims:
        return ""
    return f"{name}: the name says .{ending}, but the content is {kind}; it was read as {kind}"


def ending_of(name: str) -> str:
    """The name's ending in small letters, without the dot; "" where it has none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.removeprefix(".").lower().strip()


def _kind_of_zip(name: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            mimetype = archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in members else ""
    except Exception as error:  # any damage of the directory: zipfile raises a dozen kinds on hostile archives
        raise refusal(name, "it is a damaged zip archive or Office file", "Ask the sender to send it again") from error
    if "word/document.xml" in members:
        return "docx"
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        return "xlsb"
    if mimetype.startswith("application/vnd.oasis.opendocument.text"):
        return "odt"
    if mimetype.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if "[Content_Types].xml" in members and any(member.startswith("word/") for member in members):
        return "docx"
    raise refusal(name, "it is a zip archive that holds no letter and no sheet", "Unpack it and put the files into the inbox one by one")


def _kind_of_ole(name: str, data: bytes) -> Kind:
    has = _ole_names(data).__contains__
    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise refusal(name, "it is encrypted with a password", "Ask the sender for a copy without a password")
    if has("__properties_version1.0"):
        return "msg"
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        raise refusal(name, "it is a Word 97-2003 document (.doc)", "Save it as .docx or .pdf and put it into the inbox again")
    raise refusal(name, "it is an old Office file of a kind that the desk does not read", "Ask the sender for .docx, .xlsx or .pdf")


def _ole_names(data: bytes) -> frozenset[str]:
    """What stands at the root of a compound file; of a damaged one, whatever of the names that matter stands anywhere in it."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return frozenset(path[0] for path in file.listdir(streams=True, storages=True))
    except Exception:  # any damage of the directory: olefile raises a dozen kinds on hostile files
        return frozenset(one for one in _OLE_NAMES if one.encode("utf-16-le") in data)


def _kind_of_text(name: str, data: bytes) -> Kind:
    # a message of a chat that is told in head lines may bear two that mail has too
    if _is_mail(data) and not is_signal_text(decode(data[:_HEADS]).text):
        if is_mailbox(data):
            raise refusal(
                name, "it is a mailbox of several messages", "Put it into the inbox by itself; there its messages are read one by one"
            )
        return "mail"
    text = decode(data[:65_536]).text
    controls = sum(1 for sign in text if sign < " " and sign not in "\t\n\r\f\x0b\x1b\x07\x08\x0c")
    lost = text.count("\ufffd")
    if controls > max(2, len(text) // 200) or lost > max(4, len(text) // 20) or "\0" in text:
        raise refusal(name, "its bytes are of no kind that the desk knows", "Ask the sender what it is, and for mail, Word or PDF instead")
    head = text.lstrip()[:1]
    ending = ending_of(name)
    if head in ("{", "[") and (ending == "json" or _closes(text, data)) and not (head == "[" and looks_like_chat(text)):
        return "chat" if is_chat_json(text) else "json"
    if _HTML.match(data[:4096].lstrip(b"\xef\xbb\xbf")) or ending in ENDINGS["html"]:
        return "chat" if is_chat_page(text) else "html"
    if _XML.match(data[:1024].lstrip(b"\xef\xbb\xbf")) and ending not in ENDINGS["txt"]:
        raise refusal(name, "it is XML data, not a letter or a sheet", "Ask the sender for the text itself, as mail, Word or PDF")
    if is_chat_text(text):
        return "chat"
    if ending in ("csv", "tsv", "tab") or (ending not in ENDINGS["txt"] | ENDINGS["mail"] and looks_like_csv(text)):
        return "csv"
    return "txt"


def _closes(text: str, data: bytes) -> bool:
    tail = data[-64:].replace(b"\0", b"").rstrip()
    return tail.endswith(b"}" if text.lstrip().startswith("{") else b"]")


def _is_mail(data: bytes) -> bool:
    """Whether the bytes begin with a block of header lines, two of them of names that only mail has."""
    head = data[:65_536].lstrip(b"\xef\xbb\xbf\r\n")
    known: set[bytes] = set()
    for index, line in enumerate(head.splitlines()[:400]):
        if not line.strip():
            break
        if not _HEADER_LINE.match(line):
            return False
        found = _HEADERS.match(line)
        if found:
            known.add(found.group(1).lower())
        elif index == 0 and line.startswith((b" ", b"\t")):
            return False
    return len(known) >= 2
