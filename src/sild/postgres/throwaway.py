"""A cluster for one test session: fast because it may be lost, shared by all of the session's processes, removed at its end."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sild.postgres.faults import DatabaseFault
from sild.postgres.places import private_directory
from sild.postgres.supervisor import Server


@contextmanager
def throwaway_cluster() -> Iterator[Server]:
    """A running cluster without fsync, in a private temporary home; destroyed when the block ends.

    Other processes of the session join with `Server(home, durable=False).start()` and leave with `stop`, before the
    block ends. Clusters that killed sessions left behind are removed first.
    """
    nest = private_directory(Path(tempfile.gettempdir()).resolve() / f"sild-throwaway-{os.geteuid()}")
    _sweep(nest)
    server = Server(nest / f"{os.getpid()}-{secrets.token_hex(4)}", durable=False)
    try:
        yield server.start()
    finally:
        server.destroy()
        with suppress(OSError):
            server.home.rmdir()


def _sweep(nest: Path) -> None:
    """Remove the clusters of sessions whose process is gone; one that somebody still uses is left alone."""
    for home in nest.iterdir():
        maker = home.name.partition("-")[0]
        if maker.isdigit() and not Path(f"/proc/{maker}").exists():
            with suppress(DatabaseFault, OSError):
                Server(home, durable=False).destroy()
                home.rmdir()
