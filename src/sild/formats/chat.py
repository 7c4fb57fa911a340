"""Chat exports (WhatsApp, Signal, Telegram) to one block a message, with its author and time as the export states them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sild.formats.place import Place
from sild.values.document import Block

_DATE = r"(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\.?"
_TIME = r"(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)(?:[\s\u202f\u00a0]*(?P<half>[AaPp]\.?\s?[Mm]\.?))?"
_STAMPS = (
    # [11.12.2025, 21:40:13] Name: text   (WhatsApp on iOS, Signal exports)
    re.compile(rf"^\[{_DATE},?\s+(?:о\s+|at\s+)?{_TIME}(?:\s+UTC[+-][\d:]+)?\]\s*(?P<rest>.*)$"),
    # 11.12.2025, 21:40 - Name: text      (WhatsApp on Android)
    re.compile(rf"^{_DATE},?\s+(?:о\s+|at\s+)?{_TIME}\s+[-–]\s+(?P<rest>.*)$"),
    # 2025-12-11 21:40 Name: text         (copied out of Signal and others)
    re.compile(rf"^{_DATE},?\s+{_TIME}\s+(?P<rest>[^\W\d_][^:]{{0,60}}:\s.*)$"),
)
# Name, [11.12.2025 21:40]              (copied out of Telegram; the text follows)
_TELEGRAM = re.compile(rf"^(?P<author>[^\[\]]{{1,80}}),\s+\[{_DATE},?\s+{_TIME}\]:?\s*(?P<rest>.*)$")
_AUTHOR = re.compile(r"^(?P<author>[^:\n]{1,80}?):(?:\s+(?P<text>.*)|)$", re.DOTALL)
# what exports put before the name of a person who is not in the address book
_UNSAVED = re.compile(r"^(?:~\s*|\+[\d.()\s-]*\s(?=\D))+")
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))


@dataclass(slots=True)
class _Message:
    line: int
    date: str
    time: str
    half: str
    author: str | None
    texts: list[str]


def looks_like_chat(text: str) -> bool:
    """Whether at least two lines, and a fifth of all, start as messages of a chat export do."""
    lines = [line for line in text.translate(_DIRECTION_MARKS).split("\n")[:2000] if line.strip()]
    stamped = sum(1 for line in lines if _stamp(line))
    return stamped >= 2 and stamped * 5 >= len(lines)


def read_chat(text: str, place: Place) -> list[Block]:
    """One block of kind "chat" a message; lines without a stamp belong to the message before. Times are the exporter's local time."""
    messages = _messages(text)
    order = _date_order([message.date for message in messages], any(message.half for message in messages))
    return [
        Block(
            kind="chat",
            text="\n".join(message.texts).strip(),
            locator=place.line(message.line),
            author=message.author,
            said_at=_moment(message, order),
        )
        for message in messages
        if "\n".join(message.texts).strip()
    ]


def _messages(text: str) -> list[_Message]:
    found: list[_Message] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.translate(_DIRECTION_MARKS)
        stamp = _stamp(line)
        if stamp is None:
            if found:
                found[-1].texts.append(raw.strip())
            elif line.strip():
                found.append(_Message(number, "", "", "", None, [line.strip()]))
            continue
        parts = stamp.groupdict()
        author, said = (parts["author"], parts["rest"]) if "author" in parts else _split_author(parts["rest"])
        found.append(_Message(number, parts["date"], parts["time"], parts["half"] or "", _plain_name(author), [said.strip()]))
    return found


def _stamp(line: str) -> re.Match[str] | None:
    if len(line) > 20_000:
        return None
    for pattern in (*_STAMPS, _TELEGRAM):
        hit = pattern.match(line)
        if hit:
            return hit
    return None


def _split_author(rest: str) -> tuple[str | None, str]:
    hit = _AUTHOR.match(rest)
    # a notice of the program itself ("... joined the group") has no author
    return (hit.group("author"), hit.group("text") or "") if hit else (None, rest)


def _plain_name(author: str | None) -> str | None:
    if author is None:
        return None
    return _UNSAVED.sub("", author).strip() or author.strip()


def _date_order(dates: list[str], american_clock: bool) -> str:
    """ "ymd", "mdy" or "dmy" for the whole export: one day above 12 settles all the others."""
    parts = [[int(number) for number in re.split(r"[./-]", date)] for date in dates if date]
    if any(part[0] > 31 for part in parts):
        return "ymd"
    if any(part[0] > 12 for part in parts):
        return "dmy"
    if any(part[1] > 12 for part in parts):
        return "mdy"
    return "mdy" if american_clock and any("/" in date for date in dates) else "dmy"


def _moment(message: _Message, order: str) -> datetime | None:
    if not message.date:
        return None
    numbers: list[Any] = [int(number) for number in re.split(r"[./-]", message.date)]
    fields = dict(zip(order, numbers, strict=True))
    year = fields["y"] + 2000 if fields["y"] < 100 else fields["y"]
    clock = [int(number) for number in re.split(r"[:.]", message.time)]
    hour = clock[0]
    if message.half:
        hour = hour % 12 + (12 if message.half[0] in "pP" else 0)
    try:
        return datetime(year, fields["m"], fields["d"], hour, clock[1], clock[2] if len(clock) > 2 else 0)  # noqa: DTZ001 (an export states local time without a zone)
    except ValueError:
        return None
