"""kill -9 while the desk is served: web process under uploads and the web form, worker, reading, sandbox, sequencer, `sild serve`.

Letters are sent to the API by several senders at once, each under one key until it is answered; what was answered with 202 was promised.
Requests go by the form, each under its ticket, with a letter as its file; what led to the page of the request was promised.
"""

from __future__ import annotations

import contextlib
import http.client
import random
import re
import signal
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psutil

from tests.cli.serving import Serving
from tests.stories.killing import asked

SERVED = ("upload", "form", "worker", "reading", "sandbox", "sequencer", "serve")
SENDERS = 4
FEW, MANY = 8, 32
ASKED_AT_ONCE = 6
GIVE_UP_S = 120.0
TRIES = 4
_MARKS = {"reading": (" read ",), "sandbox": ("bwrap", "sild")}
_NOT_A_READER = "vectors"
# so long the letters take on a busy machine
_MOMENTS_S = {"upload": 1.0, "form": 1.0, "worker": 3.0, "sequencer": 2.0, "serve": 1.0}
_PARTS = {"upload": "web", "form": "web"}
_TICKET = re.compile(r'name="ticket" value="([^"]{43})"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Letters(Protocol):
    """Where fresh letters and requests come from; both are noted there before they are given."""

    def letters(self, many: int) -> list[bytes]:
        """Letters."""

    def requests(self, many: int) -> list[tuple[str, bytes]]:
        """What is written into the web form, each with a letter as its file."""


@dataclass
class Sending:
    """Letters on their way by the API; `answered` counts those that were promised to be read."""

    port: int
    token: str
    answered: int = 0
    attempts: int = 0
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, letters: list[bytes], name: str) -> list[threading.Thread]:
        """Send them by the API, SENDERS at once; returns the threads that do it."""
        return self._at_once([lambda n=n, data=data: self._letter(f"{name}-{n}.eml", data) for n, data in enumerate(letters)])

    def ask(self, requests: list[tuple[str, bytes]], name: str, mechanism: str) -> list[threading.Thread]:
        """Send requests by the web form, SENDERS at once, each by one ticket until it is answered."""
        path = f"/ask/{mechanism}/"
        return self._at_once(
            [lambda n=n, one=one: self._request(path, f"{name}-{n}.eml", *one) for n, one in enumerate(requests)],
        )

    def _at_once(self, sendings: list[Callable[[], None]]) -> list[threading.Thread]:
        waiting = list(sendings)

        def go() -> None:
            while True:
                with self._lock:
                    if not waiting:
                        return
                    sending = waiting.pop()
                sending()

        threads = [threading.Thread(target=go, daemon=True) for _ in range(SENDERS)]
        for thread in threads:
            thread.start()
        return threads

    def _letter(self, name: str, data: bytes) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "message/rfc822", "Idempotency-Key": str(uuid.uuid4())}
        self._until_answered(202, lambda: self._said("POST", f"/api/v1/messages?name={name}", data, headers)[:2])

    def _request(self, path: str, name: str, words: str, letter: bytes) -> None:
        opened: list[tuple[str, str, str]] = []

        def post() -> tuple[int, str]:
            if not opened:
                status, page, cookie = self._said("GET", path, b"", {})
                ticket, token = _TICKET.search(page), _TOKEN.search(page)
                if ticket is None or token is None:
                    return status if status >= 500 else 503, page[:200]
                opened.append((ticket[1], token[1], cookie))
            ticket_, token_, cookie = opened[0]
            told = {"organisation": "Lviv City Council", "contact": "J. Doe", "description": words, "website": ""}
            body, kind = _form(told | {"email": "", "ticket": ticket_, "csrfmiddlewaretoken": token_}, name, letter)
            return self._said("POST", path, body, {"Content-Type": kind, "Cookie": cookie})[:2]

        self._until_answered(302, post)

    def _said(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, str]:
        """Status, text and cookie of one answer; each request comes from another address, as requests of many people do."""
        here = (f"127.{random.randrange(1, 255)}.{random.randrange(255)}.{random.randrange(1, 255)}", 0)
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=here)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
            return answer.status, answer.read().decode("utf-8", "replace"), cookie

    def _until_answered(self, wanted: int, send: Callable[[], tuple[int, str]]) -> None:
        begun, said = time.monotonic(), ""
        while time.monotonic() - begun < GIVE_UP_S:
            with self._lock:
                self.attempts += 1
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, text = send()
                said = f"{status} {text[:200]!r}"
                if status == wanted:
                    with self._lock:
                        self.answered += 1
                    return
                if status < 500 and status not in (409, 429):
                    break
            time.sleep(0.1)
        with self._lock:
            self.faults.append(f"it was never taken: {said}")


def _form(told: dict[str, str], name: str, letter: bytes) -> tuple[bytes, str]:
    """The form as a browser sends it: its body, and what kind of body that is."""
    mark = uuid.uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode() for key, text in told.items()]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="attachments"; filename="{name}"\r\nContent-Type: message/rfc822\r\n\r\n'
    return b"".join([*parts, head.encode(), letter, f"\r\n--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"


def kills_while_served(home: Path, points: int, draw: random.Random, yard: Letters) -> tuple[Counter[str], Sending]:
    """So many kills that were met, in turn; at the end everything that was sent is answered and the desk ends by itself."""
    killed: Counter[str] = Counter()
    prepared = asked(home, "prepare")
    serving = Serving(home, home.parent / "serve.log", "--workers", "2").start()
    sending = Sending(serving.port, str(prepared[0]["token"]))
    try:
        for point in range(points * TRIES):
            if killed.total() == points:
                break
            kind = min(SERVED, key=lambda kind: killed[kind])
            if kind == "form":
                threads = sending.ask(yard.requests(ASKED_AT_ONCE), f"asked-{point}", str(prepared[0]["mechanism"]))
            else:
                threads = sending.send(yard.letters(MANY if kind in ("upload", "serve") else FEW), f"served-{point}")
            killed[kind] += _kill(serving, kind, draw)
            for thread in threads:
                thread.join(GIVE_UP_S + 30)
                assert not thread.is_alive(), "a letter was never answered"
    finally:
        code = serving.end()
    if code != 0:
        sending.faults.append(f"sild serve ended with {code}: {serving.told()}")
    return killed, sending


def _kill(serving: Serving, kind: str, draw: random.Random) -> bool:
    """Kill one process of a kind at a random moment; for what lives for a moment only, soon after it is there."""
    if kind in _MOMENTS_S:
        time.sleep(draw.uniform(0.0, _MOMENTS_S[kind]))
        met = serving.kill(_PARTS.get(kind, kind))
        if kind == "serve" and met:
            assert serving.process is not None
            serving.process.wait(10)
            serving.start()
        return met
    deadline = time.monotonic() + 20.0
    while time.monotonic() < deadline:
        for process in serving.family():
            with contextlib.suppress(psutil.Error):
                words = " ".join(process.cmdline()) + " "
                if all(mark in words for mark in _MARKS[kind]) and _NOT_A_READER not in words:
                    time.sleep(draw.uniform(0.0, 2.0 if kind == "reading" else 0.5))
                    process.send_signal(signal.SIGKILL)
                    return True
        time.sleep(0.02)
    return False
