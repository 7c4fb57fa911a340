"""Roles, rights and database on an operator's own cluster: the same statements as for the embedded one.

The caller brings the connection (the embedded psql speaks no TLS): a driver that commits each statement.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sild.postgres.connection import kept_password
from sild.postgres.doctor import LOWEST_VERSION
from sild.postgres.faults import DatabaseFault
from sild.postgres.psql import Session
from sild.postgres.roles import DATABASE, LOGIN_ROLES, bootstrap_statements


def prepare_own_cluster(connect: Callable[[str], Session], passwords: Path, database: str = DATABASE, first: str = "postgres") -> None:
    """Make or mend Sild's roles and database on a cluster; safe to run again. Raises DatabaseFault with what is missing.

    `connect` opens a session of the administrator in a named database; `first` is one that exists already. The roles'
    passwords are kept in the folder `passwords`, made there when missing; only their verifiers travel.
    """
    session = connect(first)
    _refuse_unfit(session)
    steps = bootstrap_statements({role: kept_password(passwords, role) for role in LOGIN_ROLES}, database)
    for statement in steps.cluster:
        session.execute(statement)
    if not session.query(f"SELECT 1 AS here FROM pg_database WHERE datname = '{database}'"):
        session.execute(steps.create)
    inside = connect(database)
    _refuse_without_vector(inside, database)
    for statement in steps.database:
        inside.execute(statement)


def _refuse_unfit(session: Session) -> None:
    number, able = session.query(
        "SELECT current_setting('server_version_num')::int AS number, rolsuper OR (rolcreaterole AND rolcreatedb AND rolbypassrls) AS able"
        " FROM pg_roles WHERE rolname = current_user"
    )[0]
    if number < LOWEST_VERSION:
        raise DatabaseFault(
            f"The cluster of DATABASE_URL is PostgreSQL {number // 10000}, Sild needs 18 or newer: move it up, or use the embedded one."
        )
    if not able:
        raise DatabaseFault(
            "The user of DATABASE_URL may not make Sild's roles: for `sild init`, "
            "use a superuser, or one with CREATEROLE, CREATEDB and BYPASSRLS."
        )


def _refuse_without_vector(session: Session, database: str) -> None:
    """Before CREATE EXTENSION fails: whether it is there, or this user may install it."""
    installed, available, trusted, is_super = session.query(
        "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') AS installed,"
        " EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS available,"
        " EXISTS (SELECT FROM pg_available_extension_versions WHERE name = 'vector' AND trusted) AS trusted,"
        " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS is_super"
    )[0]
    if not installed and not available:
        raise DatabaseFault(
            "The cluster of DATABASE_URL does not offer the extension `vector` (pgvector): install it on the server, then try again."
        )
    if not installed and not trusted and not is_super:
        raise DatabaseFault(
            "The user of DATABASE_URL may not install the extension `vector`: "
            f"have a superuser run CREATE EXTENSION vector in the database {database}."
        )
