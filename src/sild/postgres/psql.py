"""Ask the embedded server with its own psql: no driver is needed, and the password is on no command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sild.postgres.binaries import CLEAN_ENVIRONMENT, Binaries
from sild.postgres.faults import DatabaseFault

Query = Callable[[str], list[tuple[Any, ...]]]
"""One SQL statement in, its rows out: psql here, a driver's cursor elsewhere."""


@dataclass(frozen=True, slots=True)
class Session:
    """A connection that commits each statement: `query` asks a SELECT, `execute` runs anything else."""

    query: Query
    execute: Callable[[str], object]


def run_script(binaries: Binaries, conninfo: Mapping[str, str | int], script: str, timeout_s: float = 60.0) -> str:
    """Run SQL statements, stopping at the first error; returns what psql prints. Raises DatabaseFault with the server's words."""
    line = [binaries.program("psql"), "-X", "-w", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse", "-f", "-"]
    named = {"PGHOST": "host", "PGPORT": "port", "PGDATABASE": "dbname", "PGUSER": "user", "PGPASSWORD": "password"}
    environment = CLEAN_ENVIRONMENT | {name: str(conninfo[key]) for name, key in named.items() if conninfo.get(key)}
    environment |= {
        "PGPASSFILE": "/dev/null",
        "PGCONNECT_TIMEOUT": "20",
        "PGOPTIONS": "-c client_min_messages=warning",
        "PGCLIENTENCODING": "UTF8",
    }
    try:
        told = subprocess.run(
            line, input=script, capture_output=True, encoding="utf-8", errors="replace", env=environment, timeout=timeout_s, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DatabaseFault(
            f"The database did not answer within {timeout_s:.0f} s: look at its log, or start the command again."
        ) from error
    if told.returncode:
        first = next((text for text in told.stderr.splitlines() if text.strip()), "no reason given")
        raise DatabaseFault(f"The database refused a statement or a connection: {first.removeprefix('psql:<stdin>:')}", told.stderr)
    return told.stdout


def psql_query(binaries: Binaries, conninfo: Mapping[str, str | int]) -> Query:
    """A `Query` over psql. Statements must be a SELECT without a semicolon; values are those of JSON."""

    def query(sql: str) -> list[tuple[Any, ...]]:
        answer = run_script(binaries, conninfo, f"select coalesce(json_agg(row_to_json(q)), '[]') from (\n{sql}\n) q;")
        return [tuple(row.values()) for row in json.loads(answer)]

    return query


def psql_session(binaries: Binaries, conninfo: Mapping[str, str | int]) -> Session:
    """A session over psql, a new connection for each statement."""
    return Session(psql_query(binaries, conninfo), lambda sql: run_script(binaries, conninfo, f"{sql};\n"))
