"""The operator's own language model, where one is named: one question over HTTP (the usual chat completions), one answer as text.

Nothing is asked unless SILD_SECOND_READER names an endpoint. Redirects are refused, answers bounded in bytes and time, keys never told.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from sild.kernel.home import Home
from sild.kernel.refusals import Refused
from sild.values.marking import Marking

KEY = "second-reader.key"
MOST_BYTES = 1_000_000
CONNECT_S, READ_S, WHOLE_S = 10.0, 60.0, 180.0
TRIES = 3
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))


class NotAnswered(Exception):
    """The endpoint gave no answer that can be used; the words say why and hold nothing of the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEndpoint:
    """Where the second reader is asked. `up_to`: the highest marking of a message that may be sent there."""

    url: str
    model: str
    up_to: Marking
    key: str = field(default="", repr=False)
    connect_s: float = CONNECT_S
    read_s: float = READ_S
    whole_s: float = WHOLE_S
    wait: Callable[[float], None] = time.sleep

    def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """The text of the answer. Raises NotAnswered."""
        until = time.monotonic() + self.whole_s
        pause = FIRST_WAIT_S
        for number in range(1, TRIES + 1):
            try:
                return self._once(messages, until)
            except _Passing as fault:
                if number == TRIES or time.monotonic() + max(pause, fault.after_s) >= until:
                    raise NotAnswered(f"{fault} ({number} of {TRIES} tries)") from fault
                self.wait(max(pause, fault.after_s))
                pause *= 2
        raise NotAnswered("no try was left")

    def _once(self, messages: Sequence[dict[str, str]], until: float) -> str:
        body = {"model": self.model, "messages": list(messages), "temperature": 0, "stream": False}
        # no encoding: a small answer that unpacks to a large one is not taken
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        timeout = httpx.Timeout(self.read_s, connect=self.connect_s)
        try:
            with (
                httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", f"{self.url}/chat/completions", json=body, headers=headers) as response,
            ):
                _refuse_status(response)
                return _content(_bounded(response, until))
        except httpx.TimeoutException as fault:
            raise _Passing("the endpoint took too long") from fault
        except httpx.TransportError as fault:
            raise _Passing(f"the endpoint was not reached ({type(fault).__name__})") from fault
        except httpx.HTTPError as fault:
            raise NotAnswered(f"the endpoint did not speak HTTP as it should ({type(fault).__name__})") from fault


class _Passing(Exception):
    """A fault that may be gone the next time."""

    def __init__(self, why: str, after_s: float = 0.0) -> None:
        super().__init__(why)
        self.after_s = after_s


def _refuse_status(response: httpx.Response) -> None:
    code = response.status_code
    if code in _AGAIN:
        told = response.headers.get("retry-after", "")
        raise _Passing(f"the endpoint answered {code}", min(float(told), LONGEST_WAIT_S) if told.isdecimal() else 0.0)
    if 300 <= code < 400:
        raise NotAnswered(f"the endpoint answered {code} and points elsewhere; messages go to no other place than the one that is named")
    if code != 200:
        raise NotAnswered(f"the endpoint answered {code}")
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise NotAnswered("the endpoint packed its answer, which was not asked for")


def _bounded(response: httpx.Response, until: float) -> bytes:
    found = bytearray()
    for piece in response.iter_raw():
        found += piece
        if len(found) > MOST_BYTES:
            raise NotAnswered(f"the answer is longer than {MOST_BYTES:,} bytes")
        if time.monotonic() > until:
            raise NotAnswered("the endpoint was still answering when its time was over")
    return bytes(found)


def _content(body: bytes) -> str:
    try:
        data: Any = json.loads(body)
        content = data["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as fault:
        raise NotAnswered("the answer is no chat completion") from fault
    if not isinstance(content, str):
        raise NotAnswered("the answer holds no text")
    return content


def chat_endpoint(home: Home) -> ChatEndpoint | None:
    """The operator's endpoint; None where none is named. Raises Refused where it is named wrongly."""
    told = os.environ.get("SILD_SECOND_READER", "").strip().rstrip("/")
    if not told:
        return None
    url, model = urlsplit(told), os.environ.get("SILD_SECOND_READER_MODEL", "").strip()
    plain = url.scheme == "http" and url.hostname in _LOOPBACK
    if not (url.scheme == "https" or plain) or not url.hostname or url.username or url.password or url.query or url.fragment:
        raise Refused(
            "SILD_SECOND_READER is the address of a chat endpoint, such as https://reader.example.org/v1: https (http on this machine"
            " alone), without a user, a key or a question mark; the key stands in the file keys/second-reader.key of the home."
        )
    if not model:
        raise Refused("SILD_SECOND_READER_MODEL names the model that is asked. Set it beside SILD_SECOND_READER.")
    try:
        up_to = Marking.parse(os.environ.get("SILD_SECOND_READER_UP_TO", "").strip() or "CLEAR")
    except ValueError as fault:
        raise Refused(f"SILD_SECOND_READER_UP_TO: {fault}") from fault
    return ChatEndpoint(url=told, model=model, up_to=up_to, key=_key(home))


def _key(home: Home) -> str:
    place = home.keys / KEY
    try:
        if place.stat().st_mode & 0o077:
            raise Refused(f"{place} may be read by others: chmod 600 it.")
        return place.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeError) as fault:
        raise Refused(f"The key of the second reader cannot be read from {place}. Write it there, readable by its owner alone.") from fault
