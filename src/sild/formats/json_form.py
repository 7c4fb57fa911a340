"""Web forms saved as JSON: one block a field that holds something, named by its path; Telegram's JSON export becomes a chat."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sild.formats.place import Place
from sild.formats.unreadable import refusal
from sild.values.document import Block

_DEEPEST = 50


def read_json(text: str, name: str, place: Place) -> list[Block]:
    """The fields in the order of the source; numbers keep their digits as written. Raises Unreadable on text that is not JSON."""
    try:
        value = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=_Fields)
    except (ValueError, RecursionError) as error:
        raise refusal(name, f"it is not valid JSON ({str(error)[:120]})", "Ask the sender to export the form again") from error
    chat = list(_telegram_messages(value, place))
    if chat:
        return chat
    blocks = []
    for path, text_of_field in _fields(value, "", 0, name):
        blocks.append(Block(kind="field", text=text_of_field, locator=place.field(path), name=path))
    if not blocks:
        raise refusal(name, "it is a form without any filled field", "Ask the sender to fill it in and send it again")
    return blocks


class _Fields(list[tuple[str, Any]]):
    """The pairs of one JSON object, a key that occurs twice kept twice."""

    def get(self, key: str) -> Any:
        return next((value for name, value in self if name == key), None)


def _fields(value: Any, path: str, depth: int, name: str) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        raise refusal(name, f"its fields are nested more than {_DEEPEST} deep", "Ask the sender to export the form again")
    if isinstance(value, _Fields):
        for key, inner in value:
            yield from _fields(inner, f"{path}.{key}" if path else key, depth + 1, name)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _fields(inner, f"{path}[{number}]", depth + 1, name)
    elif isinstance(value, bool):
        yield path or "value", "true" if value else "false"
    elif value is not None and str(value).strip():
        yield path or "value", str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _telegram_messages(value: Any, place: Place) -> Iterator[Block]:
    """The messages of Telegram Desktop's result.json; nothing where the JSON is something else."""
    messages = value.get("messages") if isinstance(value, _Fields) else None
    if not isinstance(messages, list) or isinstance(messages, _Fields):
        return
    for number, message in enumerate(messages, 1):
        if not isinstance(message, _Fields) or message.get("type") != "message" or message.get("date") is None:
            continue
        text = _telegram_text(message.get("text")).strip()
        if text:
            author = message.get("from")
            said_at = _iso(str(message.get("date")))
            yield Block(kind="chat", text=text, locator=place.line(number), author=None if author is None else str(author), said_at=said_at)


def _telegram_text(value: Any) -> str:
    if isinstance(value, _Fields):
        return str(value.get("text") or "")
    if isinstance(value, list):
        return "".join(_telegram_text(piece) for piece in value)
    return str(value or "")


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
