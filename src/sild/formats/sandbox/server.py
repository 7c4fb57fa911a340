"""The fork server inside the sandbox: parsers are loaded once, every file gets a fresh child, the server itself parses no file.

It reads request frames from descriptor 0 and answers each with one frame on descriptor 1: how the child ended, and the child's own bytes.
The child of the next file is forked while the desk works on the last one; it knows nothing of any file until its own comes.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import resource
import select
import signal
import time
from dataclasses import asdict, dataclass
from typing import Any

from sild.formats.reading import read_document
from sild.formats.recognition import installed_languages
from sild.formats.sandbox import frames
from sild.formats.sandbox.child import run_child

_PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 4, 36
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """What one child may use: bytes of address space, seconds of processor and of the clock, bytes of answer.

    `recognition_seconds` hold instead of `seconds` where text in pictures is to be read.
    """

    address_space: int = 1 << 30
    seconds: int = 10
    recognition_seconds: int = 40
    answer_bytes: int = 100_000_000

    def seconds_for(self, request: dict[str, Any]) -> int:
        """How long the child of this request may take."""
        return self.recognition_seconds if request.get("recognise") else self.seconds


_OWN_LETTER = (
    b"From: A <a@desk.invalid>\r\nTo: b@desk.invalid\r\nSubject: Fwd: a letter of our own\r\nDate: Mon, 05 Jan 2026 10:00:00 +0200\r\n"
    b"Message-ID: <1@desk.invalid>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
    b"X-Origin: =?utf-8?q?=41_desk?=\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    b"<style>p {}</style><p>Dear colleagues,</p><p>we ask for two things, as soon as you can send them.</p>"
    b"<p>Kind regards</p><p>-- <br>A</p>"
    b"<p>On Mon, 5 Jan 2026 at 10:00, B &lt;b@desk.invalid&gt; wrote:</p><blockquote>Please write.</blockquote>\r\n"
)


_OWN_CHAT = b"[31.01.2026, 20:31:00] A: We ask for two things\n[31.01.2026, 20:32:00] B: <Media omitted>\n"
_OWN_OLD_LETTER = "Prosimy o dwa wózki dla szkoły i do świetlicy.\n".encode("windows-1250")


def _prepare() -> None:
    """Read letters of our own: what the readers make ready at their first file is made once, here, and not in every child."""
    for name, data in (
        ("own.eml", _OWN_LETTER),
        ("own.txt", b"Dear colleagues,\n\nwe ask for two things.\n\nKind regards\nA\n"),
        ("chat.txt", _OWN_CHAT),
        ("old.txt", _OWN_OLD_LETTER),
    ):
        read_document(name, data)


def main(settings: dict[str, int]) -> None:
    """Serve until the desk closes the pipe."""
    limits = ChildLimits(**settings)
    _harden()
    _prepare()
    gc.collect()
    gc.freeze()
    frames.send(1, frames.pack({"ready": True, "limits": asdict(limits), "recognises": list(installed_languages())}))
    while True:
        child = _fork(limits)
        try:
            request, data = frames.receive(0)
        except frames.Broken:
            return
        ending, answer = _serve(child, request, data, limits)
        # a child that left processes behind was taken over by its file; only a new sandbox is clean again
        tainted = _orphans()
        frames.send(1, frames.pack({**ending, "tainted": tainted}, answer))
        if tainted:
            return


def _harden() -> None:
    """No child may trace the server or read its memory, and what a child leaves behind falls to the server."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@dataclass(frozen=True, slots=True)
class _Child:
    """A child that waits for its file: its number, where its request goes, where its answer comes from."""

    pid: int
    requests: int
    answers: int


def _fork(limits: ChildLimits) -> _Child:
    asked, requests = os.pipe()
    answers, answer_to = os.pipe()
    pid = os.fork()
    if pid == 0:
        _become_child(asked, answer_to, limits)
    os.close(asked)
    os.close(answer_to)
    return _Child(pid, requests, answers)


def _serve(child: _Child, request: dict[str, Any], data: bytes, limits: ChildLimits) -> tuple[dict[str, Any], bytes]:
    pid, readable = child.pid, child.answers
    begun = time.monotonic()
    # a child that died over the first bytes of its file is told by how it ended
    with contextlib.suppress(frames.Broken):
        frames.send(child.requests, frames.pack(request, data))
    os.close(child.requests)
    try:
        answer, cut = _collect(readable, limits, limits.seconds_for(request))
    finally:
        os.close(readable)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    _, status, used = os.wait4(pid, 0)
    # a child that had finished answering is sometimes killed before it could leave: its answer is whole all the same
    signalled = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
    # the kernel's own count of the child, the pages that it shares with the server among them (KiB)
    spent = {"seconds": time.monotonic() - begun, "processor": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss * 1024}
    return {"cut": cut, "signal": signalled, "code": code, "spent": spent}, answer


def _collect(readable: int, limits: ChildLimits, seconds: int) -> tuple[bytes, str]:
    """The child's bytes up to their end, and why they were cut: "", "time" or "size"."""
    deadline = time.monotonic() + seconds
    answer = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([readable], [], [], left)[0]:
            return bytes(answer), "time"
        piece = os.read(readable, _CHUNK)
        if not piece:
            return bytes(answer), ""
        answer += piece
        if len(answer) > limits.answer_bytes:
            return b"", "size"


def _become_child(asked: int, answer_to: int, limits: ChildLimits) -> None:
    """Give up everything but the two pipes, wait for the file, take on the limits, read it, leave. Never returns."""
    code = 70
    try:
        os.setsid()
        for standard in (0, 1, 2):
            os.close(standard)
        os.dup2(asked, 0)
        os.dup2(answer_to, 3)
        os.closerange(4, 1024)
        request, data = frames.receive(0)
        os.close(0)
        seconds = limits.seconds_for(request)
        for kind, value in (
            (resource.RLIMIT_AS, limits.address_space),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, 16),
            (resource.RLIMIT_NPROC, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(kind, (value, value))
        code = run_child(request, data, 3)
    except frames.Broken:
        # the server has ended, and no file comes any more
        code = 0
    finally:
        os._exit(code)


def _orphans() -> bool:
    """Reap what has ended; whether anything still runs."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True
