"""Documents as JSON-able dicts and back, checked field by field: what a child in the sandbox answers is believed only in its shape.

Nothing is ever unpickled. `document_from_json` raises Malformed on anything that `document_to_json` does not write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any, TypeVar, get_args

from sild.values.document import Block, BlockKind, Cell, Channel, Document, Envelope, Part

Check = Callable[[Any, str], Any]
Record = TypeVar("Record", Block, Cell, Document, Envelope, Part)

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST_NUMBER = 10_000_000
_LONGEST_LIST = 1_000_000


class Malformed(ValueError):
    """The JSON is not a document: the message says where and what is wrong."""


def document_to_json(document: Document) -> dict[str, Any]:
    """The document as dicts, lists, strings and numbers; what stands at its default is left out, moments are ISO 8601."""
    written = _to_json(document)
    assert isinstance(written, dict)
    return written


def document_from_json(value: Any) -> Document:
    """The document that `document_to_json` wrote. Raises Malformed on missing, unknown, mistyped or contradicting fields."""
    document: Document = _record(Document, _DOCUMENT)(value, "document")
    names = [part.name for part in document.parts]
    if len(set(names)) != len(names):
        raise Malformed("document.parts: two parts have the same name")
    return document


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_to_json(inner) for inner in value]
    if isinstance(value, Document | Part | Block | Cell | Envelope):
        written = {}
        for one in fields(value):
            inner = getattr(value, one.name)
            if inner != one.default and not (inner == () and one.default == ()):
                written[one.name] = _to_json(inner)
        return written
    return value


def _record(kind: type[Record], checks: dict[str, Check]) -> Check:
    """A check for an object with exactly the fields of `kind`; those that have a default may be missing."""
    needed = {one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}

    def check(value: Any, where: str) -> Record:
        if not isinstance(value, dict):
            raise Malformed(f"{where}: an object was expected")
        unknown = value.keys() - checks.keys()
        if unknown:
            raise Malformed(f"{where}: unknown field {str(sorted(map(str, unknown))[0])[:40]!r}")
        missing = needed - value.keys()
        if missing:
            raise Malformed(f"{where}: the field {min(missing)!r} is missing")
        return kind(**{name: checks[name](inner, f"{where}.{name}") for name, inner in value.items()})

    return check


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{where}: a text was expected")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed(f"{where}: half a character") from None
    if "\0" in value:
        raise Malformed(f"{where}: a NUL character")
    return value


def _one_of(*words: str) -> Check:
    def check(value: Any, where: str) -> str:
        if not isinstance(value, str) or value not in words:
            raise Malformed(f"{where}: not one of {', '.join(words)}")
        return value

    return check


def _number(least: int) -> Check:
    def check(value: Any, where: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST_NUMBER:
            raise Malformed(f"{where}: a whole number from {least} was expected")
        return value

    return check


def _moment(value: Any, where: str) -> datetime:
    text = _text(value, where)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(f"{where}: not a moment in ISO 8601") from None


def _list(check_one: Check) -> Check:
    def check(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > _LONGEST_LIST:
            raise Malformed(f"{where}: a list was expected")
        return tuple(check_one(inner, f"{where}[{index}]") for index, inner in enumerate(value))

    return check


def _pair(value: Any, where: str) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise Malformed(f"{where}: a pair of texts was expected")
    return _text(value[0], where), _text(value[1], where)


def _digest(value: Any, where: str) -> str:
    if not _SHA256.fullmatch(_text(value, where)):
        raise Malformed(f"{where}: not a SHA-256 in hexadecimal")
    return str(value)


_CELL: dict[str, Check] = {"column": _number(0), "text": _text}
_BLOCK: dict[str, Check] = {
    "kind": _one_of(*get_args(BlockKind)),
    "text": _text,
    "locator": _text,
    "cells": _list(_record(Cell, _CELL)),
    "table": _number(1),
    "row": _number(1),
    "author": _text,
    "said_at": _moment,
    "name": _text,
    "quoted": _number(0),
    "page": _number(1),
}
_ENVELOPE: dict[str, Check] = {
    "subject": _text,
    "sender_name": _text,
    "sender_address": _text,
    "recipients": _list(_text),
    "sent_at": _moment,
    "message_id": _text,
    "in_reply_to": _text,
    "references": _list(_text),
    "headers": _list(_pair),
}
_PART: dict[str, Check] = {
    "name": _text,
    "media": _text,
    "blocks": _list(_record(Block, _BLOCK)),
    "envelope": _record(Envelope, _ENVELOPE),
    "unread": _text,
}
_DOCUMENT: dict[str, Check] = {
    "name": _text,
    "sha256": _digest,
    "format": _text,
    "channel": _one_of(*get_args(Channel)),
    "envelope": _record(Envelope, _ENVELOPE),
    "parts": _list(_record(Part, _PART)),
    "warnings": _list(_text),
}
