"""Signal chats as exporters of Signal Desktop write them in blocks: head lines (From, Type, Sent, Reaction, ...), a blank line, the words.

Sources: sigtop(1) by T. van der Molen, formats text and text-short; signal-export by C. Arderne, its Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sild.formats.chat_message import ChatMessage, chat_blocks
from sild.formats.place import Place
from sild.formats.written_dates import written_moment
from sild.values.document import Block

_HEAD = re.compile(r"^(From|Type|Sent|Received|Attachment|Reaction|Edited): ?(.*)$")
_OWN_TYPES = ("incoming", "outgoing", "unknown")
# a telephone number, a user name, an account's number, or the word for a group stand behind the name
_DETAIL = re.compile(r"\s\((?:\+?\d[\d\s-]*|group|[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{27}|[\w-]+\.\d{2,})\)$")
_FILE = re.compile(r"\s\([^()]*\)$")
_LOOKED_AT = 65_536
_TIMED = r"(?:Sent|Received): (?:unknown(?=\n|$)|[^\n]{0,40}\d:\d\d)"
_BEGINS = re.compile(rf"(?:^|\n)(?:From: [^\n]*\n)?Type: [\w-]{{3,40}}\n{_TIMED}")
_TIME_LINE = re.compile(_TIMED)

# [reply to Olena on 2026-01-05 10:00, edited, 2 attachments] stands before the words in the short form
_DETAILS = re.compile(
    r"^\[(?:reply to (?P<person>[^\[\]\n]{1,100}?) on (?:\d{4}-\d{2}-\d{2} \d{2}:\d{2}|unknown))?(?:, )?(?P<edited>edited)?(?:, )?"
    r"(?P<files>\d{1,3} attachments?)?\](?:\s|$)"
)
_PROGRAM = re.compile(r"^\[[\w-]{3,40} message\]$")
_REACTIONS = re.compile(r"^\(- [^\n]{1,2000}: [^\n]{1,40} -\)$")
_STICKER = re.compile(r"^\(\( [^\n]{1,40} \)\)$")
_SENT_FILE = re.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:\./|\.\./)?(?:media|exported_stickers)/[^()\n]{1,500}\)")
_CALL = re.compile(r"^(?:incoming|outgoing|missed) (?:voice |video |group )?call(?: \([^()]{1,60}\))?$", re.IGNORECASE)
REACTIONS_LEFT_OUT = "reactions to its messages were left out"
"""What a reader warns of when people answered a message with a sign alone."""


@dataclass(slots=True)
class Marks:
    """What an exporter wrote around the words of one message: `words` are the lines without it."""

    words: list[str]
    person: str | None = None
    edited: bool = False
    notice: bool = False
    reactions: bool = False


def without_marks(lines: list[str]) -> Marks:
    """Take off a message of one-line exports what the exporter added: whom it answers, reactions, stickers, links to what was sent."""
    found = Marks([])
    media: list[str] = []
    for index, line in enumerate(lines):
        text = line.strip()
        details = _DETAILS.match(text) if index == 0 else None
        if details is not None and (details["person"] or details["edited"] or details["files"]):
            found.person, found.edited = details["person"], details["edited"] is not None
            media += [details["files"]] if details["files"] else []
            text = text[details.end() :]
        if _REACTIONS.match(text):
            found.reactions = True
            continue
        if _STICKER.match(text):
            media.append(text[2:-2].strip())
            continue
        media += [name for name in _SENT_FILE.findall(text) if name]
        found.words.append(_SENT_FILE.sub("", text).rstrip() if "](" in text else text)
    said = "\n".join(found.words).strip()
    found.notice = bool(_PROGRAM.match(said) or (len(said) < 100 and _CALL.match(said)))
    if not said and media:
        found.words, found.notice = [" ".join(f"({name})" for name in media)], True
    return found


def is_signal_text(text: str) -> bool:
    """Whether a text begins as an export in blocks does: a type and a time of sending, one below the other, near its beginning."""
    head = text[:_LOOKED_AT].replace("\r\n", "\n").lstrip("\ufeff\n")
    hit = _BEGINS.search(head)
    before = head[: hit.start()] if hit is not None else "x"
    return not before.strip() or (before.startswith("Conversation: ") and before.strip().count("\n") == 0)


@dataclass(slots=True)
class _Block:
    """The lines of one message as they stand: its head, and the rest."""

    number: int
    head: list[tuple[str, str]] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def first(self, key: str) -> str:
        return next((value.strip() for name, value in self.head if name == key), "")


def read_signal_text(text: str, place: Place) -> tuple[list[Block], bool]:
    """One block of kind "chat" a message, and whether reactions were left out. Times are the exporter's local time, as they stand."""
    found = list(_split(text.split("\n")))
    messages = [_message(one) for one in found]
    return chat_blocks(messages, place), any(name == "Reaction" for one in found for name, _ in one.head)


def _split(lines: list[str]) -> Iterator[_Block]:
    block: _Block | None = None
    in_head = False
    for index, line in enumerate(lines):
        if _starts(lines, index):
            if block is not None:
                yield block
            block, in_head = _Block(index + 1), True
        if block is None:
            continue
        hit = _HEAD.match(line) if in_head else None
        if hit is not None:
            block.head.append((hit.group(1), hit.group(2)))
        else:
            in_head = False
            block.rest.append(line)
    if block is not None:
        yield block


def _starts(lines: list[str], index: int) -> bool:
    """Whether a message begins here: below a blank line, with who and what type, or with type and time."""
    if index and lines[index - 1].strip():
        return False
    at = index + 1 if lines[index].startswith("From: ") else index
    return at + 1 < len(lines) and lines[at].startswith("Type: ") and _TIME_LINE.match(lines[at + 1]) is not None


def _message(block: _Block) -> ChatMessage:
    sent = block.first("Sent") or block.first("Received")
    author = _person(block.first("From"))
    edited = block.first("Edited") != ""
    quote, words = _quote_and_words(_newest(block.rest) if edited else block.rest)
    answered = next((value for key, value in quote if key == "Sent"), "")
    return ChatMessage(
        block.number,
        ident=f"{author} {sent}",
        author=author,
        said_at=moment_of(sent),
        text=words,
        reply_to=f"{_person(next((value for key, value in quote if key == 'From'), ''))} {answered}" if answered else "",
        quote="\n".join(value for key, value in quote if not key),
        notice=block.first("Type") not in _OWN_TYPES,
        edited=edited,
        media=[_FILE.sub("", value.strip()) for name, value in block.head if name == "Attachment"],
    )


def _newest(rest: list[str]) -> list[str]:
    """The lines of the newest of several versions, which stands first; each line of a version begins with a bar."""
    barred = [line[1:].removeprefix(" ") for line in rest if line.startswith("|")]
    starts = [index for index, line in enumerate(barred) if line.startswith("Version: ")]
    newest = barred[starts[0] + 1 : starts[1]] if len(starts) > 1 else barred[1:]
    return newest[next((index for index, line in enumerate(newest) if not _HEAD.match(line)), len(newest)) :]


def _quote_and_words(rest: list[str]) -> tuple[list[tuple[str, str]], str]:
    """What the message quotes (its head lines by name, its words under ""), and its own words."""
    lines = [line.rstrip() for line in rest]
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or not lines[start].startswith("> From: "):
        return [], "\n".join(lines).strip()
    end = next((index for index in range(start, len(lines)) if not lines[index].startswith(">")), len(lines))
    quoted = [line[1:].removeprefix(" ") for line in lines[start:end]]
    heads = next((index for index, line in enumerate(quoted) if not _HEAD.match(line)), len(quoted))
    found = [(hit.group(1), hit.group(2).strip()) for line in quoted[:heads] if (hit := _HEAD.match(line))]
    found += [("", line) for line in quoted[heads:] if line]
    return found, "\n".join(lines[end:]).strip()


def _person(name: str) -> str:
    return _DETAIL.sub("", name.strip().strip("\u2068\u2069")).strip()


def moment_of(text: str) -> datetime | None:
    """The moment that an exporter wrote, in its local time and without a zone, as other chats have it; None where nothing tells it."""
    moment = written_moment(text, UTC)
    return moment.replace(tzinfo=None) if moment is not None else None
