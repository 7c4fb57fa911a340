"""Roles, rights and database on an operator's own cluster: the same statements as for the embedded one.

The caller brings the connection (the embedded psql speaks no TLS): a driver that commits each statement.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sild.postgres.connection import kept_password
from sild.postgres.faults import DatabaseFault
from sild.postgres.psql import Session
from sild.postgres.roles import BYPASS_ROLES, DATABASE, LOGIN_ROLES, MEMBERSHIP_OPTIONS, OWN_LOWEST, bootstrap_statements


def prepare_own_cluster(connect: Callable[[str], Session], passwords: Path, database: str = DATABASE, first: str = "postgres") -> None:
    """Make or mend Sild's roles and database on a cluster; safe to run again. Raises DatabaseFault with what is missing.

    `connect` opens a session of the administrator in a named database; `first` is one that exists already. The roles'
    passwords are kept in the folder `passwords`, made there when missing; only their verifiers travel.
    """
    session = connect(first)
    version = int(session.query("SELECT current_setting('server_version_num')::int AS number")[0][0])
    _refuse_unfit(session, version)
    steps = bootstrap_statements({role: kept_password(passwords, role) for role in LOGIN_ROLES}, database, version)
    for statement in steps.cluster:
        session.execute(statement)
    if not session.query(f"SELECT 1 AS here FROM pg_database WHERE datname = '{database}'"):
        session.execute(steps.create)
    inside = connect(database)
    for statement in steps.database:
        inside.execute(statement)


def _refuse_unfit(session: Session, version: int) -> None:
    """Before the first statement: that the server is new enough and this user may make the roles."""
    if version < OWN_LOWEST:
        raise DatabaseFault(
            f"The cluster of DATABASE_URL is PostgreSQL {version // 10000}, Sild needs {OWN_LOWEST // 10000} or newer: "
            "move it up, or use the embedded one."
        )
    names = ", ".join(f"'{role}'" for role in BYPASS_ROLES)
    is_super, makes, bypasses, made = session.query(
        "SELECT rolsuper AS super, rolcreaterole AND rolcreatedb AS makes, rolbypassrls AS bypasses,"
        f" (SELECT count(*) FROM pg_roles WHERE rolname IN ({names}) AND rolbypassrls) = {len(BYPASS_ROLES)} AS made"
        " FROM pg_roles WHERE rolname = current_user"
    )[0]
    if is_super:
        return
    if not makes or (version >= MEMBERSHIP_OPTIONS and not bypasses):
        raise DatabaseFault(
            "The user of DATABASE_URL may not make Sild's roles: for `sild init`, "
            "use a superuser, or one with CREATEROLE, CREATEDB and BYPASSRLS."
        )
    if version < MEMBERSHIP_OPTIONS and not made:
        statements = " ".join(f"CREATE ROLE {role} BYPASSRLS;" for role in BYPASS_ROLES)
        raise DatabaseFault(
            f"PostgreSQL {version // 10000} lets only a superuser make the two roles that bypass row-level security: "
            f"have one run {statements} and run `sild init` again."
        )
