"""What the child does with its one file: reads it, unpacks it, or takes one attachment out of it; in a drill it misbehaves on order.

Drills prove the limits on the running system. They are part of the request; nothing in a file can ask for one.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sild.formats.attachments import attachment_bytes
from sild.formats.document_json import document_to_json
from sild.formats.reading import read_document
from sild.formats.recognition import Recogniser, installed_languages
from sild.formats.sandbox import frames
from sild.formats.unpacking import unpack
from sild.formats.unreadable import Unreadable

# what a member's frame takes besides its bytes
_FRAME_BYTES = 400


def run_child(request: dict[str, Any], data: bytes, answer_to: int) -> int:
    """Read the file of the request and write frames to `answer_to`; returns the exit code."""
    # nothing that the child allocates needs to be found again: it is gone in a moment
    gc.disable()
    drill = request.get("drill")
    if drill is not None:
        DRILLS[drill](request, answer_to)
        return 0

    def entering(attachment: str) -> None:
        frames.send(answer_to, frames.pack({"entering": attachment}))

    wanted, unpacked_from = request.get("attachment"), request.get("unpack")
    try:
        if unpacked_from is not None:
            _unpack(request, data, int(unpacked_from), answer_to)
            return 0
        if wanted is not None:
            frames.send(answer_to, frames.pack({"attachment": True}, attachment_bytes(str(request["name"]), data, str(wanted))))
            return 0
        recogniser = Recogniser(installed_languages()) if request.get("recognise") else None
        document = read_document(str(request["name"]), data, spoiled=request.get("spoiled") or {}, entering=entering, recogniser=recogniser)
    except Unreadable as error:
        frames.send(answer_to, frames.pack({"unreadable": error.reason}))
        return 0
    payload = json.dumps(document_to_json(document), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    frames.send(answer_to, frames.pack({"document": True}, payload))
    return 0


def _unpack(request: dict[str, Any], data: bytes, first: int, answer_to: int) -> None:
    """A frame for each member from number `first` on, up to `batch` bytes of them; then those left aside, or where to go on."""
    bundle, batch = unpack(str(request["name"]), data), int(request["batch"])
    if bundle is None:
        frames.send(answer_to, frames.pack({"single": True}))
        return
    sent, number = 0, first
    while number < len(bundle.members) and (number == first or sent + len(bundle.members[number].data) <= batch):
        member = bundle.members[number]
        frames.send(answer_to, frames.pack({"member": member.name}, member.data))
        sent += len(member.data) + _FRAME_BYTES
        number += 1
    more = number if number < len(bundle.members) else None
    for shown, reason in bundle.left_aside if more is None else ():
        frames.send(answer_to, frames.pack({"left": [shown, reason]}))
    frames.send(answer_to, frames.pack({"unpacked": len(bundle.members), "more": more}))


def _abort(_orders: dict[str, Any], _answer_to: int) -> None:
    os.abort()


def _hang(_orders: dict[str, Any], _answer_to: int) -> None:
    time.sleep(3600)


def _spin(_orders: dict[str, Any], _answer_to: int) -> None:
    while True:
        pass


def _memory(_orders: dict[str, Any], _answer_to: int) -> None:
    hoard = []
    while True:
        hoard.append(b"x" * (1 << 24))


def _rubbish(_orders: dict[str, Any], answer_to: int) -> None:
    os.write(answer_to, b"\xff" * 4096)


def _forged(_orders: dict[str, Any], answer_to: int) -> None:
    frames.send(answer_to, frames.pack({"document": True}, b'{"name": "forged", "parts": [{"name": 7}]}'))


def _flood(_orders: dict[str, Any], answer_to: int) -> None:
    while True:
        os.write(answer_to, bytes(1 << 20))


def _look_around(orders: dict[str, Any], answer_to: int) -> None:
    """What of the outside the child can reach: folders it lists, files it writes, addresses and sockets it connects to."""
    seen: dict[str, Any] = {"listed": [], "written": [], "connected": [], "environment": sorted(os.environ)}
    for folder in orders.get("folders", []):
        try:
            if os.listdir(folder):  # noqa: PTH208 (a plain system call, so that nothing else can fail)
                seen["listed"].append(folder)
        except OSError:
            pass
    for folder in ("/", "/tmp", "/var/tmp", "/dev/shm"):  # noqa: S108 (places that a process usually may write to)
        trace = Path(folder, "sild-drill")
        try:
            trace.write_text("x")
        except OSError:
            continue
        else:
            seen["written"].append(folder)
        finally:
            with contextlib.suppress(OSError):
                trace.unlink()
    for host, port in orders.get("addresses", []):
        try:
            socket.create_connection((host, port), timeout=1.0).close()
        except OSError:
            continue
        seen["connected"].append([host, port])
    for path in orders.get("sockets", []):
        try:
            with socket.socket(socket.AF_UNIX) as one:
                one.connect(path)
        except OSError:
            continue
        seen["connected"].append(path)
    frames.send(answer_to, frames.pack({"seen": seen}))


def _kill_server(_orders: dict[str, Any], _answer_to: int) -> None:
    os.kill(os.getppid(), 9)
    time.sleep(1.0)


def _leave_behind(_orders: dict[str, Any], answer_to: int) -> None:
    """Try to leave a process behind that outlives the child and its group."""
    try:
        pid = os.fork()
    except OSError:
        frames.send(answer_to, frames.pack({"left": False}))
        return
    if pid == 0:
        os.setsid()
        os.close(answer_to)
        time.sleep(3600)
    frames.send(answer_to, frames.pack({"left": True}))


DRILLS: dict[str, Callable[[dict[str, Any], int], None]] = {
    "abort": _abort,
    "hang": _hang,
    "spin": _spin,
    "memory": _memory,
    "rubbish": _rubbish,
    "forged": _forged,
    "flood": _flood,
    "look-around": _look_around,
    "leave-behind": _leave_behind,
    "kill-server": _kill_server,
}
