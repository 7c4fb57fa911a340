"""The configuration of the embedded server: written anew at every start, and what must be seen to hold while it runs.

The safety settings go on the command line too, which outranks every file.
"""

from __future__ import annotations

from sild.postgres.places import Place

HBA = """\
# Written by Sild at every start; changes here are lost. Every role shows its password, over the private socket only.
local all all scram-sha-256
"""
CHECKED = (
    "data_directory", "server_version_num", "listen_addresses", "unix_socket_directories", "hba_file", "config_file", "fsync",
    "full_page_writes", "data_checksums", "password_encryption", "allow_alter_system", "row_security", "ssl",
)  # fmt: skip


def command_options(place: Place, durable: bool) -> list[str]:
    """The settings that no file may change, as command line words of the server."""
    return [word for name, value in demanded(place, durable).items() for word in ("-c", f"{name}={value}")]


def demanded(place: Place, durable: bool) -> dict[str, str]:
    """The settings that must hold in the running server, by name."""
    on = "on" if durable else "off"
    return {
        "config_file": str(place.settings / "postgresql.conf"),
        "hba_file": str(place.settings / "pg_hba.conf"),
        "ident_file": str(place.settings / "pg_ident.conf"),
        "unix_socket_directories": str(place.socket),
        "listen_addresses": "",
        "password_encryption": "scram-sha-256",
        "fsync": on,
        "full_page_writes": on,
        "allow_alter_system": "off",
    }


def postgresql_conf(durable: bool) -> str:
    """The file of the settings that are a matter of taste and size."""
    lines = [
        "# Written by Sild at every start; changes here are lost.",
        "port = 5432",
        "unix_socket_permissions = 0700",
        "max_connections = 60",
        "shared_buffers = 128MB",
        "work_mem = 16MB",
        "maintenance_work_mem = 128MB",
        "max_wal_size = 512MB",
        "# a dump is the backup: no replication connection is possible",
        "wal_level = minimal",
        "max_wal_senders = 0",
        "# two cores serve many; and the shared memory of small containers is too small for parallel plans",
        "max_parallel_workers_per_gather = 0",
        "max_parallel_maintenance_workers = 0",
        "jit = off",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "datestyle = 'iso, ymd'",
        "lc_messages = 'C'",
        "default_text_search_config = 'pg_catalog.simple'",
        "# errors of statements can quote records: the log tells of the server, not of the data",
        "log_min_messages = log",
        "log_min_error_statement = panic",
        "log_error_verbosity = terse",
        "log_checkpoints = off",
        "log_line_prefix = '%m [%p] '",
        f"synchronous_commit = {'on' if durable else 'off'}",
    ]
    return "\n".join(lines) + "\n"
