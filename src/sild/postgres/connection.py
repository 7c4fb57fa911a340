"""How a role reaches the database: the embedded one of a home, or an operator's own at a DATABASE_URL.

Passwords are files of mode 0600 in the home, one per role; a file that others can read is refused.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sild.postgres.faults import DatabaseFault, plain_reason
from sild.postgres.places import write_private
from sild.postgres.roles import DATABASE

PORT = 5432
NAME = re.compile(r"[a-z0-9_]+")
OWN_SETTINGS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "connect_timeout", "target_session_attrs", "channel_binding")


def read_password(folder: Path, role: str) -> str:
    """The role's password. Raises DatabaseFault when there is none or others can read the file."""
    path = folder / role
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle) as file:
            found = os.fstat(handle)
            if stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid != os.geteuid():
                raise DatabaseFault(
                    f"The password file {path} can be read by others: remove it and start again, which makes a new password."
                )
            password = file.read().strip()
    except FileNotFoundError:
        raise DatabaseFault(f"There is no password for the role {role} at {path}: run `sild init`.") from None
    except OSError as error:
        raise DatabaseFault(f"The password file {path} cannot be read ({plain_reason(error)}): use the account that made it.") from error
    if not password:
        raise DatabaseFault(f"The password file {path} is empty: remove it and start again, which makes a new password.")
    return password


def kept_password(folder: Path, role: str) -> str:
    """The role's password, made (256 random bits) when there is none or it is unfinished."""
    path = folder / role
    if not path.exists() or path.stat().st_size == 0:
        write_private(path, secrets.token_urlsafe(32) + "\n")
    return read_password(folder, role)


def embedded_conninfo(socket: Path, passwords: Path, role: str, database: str = DATABASE) -> dict[str, str | int]:
    """libpq's words for the embedded server: host (the socket's directory), port, dbname, user, password."""
    return {"host": str(socket), "port": PORT, "dbname": database, "user": role, "password": read_password(passwords, role)}


def url_conninfo(url: str, passwords: Path, role: str | None = None, database: str | None = None) -> dict[str, str | int]:
    """libpq's words for an operator's cluster. `role` None is the URL's own user (or libpq's default): the administrator.

    Raises DatabaseFault on an address that is not one of PostgreSQL or names no database. The password is never in the message.
    """
    try:
        parts = urlsplit(url.strip())
        hosts, port = _servers(parts.netloc.rpartition("@")[2])
    except ValueError:
        raise DatabaseFault("DATABASE_URL cannot be read: write postgresql://user:password@host:5432/sild.") from None
    name = database or unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name or "/" in name:
        raise DatabaseFault("DATABASE_URL is not an address of a PostgreSQL database: write postgresql://user:password@host:5432/sild.")
    if not NAME.fullmatch(name):
        raise DatabaseFault(f"The database name {name!r} in DATABASE_URL must be lower-case letters, digits and underscores.")
    settings = dict(parse_qsl(parts.query))
    host = settings.pop("host", None) or hosts
    unknown = sorted(set(settings) - set(OWN_SETTINGS))
    if unknown:
        raise DatabaseFault(f"DATABASE_URL has settings that are not known: {', '.join(unknown)} (known: {', '.join(OWN_SETTINGS)}).")
    if not host:
        raise DatabaseFault("DATABASE_URL names no host: write postgresql://user:password@host:5432/sild, or ?host=/path/of/socket.")
    info: dict[str, str | int] = {"host": host, "port": port, "dbname": name, **settings}
    if role is None:
        if parts.username:
            info["user"] = unquote(parts.username)
        if parts.password:
            info["password"] = unquote(parts.password)
        return info
    return info | {"user": role, "password": read_password(passwords, role)}


def _servers(place: str) -> tuple[str, str | int]:
    """Hosts and ports of an address that names one server, or a primary and its standbys with commas between. Raises ValueError."""
    found = [urlsplit(f"//{one}") for one in place.split(",")]
    hosts, ports = [unquote(one.hostname or "") for one in found], [one.port or PORT for one in found]
    if len(found) == 1:
        return hosts[0], ports[0]
    if not all(hosts):
        raise ValueError("a server without a name")
    return ",".join(hosts), ",".join(str(port) for port in ports)


def names_administrator(url: str) -> bool:
    """Whether the address names a user: then this command may make roles; in the daily work it names none."""
    return bool(urlsplit(url.strip()).username)


def may_read(folder: Path, role: str) -> bool:
    """Whether this process is let at the role's password: web and worker are run without those of migrations and backup."""
    return os.access(folder / role, os.R_OK)


def django_database(conninfo: dict[str, str | int]) -> dict[str, Any]:
    """The same connection as an entry of Django's DATABASES."""
    first = {"host", "port", "dbname", "user", "password"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": conninfo["dbname"],
        "USER": conninfo["user"],
        "PASSWORD": conninfo["password"],
        "HOST": conninfo["host"],
        "PORT": str(conninfo["port"]),
        "OPTIONS": {name: value for name, value in conninfo.items() if name not in first},
    }
