"""The server of a home: it starts, is shared, survives what happens to processes, and ends with its last user."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import namedtuple
from pathlib import Path

import pytest

from sild.postgres import settings, supervisor
from sild.postgres.faults import DatabaseFault
from sild.postgres.processes import NOBODY_PID, command_line, read_pid_file
from sild.postgres.psql import run_script
from sild.postgres.roles import MIGRATE
from sild.postgres.supervisor import Server, running

from .commands import Command


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 20
    while command_line(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not command_line(pid)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    assert is_gone(pid)


def kept(server: Server) -> list[int]:
    return [number for (number,) in server.query(MIGRATE)("SELECT number FROM public.kept ORDER BY 1")]


def test_a_second_start_keeps_the_data_and_the_server_ends_with_its_user(home: Path) -> None:
    with running(home, durable=False) as server:
        server.execute(["CREATE TABLE public.kept (number int)", "INSERT INTO public.kept VALUES (1)"], MIGRATE)
        first = server.pid
    assert first is not None
    assert is_gone(first)
    with running(home, durable=False) as server:
        assert kept(server) == [1]


def test_one_hundred_acknowledged_writes_survive_a_killed_server(home: Path) -> None:
    with running(home) as server:
        server.execute(["CREATE TABLE public.kept (number int)"], MIGRATE)
        script = "".join(f"INSERT INTO public.kept VALUES ({number});\n" for number in range(100))
        run_script(server.binaries, server.conninfo(MIGRATE), script)
        dead = server.pid
        assert dead is not None
        kill(dead)
        server.ensure()
        assert server.pid not in (None, dead)
        assert kept(server) == list(range(100))


def test_a_dead_server_is_started_again_by_threads_that_all_notice_at_once(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        dead = server.pid
        assert dead is not None
        kill(dead)
        faults: list[BaseException] = []

        def notice() -> None:
            try:
                server.ensure()
            except BaseException as fault:
                faults.append(fault)

        threads = [threading.Thread(target=notice) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        assert server.query()("SELECT 1 AS one") == [(1,)]


@pytest.mark.parametrize(("kills", "starts"), [(1, True), (2, True), (3, False)])
def test_a_server_that_is_killed_while_it_starts_is_started_again_twice(
    kept_home: Path, monkeypatch: pytest.MonkeyPatch, kills: int, starts: bool
) -> None:
    spawned: list[int] = []
    spawn = supervisor.spawn_server

    def spawn_and_kill(*words: object) -> object:
        child = spawn(*words)  # type: ignore[arg-type]  # handed on as it came
        spawned.append(child.pid)
        if len(spawned) <= kills:
            child.kill()
        return child

    monkeypatch.setattr(supervisor, "spawn_server", spawn_and_kill)
    if starts:
        with running(kept_home, durable=False) as server:
            assert server.query()("SELECT 1 AS one") == [(1,)]
        assert len(spawned) == kills + 1
    else:
        with pytest.raises(DatabaseFault, match="something killed it"):
            Server(kept_home, durable=False).start()
        assert len(spawned) == kills


def test_two_commands_at_once_share_a_server_and_the_last_one_stops_it(kept_home: Path) -> None:
    commands = [Command(kept_home), Command(kept_home)]
    pids = {command.wait_for_server() for command in commands}
    assert len(pids) == 1
    (pid,) = pids
    assert commands[0].end() == 0
    assert command_line(pid), "the server ended although a command still used it"
    assert commands[1].end() == 0
    assert is_gone(pid)


def test_a_command_that_did_not_start_the_server_may_outlive_the_one_that_did(kept_home: Path) -> None:
    first = Command(kept_home)
    pid = first.wait_for_server()
    with running(kept_home, durable=False) as server:
        assert server.pid == pid
        assert first.end() == 0
        assert server.query()("SELECT 1 AS one") == [(1,)]
    assert is_gone(pid)


def test_the_orphan_of_a_killed_command_is_adopted_and_then_stopped(kept_home: Path) -> None:
    starter = Command(kept_home)
    pid = starter.wait_for_server()
    starter.kill()
    assert command_line(pid), "the server should have outlived the command that was killed"
    with running(kept_home, durable=False) as server:
        assert server.pid == pid
    assert is_gone(pid)


def test_an_orphan_with_other_settings_is_replaced(kept_home: Path) -> None:
    starter = Command(kept_home, durable=False)
    pid = starter.wait_for_server()
    starter.kill()
    with running(kept_home, durable=True) as server:
        assert server.pid != pid
        assert server.query()("SELECT current_setting('fsync') AS fsync") == [("on",)]
    assert is_gone(pid)


def test_a_running_server_that_is_set_otherwise_is_not_joined(kept_home: Path) -> None:
    starter = Command(kept_home, durable=False)
    starter.wait_for_server()
    with pytest.raises(DatabaseFault, match="fsync is 'off' instead of 'on'"):
        Server(kept_home, durable=True).start()
    assert starter.end() == 0


def test_an_interrupt_in_the_terminal_does_not_end_the_server_under_a_command(kept_home: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom sild.postgres.supervisor import running\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "with running(Path(sys.argv[1]), durable=False) as server:\n"
        "    os.killpg(os.getpgrp(), signal.SIGINT)\n"
        "    print(server.query()('SELECT 7 AS seven')[0][0], server.pid)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(kept_home)], capture_output=True, text=True, timeout=60, start_new_session=True, check=False
    )
    assert told.stdout.startswith("7 "), told.stderr
    assert is_gone(int(told.stdout.split()[1]))


def test_a_forked_child_does_not_stop_the_server_of_its_parent(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        os.waitpid(child, 0)
        assert server.query()("SELECT 1 AS one") == [(1,)]


def test_the_same_home_may_be_opened_twice_in_one_process(kept_home: Path) -> None:
    with running(kept_home, durable=False) as outer:
        with running(kept_home, durable=False) as inner:
            assert inner.pid == outer.pid
        assert outer.query()("SELECT 1 AS one") == [(1,)]
        pid = outer.pid
    assert pid is not None
    assert is_gone(pid)


@pytest.mark.parametrize("number", ["own", "nobody"])
def test_a_stale_pid_file_whose_number_is_used_again_does_not_block_the_start(kept_home: Path, number: str) -> None:
    with running(kept_home, durable=False) as server:
        path = server.place.data / "postmaster.pid"
        lines = path.read_text().splitlines()
        owner = path.stat()
        sleeper = (
            subprocess.Popen(["sleep", "60"], user=server.place.owner, group=owner.st_gid, extra_groups=[]) if os.geteuid() == 0 else None
        )
    lines[0] = str(sleeper.pid if sleeper and number == "nobody" else os.getpid())
    path.write_text("\n".join(lines) + "\n")
    os.chown(path, owner.st_uid, owner.st_gid)
    try:
        with running(kept_home, durable=False) as server:
            assert server.query()("SELECT 1 AS one") == [(1,)]
            assert int(path.read_text().splitlines()[0]) == server.pid
    finally:
        if sleeper:
            assert sleeper.poll() is None, "the start ended a process that is not its own"
            sleeper.kill()
            sleeper.wait()


def test_a_stale_pid_file_keeps_its_shared_memory_for_the_servers_own_check(kept_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    spawn = supervisor.spawn_server

    def look(binaries: object, place: object, options: object, inherited: object) -> object:
        seen.append((server.place.data / "postmaster.pid").read_text().splitlines())
        return spawn(binaries, place, options, inherited)  # type: ignore[arg-type]  # handed on as it came

    with running(kept_home, durable=False) as server:
        dead = server.pid
        assert dead is not None
        memory = (server.place.data / "postmaster.pid").read_text().splitlines()[6]
        kill(dead)
        monkeypatch.setattr(supervisor, "spawn_server", look)
        server.ensure()
    assert seen[0][0] == str(NOBODY_PID)
    assert seen[0][6] == memory


def test_a_torn_pid_file_does_not_block_the_start(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        data = server.place.data
    (data / "postmaster.pid").write_text("")
    with running(kept_home, durable=False) as server:
        assert read_pid_file(data) is not None


def test_a_very_long_home_still_gets_a_short_private_socket(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = home / ("long-" * 30) / ("path-" * 30)
    with running(deep, durable=False) as server:
        socket = server.place.socket
        assert len(os.fsencode(socket)) < 100
        assert socket.stat().st_mode & 0o777 == 0o700
        assert server.query()("SELECT 1 AS one") == [(1,)]
    Server(deep, durable=False).destroy()


def test_a_home_with_spaces_quotes_and_letters_of_other_scripts_works(home: Path) -> None:
    odd = home / 'it\'s a "дім" $HOME õ'
    with running(odd, durable=False) as server:
        assert server.query()("SELECT 1 AS one") == [(1,)]
    Server(odd, durable=False).destroy()


def test_data_of_another_major_version_is_refused_with_the_way_out(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        version = server.place.data / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(DatabaseFault, match="made by PostgreSQL 16 and this Sild brings 18") as caught:
        Server(kept_home).start()
    assert "pg_dump" in caught.value.detail
    assert "pg_restore" in caught.value.detail
    assert "\n" not in str(caught.value)
    version.write_text("18\n")


def test_data_that_disappeared_is_not_replaced_by_an_empty_database_in_silence(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        data = server.place.data
    data.rename(data.with_name("elsewhere"))
    with pytest.raises(DatabaseFault, match="is gone: it was at"):
        Server(kept_home).start()
    data.with_name("elsewhere").rename(data)


def test_a_lost_password_of_the_superuser_is_replaced(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        path = server.place.passwords / "sild_superuser"
        before = path.read_text()
    path.unlink()
    with running(kept_home, durable=False) as server:
        assert server.query()("SELECT current_user AS me") == [("sild_superuser",)]
        assert path.read_text() != before


def test_a_lost_password_of_the_desk_is_replaced_while_an_orphan_runs(kept_home: Path) -> None:
    starter = Command(kept_home)
    starter.wait_for_server()
    starter.kill()
    (kept_home / "postgres" / "passwords" / "sild_app").unlink()
    with running(kept_home, durable=False) as server:
        assert server.query("sild_app")("SELECT current_user AS me") == [("sild_app",)]


def test_planted_doors_are_closed_at_the_next_start(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        place = server.place
    (place.settings / "pg_hba.conf").write_text("local all all trust\nhost all all 0.0.0.0/0 trust\n")
    with (place.settings / "postgresql.conf").open("a") as file:
        file.write("listen_addresses = '*'\nfsync = off\n")
    (place.data / "postgresql.auto.conf").write_text("listen_addresses = '*'\nunix_socket_directories = '/tmp'\n")
    with running(kept_home, durable=False) as server:
        assert (place.settings / "pg_hba.conf").read_text() == settings.HBA
        assert "listen_addresses" not in (place.settings / "postgresql.conf").read_text()
        assert server.query()("SELECT current_setting('listen_addresses') AS it") == [("",)]


def test_a_start_that_fails_shows_the_servers_own_words_and_leaves_nothing_running(
    kept_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "postgresql_conf", lambda durable: settings.postgresql_conf(durable) + "shared_buffers = 'much'\n")
    with pytest.raises(DatabaseFault, match="ended while it started") as caught:
        Server(kept_home, durable=False).start()
    assert "shared_buffers" in caught.value.detail
    monkeypatch.undo()
    with running(kept_home, durable=False) as server:
        assert server.pid is not None


def test_a_full_disk_is_told_before_anything_is_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(supervisor.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 3_000_000))
    with pytest.raises(DatabaseFault, match=r"3 MB free at .*, the database needs 500"):
        Server(home).start()


def test_a_founding_that_was_interrupted_is_begun_again(home: Path) -> None:
    place = Server(home, durable=False).place
    (place.base / "data.123.new").mkdir()
    (place.base / "data.123.new" / "PG_VERSION").write_text("18\n")
    with running(home, durable=False) as server:
        assert server.query()("SELECT 1 AS one") == [(1,)]
        assert sorted(path.name for path in place.base.glob("data*")) == ["data"]


def test_a_home_may_be_moved_and_keeps_its_data(home: Path) -> None:
    with running(home, durable=False) as server:
        server.execute(["CREATE TABLE public.kept (number int)", "INSERT INTO public.kept VALUES (5)"], MIGRATE)
    home.rename(home.with_name("moved"))
    with running(home.with_name("moved"), durable=False) as server:
        assert kept(server) == [5]


def test_destroy_forgets_the_data_and_refuses_while_somebody_uses_it(home: Path) -> None:
    other = Command(home)
    other.wait_for_server()
    with pytest.raises(DatabaseFault, match="Another command uses the database"):
        Server(home, durable=False).destroy()
    assert other.end() == 0
    base = Server(home).place.base
    Server(home, durable=False).destroy()
    assert not (home / "postgres").exists()
    assert not base.exists()


def test_a_copied_database_is_like_its_template(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        server.create_database("first")
        server.execute(["CREATE TABLE public.kept (number int)", "INSERT INTO public.kept VALUES (3)"], MIGRATE, "first")
        server.create_database("second", template="first")
        assert server.query(MIGRATE, "second")("SELECT number FROM public.kept") == [(3,)]
        server.drop_database("second")
        server.drop_database("first")
        assert server.query()("SELECT count(*) AS n FROM pg_database WHERE datname = 'second'") == [(0,)]


def test_the_servers_log_does_not_quote_records(kept_home: Path) -> None:
    with running(kept_home, durable=False) as server:
        with pytest.raises(DatabaseFault):
            server.execute(["SELECT 'the embassy asks for 300 tokens'::int"])
        assert "embassy" not in server.place.log.read_text()
