"""Proof on the running system that the sandbox holds: drills with things outside that a child must not reach."""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path

from sild.formats.sandbox.desk_side import Sandbox
from sild.formats.unreadable import Unreadable

_WORDS = "The sandbox reads this sentence."


def prove(sandbox: Sandbox) -> tuple[str, ...]:
    """What does not hold, one sentence each; empty where the sandbox reads, survives a crash, and shuts the house out."""
    wrong: list[str] = []
    if not sandbox.drill("abort")["ending"].get("signal"):
        wrong.append("a crash of a reader was not noticed")
    if sandbox.drill("memory")["said"]:
        wrong.append("a reader that takes all the memory it can was not stopped")
    try:
        document = sandbox.read("proof.txt", _WORDS.encode())
        if [block.text for _, _, block in document.blocks()] != [_WORDS]:
            wrong.append("a plain text came out changed")
    except Unreadable as error:
        wrong.append(f"a plain text could not be read after a crash ({error.reason})")
    return (*wrong, *_reached(sandbox))


def _reached(sandbox: Sandbox) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="sild-") as folder, socket.create_server(("127.0.0.1", 0)) as server:
        # the name is kept short: addresses of sockets may not be longer than about a hundred bytes
        path = str(Path(folder, "s"))
        Path(folder, "paper").write_text("x", encoding="utf-8")
        with socket.socket(socket.AF_UNIX) as local:
            local.bind(path)
            local.listen()
            orders = {"folders": [folder, "/proc"], "addresses": [["127.0.0.1", server.getsockname()[1]]], "sockets": [path]}
            seen = sandbox.drill("look-around", **orders)["said"].get("seen")
    if not isinstance(seen, dict):
        return ["the child that was to look around gave no answer"]
    told = {
        "listed": "a reader can list folders outside",
        "written": "a reader can write files",
        "connected": "a reader can reach the network or a socket of this machine",
    }
    return [f"{words}: {seen[key]}" for key, words in told.items() if seen.get(key)]
