"""What the two clusters of a pair are told: settings, who may enter, and how a standby reaches its primary.

The files lie beside the data directory, not in it: a copy of the data brings no settings of the other side.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sild.postgres.roles import LOGIN_ROLES

REPLICA, GUARD = "sild_replica", "sild_guard"
SILENCE_S = 5
"""After so many seconds of silence each side takes the other for gone."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What an operator chooses of a pair: synchronous or not, how much a lost standby may make the primary keep, durable or an exercise."""

    synchronous: bool = True
    slot_mb: int = 1024
    tls: bool = True
    durable: bool = True


def slot_of(name: str) -> str:
    """The slot, and the name under which a standby shows itself, of the cluster `name`."""
    return f"sild_{name}"


def conf(shape: Shape, folder: Path, port: int, partner: str, upstream: str) -> str:
    """postgresql.conf of one cluster. `upstream` is how it reaches the partner when it is the standby, as libpq's words."""
    names = f'FIRST 1 ("{slot_of(partner)}")' if shape.synchronous else ""
    on = "on" if shape.durable else "off"
    lines = [
        "# Written by Sild at every start; changes here are lost.",
        f"port = {port}",
        f"listen_addresses = '{'localhost' if shape.tls else ''}'",
        f"unix_socket_directories = {_literal(folder / 'socket')}",
        "unix_socket_permissions = 0700",
        f"hba_file = {_literal(folder / 'pg_hba.conf')}",
        f"ident_file = {_literal(folder / 'pg_ident.conf')}",
        "password_encryption = 'scram-sha-256'",
        "max_connections = 100",
        "shared_buffers = 128MB",
        "work_mem = 16MB",
        "max_wal_size = 512MB",
        f"fsync = {on}",
        "full_page_writes = on",
        "wal_level = replica",
        "hot_standby = on",
        "max_wal_senders = 6",
        "max_replication_slots = 6",
        "# a standby that stays away may not fill the primary's disk: beyond this it must be copied anew",
        f"max_slot_wal_keep_size = {shape.slot_mb}MB",
        f"wal_sender_timeout = {SILENCE_S}s",
        f"wal_receiver_timeout = {SILENCE_S}s",
        "wal_receiver_status_interval = 1s",
        "wal_retrieve_retry_interval = 500ms",
        "synchronous_commit = on",
        f"synchronous_standby_names = '{names}'",
        f"primary_conninfo = {_literal(upstream)}",
        f"primary_slot_name = '{slot_of(folder.name)}'",
        "recovery_target_timeline = 'latest'",
        "max_parallel_workers_per_gather = 0",
        "max_parallel_maintenance_workers = 0",
        "jit = off",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "lc_messages = 'C'",
        "default_text_search_config = 'pg_catalog.simple'",
        "# errors of statements can quote records: the log tells of the server, not of the data",
        "log_min_messages = log",
        "log_min_error_statement = panic",
        "log_error_verbosity = terse",
        "log_checkpoints = off",
        "log_line_prefix = '%m [%p] '",
    ]
    if shape.tls:
        lines += [
            "ssl = on",
            "ssl_min_protocol_version = 'TLSv1.3'",
            f"ssl_ca_file = {_literal(folder / 'ca.pem')}",
            f"ssl_cert_file = {_literal(folder / 'server.pem')}",
            f"ssl_key_file = {_literal(folder / 'server.key')}",
        ]
    return "\n".join(lines) + "\n"


def _literal(value: object) -> str:
    """A value in a configuration file."""
    return "'" + str(value).replace("'", "''") + "'"


def hba(shape: Shape) -> str:
    """pg_hba.conf: over TCP the copying role alone proves itself by a certificate too; over the private socket everybody by a password."""
    head = ["# Written by Sild at every start; changes here are lost."]
    if not shape.tls:
        return "\n".join([*head, "local all all scram-sha-256", f"local replication {REPLICA} scram-sha-256"]) + "\n"
    desk = ",".join((*LOGIN_ROLES, GUARD))
    lines = ["local all all scram-sha-256"]
    for place in ("127.0.0.1/32", "::1/128"):
        lines += [
            f"hostssl replication {REPLICA} {place} scram-sha-256 clientcert=verify-full",
            f"hostssl postgres {REPLICA} {place} scram-sha-256 clientcert=verify-full",
            f"hostssl all {desk} {place} scram-sha-256",
        ]
    return "\n".join([*head, *lines]) + "\n"


def upstream(shape: Shape, folder: Path, partner: Path, port: int, database: str = "") -> str:
    """How the cluster in `folder` reaches its partner, as libpq's words. Without TLS only the partner's socket, for exercises."""
    words = {
        "host": "localhost" if shape.tls else str(partner / "socket"),
        "port": str(port),
        "user": REPLICA,
        "passfile": str(folder / "passfile"),
        "application_name": slot_of(folder.name),
        "connect_timeout": "5",
        "keepalives_idle": "2",
        "keepalives_interval": "1",
        "keepalives_count": "3",
    }
    if shape.tls:
        words |= {"sslmode": "verify-full", "sslrootcert": str(folder / "ca.pem")}
        words |= {"sslcert": str(folder / "replica.pem"), "sslkey": str(folder / "replica.key")}
    if database:
        words["dbname"] = database
    return " ".join(f"{name}={_quoted(value)}" for name, value in words.items())


def _quoted(value: str) -> str:
    """A value in libpq's words: a folder may hold spaces."""
    inner = value.replace("\\", "\\\\").replace("'", "\\'")
    return value if value.replace("/", "").replace("_", "").replace("-", "").replace(".", "").isalnum() else f"'{inner}'"


def roles_statements(verifiers: dict[str, str]) -> list[str]:
    """The two roles that a pair needs beside the desk's, as SQL for a superuser; safe to run again.

    sild_replica copies (and reads the files that pg_rewind compares); sild_guard sees who waits, ends those who wait in vain, and
    changes two settings. Neither is a superuser, neither reads a record of the desk by SQL.
    """
    statements = []
    for role, kind in ((REPLICA, "LOGIN REPLICATION"), (GUARD, "LOGIN NOREPLICATION")):
        wanted = f"{kind} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '{verifiers[role]}'"
        statements.append(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} {wanted};"
            f" ELSE ALTER ROLE {role} {wanted}; END IF; END $$"
        )
    reads = ("pg_ls_dir(text, boolean, boolean)", "pg_stat_file(text, boolean)", "pg_read_binary_file(text)")
    statements += [f"GRANT EXECUTE ON FUNCTION pg_catalog.{name} TO {REPLICA}" for name in reads]
    statements.append(f"GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean) TO {REPLICA}")
    statements.append(f"GRANT pg_monitor, pg_signal_backend TO {GUARD}")
    statements.append(f"GRANT ALTER SYSTEM ON PARAMETER synchronous_standby_names, default_transaction_read_only TO {GUARD}")
    statements.append(f"GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO {GUARD}")
    return statements
