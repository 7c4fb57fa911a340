"""One attachment of a mail as bytes, found by the name that the reader gave its part. Nothing of the attachment is interpreted."""

from __future__ import annotations

from sild.formats.cleaning import clean_text
from sild.formats.kinds import MESSAGES, kind_of
from sild.formats.limits import LIMITS, Account, Limits
from sild.formats.mail import read_mail
from sild.formats.unreadable import Unreadable, refusal
from sild.values.document import Block

OCTETS = "application/octet-stream"


def attachment_bytes(name: str, data: bytes, part: str, limits: Limits = LIMITS) -> bytes:
    """The bytes of the part `part` ("attachment:list.xlsx") of a mail. Raises Unreadable where it holds no such file."""
    taken: dict[str, bytes] = {}

    def take(attachment: str, content: bytes) -> tuple[str, list[Block]] | None:
        taken.setdefault(clean_text(f"attachment:{attachment}"), content)
        try:
            # names count through inner messages: they are opened as the reader opens them
            return None if kind_of(attachment, content) in MESSAGES else (OCTETS, [])
        except Unreadable:
            return OCTETS, []

    read_mail(data, name, Account(limits), take)
    if part not in taken:
        raise refusal(name, f"it holds no file {part.removeprefix('attachment:')!r}", "Look into the original")
    return taken[part]
