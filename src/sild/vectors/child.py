"""The process that holds the model: it checks the model's file, loads it once, and answers frames of texts with frames of vectors.

It runs by itself with the standard library alone, so that behind its walls there is nothing but this file and the model. It opens
no file and no socket after it is ready. The engine is the C library of the package, called through the interface of its header.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import mmap
import os
import resource
import socket
import struct
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

_LENGTHS = struct.Struct(">II")
_LONGEST = 1 << 24
_CHUNK = 1 << 16


class Wrong(Exception):
    """The model cannot be used; the message says why."""


class Model:
    """The engine with one model. `numbers` is the length of a vector."""

    def __init__(self, engine: str, file: str, sha256: str) -> None:
        self._image = _image(file)
        found = hashlib.sha256(self._image).hexdigest()
        if found != sha256:
            raise Wrong(f"the model's file {file} is not the one this version was made with: its hash is {found}, not {sha256}")
        try:
            self._engine = ctypes.CDLL(engine)
        except OSError as error:
            raise Wrong(f"the engine {engine} does not load on this machine ({error})") from error
        text, floats, pointer = ctypes.c_char_p, ctypes.POINTER(ctypes.c_float), ctypes.c_void_p
        self._declare("e5_load_mem", pointer, pointer, ctypes.c_size_t)
        self._declare("e5_dim", ctypes.c_int, pointer)
        self._declare("e5_embed", ctypes.c_int, pointer, text, ctypes.c_int, floats)
        # the very memory that was checked is what is loaded, not the file by its name again
        start = ctypes.addressof(ctypes.c_char.from_buffer(self._image))
        self._model = self._engine.e5_load_mem(start, len(self._image))
        if not self._model:
            raise Wrong(f"the engine does not take the model's file {file}")
        self.numbers = int(self._engine.e5_dim(self._model))

    def _declare(self, name: str, gives: Any, *takes: Any) -> None:
        function = getattr(self._engine, name)
        function.restype, function.argtypes = gives, list(takes)

    def embed(self, text: str) -> bytes:
        """The vector of one text, as floats of the machine. Texts go in one by one: a batch takes more memory and no less time."""
        numbers = (ctypes.c_float * self.numbers)()
        if self._engine.e5_embed(self._model, text.replace("\0", " ").encode("utf-8", "replace"), 0, numbers):
            raise Wrong("the engine gave no vector")
        return bytes(numbers)


def _image(file: str) -> mmap.mmap:
    """The file as memory that this process alone may write to."""
    try:
        with Path(file).open("rb") as source:
            return mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_COPY)
    except (OSError, ValueError) as error:
        raise Wrong(f"the model's file {file} cannot be read ({error})") from error


def main(orders: dict[str, Any]) -> int:
    """Serve until the desk closes the pipe; a model that cannot be used is told in the first frame."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (orders["address_space"],) * 2)
    try:
        model = Model(orders["engine"], orders["model"], orders["sha256"])
        _prove(model, orders)
    except Wrong as wrong:
        _send({"ready": True, "wrong": str(wrong)})
        return 0
    except MemoryError:
        _send({"ready": True, "wrong": f"the model does not fit into {orders['address_space'] >> 20} MB"})
        return 0
    # three descriptors are open; with no room for a fourth there is no file and no socket, walls or not
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    _send({"ready": True, "numbers": model.numbers})
    while (request := _receive()) is not None:
        head, payload = request
        if "drill" in head:
            DRILLS[head["drill"]](head)
            continue
        texts = json.loads(payload)
        _send({"vectors": len(texts), "numbers": model.numbers}, b"".join(model.embed(text) for text in texts))
    return 0


def _prove(model: Model, orders: dict[str, Any]) -> None:
    """The engine, as built for this machine, must compute what the model gave where it was chosen."""
    found = array("f", model.embed(orders["proof"]))
    if any(abs(one - other) > orders["tolerance"] for one, other in zip(found, orders["proven"], strict=False)):
        raise Wrong(f"the engine {orders['engine']} computes something else on this machine than it should")


def _send(head: dict[str, Any], payload: bytes = b"") -> None:
    encoded = json.dumps(head).encode("ascii")
    left = memoryview(_LENGTHS.pack(len(encoded), len(payload)) + encoded + payload)
    while left:
        left = left[os.write(1, left[:_CHUNK]) :]


def _receive() -> tuple[dict[str, Any], bytes] | None:
    """The next frame; None at the end of the pipe."""
    lengths = _exactly(_LENGTHS.size)
    if lengths is None:
        return None
    head_length, payload_length = _LENGTHS.unpack(lengths)
    if head_length + payload_length > _LONGEST:
        return None
    head, payload = _exactly(head_length), _exactly(payload_length)
    return None if head is None or payload is None else (json.loads(head), payload)


def _exactly(count: int) -> bytes | None:
    pieces = bytearray()
    while len(pieces) < count:
        piece = os.read(0, min(_CHUNK, count - len(pieces)))
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)


def _die(_orders: dict[str, Any]) -> None:
    os.abort()


def _hang(_orders: dict[str, Any]) -> None:
    time.sleep(3600)


def _hoard(_orders: dict[str, Any]) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(1 << 24))


def _say(orders: dict[str, Any]) -> None:
    """Answer as ordered: with the wrong number of vectors, with what is no number, with rubbish."""
    if orders.get("rubbish"):
        os.write(1, b"\xff" * 4096)
        return
    _send(orders["head"], bytes.fromhex(orders["payload"]) * int(orders.get("times", 1)))


def _look_around(orders: dict[str, Any]) -> None:
    """What of the outside can be opened from here: files and folders, and sockets to connect with."""
    opened = []
    for path in orders["paths"]:
        with contextlib.suppress(OSError):
            os.close(os.open(path, os.O_RDONLY))
            opened.append(path)
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_STREAM):
        opened.append("a socket")
    _send({"opened": opened, "environment": sorted(os.environ)})


DRILLS: dict[str, Callable[[dict[str, Any]], None]] = {
    "die": _die,
    "hang": _hang,
    "hoard": _hoard,
    "say": _say,
    "look-around": _look_around,
}
"""The child misbehaves on order, so that what the desk does about it is proved on the running thing. No text can ask for one."""


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
