"""Documents as JSON-able dicts and back, checked field by field: what a child in the sandbox answers is believed only in its shape.

Nothing is ever unpickled. `document_from_json` raises Malformed on anything that `document_to_json` does not write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any, TypeVar, get_args

from sild.values.document import Block, BlockKind, BlockRole, Cell, Channel, Document, Envelope, Part, Stretch, StretchKind

Check = Callable[[Any], Any]
Record = TypeVar("Record", Block, Cell, Document, Envelope, Part, Stretch)

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST_NUMBER = 10_000_000
_LONGEST_LIST = 1_000_000
_DEFAULTS = {kind: tuple((one.name, one.default) for one in fields(kind)) for kind in (Document, Part, Stretch, Block, Cell, Envelope)}


class Malformed(ValueError):
    """The JSON is not a document: the message says where and what is wrong."""

    def __init__(self, what: str, *where: str) -> None:
        super().__init__(f"document{''.join(reversed(where))}: {what}")
        self.what, self.where = what, where

    def inside(self, step: str) -> Malformed:
        """The same fault, seen from one level further out."""
        return Malformed(self.what, *self.where, step)


def document_to_json(document: Document) -> dict[str, Any]:
    """The document as dicts, lists, strings and numbers; what stands at its default is left out, moments are ISO 8601."""
    written = _to_json(document)
    assert isinstance(written, dict)
    return written


def document_from_json(value: Any) -> Document:
    """The document that `document_to_json` wrote. Raises Malformed on missing, unknown, mistyped or contradicting fields."""
    document: Document = _record(Document, _DOCUMENT)(value)
    names = [part.name for part in document.parts]
    if len(set(names)) != len(names):
        raise Malformed("two parts have the same name", ".parts")
    for part in document.parts:
        if any(not stretch.start < stretch.end <= len(part.blocks) for stretch in part.stretches):
            raise Malformed("a stretch lies outside of its part", ".parts")
    return document


def _to_json(value: Any) -> Any:
    defaults = _DEFAULTS.get(type(value))
    if defaults is not None:
        return {name: _to_json(inner) for name, default in defaults if (inner := getattr(value, name)) != default}
    if isinstance(value, tuple):
        return [_to_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _record(kind: type[Record], checks: dict[str, Check]) -> Check:
    """A check for an object with exactly the fields of `kind`; those that have a default may be missing."""
    needed = {one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}

    def check(value: Any) -> Record:
        if not isinstance(value, dict):
            raise Malformed("an object was expected")
        unknown = value.keys() - checks.keys()
        if unknown:
            raise Malformed(f"unknown field {min(map(str, unknown))[:40]!r}")
        missing = needed - value.keys()
        if missing:
            raise Malformed(f"the field {min(missing)!r} is missing")
        checked = {}
        name = ""
        try:
            for name, inner in value.items():
                checked[name] = checks[name](inner)
        except Malformed as fault:
            raise fault.inside(f".{name}") from None
        return kind(**checked)

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed("a text was expected")
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise Malformed("half a character") from None
    if "\0" in value:
        raise Malformed("a NUL character")
    return value


def _one_of(*words: str) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise Malformed(f"not one of {', '.join(words)}")
        return value

    return check


def _number(least: int) -> Check:
    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST_NUMBER:
            raise Malformed(f"a whole number from {least} was expected")
        return value

    return check


def _moment(value: Any) -> datetime:
    text = _text(value)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("not a moment in ISO 8601") from None


def _list(check_one: Check) -> Check:
    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > _LONGEST_LIST:
            raise Malformed("a list was expected")
        index = 0
        found = []
        try:
            for index, inner in enumerate(value):  # noqa: B007 (the index is where the fault is, should there be one)
                found.append(check_one(inner))
        except Malformed as fault:
            raise fault.inside(f"[{index}]") from None
        return tuple(found)

    return check


def _pair(value: Any) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise Malformed("a pair of texts was expected")
    return _text(value[0]), _text(value[1])


def _digest(value: Any) -> str:
    if not _SHA256.fullmatch(_text(value)):
        raise Malformed("not a SHA-256 in hexadecimal")
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
    "role": _one_of(*get_args(BlockRole)),
    "reply_to": _text,
    "origin": _text,
    "recognised": _number(0),
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
    "automatic": _text,
    "authentication": _list(_text),
}
_STRETCH: dict[str, Check] = {
    "kind": _one_of(*get_args(StretchKind)),
    "start": _number(0),
    "end": _number(0),
    "envelope": _record(Envelope, _ENVELOPE),
}
_PART: dict[str, Check] = {
    "name": _text,
    "media": _text,
    "blocks": _list(_record(Block, _BLOCK)),
    "envelope": _record(Envelope, _ENVELOPE),
    "unread": _text,
    "stretches": _list(_record(Stretch, _STRETCH)),
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
