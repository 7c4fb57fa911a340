"""Zip containers are looked over before any parser opens them: ratio, size, number of members, and entities in their XML."""

from __future__ import annotations

import io
import re
import zipfile

from sild.formats.limits import MEBIBYTE, Account
from sild.formats.unreadable import refusal

_CHUNK = 1 << 20
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML_ENDINGS = (".xml", ".rels", ".vml", ".rdf")
_DAMAGED = "it is a damaged zip archive or Office file"
_AGAIN = "Ask the sender to send it again"


def check_archive(name: str, data: bytes, account: Account) -> None:
    """Unpack every member once, counting what really comes out. Raises Unreadable on a bomb, an entity, encryption or damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > account.limits.zip_members:
                raise refusal(name, f"it has more than {account.limits.zip_members} members", "Ask the sender for a plainer file")
            for member in members:
                if member.flag_bits & 1:
                    raise refusal(name, "it is encrypted with a password", "Ask the sender for a copy without a password")
                _check_member(name, archive, member, account)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, MemoryError) as error:
        raise refusal(name, _DAMAGED, _AGAIN) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "struct", "bz2"):
            raise refusal(name, _DAMAGED, _AGAIN) from error
        raise


def _check_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, account: Account) -> None:
    if member.filename.lower().endswith("vbaproject.bin"):
        account.warn(f"{name}: it carries macros, which were not run")
    is_xml = member.filename.lower().endswith(_XML_ENDINGS)
    size, tail = 0, b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            account.unpack(name, len(chunk))
            if size > account.limits.ratio_counts_from_bytes and size > account.limits.zip_ratio * max(1, member.compress_size):
                what = f"{member.filename[-60:]} in it is packed more than {account.limits.zip_ratio} to 1 ({size // MEBIBYTE} MB and more)"
                raise refusal(name, what, "Ask the sender to save it again without empty rows and pictures")
            if is_xml:
                _refuse_entities(name, tail + chunk)
                tail = chunk[-16:]


def _refuse_entities(name: str, chunk: bytes) -> None:
    # Office programs write neither; both are how XML files are made to read other files or to blow up
    if _ENTITIES.search(chunk) or (chunk.startswith((b"\xff\xfe", b"\xfe\xff")) and _ENTITIES.search(chunk.replace(b"\0", b""))):
        raise refusal(name, "its XML declares a document type or entities, as only attacks do", "Do not open it; ask the sender for a PDF")
