"""Zip archives that people pack: their members by harmless names, each measured while it is unpacked; what is no message is left aside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from sild.formats.charsets import decode
from sild.formats.limits import MEBIBYTE, Account

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_CHUNK = 1 << 20
_UTF8_NAME = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")
_RUBBISH = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|ehthumbs\.db$|desktop\.ini$|\.Spotlight-V100/|\.Trashes/)", re.IGNORECASE
)
# containers of signed documents (ASiC, as Estonia and Ukraine sign them) are archives of what was signed
_SIGNED_CONTAINER = b"application/vnd.etsi.asic"
_SIGNATURES = re.compile(r"(?:^|/)(?:mimetype$|META-INF/)", re.IGNORECASE)
_SIGNATURE_WORDS = "it belongs to the signatures of the container, which were not checked"
_RUBBISH_WORDS = "it is what macOS or Windows keeps about a folder, not a message"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One member: `shown` is its path as it may be shown, `name` its last step; `data` its bytes, or `reason` why there are none."""

    shown: str
    name: str
    data: bytes | None
    reason: str = ""


def open_zip(data: bytes) -> zipfile.ZipFile | None:
    """The archive; None where the bytes are none, or its directory is damaged."""
    if not data.startswith(ZIP_MARKS):
        return None
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # zipfile raises a dozen kinds of errors on hostile directories; the reader of single files says what is wrong
        return None


def is_office_file(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is one document (Office, OpenDocument, EPUB, a program) rather than a heap of files."""
    names = archive.namelist()
    if is_signed_container(archive):
        return False
    return "[Content_Types].xml" in names or "mimetype" in names[:1] or "META-INF/MANIFEST.MF" in names or "META-INF/manifest.xml" in names


def is_signed_container(archive: zipfile.ZipFile) -> bool:
    """Whether the archive holds documents together with their signatures (.asice, .sce, .bdoc)."""
    if "mimetype" not in archive.namelist()[:1]:
        return False
    try:
        with archive.open("mimetype") as stream:
            return stream.read(len(_SIGNED_CONTAINER)) == _SIGNED_CONTAINER
    except Exception:  # a damaged first member, in any of zipfile's ways: it is then looked at as what its other members make it
        return False


def members(archive: zipfile.ZipFile, account: Account) -> Iterator[Unpacked]:
    """Every file of the archive, in its order, with its bytes or the reason why not; folders are no files. Never raises Unreadable."""
    signed = is_signed_container(archive)
    for number, info in enumerate(archive.infolist(), 1):
        shown = harmless_path(_name(info))
        name = shown.rsplit("/", 1)[-1] or f"file {number}"
        shown = shown or name
        # the library's own question fails on a member without a name
        if info.filename.endswith("/"):
            continue
        if number > account.limits.zip_members:
            yield Unpacked(shown, name, None, f"the archive has more than {account.limits.zip_members} files; this one was not unpacked")
        elif signed and _SIGNATURES.search(shown):
            yield Unpacked(shown, name, None, _SIGNATURE_WORDS)
        elif _RUBBISH.search(shown):
            yield Unpacked(shown, name, None, _RUBBISH_WORDS)
        elif info.flag_bits & 1:
            yield Unpacked(shown, name, None, "it is encrypted with a password; ask the sender for a copy without a password")
        else:
            yield _unpacked(archive, info, shown, name, account)


def harmless_path(path: str) -> str:
    """The path with nothing in it that leads out of a folder: no "..", no drive, no leading stroke, no controls."""
    sound = "".join(sign for sign in path.encode("utf-8", "replace").decode("utf-8") if sign.isprintable())
    steps = [step.strip() for step in _DRIVE.sub("", sound.replace("\\", "/")).split("/")]
    return "/".join(step[:200] for step in steps if step.strip(". "))[-400:]


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    # without the mark of UTF-8 a name is in whatever the packer's machine used
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return decode(raw).text


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, name: str, account: Account) -> Unpacked:
    limits = account.limits
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if account.unpacked + size > limits.unpacked_bytes:
                    over = limits.unpacked_bytes // MEBIBYTE
                    return Unpacked(shown, name, None, f"the archive unpacks to more than {over} MB; this file was not unpacked")
                if size > limits.file_bytes:
                    return Unpacked(shown, name, None, f"it is larger than {limits.file_bytes // MEBIBYTE} MB; ask the sender to split it")
                if size > limits.ratio_counts_from_bytes and size > limits.zip_ratio * max(1, info.compress_size):
                    return Unpacked(shown, name, None, f"it is packed more than {limits.zip_ratio} to 1, as only bombs are")
                pieces.append(chunk)
    except Exception as error:  # each member may be damaged in a dozen ways, and each costs itself alone
        return Unpacked(shown, name, None, f"it is damaged inside the archive ({type(error).__name__}); ask the sender to send it again")
    finally:
        # what a bomb unpacked before it was stopped counts too
        account.unpacked += size
    if not size:
        return Unpacked(shown, name, None, "it is empty")
    return Unpacked(shown, name, b"".join(pieces))
