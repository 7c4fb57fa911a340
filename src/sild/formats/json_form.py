"""Web forms saved as JSON: one block a field that holds something, named by its path; Telegram's JSON export becomes a chat."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sild.formats.place import Place
from sild.formats.telegram import Fields, telegram_blocks
from sild.formats.unreadable import refusal
from sild.values.document import Block

_DEEPEST = 50
MOMENTS = frozenset(("submitted", "submitted_at", "submittedAt", "sent_at", "created_at", "timestamp"))
"""Fields in which programs of forms keep the moment of sending."""


def read_json(text: str, name: str, place: Place) -> list[Block]:
    """The fields in the order of the source; numbers keep their digits as written. Raises Unreadable on text that is not JSON."""
    try:
        value = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=Fields)
    except (ValueError, RecursionError) as error:
        raise refusal(name, f"it is not valid JSON ({str(error)[:120]})", "Ask the sender to export the form again") from error
    chat = telegram_blocks(value, place)
    if chat:
        return chat
    blocks = []
    for path, text_of_field in _fields(value, "", 0, name):
        blocks.append(Block(kind="field", text=text_of_field, locator=place.field(path), name=path))
    if not blocks:
        raise refusal(name, "it is a form without any filled field", "Ask the sender to fill it in and send it again")
    return blocks


def form_moment(blocks: Sequence[Block]) -> datetime | None:
    """When a form says that it was sent, in its own field and with its zone; None where it does not, or says it otherwise."""
    said = next((block.text for block in blocks if block.kind == "field" and block.name in MOMENTS), "")
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _fields(value: Any, path: str, depth: int, name: str) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        raise refusal(name, f"its fields are nested more than {_DEEPEST} deep", "Ask the sender to export the form again")
    if isinstance(value, Fields):
        for key, inner in value:
            yield from _fields(inner, f"{path}.{key}" if path else key, depth + 1, name)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _fields(inner, f"{path}[{number}]", depth + 1, name)
    elif isinstance(value, bool):
        yield path or "value", "true" if value else "false"
    elif value is not None and str(value).strip():
        yield path or "value", str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
