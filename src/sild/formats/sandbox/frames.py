"""Frames between the desk, the fork server and its children: eight bytes of lengths, a JSON head, a payload of bytes. No pickles."""

from __future__ import annotations

import json
import os
import select
import struct
import time
from typing import Any

_LENGTHS = struct.Struct(">II")
LONGEST_HEAD = 1 << 20
LONGEST_PAYLOAD = 1 << 28
_CHUNK = 1 << 16


class Broken(Exception):
    """The other side closed the pipe or sent what is no frame."""


class TooSlow(Exception):
    """The other side did not answer in time."""


def pack(head: dict[str, Any], payload: bytes = b"") -> bytes:
    """One frame as bytes."""
    encoded = json.dumps(head, ensure_ascii=True).encode("ascii")
    return _LENGTHS.pack(len(encoded), len(payload)) + encoded + payload


def unpack(data: bytes, start: int = 0) -> tuple[dict[str, Any], bytes, int]:
    """The frame at `start` as (head, payload, where the next one begins). Raises Broken."""
    body = start + _LENGTHS.size
    if len(data) < body:
        raise Broken("a frame is cut short")
    head_length, payload_length = _checked(data[start:body])
    end = body + head_length + payload_length
    if len(data) < end:
        raise Broken("a frame is cut short")
    return _head(data[body : body + head_length]), data[body + head_length : end], end


def send(descriptor: int, frame: bytes, deadline: float | None = None) -> None:
    """Write all of `frame`; `deadline` is a time.monotonic() moment. Raises Broken, TooSlow."""
    view = memoryview(frame)
    while view:
        if deadline is not None and not select.select([], [descriptor], [], max(0.0, deadline - time.monotonic()))[1]:
            raise TooSlow
        try:
            # a pipe that select calls writable takes PIPE_BUF bytes at least without blocking
            written = os.write(descriptor, view[: select.PIPE_BUF] if deadline is not None else view[:_CHUNK])
        except OSError as error:
            raise Broken("the other side has closed the pipe") from error
        view = view[written:]


def receive(descriptor: int, deadline: float | None = None) -> tuple[dict[str, Any], bytes]:
    """Read one frame. Raises Broken at the end of the pipe, TooSlow after the deadline."""
    head_length, payload_length = _checked(_exactly(descriptor, _LENGTHS.size, deadline))
    return _head(_exactly(descriptor, head_length, deadline)), _exactly(descriptor, payload_length, deadline)


def _exactly(descriptor: int, count: int, deadline: float | None) -> bytes:
    pieces = bytearray()
    while len(pieces) < count:
        if deadline is not None and not select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TooSlow
        piece = os.read(descriptor, min(_CHUNK, count - len(pieces)))
        if not piece:
            raise Broken("the other side has closed the pipe")
        pieces += piece
    return bytes(pieces)


def _checked(lengths: bytes) -> tuple[int, int]:
    head_length, payload_length = _LENGTHS.unpack(lengths)
    if head_length > LONGEST_HEAD or payload_length > LONGEST_PAYLOAD:
        raise Broken("a frame claims to be larger than any frame may be")
    return head_length, payload_length


def _head(encoded: bytes) -> dict[str, Any]:
    try:
        head = json.loads(encoded)
    except (ValueError, RecursionError) as error:
        raise Broken("a frame's head is not JSON") from error
    if not isinstance(head, dict):
        raise Broken("a frame's head is not an object")
    return head
