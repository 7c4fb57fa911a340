"""Chat exports (WhatsApp, Signal, Telegram) to one block a message, with its author and time as the export states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Literal

from sild.formats.limits import Account
from sild.formats.place import Place
from sild.formats.signal_text import REACTIONS_LEFT_OUT, without_marks
from sild.formats.word_lists import entries, folded, phrase, phrases
from sild.values.document import Block

Order = Literal["ymd", "dmy", "mdy"]
_DATE = r"(?P<date>\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4})\.?"
# "at", "um", "klo", "kl.", "o", "à" may stand between date and time
_BETWEEN = r",?\s+(?:[^\W\d_]{1,4}\.?\s+)?"
_CLOCK = r"(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)"
_AUTHOR = re.compile(r"^(?P<author>[^:\n]{1,80}?):(?:\s+(?P<text>.*)|)$", re.DOTALL)
# what exports put before the name of a person who is not in the address book
_UNSAVED = re.compile(r"^(?:~\s*|\+[\d.()\s-]*\s(?=\D))+")
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
_LONGEST_LINE = 20_000
_LOOKED_BACK = 400


@dataclass(slots=True)
class _Message:
    """One message: `marked` where the program put its own mark before the text, as iOS does before what it says itself; `program` where an
    exporter says that the words are the program's; `quoted` repeats words of a message that is not there, from line `quoted_at`."""

    line: int
    stamp: re.Match[str] | None
    author: str | None
    texts: list[str]
    marked: bool = False
    reply_to: str | None = None
    origin: str | None = None
    edited: bool = False
    program: bool = False
    reactions: bool = False
    dates: list[int] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    quoted_at: int = 0


def looks_like_chat(text: str) -> bool:
    """Whether at least two lines, and a fifth of all, start as messages of a chat export do."""
    lines = [line for line in text.translate(_DIRECTION_MARKS).split("\n")[:2000] if line.strip()]
    stamped = sum(1 for line in lines if _stamp(line))
    return stamped >= 2 and stamped * 5 >= len(lines)


def read_chat(text: str, name: str, place: Place, account: Account) -> list[Block]:
    """One block of kind "chat" a message; lines without a stamp belong to the message before. Times are the exporter's local time.

    The order of day and month is settled over the whole export; where nothing settles it, a warning says so.
    """
    messages = _messages(text)
    dated = [message for message in messages if message.dates]
    order, sure = _date_order(dated)
    if not sure:
        first, other = ("month", "day") if order == "mdy" else ("day", "month")
        account.warn(f"{name}: its dates do not tell whether day or month comes first; they were read as {first} first, then {other}")
    if any(message.reactions for message in messages):
        account.warn(f"{name}: {REACTIONS_LEFT_OUT}")
    _link_replies(messages, place)
    return [block for message in messages for block in _blocks(message, place, order)]


def _blocks(message: _Message, place: Place, order: Order) -> Iterator[Block]:
    if message.quoted:
        # words of somebody else that stand nowhere else in the export
        yield Block(kind="paragraph", text="\n".join(message.quoted), locator=place.line(message.quoted_at), quoted=1)
    words = "\n".join(message.texts).strip()
    if not words:
        return
    notice, own = _notice(message, words)
    yield Block(
        kind="chat",
        text=words,
        locator=place.line(message.line),
        author=message.author if own else None,
        said_at=_moment(message, order),
        role="notice" if notice else "edited" if message.edited else None,
        reply_to=message.reply_to,
        origin=message.origin,
    )


def _messages(text: str) -> list[_Message]:
    found: list[_Message] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.translate(_DIRECTION_MARKS)
        stamp = _stamp(line)
        if stamp is None:
            if found:
                found[-1].texts.append(raw.strip())
            elif line.strip():
                found.append(_Message(number, None, None, [line.strip()]))
            continue
        parts = stamp.groupdict()
        author, said = (parts["author"], parts["rest"]) if "author" in parts else _split_author(parts["rest"])
        message = _Message(number, stamp, _plain_name(author), [said.strip()], marked=": \u200e" in raw)
        message.dates = [int(one) for one in re.split(r"[./-] ?", parts["date"])]
        found.append(message)
    for message in found:
        _take_marks(message)
    return found


def _take_marks(message: _Message) -> None:
    """Take the program's own words off a message: that it was edited, handed on, answers somebody, or that somebody reacted to it."""
    marks = without_marks(message.texts)
    message.texts, message.reactions, message.program = marks.words or [""], marks.reactions, marks.notice
    message.edited, message.reply_to = marks.edited, marks.person
    last = message.texts[-1].translate(_DIRECTION_MARKS).rstrip()
    if last.endswith(">") and folded(last).endswith(phrases("chat", "edited")):
        message.edited = True
        message.texts[-1] = last.rpartition("<")[0].rstrip()
    head = next((index for index, text in enumerate(message.texts) if text.strip()), -1)
    line = message.texts[head].strip() if head >= 0 else ""
    if not (line.startswith("[") and line.endswith("]") and len(line) < 200):
        return
    inner = line[1:-1]
    for key in ("forwarded", "reply"):
        begins = next((one for one in phrases("chat", key) if folded(inner).startswith(one + " ")), None)
        if begins is not None:
            person = inner.split(" ", begins.count(" ") + 1)[-1].strip(" :")
            message.texts[head] = ""
            if key == "forwarded":
                message.origin = person
            else:
                message.reply_to = person
            return


def _link_replies(messages: list[_Message], place: Place) -> None:
    """Point each answer at the message that it answers: the last one of the person it names, or the one whose words it quotes."""
    said: dict[str, str] = {}
    last_of: dict[str, str] = {}
    for message in messages:
        person, message.reply_to = message.reply_to, None
        quoted = [text.lstrip("> ").strip() for text in message.texts if text.startswith(">")]
        target = _quoted_message(quoted, said)
        if quoted and (target is not None or not message.texts[0].startswith(">")):
            message.quoted = quoted if target is None else []
            message.quoted_at = message.line + next(index for index, text in enumerate(message.texts) if text.startswith(">"))
            message.texts = [text for text in message.texts if not text.startswith(">")]
        message.reply_to = target or (last_of.get(person) if person else None)
        locator = place.line(message.line)
        words = " ".join(" ".join(message.texts).split())
        if words:
            said[words[:_LOOKED_BACK]] = locator
        if message.author:
            last_of[message.author] = locator


def _quoted_message(quoted: list[str], said: dict[str, str]) -> str | None:
    """Where the quoted words were said; some programs put the name of who said them before them."""
    words = " ".join(" ".join(quoted).split())
    if not words:
        return None
    return said.get(words[:_LOOKED_BACK]) or said.get(words.partition(": ")[2][:_LOOKED_BACK] or words)


def _notice(message: _Message, words: str) -> tuple[bool, bool]:
    """Whether the chat program speaks (who joined, what was left out or taken back), and whether it does so for the author."""
    if message.stamp is not None and message.author is None:
        return True, False
    if message.program:
        return True, True
    line = folded(words) if len(words) < 300 else ""
    if phrase("chat", "deleted").match(line.removeprefix("(")):
        return True, True
    if message.marked and phrase("chat", "notice").search(line):
        return True, False
    left = phrase("chat", "media").sub(" ", line)
    # the name of a file alone says nothing either
    return left != line and " " not in left.strip(" >.\u200e"), True


@cache
def _stamps() -> tuple[re.Pattern[str], ...]:
    """The ways in which programs put author and time before a message."""
    time = rf"{_CLOCK}(?:[\s\u202f\u00a0]*(?P<half>{_half('before_noon')}|{_half('after_noon')}))?"
    return (
        # [11.12.2025, 21:40:13] Name: text   (WhatsApp on iOS, Signal exports)
        re.compile(rf"^\[{_DATE}{_BETWEEN}{time}(?:\s+UTC[+-][\d:]+)?\]\s*(?P<rest>.*)$"),
        # 11.12.2025, 21:40 - Name: text      (WhatsApp on Android)
        re.compile(rf"^{_DATE}{_BETWEEN}{time}\s+[-–]\s+(?P<rest>.*)$"),
        # 2025-12-11 21:40 Name: text         (copied out of Signal and others)
        re.compile(rf"^{_DATE},?\s+{time}\s+(?P<rest>(?:\+\d|[^\W\d_])[^:]{{0,60}}:(?:\s.*)?)$"),
        # Name, [11.12.2025 21:40]            (copied out of Telegram; the text follows)
        re.compile(rf"^(?P<author>[^\[\]]{{1,80}}),\s+\[{_DATE},?\s+{time}\]:?\s*(?P<rest>.*)$"),
    )


@cache
def _half(key: str) -> str:
    """Words for one half of the day as a pattern: as they are written, or with a capital first."""
    told = [word for entry in entries("times") for word in entry.get(key, ())]
    forms = dict.fromkeys(form for word in told for form in (word, word[:1].upper() + word[1:]))
    return "|".join(_loosely(form) for form in forms)


def _loosely(form: str) -> str:
    """ "a. m." is found without its stops and without its blank too."""
    exact = re.escape(form)
    return exact.replace(r"\.", r"\.?").replace(r"\ ", r"\s?") if " " in form else exact


def _stamp(line: str) -> re.Match[str] | None:
    if len(line) > _LONGEST_LINE:
        return None
    for pattern in _stamps():
        hit = pattern.match(line)
        if hit:
            return hit
    return None


def _split_author(rest: str) -> tuple[str | None, str]:
    hit = _AUTHOR.match(rest)
    if hit is None:
        # a notice of the program itself ("... joined the group") has no author
        return None, rest
    before = folded(hit.group("author"))
    if phrase("chat", "notice").search(before):
        return None, rest
    return hit.group("author"), hit.group("text") or ""


def _plain_name(author: str | None) -> str | None:
    if author is None:
        return None
    return _UNSAVED.sub("", author).strip() or author.strip()


def _date_order(dated: list[_Message]) -> tuple[Order, bool]:
    """The order of year, month and day in the whole export, and whether anything settles it: one day above 12, the dots of
    countries that write the day first, or the messages' own order in time."""
    dates = [message.dates for message in dated]
    if any(date[0] > 31 for date in dates):
        return "ymd", True
    if any(date[0] > 12 for date in dates):
        return "dmy", True
    if any(date[1] > 12 for date in dates):
        return "mdy", True
    stamps = [message.stamp.groupdict() for message in dated if message.stamp is not None]
    if not stamps or any("/" not in stamp["date"] for stamp in stamps) or all(date[0] == date[1] for date in dates):
        return "dmy", True
    day_first, month_first = (_goes_forward(dates, day) for day in (0, 1))
    if day_first != month_first:
        return ("dmy", True) if day_first else ("mdy", True)
    # Americans write 1/2/26 and capital PM
    american = any((stamp["half"] or "").isupper() for stamp in stamps)
    return ("mdy", False) if american else ("dmy", False)


def _goes_forward(dates: list[list[int]], day: int) -> bool:
    days = [(date[2], date[1 - day], date[day]) for date in dates]
    return all(before <= after for before, after in pairwise(days))


def _moment(message: _Message, order: Order) -> datetime | None:
    if message.stamp is None:
        return None
    parts = message.stamp.groupdict()
    fields = dict(zip(order, message.dates, strict=True))
    year = fields["y"] + 2000 if fields["y"] < 100 else fields["y"]
    clock = [int(number) for number in re.split(r"[:.]", parts["time"])]
    hour = clock[0]
    if parts["half"]:
        hour = hour % 12 + (12 if re.fullmatch(_half("after_noon"), parts["half"]) else 0)
    try:
        return datetime(year, fields["m"], fields["d"], hour, clock[1], clock[2] if len(clock) > 2 else 0)  # noqa: DTZ001 (an export states local time without a zone)
    except ValueError:
        return None
