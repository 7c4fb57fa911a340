"""Signal chats as JSON: Signal Desktop's own export (main.jsonl), signal-export's data.json, sigtop's list of what the program stores.

Sources: Signal's backup protocol (Backups.proto) in the JSON form of its messages; signal-export by C. Arderne; sigtop by T. van der Molen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sild.formats.chat_message import ChatMessage, chat_blocks
from sild.formats.place import Place
from sild.formats.signal_text import moment_of, without_marks
from sild.formats.unreadable import refusal
from sild.values.document import Block

_LOOKED_AT = 65_536
_OWN_EXPORT = re.compile(r'\{\s*"version"\s*:[^{}]{0,300}"backupTimeMs"\s*:|\{\s*"(?:chatItem|recipient)"\s*:\s*\{')
_LINE = re.compile(r'\{\s*"date"\s*:\s*"\d{4}-\d\d-\d\dT[^"]{0,40}"\s*,\s*"sender"\s*:\s*"')
_STORED = re.compile(r'"conversationId"\s*:')
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Record = dict[str, Any]


def is_signal_json(text: str) -> bool:
    """Whether a JSON text, or a text of one JSON object a line, begins as one of the three exports does."""
    return _shape(text) is not None


def read_signal_json(text: str, name: str, place: Place) -> tuple[list[Block], bool]:
    """One block of kind "chat" a message, and whether reactions were left out. Raises Unreadable on a line that is no JSON.

    Moments that the program counts in milliseconds are told in UTC; those that signal-export wrote out are its local time.
    """
    shape = _shape(text)
    records = _stored(text, name) if shape is _of_store else _lines(text, name)
    messages = list(shape(records)) if shape is not None else []
    return chat_blocks(messages, place), '"reactions"' in text and _reacted(records)


def _shape(text: str) -> Callable[[list[tuple[int, Record]]], Iterator[ChatMessage]] | None:
    head = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    if _OWN_EXPORT.match(head):
        return _of_desktop
    if _LINE.match(head):
        return _of_lines
    return _of_store if head.startswith("[") and '"sent_at"' in head and _STORED.search(head) else None


def _lines(text: str, name: str) -> list[tuple[int, Record]]:
    return [(number, _parsed(line, name, number)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _parsed(line: str, name: str, number: int) -> Record:
    try:
        value = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        what = f"it is not valid JSON (line {number}: {str(error)[:100]})"
        raise refusal(name, what, "Ask the sender to export the chat again, as JSON") from error
    return value if isinstance(value, dict) else {}


def _stored(text: str, name: str) -> list[tuple[int, Record]]:
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        what = f"it is not valid JSON ({str(error)[:120]})"
        raise refusal(name, what, "Ask the sender to export the chat again, as JSON") from error
    return [(number, one) for number, one in enumerate(value, 1) if isinstance(one, dict)]


def _reacted(records: list[tuple[int, Record]]) -> bool:
    return any(_list(_of(_of(one, "chatItem"), "standardMessage"), "reactions") or _list(one, "reactions") for _, one in records)


def _of_lines(records: list[tuple[int, Record]]) -> Iterator[ChatMessage]:
    """signal-export: one message a line, its quote marked as in its Markdown; it names no message that is answered, so its words must."""
    said: dict[str, str] = {}
    for number, one in records:
        marks = without_marks(_text(one, "body").replace("\r", "").split("\n"))
        words = "\n".join(marks.words).strip()
        quote = "\n".join(line.lstrip("> ").strip() for line in _text(one, "quote").split("\n")).strip()
        yield ChatMessage(
            number,
            ident=str(number),
            author=_text(one, "sender"),
            said_at=moment_of(_text(one, "date").replace("T", " ")),
            text="" if one.get("deleted") is True else words,
            reply_to=said.get(" ".join(quote.split()), ""),
            quote=quote,
            notice=marks.notice or one.get("call") is True,
            media=[_text(file, "name") for file in _list(one, "attachments") if _text(file, "name")],
        )
        if words:
            said[" ".join(words.split())] = str(number)


def _of_store(records: list[tuple[int, Record]]) -> Iterator[ChatMessage]:
    """sigtop: what Signal Desktop keeps of each message. It holds numbers and no names; who exported it is "You"."""
    for number, one in records:
        kind, own = _text(one, "type"), _text(one, "type") == "outgoing"
        quote = _of(one, "quote")
        yield ChatMessage(
            number,
            ident=_whole(one, "sent_at") or _whole(one, "timestamp"),
            author="You" if own else _text(one, "source") or _text(one, "sourceServiceId"),
            said_at=_since_epoch(_whole(one, "sent_at") or _whole(one, "timestamp")),
            text=_text(one, "body"),
            reply_to=_whole(quote, "id"),
            quote=_text(quote, "text"),
            notice=kind not in ("incoming", "outgoing"),
            edited=bool(_list(one, "editHistory")),
            media=[_text(file, "fileName") for file in _list(one, "attachments") if _text(file, "fileName")],
        )


def _of_desktop(records: list[tuple[int, Record]]) -> Iterator[ChatMessage]:
    """Signal Desktop: messages name people and chats by number. All chats of an account come in one file; they are kept apart."""
    people: dict[str, str] = {}
    chats: dict[str, list[ChatMessage]] = {}
    own_name = ""
    for number, one in records:
        if account := _of(one, "account"):
            own_name = _full(account, "givenName", "familyName")
        elif person := _of(one, "recipient"):
            people[_whole(person, "id")] = own_name if "self" in person else _named(_of(person, "contact"))
        elif item := _of(one, "chatItem"):
            chats.setdefault(_whole(item, "chatId"), []).append(_item(number, item, people))
    for messages in chats.values():
        yield from messages


def _item(number: int, item: Record, people: dict[str, str]) -> ChatMessage:
    standard = _of(item, "standardMessage")
    poll, quote = _of(item, "poll"), _of(standard, "quote")
    text = _text(_of(standard, "text"), "body") or _text(_of(_of(_of(item, "directStoryReplyMessage"), "textReply"), "text"), "body")
    if poll:
        text = "\n".join([_text(poll, "question"), *(_text(option, "option") for option in _list(poll, "options"))])
    files = [_of(file, "pointer") for file in _list(standard, "attachments")]
    return ChatMessage(
        number,
        ident=f"{_whole(item, 'chatId')} {_whole(item, 'dateSent')}",
        author=people.get(_whole(item, "authorId"), ""),
        said_at=_since_epoch(_whole(item, "dateSent")),
        text=text,
        reply_to=f"{_whole(item, 'chatId')} {target}" if (target := _whole(quote, "targetSentTimestamp")) else "",
        quote=_text(_of(quote, "text"), "body"),
        edited=bool(_list(item, "revisions")),
        media=[words for file in files if (words := _text(file, "fileName") or _text(file, "contentType"))],
    )


def _named(contact: Record) -> str:
    """The name that the exporter's list gives a person, else the one that the person gave, else the user name or number."""
    nickname = _full(_of(contact, "nickname"), "given", "family")
    number = _whole(contact, "e164")
    return (
        nickname
        or _full(contact, "systemGivenName", "systemFamilyName")
        or _full(contact, "profileGivenName", "profileFamilyName")
        or _text(contact, "username")
        or (f"+{number}" if number else "")
    )


def _full(record: Record, given: str, family: str) -> str:
    return f"{_text(record, given)} {_text(record, family)}".strip()


def _of(record: Record, key: str) -> Record:
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def _list(record: Record, key: str) -> list[Record]:
    value = record.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    return value.strip() if isinstance(value, str) else ""


def _whole(record: Record, key: str) -> str:
    """A whole number, which the JSON form of the protocol writes as text; "" where there is none."""
    value = record.get(key)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    return str(value) if isinstance(value, int) or (value.isascii() and value.isdigit()) else ""


def _since_epoch(milliseconds: str) -> datetime | None:
    if not milliseconds or len(milliseconds) > 14:
        return None
    return _EPOCH + timedelta(milliseconds=int(milliseconds))
