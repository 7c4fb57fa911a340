"""Opens the house: the database of the home (embedded, or the operator's own), its roles, its tables, and the connections to it.

What this command started, it stops at the end; a server that another command uses goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from sild.kernel import home as homes
from sild.kernel.home import Home, kept_secret
from sild.kernel.inheritance import COVERED, covered_sql
from sild.kernel.ledger.sequencer import sequence
from sild.kernel.refusals import Refused
from sild.postgres.connection import django_database, kept_password, may_read, names_administrator, url_conninfo
from sild.postgres.faults import DatabaseFault
from sild.postgres.own_cluster import prepare_own_cluster
from sild.postgres.psql import Query, Session
from sild.postgres.roles import APP, LOGIN_ROLES, MIGRATE, SEQUENCER, after_migration_statements, bootstrap_statements
from sild.postgres.supervisor import Server, running

MIGRATION_LOCK = 0x51D0001
ALIASES = {"default": APP, "migrate": MIGRATE, "sequencer": SEQUENCER}


@contextmanager
def opened() -> Iterator[Home]:
    """The home with its database running and its tables up to date. Raises Refused with one clear line."""
    home = homes.current().prepare()
    settings.SECRET_KEY = kept_secret(home, "session.key")
    url = os.environ.get("DATABASE_URL", "").strip()
    try:
        if url:
            with _own_cluster(home, url):
                yield home
        else:
            with running(home.root) as server, _held(server), connected(server):
                yield home
    except DatabaseFault as fault:
        raise Refused(str(fault)) from fault


_servers: list[Server] = []


@contextmanager
def _held(server: Server) -> Iterator[None]:
    _servers.append(server)
    try:
        yield
    finally:
        _servers.remove(server)


def ensure() -> None:
    """Start the embedded database again if it died since the house was opened; an operator's own cluster is the operator's.

    Raises DatabaseFault.
    """
    for server in _servers:
        server.ensure()


def join(*aliases: str) -> Home:
    """Point the connections at the running database of the home: as sild_app, and as the other aliases that are named.

    Nothing is started, made or changed: for the processes beside the one that opened the house. A database that dies and comes
    back is found again by the next request or job. Raises Refused where there is no desk.
    """
    home = homes.current()
    if not home.keys.is_dir():
        raise Refused(f"There is no desk at {home.root}. Run sild init there first, or set SILD_HOME to the desk that you mean.")
    settings.SECRET_KEY = kept_secret(home, "session.key")
    url = os.environ.get("DATABASE_URL", "").strip()
    roles = {alias: ALIASES[alias] for alias in ("default", *aliases)}
    try:
        if url:
            _point({alias: url_conninfo(url, _passwords(home), role) for alias, role in roles.items()})
        else:
            server = Server(home.root)
            _point({alias: server.conninfo(role) for alias, role in roles.items()})
    except DatabaseFault as fault:
        raise Refused(str(fault)) from fault
    return home


def prepare_empty_database() -> str:
    """Make the roles and the database at DATABASE_URL, without tables, for a restore; returns its name. Raises Refused."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        raise Refused("Only a cluster of your own is prepared for a restore: set DATABASE_URL to its address, with its administrator.")
    passwords = _passwords(homes.current().prepare())
    try:
        database = str(url_conninfo(url, passwords)["dbname"])
        with _out_of_reach_is_refused(), ExitStack() as sessions:
            if _holds_tables(url, passwords, database, sessions):
                raise Refused(f"The database {database} holds tables already. Name another one in DATABASE_URL, and restore into that.")
            _prepare(url, passwords)
    except DatabaseFault as fault:
        raise Refused(str(fault)) from fault
    return database


@contextmanager
def connected(server: Server, database: str = "sild") -> Iterator[None]:
    """The framework's connections pointed at a database of an embedded server, its tables up to date."""
    _point({alias: server.conninfo(role, database) for alias, role in ALIASES.items()})
    try:
        bring_up_to_date()
        yield
    finally:
        connections.close_all()


@contextmanager
def _own_cluster(home: Home, url: str) -> Iterator[None]:
    """The operator's cluster. Roles and rights are made, once, by the user that the URL names.

    A process signs in as the roles whose passwords it is let at. Without that of sild_migrate (web and worker) it works on tables
    that are up to date, or not at all.
    """
    passwords = _passwords(home)
    with _out_of_reach_is_refused():
        # without an administrator in the address nothing can be made: the roles are there, or the next line says that they are not
        if names_administrator(url) or not any(passwords.iterdir()):
            _prepare_once(url, passwords)
        told = {alias: role for alias, role in ALIASES.items() if role == APP or may_read(passwords, role)}
        _point({alias: url_conninfo(url, passwords, role) for alias, role in told.items()})
        if "migrate" in told:
            bring_up_to_date()
        else:
            _refuse_outdated()
    try:
        yield
    finally:
        connections.close_all()


def _passwords(home: Home) -> Path:
    """The folder of the roles' passwords on an operator's cluster."""
    folder = home.keys / "passwords"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def _out_of_reach_is_refused() -> Iterator[None]:
    try:
        yield
    except (psycopg.OperationalError, OperationalError) as problem:
        first = (str(problem).strip().splitlines() or ["no reason given"])[0]
        raise Refused(
            f"The database at DATABASE_URL cannot be reached: {first}. Check that it runs and that the address is right."
        ) from problem


def _holds_tables(url: str, passwords: Path, database: str, sessions: ExitStack) -> bool:
    first = _admin(url, passwords, "postgres", sessions)
    if not first.query(f"select 1 from pg_database where datname = '{database}'"):
        return False
    return bool(_admin(url, passwords, database, sessions).query("select 1 from pg_tables where schemaname = 'public'"))


def _prepare_once(url: str, passwords: Path) -> None:
    """Make or mend the roles, unless this home did so on this cluster with these statements and passwords."""
    info = url_conninfo(url, passwords)
    mark, place = passwords / "bootstrapped", f"{info['host']}:{info['port']}"
    if mark.exists() and mark.read_text(encoding="utf-8").split() == [_digest(passwords, str(info["dbname"])), place]:
        return
    if not names_administrator(url):
        raise DatabaseFault(
            f"This home has made no roles at {place} yet: for `sild init`, name the administrator in DATABASE_URL, "
            "as postgresql://user:password@host:5432/sild."
        )
    _prepare(url, passwords)
    mark.write_text(f"{_digest(passwords, str(info['dbname']))} {place}\n", encoding="utf-8")


def _prepare(url: str, passwords: Path) -> None:
    with ExitStack() as sessions:
        prepare_own_cluster(lambda name: _admin(url, passwords, name, sessions), passwords, str(url_conninfo(url, passwords)["dbname"]))


def _digest(passwords: Path, database: str) -> str:
    return bootstrap_statements({role: kept_password(passwords, role) for role in LOGIN_ROLES}, database).digest


def _refuse_outdated() -> None:
    """Raise Refused when the tables are older than the program, which this process may not change."""
    executor = MigrationExecutor(connections["default"])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Refused(
            f"The database lacks {len(missing)} changes of its tables, the first is {missing[0][0]}. "
            "Run `sild init` with the account and the environment that make them, then start again."
        )


def _admin(url: str, passwords: Path, database: str | None, sessions: ExitStack, role: str | None = None) -> Session:
    """A session of the cluster's administrator, or of a role; each statement commits."""
    conninfo: dict[str, Any] = url_conninfo(url, passwords, role, database)
    connection = sessions.enter_context(psycopg.connect(**conninfo, autocommit=True))
    return Session(
        query=lambda statement: connection.execute(statement.encode()).fetchall(),
        execute=lambda statement: connection.execute(statement.encode()),
    )


@contextmanager
def administrator(home: Home) -> Iterator[Query]:
    """A way for the doctor to ask: as the administrator of the embedded server (which must be running) or of DATABASE_URL.

    Where DATABASE_URL names no user it asks as sild_migrate, who sees the catalog but not how passwords are kept.
    """
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        yield Server(home.root).query()
        return
    passwords = home.keys / "passwords"
    with ExitStack() as sessions:
        yield _admin(url, passwords, None, sessions, None if names_administrator(url) else MIGRATE).query


def _point(conninfos: dict[str, dict[str, str | int]]) -> None:
    connections.close_all()
    for alias, conninfo in conninfos.items():
        connections.databases[alias].update(django_database(conninfo) | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True})
        if hasattr(connections[alias], "settings_dict"):
            connections[alias].settings_dict.update(connections.databases[alias])


def bring_up_to_date() -> bool:
    """Apply migrations that the database lacks, as sild_migrate, and give what they made to the owner. Returns whether there were any.

    Commands that start at once take turns: the second finds nothing left to do.
    """
    migrating = connections["migrate"]
    try:
        with migrating.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
            executor = MigrationExecutor(migrating)
            missing = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
            if not missing and _knows_what_covers(cursor):
                return False
            if missing:
                call_command("migrate", database="migrate", verbosity=0, interactive=False)
            # what was made from what is declared by the models of this version of the program
            for statement in [covered_sql(), *after_migration_statements()]:
                cursor.execute(statement)
        return missing
    finally:
        migrating.close()


def _knows_what_covers(cursor: CursorWrapper) -> bool:
    """Whether the database's own walk from a record to what was made from it is that of the models."""
    cursor.execute("select prosrc from pg_proc where proname = %s", [COVERED])
    row = cursor.fetchone()
    return row is not None and row[0] in covered_sql()


def settle(home: Home) -> int:
    """Sequence what waits for the ledger; returns the number of entries in the book."""
    return sequence(home)
