"""The sandbox: a child that crashes, hangs, hoards or lies costs its own file and nothing else, and sees nothing of the house."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sild.formats import Unreadable, read_document
from sild.formats.sandbox import Sandbox, desk_side, frames, prove
from sild.formats.sandbox import launch as launching
from sild.formats.sandbox.server import ChildLimits
from sild.formats.unpacking import unpack
from tests.formats.made import attach, mail, workbook, zipped
from tests.formats.pdf_maker import Text, pdf

QUICK = ChildLimits(seconds=2, address_space=3 << 27, answer_bytes=2_000_000)
LETTER = bytes(attach(mail("Body."), "list.xlsx", workbook([["UPS", 8]])))


@pytest.fixture(scope="module", params=["bubblewrap", "rlimits-only"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of each strength."""
    with Sandbox(QUICK, bubblewrap=request.param == "bubblewrap") as opened:
        yield _as_strong_as(request.param, opened)


@pytest.fixture(scope="module")
def walled() -> Iterator[Sandbox]:
    """A sandbox behind bubblewrap."""
    with Sandbox(QUICK) as opened:
        yield _as_strong_as("bubblewrap", opened)


def _as_strong_as(strength: str, opened: Sandbox) -> Sandbox:
    if opened.strength != strength:
        if "sandbox" in os.environ.get("SILD_REQUIRE", ""):
            pytest.fail(f"the sandbox is required: {opened.reason}")
        pytest.skip(opened.reason)
    return opened


def test_a_file_is_read_as_it_is_outside(sandbox: Sandbox) -> None:
    assert sandbox.read("m.eml", LETTER) == read_document("m.eml", LETTER)
    letter = pdf([Text(70, 700, "Words of a letter.")])
    assert sandbox.read("letter.pdf", letter) == read_document("letter.pdf", letter)


def test_a_bundle_is_unpacked_as_it_is_outside(sandbox: Sandbox) -> None:
    large = b"words and more words " * 12_000
    archive = zipped({f"{number}.eml": LETTER + large for number in range(5)} | {".DS_Store": b"x"})
    assert sandbox.unpack("all.zip", archive) == unpack("all.zip", archive)
    assert sandbox.unpack("m.eml", LETTER) is None
    assert sandbox.unpack("list.xlsx", workbook([["x"]])) is None


def test_a_bundle_larger_than_one_answer_comes_in_several(walled: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    ask = walled._ask
    monkeypatch.setattr(walled, "_ask", lambda request, data: asked.append(request["unpack"]) or ask(request, data))
    line = b"From a@b.example Tue Feb 10 09:30:00 2026\nFrom: a@b.example\nSubject: s\n\n"
    box = b"".join(line + bytes([65 + number]) * 500_000 + b"\n\n" for number in range(4)) + (line + b"x\n\n") * 3
    assert walled.unpack("box.mbox", box) == unpack("box.mbox", box)
    assert asked == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        frames.pack({"member": "a"}, b"x"),
        frames.pack({"member": "a"}, b"x") + frames.pack({"other": 1}),
        frames.pack({"unpacked": 1, "more": 1}),
        frames.pack({"member": "a"}, b"x")[:-1],
    ],
)
def test_a_child_that_lies_about_what_it_unpacked_costs_its_file(answer: bytes, walled: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walled, "_ask", lambda request, data: ({"code": 0}, answer))
    with pytest.raises(Unreadable, match=r"all\.zip: what unpacks it"):
        walled.unpack("all.zip", zipped({"m.eml": LETTER}))


def test_a_refusal_comes_through_in_its_own_words(sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable, match=r"empty\.txt: it is empty\. Ask the sender"):
        sandbox.read("empty.txt", b"")


def test_a_file_beyond_the_limit_does_not_even_go_in(sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable, match="larger than 25 MB"):
        sandbox.read("huge.txt", bytes(25 * 2**20 + 1))


@pytest.mark.parametrize(
    ("drill", "ending"),
    [
        ("abort", {"cut": "", "signal": 6}),
        ("hang", {"cut": "time"}),
        ("spin", {"signal": 9}),
        ("memory", {"cut": "", "signal": 0, "code": 70}),
        ("flood", {"cut": "size"}),
    ],
)
def test_a_child_that_misbehaves_is_ended_and_the_next_file_is_read(sandbox: Sandbox, drill: str, ending: dict[str, Any]) -> None:
    restarts = sandbox.restarts
    ended = sandbox.drill(drill)["ending"]
    assert {key: ended.get(key) for key in ending} == ending
    assert sandbox.read("m.eml", LETTER).parts[0].blocks[0].text == "Body."
    assert sandbox.restarts == restarts


def test_a_dead_server_is_replaced(sandbox: Sandbox) -> None:
    restarts = sandbox.restarts
    assert sandbox.drill("kill-server")["ending"] == {"server": "died"}
    assert sandbox.read("m.eml", LETTER).format == "mail"
    assert sandbox.restarts == restarts + 1


def test_a_server_that_died_of_something_else_costs_no_file(sandbox: Sandbox) -> None:
    running = sandbox._running()
    real = running.process.poll
    running.process.poll = lambda: None  # type: ignore[method-assign]  # the desk has not noticed yet
    running.process.kill()
    running.process.wait()
    assert sandbox.read("m.eml", LETTER).format == "mail"
    running.process.poll = real  # type: ignore[method-assign]  # as it was


def test_a_file_over_which_the_server_dies_twice_is_refused(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sandbox._ask
    monkeypatch.setattr(sandbox, "_ask", lambda request, data: real({"name": "x", "drill": "kill-server"}, data))
    with pytest.raises(Unreadable, match="brought down"):
        sandbox.read("m.eml", LETTER)


def test_a_process_left_behind_by_a_child_does_not_outlive_its_file(walled: Sandbox) -> None:
    before = walled.restarts
    drilled = walled.drill("leave-behind")
    # only root may leave one behind at all; then the whole sandbox goes, and its processes with it
    assert drilled["said"] == {"left": drilled["ending"]["tainted"]}
    assert walled.restarts == before + drilled["ending"]["tainted"]
    assert walled.read("m.eml", LETTER).format == "mail"


@pytest.mark.parametrize("strange", [b"", b"\xff" * 4096, b"\0\0\0\2\0\0\0\0[]"])
def test_an_answer_that_is_no_frame_is_a_refusal(sandbox: Sandbox, strange: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_ask", lambda request, data: ({"cut": "", "signal": 0, "code": 0}, strange))
    with pytest.raises(Unreadable, match="without an answer"):
        sandbox.read("m.eml", LETTER)


def test_a_forged_document_is_a_refusal_and_name_and_hash_are_our_own(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sandbox._ask
    monkeypatch.setattr(sandbox, "_ask", lambda request, data: real({"name": "x", "drill": "forged"}, data))
    with pytest.raises(Unreadable, match="no document"):
        sandbox.read("m.eml", LETTER)
    monkeypatch.setattr(sandbox, "_ask", lambda request, data: real({**request, "name": "another name"}, data))
    assert sandbox.read("m.eml", LETTER).name == "m.eml"


def test_an_attachment_that_kills_its_reader_is_left_out_and_the_mail_is_read(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sandbox._ask

    def dying(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        if "list.xlsx" in request["spoiled"]:
            return real(request, data)
        return {"cut": "", "signal": 6, "code": None}, desk_side.frames.pack({"entering": "list.xlsx"})

    monkeypatch.setattr(sandbox, "_ask", dying)
    document = sandbox.read("m.eml", LETTER)
    assert document.parts[0].blocks[0].text == "Body."
    assert "crashed on it (signal 6)" in (document.parts[1].unread or "")


def test_a_mail_whose_own_text_kills_its_reader_is_refused(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_ask", lambda request, data: ({"cut": "time"}, b""))
    with pytest.raises(Unreadable, match=r"m\.eml: its reader was stopped after 2 seconds"):
        sandbox.read("m.eml", LETTER)


def test_nothing_in_a_file_can_ask_for_a_drill(sandbox: Sandbox) -> None:
    for data in (b'{"drill": "abort", "name": "x"}', b"drill: abort\nFrom: a@b.example\nSubject: drill\n\nabort"):
        assert sandbox.read("drill", data).parts[0].blocks


def test_several_threads_may_share_one_sandbox(sandbox: Sandbox) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda n=n: found.append(sandbox.read(f"{n}.txt", b"words").name)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"{n}.txt" for n in range(8)]


def test_behind_the_walls_there_is_no_network_no_home_no_socket_and_nothing_to_write(walled: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    server = socket.create_server(("127.0.0.1", 0))
    local = socket.socket(socket.AF_UNIX)
    path = f"/tmp/sild-{os.getpid()}.sock"
    local.bind(path)
    local.listen()
    try:
        orders = {
            "folders": [str(tmp_path), str(Path.home()), str(Path.cwd()), "/tmp", "/var", "/run", "/proc", "/home", "/etc/ssl"],
            "addresses": [["127.0.0.1", server.getsockname()[1]]],
            "sockets": [path],
        }
        seen = walled.drill("look-around", **orders)["said"]["seen"]
        with Sandbox(QUICK, bubblewrap=False) as bare:
            seen_without_walls = bare.drill("look-around", **orders)["said"]["seen"]
    finally:
        server.close()
        local.close()
        Path(path).unlink()
    # of the home and of the checkout, only the way down to Python and to this package is there
    assert [folder for folder in seen["listed"] if folder not in (str(Path.home()), str(Path.cwd()))] == []
    assert seen["written"] == []
    assert seen["connected"] == []
    # the same orders without walls show that the drill does look
    assert str(tmp_path) in seen_without_walls["listed"]
    assert len(seen_without_walls["connected"]) == 2


def test_the_environment_of_the_child_is_empty(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILD_SECRET", "x")
    seen = sandbox.drill("look-around")["said"]["seen"]
    assert set(seen["environment"]) <= {"LC_CTYPE", "PWD"}


@pytest.mark.parametrize("missing", [None, "/bin/false"])
def test_without_bubblewrap_the_limits_stand_and_the_reason_is_kept(missing: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launching.shutil, "which", lambda name: missing)
    with Sandbox(QUICK) as bare:
        assert bare.strength == "rlimits-only"
        assert ("not installed" if missing is None else "does not work here") in bare.reason
        assert bare.read("m.eml", LETTER).format == "mail"


def test_the_proof_finds_nothing_behind_walls_and_finds_what_is_open_without_them(walled: Sandbox) -> None:
    assert prove(walled) == ()
    with Sandbox(QUICK, bubblewrap=False) as bare:
        wrong = prove(bare)
    assert any("list folders" in sentence for sentence in wrong)
    assert any("network" in sentence for sentence in wrong)
    assert not any("crash" in sentence or "memory" in sentence for sentence in wrong)
