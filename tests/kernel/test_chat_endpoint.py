"""The operator's language model, asked over HTTP: a local server that answers, and one that misbehaves in every way it can."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sild.kernel.chat_endpoint import MOST_BYTES, ChatEndpoint, NotAnswered, chat_endpoint
from sild.kernel.home import Home
from sild.kernel.refusals import Refused
from sild.values.marking import Marking

QUESTION = ({"role": "user", "content": "prosimy o 5 laptopów"},)


@dataclass
class Server:
    """What the local server answers, one entry a request (the last for all further ones), and what it was asked."""

    answers: list[tuple[int, dict[str, str], bytes]]
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    drips: threading.Event | None = None
    port: int = 0


def completion(text: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status, headers, answer = server.answers[min(len(server.asked), len(server.answers)) - 1]
            self.send_response(status)
            for name, value in {"content-type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if server.drips is not None:
                server.drips.wait(10)
            try:
                self.wfile.write(answer)
            except OSError:
                return

        def log_message(self, format: str, *_args: Any) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        if server.drips is not None:
            server.drips.set()
        http.shutdown()
        http.server_close()
        thread.join(5)


def endpoint(server: Server, **more: Any) -> ChatEndpoint:
    waits: list[float] = more.pop("waits", [])
    settings: dict[str, Any] = {"model": "small", "up_to": Marking.GREEN, "key": "the-key", "wait": waits.append, **more}
    return ChatEndpoint(url=f"http://127.0.0.1:{server.port}/v1", **settings)


def test_a_question_is_asked_with_the_key_and_its_answer_is_the_text() -> None:
    with serving(Server([(200, {}, completion("said"))])) as server:
        assert endpoint(server).ask(QUESTION) == "said"
    path, headers, body = server.asked[0]
    sent = json.loads(body)
    assert path == "/v1/chat/completions" and headers["authorization"] == "Bearer the-key"
    assert sent["model"] == "small" and sent["messages"] == list(QUESTION) and sent["stream"] is False


def test_the_key_is_in_no_text_of_the_endpoint() -> None:
    assert "the-key" not in repr(ChatEndpoint(url="https://reader.example/v1", model="m", up_to=Marking.CLEAR, key="the-key"))


def test_a_busy_server_is_asked_again_a_few_times_and_no_more() -> None:
    waits: list[float] = []
    with serving(Server([(503, {}, b""), (429, {"retry-after": "2"}, b""), (200, {}, completion("said"))])) as server:
        assert endpoint(server, waits=waits).ask(QUESTION) == "said"
    assert len(server.asked) == 3 and waits == [1.0, 2.0]
    with serving(Server([(500, {}, b"")])) as server, pytest.raises(NotAnswered, match="3 of 3"):
        endpoint(server).ask(QUESTION)
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_nothing_goes_to_the_other_place(status: int) -> None:
    with (
        serving(Server([(200, {}, completion("elsewhere"))])) as other,
        serving(Server([(status, {"location": f"http://127.0.0.1:{other.port}/v1"}, b"")])) as server,
        pytest.raises(NotAnswered, match="points elsewhere"),
    ):
        endpoint(server).ask(QUESTION)
    assert len(server.asked) == 1 and other.asked == []


@pytest.mark.parametrize(
    "answer",
    [b"", b"not json", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": {}}]}', completion(None),
     completion(["a"]), b"\xff\xfe",
     b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_chat_completion_is_no_answer(answer: bytes) -> None:
    with serving(Server([(200, {}, answer)])) as server, pytest.raises(NotAnswered):
        endpoint(server).ask(QUESTION)
    assert len(server.asked) == 1


def test_an_answer_without_end_is_cut_off() -> None:
    with serving(Server([(200, {}, b"x" * (MOST_BYTES + 100_000))])) as server, pytest.raises(NotAnswered, match="longer than"):
        endpoint(server).ask(QUESTION)


def test_a_packed_answer_is_refused() -> None:
    with serving(Server([(200, {"content-encoding": "gzip"}, b"x")])) as server, pytest.raises(NotAnswered, match="packed"):
        endpoint(server).ask(QUESTION)


def test_a_server_that_never_answers_is_left() -> None:
    with serving(Server([(200, {}, completion("late"))], drips=threading.Event())) as server, pytest.raises(NotAnswered, match="too long"):
        endpoint(server, read_s=0.2, whole_s=1.0).ask(QUESTION)


def test_a_server_that_is_not_there_and_one_that_refuses_the_key() -> None:
    with pytest.raises(NotAnswered, match="not reached"):
        ChatEndpoint(url="http://127.0.0.1:9/v1", model="m", up_to=Marking.CLEAR, wait=lambda _s: None).ask(QUESTION)
    with serving(Server([(401, {}, b"wrong key the-key")])) as server, pytest.raises(NotAnswered) as fault:
        endpoint(server).ask(QUESTION)
    assert "the-key" not in str(fault.value) and len(server.asked) == 1


def test_nothing_is_asked_unless_an_endpoint_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SILD_SECOND_READER", raising=False)
    assert chat_endpoint(_home(tmp_path)) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://reader.example/v1",
        "ftp://reader.example",
        "https://user:secret@reader.example/v1",
        "https://reader.example/v1?key=x",
        "reader",
    ],
)
def test_a_place_that_is_not_safe_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILD_SECOND_READER", url)
    monkeypatch.setenv("SILD_SECOND_READER_MODEL", "small")
    with pytest.raises(Refused, match="SILD_SECOND_READER") as refused:
        chat_endpoint(_home(tmp_path))
    assert "secret" not in str(refused.value)


def test_settings_say_the_model_the_marking_and_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = _home(tmp_path)
    monkeypatch.setenv("SILD_SECOND_READER", "https://reader.example/v1/")
    with pytest.raises(Refused, match="SILD_SECOND_READER_MODEL"):
        chat_endpoint(home)
    monkeypatch.setenv("SILD_SECOND_READER_MODEL", "small")
    found = chat_endpoint(home)
    assert found is not None and found.url == "https://reader.example/v1" and found.up_to is Marking.CLEAR and found.key == ""
    monkeypatch.setenv("SILD_SECOND_READER_UP_TO", "TLP:AMBER")
    key = home.keys / "second-reader.key"
    key.write_text("abc\n", encoding="ascii")
    key.chmod(0o644)
    with pytest.raises(Refused, match="chmod 600"):
        chat_endpoint(home)
    key.chmod(0o600)
    found = chat_endpoint(home)
    assert found is not None and found.key == "abc" and found.up_to is Marking.AMBER
    monkeypatch.setenv("SILD_SECOND_READER_UP_TO", "secret")
    with pytest.raises(Refused, match="SILD_SECOND_READER_UP_TO"):
        chat_endpoint(home)


def _home(path: Path) -> Home:
    home = Home(path)
    home.keys.mkdir(parents=True, exist_ok=True)
    return home
