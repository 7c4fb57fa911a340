"""The throwaway database between two tests: emptied, or brought back to a state that was kept.

Only tables that hold something are touched, over a plain connection: psql and a TRUNCATE of all tables cost many times as much, and that
before each test.
"""

from __future__ import annotations

import fcntl
import inspect
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import psycopg
import pytest
from django.conf import settings

from sild.kernel.home import Home, kept_secret
from sild.kernel.inheritance import inheritance_faults_sql
from sild.postgres.roles import DATABASE
from sild.postgres.supervisor import SUPERUSER, Server

T = TypeVar("T")

FILLED_BY_MIGRATIONS = ("django_migrations", "django_content_type", "auth_permission")


@dataclass(frozen=True, slots=True)
class State:
    """What a database held: each table's rows as COPY writes them, and how far each sequence had counted."""

    rows: dict[str, bytes]
    counted: dict[str, int]


class Keeper:
    """Empties the tables of one database and brings a kept state back, as the superuser and without triggers.

    Where `stays`, its connection is held open between tests, which is worth several milliseconds each time; while it is, the database is
    no template for others. Whoever ends it meanwhile is forgiven.
    """

    def __init__(self, server: Server, database: str = DATABASE, *, stays: bool = False) -> None:
        self._conninfo, self._stays = server.conninfo(SUPERUSER, database), stays
        self._held: psycopg.Connection | None = None
        self._known: tuple[frozenset[str], int] | None = None
        with psycopg.connect(**self._conninfo) as line:
            rows = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        self._tables = [name for (name,) in rows if name not in FILLED_BY_MIGRATIONS]

    def empty(self) -> None:
        """Remove every row that a test may have written."""
        with self._line() as line:
            filled = self._filled(line)
            if filled is None:
                line.execute("SELECT pg_temp.emptied()")
            elif filled:
                line.execute("; ".join(f"DELETE FROM {name}" for name in sorted(filled)))
        self._note(frozenset())

    def clear(self) -> None:
        """The same in more time, with files that are new: rows that are filled in afterwards lie in the order in which they come."""
        with self._line() as line:
            line.execute(f"TRUNCATE {', '.join(self._tables)} RESTART IDENTITY CASCADE")

    def state(self) -> State:
        """Every row that stands now."""
        held = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in self._tables)
        kept: dict[str, bytes] = {}
        with self._line() as line:
            for (name,) in line.execute(held).fetchall():
                with line.cursor().copy(f"COPY {name} TO STDOUT") as rows:
                    kept[name] = b"".join(bytes(row) for row in rows)
            counted = line.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL").fetchall()
        return State(kept, dict(counted))

    def bring_back(self, state: State) -> None:
        """Fill the empty tables with a kept state."""
        with self._line() as line:
            for name, rows in state.rows.items():
                with line.cursor().copy(f"COPY {name} FROM STDIN") as copy:
                    copy.write(rows)
            for name, last in state.counted.items():
                line.execute("SELECT setval(%s::regclass, %s)", [name, last])
        self._note(frozenset(state.rows))

    def close(self) -> None:
        """Hold no connection any more."""
        if self._held is not None:
            self._held.close()
            self._held = None

    @contextmanager
    def _line(self) -> Iterator[psycopg.Connection]:
        line = self._held if self._held is not None and _answers(self._held) else self._connected()
        try:
            with line.transaction():
                yield line
        finally:
            if self._stays:
                self._held = line
            else:
                line.close()

    def _connected(self) -> psycopg.Connection:
        line = psycopg.connect(**self._conninfo, autocommit=True)
        line.execute("SET session_replication_role = replica")
        orders = " ".join(f"IF EXISTS (SELECT 1 FROM {name}) THEN DELETE FROM {name}; END IF;" for name in self._tables)
        # a function of the session is planned once, an order without a name each time
        line.execute(f"CREATE FUNCTION pg_temp.emptied() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {orders} END $$")
        return line

    def _note(self, filled: frozenset[str]) -> None:
        """Keep which tables hold rows now, for as long as nobody writes."""
        self._known = (filled, _written(self._held)) if self._held is not None else None

    def _filled(self, line: psycopg.Connection) -> frozenset[str] | None:
        """The tables that hold rows, where nobody has written since that was noted; else None."""
        if self._known is None or _written(line) != self._known[1]:
            return None
        return self._known[0]


def _answers(line: psycopg.Connection) -> bool:
    """Whether the server still knows the connection."""
    try:
        line.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def _written(line: psycopg.Connection) -> int:
    """A number that grows with every transaction of the server that wrote."""
    row = line.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
    assert row is not None
    return int(row[0])


class Built:
    """What fixtures build on the cast, as it stood when a test of this process first asked for it."""

    def __init__(self, keeper: Keeper, folder: Path) -> None:
        self._keeper, self._folder = keeper, folder
        self._kept: dict[Callable[..., Any], tuple[Any, State, Path]] = {}

    def bring(self, home: Home, build: Callable[..., T], given: dict[str, Any]) -> T:
        """What `build` returned, with the tables and the home's files as they were then."""
        if build not in self._kept:
            made = build(**given)
            files = self._folder / str(len(self._kept))
            shutil.copytree(home.root, files)
            self._kept[build] = made, self._keeper.state(), files
            return made
        made, state, files = self._kept[build]
        self._keeper.empty()
        self._keeper.bring_back(state)
        shutil.rmtree(home.root)
        shutil.copytree(files, home.root)
        settings.SECRET_KEY = kept_secret(home, "session.key")
        return cast(T, made)


def once(build: Callable[..., T]) -> Callable[..., T]:
    """Under `@pytest.fixture`: what is built on the cast is built by the first test of a process that asks for it, through every act, and
    brought back for each that follows, which costs a tenth of it.

    What it returns must be frozen, and what it stands on must be built so too. Files outside the home are not brought back.
    """
    own = inspect.signature(build)

    def brought(**given: Any) -> T:
        built, home = given.pop("built"), given["home"]
        return cast(T, built.bring(home, build, {name: value for name, value in given.items() if name in own.parameters}))

    asked_for = [*own.parameters, *(name for name in ("home", "built") if name not in own.parameters)]
    brought.__name__, brought.__doc__, brought.__module__ = build.__name__, build.__doc__, build.__module__
    several = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in asked_for]
    brought.__signature__ = inspect.Signature(several)  # type: ignore[attr-defined]  # which fixtures pytest hands over
    return brought


def once_a_run(factory: pytest.TempPathFactory, home: Home, name: str, build: Callable[[], T]) -> T:
    """What `build` returned in the process of this run that asked first, with the files that it left in its home copied into this one.

    What it returns is kept by pickle; processes that ask meanwhile wait.
    """
    shared = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    kept, files = shared / f"{name}.kept", shared / f"{name} home"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            shutil.copytree(files, home.root, dirs_exist_ok=True)
            return cast(T, pickle.loads(kept.read_bytes()))
        made = build()
        shutil.copytree(home.root, files)
        kept.write_bytes(pickle.dumps(made))
        return made


def asked(server: Server, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT as the superuser sees them, over a plain connection."""
    with psycopg.connect(**server.conninfo(SUPERUSER)) as line:
        return line.execute(statement).fetchall()


def faults_of_inheritance(server: Server) -> list[str]:
    """The rules of inheritance that some record breaks now."""
    with psycopg.connect(**server.conninfo(SUPERUSER)) as line:
        return [name for name, statement in inheritance_faults_sql().items() if line.execute(statement).fetchall()]
