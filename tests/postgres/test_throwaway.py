"""The cluster of a test session: shared by its processes, gone afterwards, and those of killed sessions swept away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sild.postgres.supervisor import Server, running
from sild.postgres.throwaway import throwaway_cluster

from .commands import Command

KILLED = """
import os, signal
from sild.postgres.throwaway import throwaway_cluster
with throwaway_cluster() as server:
    print(server.home, server.place.base, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_join_and_nothing_is_left() -> None:
    with throwaway_cluster() as server:
        server.create_database("sild_gw0")
        worker = Command(server.home)
        assert worker.wait_for_server() == server.pid
        with running(server.home, durable=False) as joined:
            assert joined.query(database="sild_gw0")("SELECT current_database() AS it") == [("sild_gw0",)]
        assert worker.end() == 0
        home, base = server.home, server.place.base
    assert not home.exists()
    assert not base.exists()


def test_the_cluster_of_a_killed_session_is_removed_by_the_next() -> None:
    told = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False)
    home, base = (Path(word) for word in told.stdout.split())
    orphan = Server(home, durable=False).pid
    assert orphan is not None, "the orphan should still run"
    with throwaway_cluster() as server:
        assert server.pid != orphan
        assert not home.exists()
        assert not base.exists()
