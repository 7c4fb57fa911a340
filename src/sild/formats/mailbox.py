"""Mailboxes (mbox): one file, many messages. Told by its "From " lines; each message comes out as its sender sent it.

Both ways of escaping are undone: mboxo (">From ") and mboxrd (">>From "); what a mailbox's own line says is not part of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# "From sender date" before each message: a year at its end and perhaps a zone; Thunderbird writes "From - date" or "From " alone
_FROM_LINE = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From (?:\S+[^\r\n]{10,60}(?:19|20)\d\d(?: [+-]\d{4}| [A-Z]{2,5})?)?[ \t]*\r?\n"
    rb"(?=[!-9;-~]+[ \t]*:|>From |\r?\n)"
)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LEADING = b"\xef\xbb\xbf\r\n"


def is_mailbox(data: bytes, *, even_of_one: bool = False) -> bool:
    """Whether the bytes are several messages one after the other, each under a line of its own; `even_of_one`: or a single one."""
    wanted = 1 if even_of_one else 2
    starts = _FROM_LINE.finditer(data.lstrip(_LEADING))
    first = next(starts, None)
    return first is not None and first.start() == 0 and (wanted == 1 or next(starts, None) is not None)


def mailbox_messages(data: bytes) -> Iterator[bytes]:
    """The messages in their order, without the mailbox's own lines and escapes. Linear in the size, one message in memory at a time."""
    data = data.lstrip(_LEADING)
    begun: int | None = None
    for line in _FROM_LINE.finditer(data):
        if begun is not None:
            yield _message(data[begun : line.start()])
        begun = line.end()
    if begun is not None:
        yield _message(data[begun:])


def _message(raw: bytes) -> bytes:
    # the empty line before the next "From " is the mailbox's
    if raw.endswith(b"\r\n\r\n"):
        raw = raw[:-2]
    elif raw.endswith(b"\n\n"):
        raw = raw[:-1]
    return _ESCAPED.sub(rb"\1", raw) if b"\n>" in raw or raw.startswith(b">") else raw
