"""Chats as Telegram exports them: result.json (one chat or all of them) and pages (messages.html), with replies and forwarded messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from sild.formats.chat_message import ChatMessage, chat_blocks
from sild.formats.html_text import refuse_endless_tags
from sild.formats.limits import Account
from sild.formats.place import Place
from sild.formats.unreadable import refusal
from sild.values.document import Block

_PAGE = re.compile(r'class="history"', re.IGNORECASE)
_PAGE_MESSAGE = re.compile(r'class="message (?:default|service)', re.IGNORECASE)
_JSON_MESSAGE = re.compile(r'"type"\s*:\s*"(?:message|service)"')
_LOOKED_AT = 100_000
_GO_TO = re.compile(r"#?go_to_message(-?\d+)")
_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2})(?::(\d{2}))?")


class Fields(list[tuple[str, Any]]):
    """The pairs of one JSON object, a key that occurs twice kept twice."""

    def get(self, key: str) -> Any:
        """The first value under that key; None where there is none."""
        return next((value for name, value in self if name == key), None)


def telegram_blocks(value: Any, place: Place) -> list[Block]:
    """The messages of a result.json in their order; nothing where the JSON is something else. Times are the exporter's local time."""
    if not isinstance(value, Fields):
        return []
    chats = value.get("chats")
    lists = [value.get("messages")]
    if isinstance(chats, Fields) and isinstance(chats.get("list"), list):
        lists = [chat.get("messages") for chat in chats.get("list") if isinstance(chat, Fields)]
    found: list[ChatMessage] = []
    for messages in lists:
        if isinstance(messages, list) and not isinstance(messages, Fields):
            found.extend(_json_messages(messages, len(found)))
    return chat_blocks(found, place)


def is_telegram_json(text: str) -> bool:
    """Whether a JSON text begins as an export of Telegram does."""
    return '"messages"' in text[:_LOOKED_AT] and bool(_JSON_MESSAGE.search(text, 0, _LOOKED_AT))


def is_telegram_page(text: str) -> bool:
    """Whether an HTML page is an export of Telegram."""
    return bool(_PAGE.search(text, 0, _LOOKED_AT) and _PAGE_MESSAGE.search(text, 0, _LOOKED_AT))


def read_telegram_page(text: str, name: str, place: Place, account: Account) -> list[Block]:
    """The messages of messages.html. Raises Unreadable on markup that cannot be followed."""
    refuse_endless_tags(text, name)
    page = _Page(account.limits.markup_depth)
    try:
        page.feed(text)
        page.close()
    except (AssertionError, RecursionError, ValueError) as error:
        raise refusal(name, "its HTML is too broken to read", "Ask the sender to export the chat again, as JSON") from error
    return chat_blocks(page.messages, place)


def _json_messages(messages: list[Any], before: int) -> Iterator[ChatMessage]:
    for number, message in enumerate(messages, before + 1):
        if not isinstance(message, Fields) or message.get("type") != "message" or message.get("date") is None:
            continue
        yield ChatMessage(
            number,
            ident=_words(message.get("id")),
            author=_words(message.get("from")),
            said_at=_iso(str(message.get("date"))),
            text=_text(message.get("text")),
            reply_to=_words(message.get("reply_to_message_id")),
            origin=_words(message.get("forwarded_from")),
            edited=message.get("edited") is not None,
            media=[words for key in ("file_name", "photo", "file") if (words := _words(message.get(key)).rsplit("/", 1)[-1])][:1],
        )


def _words(value: Any) -> str:
    return "" if value is None or isinstance(value, list) else str(value).strip()


def _text(value: Any) -> str:
    if isinstance(value, Fields):
        return str(value.get("text") or "")
    if isinstance(value, list):
        return "".join(map(_text, value))
    return str(value or "")


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=None)


class _Page(HTMLParser):
    """Follows the classes that Telegram gives its elements; what stands elsewhere on the page is not read."""

    def __init__(self, deepest: int) -> None:
        super().__init__(convert_charrefs=True)
        self._deepest = deepest
        self.messages: list[ChatMessage] = []
        self._open: list[str] = []
        self._last_author = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "br":
            self.handle_data("\n")
        if tag in ("br", "img", "meta", "link", "hr", "input"):
            return
        classes = given.get("class", "").split()
        if "message" in classes:
            self.messages.append(ChatMessage(len(self.messages) + 1, ident=given.get("id", "").removeprefix("message")))
            self.messages[-1].notice = "service" in classes
            if "joined" in classes:
                self.messages[-1].author = self._last_author
        if len(self._open) >= self._deepest:
            raise ValueError("nested too deep")
        self._open.append(_role(tag, classes, self._open))
        if not self.messages:
            return
        current = self.messages[-1]
        if self._open[-1] == "date" and "forwarded" not in self._open:
            current.said_at = _day_first(given.get("title", ""))
        target = _GO_TO.search(given.get("href", "") + given.get("onclick", ""))
        if "reply_to" in self._open and target:
            current.reply_to = target.group(1)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("br", "img", "meta", "link", "hr", "input") or not self._open:
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        place = next((one for one in reversed(self._open) if one in ("from_name", "text", "date", "title", "reply_to", "service")), "")
        if not self.messages or not place:
            return
        current = self.messages[-1]
        if place == "from_name" and "forwarded" in self._open:
            current.origin = f"{current.origin} {data.strip()}".strip()
        elif place == "from_name":
            current.author = self._last_author = f"{current.author} {data.strip()}".strip()
        elif place == "text":
            current.text += data if data == "\n" else re.sub(r"\s+", " ", data)
        elif place == "service" and current.notice:
            current.text += data
        elif place == "title" and data.strip():
            current.media.append(data.strip())


def _role(tag: str, classes: list[str], above: list[str]) -> str:
    for one in ("forwarded", "from_name", "reply_to", "text", "date", "title"):
        if one in classes:
            return one
    if "details" in classes and "body" in classes and not any(one in above for one in ("text", "forwarded")):
        return "service"
    return tag


def _day_first(text: str) -> datetime | None:
    hit = _DATE.match(text)
    if hit is None:
        return None
    day, month, year, hour, minute, second = (int(number or 0) for number in hit.groups())
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (the exporter's local time)
    except ValueError:
        return None
