"""`sild serve`: it answers, it keeps its processes alive, it tells nothing of what was asked, and it leaves nothing behind."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from sild.cli.serve import claimed, first_claimed, on_this_machine, refuse_too_many
from sild.kernel.refusals import Refused
from tests.cli.conftest import start
from tests.cli.serving import Serving, all_gone, free_port


@pytest.fixture(scope="module")
def served(shared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A desk that is served, with everything beside it."""
    with Serving(shared_home, tmp_path_factory.mktemp("log") / "serve.log", "--workers", "1") as serving:
        yield serving


def test_a_page_and_its_assets_come_without_anything_being_collected(served: Serving) -> None:
    with urllib.request.urlopen(f"{served.address}/sign-in/") as answer:
        page = answer.read().decode()
    assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert assets, "the page names its style sheets"
    for asset in assets:
        assert "?v=" in asset, f"{asset} keeps its address when its content changes"
        with urllib.request.urlopen(served.address + asset) as answer:
            assert answer.status == 200
            assert "max-age=604800" in answer.headers["Cache-Control"]


def test_the_log_tells_of_each_request_its_route_and_nothing_that_was_sent(served: Serving) -> None:
    before = len(served.log.read_text(encoding="utf-8"))
    secrets = ["kharkiv-hospital", "somebody@ministry.example", "pass-word-in-a-body"]
    body = urllib.parse.urlencode({"login": secrets[1], "password": secrets[2]}).encode()
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(urllib.request.Request(f"{served.address}/sign-in/?next=/{secrets[0]}", data=body))
    assert served.status(f"/{secrets[0]}/") == 404
    assert served.status(f"/api/v1/needs?text={secrets[0]}") == 401
    time.sleep(0.5)
    told = served.log.read_text(encoding="utf-8")[before:]
    assert not [secret for secret in secrets if secret in told]
    assert re.search(r"web\[\d+\] POST account_login 403 \d+ ms", told)
    assert re.search(r"web\[\d+\] GET no-such-route 404 \d+ ms", told)
    assert re.search(r"web\[\d+\] GET api:/needs 401 \d+ ms", told)


@pytest.mark.parametrize("kind", ["web", "worker", "sequencer", "database"])
def test_what_is_killed_comes_back(served: Serving, kind: str) -> None:
    def pids() -> set[int]:
        return {process.pid for process in served.processes(kind)}

    deadline = time.monotonic() + 60
    while not pids():
        assert time.monotonic() < deadline, f"there is no {kind}: {served.told()}"
        time.sleep(0.1)
    before = pids()
    assert served.kill(kind)
    while not pids() - before:
        assert time.monotonic() < deadline, f"the {kind} did not come back: {served.told()}"
        time.sleep(0.1)
    served.wait_for_an_answer()


def test_a_taken_port_is_told_in_one_line(served: Serving) -> None:
    told = start(served.home, "serve", "--port", str(served.port))
    assert told.returncode == 2
    assert f"Port {served.port} of 127.0.0.1 cannot be used" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    port, claim = first_claimed("127.0.0.1", served.port)
    claim.close()
    assert port != served.port


def test_two_desks_that_begin_in_one_moment_get_a_port_each() -> None:
    first = free_port()
    with contextlib.closing(claimed("127.0.0.1", first)):  # nobody listens there yet
        with pytest.raises(Refused, match=f"Port {first} of 127.0.0.1 cannot be used"):
            claimed("127.0.0.1", first)
        port, other = first_claimed("127.0.0.1", first)
        other.close()
        assert port > first
    claimed("127.0.0.1", first).close()


def test_more_threads_than_connections_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    refuse_too_many(10, 4)
    with pytest.raises(Refused, match="44 connections"):
        refuse_too_many(11, 4)
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/sild")
    refuse_too_many(11, 4)


def test_an_address_of_another_machine_is_told_in_one_line() -> None:
    with pytest.raises(Refused, match="cannot be used"):
        claimed("192.0.2.1", free_port())


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.0.2.1", False), ("::", False)],
)
def test_which_addresses_only_this_machine_reaches(host: str, here: bool) -> None:
    assert on_this_machine(host) is here


def test_it_ends_when_told_to_and_leaves_no_process(ready_home: Path, tmp_path: Path) -> None:
    serving = Serving(ready_home, tmp_path / "log", "--workers", "2").start()
    family = serving.family()
    assert len(family) > 4, "serve, two server processes, worker, sequencer, database"
    assert serving.end() == 0
    assert all_gone(family) == []


def test_when_it_is_killed_its_children_end_and_the_next_start_goes_on(ready_home: Path, tmp_path: Path) -> None:
    serving = Serving(ready_home, tmp_path / "log", "--workers", "1").start()
    children = [process for process in serving.family()[1:] if "postgres" not in process.name()]
    assert serving.kill("serve")
    assert serving.process is not None
    serving.process.wait(10)
    assert all_gone(children) == []
    with Serving(ready_home, tmp_path / "log", "--workers", "1"):
        pass


def test_demo_people_are_not_served_beyond_this_machine(ready_home: Path) -> None:
    made = (
        "import sild.config.start;from sild.kernel import house;from sild.kernel.accounts import Account\n"
        "with house.opened(): Account.objects.create(email='officer@demo.invalid', password='!', demo=True)"
    )
    environment = {"SILD_HOME": str(ready_home), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", made], env=environment, check=True, timeout=120)
    told = start(ready_home, "serve", "--host", "0.0.0.0", "--port", str(_free()))
    assert told.returncode == 2
    assert "demo people" in told.stderr


def _free() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("0.0.0.0", 0))
        return int(probe.getsockname()[1])
