"""What the running server shows, finding by finding: nothing is believed because we once wrote it.

`examine` looks at the embedded server, its files and its cluster; `examine_own_cluster` at an operator's.
What the tables show is in `table_findings`.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from sild.postgres.connection import PORT
from sild.postgres.faults import DatabaseFault
from sild.postgres.founding import server_major
from sild.postgres.processes import listens_on_tcp
from sild.postgres.psql import Query, psql_query
from sild.postgres.roles import (
    ALL_ROLES,
    APP,
    BACKUP,
    BYPASS_ROLES,
    DATABASE,
    EMBEDDED_LOWEST,
    EXTENSIONS,
    GATE,
    LEFT_ALONE,
    LOGIN_ROLES,
    MEMBERSHIP_OPTIONS,
    MIGRATE,
    OWN_LOWEST,
    OWNER,
    SEQUENCER,
    SUPERUSER,
)
from sild.postgres.settings import demanded
from sild.postgres.supervisor import Server

AGAIN = "End every sild command and start again: the configuration is written anew at every start."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `what` says what was seen, `next_step` what to do when it is not right (else empty)."""

    code: str
    ok: bool
    what: str
    next_step: str = ""


def examine(server: Server) -> list[Finding]:
    """Every finding about the embedded server, which must be running; one that cannot be asked is a finding too."""
    findings = _files(server)
    try:
        cluster, desk = server.query(database="postgres"), server.query()
        findings += [*_identity(server, cluster), *_durability(cluster), *_doors(server, cluster)]
        findings += [*_strangers(cluster), *_passwords(cluster), *_roles(cluster), *_rights(desk), *_locale(desk)]
    except DatabaseFault as fault:
        return [*findings, _finding("answers", False, str(fault), "Do what the line says, then run the doctor again.")]
    return [*findings, _finding("answers", True, "the server answers every question", "")]


def examine_own_cluster(query: Query) -> list[Finding]:
    """The findings about an operator's cluster, asked by its administrator inside Sild's database."""
    number = int(query("SELECT current_setting('server_version_num') AS number")[0][0])
    lowest = OWN_LOWEST // 10000
    version = _finding(
        "version", number >= OWN_LOWEST, f"the server's version number is {number}", f"Move to PostgreSQL {lowest} or newer."
    )
    hidden = query("SELECT NOT has_table_privilege('pg_catalog.pg_authid', 'SELECT') AS hidden")[0][0]
    encryption = query("SELECT current_setting('password_encryption') AS method")[0][0]
    kept = "Set password_encryption to scram-sha-256, then run `sild init` again with the administrator's address."
    stored = [_finding("passwords", encryption == "scram-sha-256", f"passwords are kept by {encryption} (this user cannot see more)", kept)]
    return [
        version,
        *_durability(query, "Set it in the configuration of the server."),
        *(stored if hidden else _passwords(query)),
        *_roles(query, number),
        *_rights(query),
        *_locale(query),
    ]


def _finding(code: str, ok: bool, what: str, next_step: str) -> Finding:
    return Finding(f"database.{code}", ok, what, "" if ok else next_step)


def _none(code: str, wrong: list[str], fine: str, next_step: str) -> Finding:
    """A finding that is right when the list of what is wrong is empty."""
    return _finding(code, not wrong, "; ".join(wrong) if wrong else fine, next_step)


def _identity(server: Server, query: Query) -> list[Finding]:
    place = server.place
    row = query("SELECT current_setting('server_version_num')::int AS number, current_setting('data_directory') AS data")[0]
    made = server_major(place)
    wanted = demanded(place, durable=True)
    names = ", ".join(f"'{name}'" for name in wanted)
    seen: dict[str, str] = dict(query(f"SELECT name, setting FROM pg_settings WHERE name IN ({names})"))
    wrong = [f"{name} is {seen.get(name)!r}, not {value!r}" for name, value in wanted.items() if seen.get(name) != value]
    loaded = query(
        "SELECT name, setting FROM pg_settings WHERE setting <> '' AND (name LIKE '%preload_libraries' OR name IN ('archive_command',"
        " 'archive_library', 'restore_command', 'archive_cleanup_command', 'recovery_end_command') AND setting <> '(disabled)')"
        " UNION ALL SELECT name, 'waits for a restart' FROM pg_settings WHERE pending_restart"
    )
    return [
        _finding("version", row[0] >= EMBEDDED_LOWEST, f"the server's version number is {row[0]}", "Run `make install` again."),
        _finding(
            "data",
            row[1] == str(place.data),
            f"the server serves {row[1]}",
            f"Another server has our socket: stop it. Ours is {place.data}.",
        ),
        _finding(
            "major", made == row[0] // 10000, f"the data directory is of version {made}", "Dump with the old version, restore with the new."
        ),
        _none("settings", wrong, "every demanded setting holds in the running server", AGAIN),
        _none("programs", [f"{name} is {value}" for name, value in loaded], "no library or program is loaded by a setting", AGAIN),
    ]


def _durability(query: Query, mend: str = AGAIN) -> list[Finding]:
    names = ("fsync", "full_page_writes", "data_checksums", "synchronous_commit")
    row = query("SELECT " + ", ".join(f"current_setting('{name}') AS {name}" for name in names))[0]
    hint = {"data_checksums": "Dump the database and restore it into a cluster with checksums."}
    findings = [_finding(name, value != "off", f"{name} is {value}", hint.get(name, mend)) for name, value in zip(names, row, strict=True)]
    broken = query("SELECT coalesce(datname, 'shared') AS name, checksum_failures AS n FROM pg_stat_database WHERE checksum_failures > 0")
    told = [f"{count} damaged pages in {name}" for name, count in broken]
    return [*findings, _none("pages", told, "no damaged page was met", "The disk loses data: restore a backup on another disk.")]


def _doors(server: Server, query: Query) -> list[Finding]:
    place = server.place
    rules = query(
        "SELECT line_number AS line, type, coalesce(auth_method, '') AS method, coalesce(error, '') AS error"
        " FROM pg_hba_file_rules ORDER BY rule_number"
    )
    open_lines = [
        f"line {n}: {kind} {method}{error}" for n, kind, method, error in rules if (kind, method, error) != ("local", "scram-sha-256", "")
    ]
    if not rules:
        open_lines = ["there is no line at all"]
    listening = query("SELECT current_setting('listen_addresses') AS listening")[0][0]
    ports = listens_on_tcp(server.pid or 0)
    network = [f"it listens on {listening}"] * bool(listening) + [f"it listens on TCP port {port}" for port in ports]
    entered = [role for role in (SUPERUSER, *LOGIN_ROLES) if _enters_with(server, role, "not-the-password")]
    found = place.socket.lstat()
    right = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700 and found.st_uid == place.owner
    shown = f"the socket's directory {place.socket} has mode {stat.S_IMODE(found.st_mode):o} and belongs to uid {found.st_uid}"
    return [
        _none("hba", open_lines, "every line of pg_hba.conf asks for a scram password", AGAIN),
        _none("wrong_password", [f"{role} gets in" for role in entered], "a wrong password is refused for every role", AGAIN),
        _none("no_tcp", network, "no network port is open", AGAIN),
        _finding("socket", right, shown, f"Remove {place.socket} while nothing runs, and start again."),
    ]


def _enters_with(server: Server, role: str, password: str) -> bool:
    """Whether the running server lets the role in with this password."""
    try:
        where: dict[str, str | int] = {
            "host": str(server.place.socket),
            "port": PORT,
            "dbname": DATABASE,
            "user": role,
            "password": password,
        }
        psql_query(server.binaries, where)("SELECT 1 AS one")
    except DatabaseFault as fault:
        if "password authentication failed" in fault.detail:
            return False
        raise
    return True


def _files(server: Server) -> list[Finding]:
    """Modes and owners of what lies on the disk. Under root, settings may be read by the server's own group."""
    place = server.place
    mine = place.keys.stat().st_uid
    shared = 0o750 if place.account else 0o700
    folders = {place.keys: (0o700, mine), place.passwords: (0o700, mine), place.data: (0o700, place.owner)}
    folders |= {place.settings: (shared, mine), place.base: (shared, mine)}
    wrong = [text for path, (mode, owner) in folders.items() if (text := _differs(path, mode, owner))]
    files = dict.fromkeys([*place.passwords.iterdir(), place.log], (0o600, mine))
    files |= dict.fromkeys(place.settings.iterdir(), (shared & 0o666, mine))
    loose = [text for path, (mode, owner) in files.items() if (text := _differs(path, mode, owner))]
    missing = [f"{role} has no password file" for role in (SUPERUSER, *LOGIN_ROLES) if not (place.passwords / role).exists()]
    return [
        _none("directories", wrong, "every directory of the cluster is private", "Set owner and mode back, and ask who changed them."),
        _none(
            "files",
            loose + missing,
            "passwords, settings and log are private",
            "Remove the password files named and start again: new ones are made.",
        ),
    ]


def _differs(path: Path, mode: int, owner: int) -> str:
    found = path.lstat()
    if stat.S_IMODE(found.st_mode) == mode and found.st_uid == owner and not stat.S_ISLNK(found.st_mode):
        return ""
    return f"{path} has mode {stat.S_IMODE(found.st_mode):o} and belongs to uid {found.st_uid} (expected {mode:o}, uid {owner})"


def _strangers(query: Query) -> list[Finding]:
    """Roles that are not ours: there are none in a cluster of our own."""
    known = ", ".join(f"'{role}'" for role in (SUPERUSER, *ALL_ROLES))
    found = query(f"SELECT rolname AS name FROM pg_roles WHERE rolname NOT IN ({known}) AND (rolname NOT LIKE 'pg\\_%' OR rolcanlogin)")
    return [
        _none(
            "strangers",
            [f"the role {name} is not Sild's" for (name,) in found],
            "no role is there but Sild's",
            "Ask who made it; DROP ROLE.",
        )
    ]


def _passwords(query: Query) -> list[Finding]:
    """How the passwords of Sild's roles are stored; only an administrator who may read pg_authid sees it."""
    names = ", ".join(f"'{role}'" for role in (SUPERUSER, *ALL_ROLES))
    bare = query(
        f"SELECT rolname AS name FROM pg_authid WHERE rolcanlogin AND rolname IN ({names})"
        " AND (rolpassword IS NULL OR rolpassword NOT LIKE 'SCRAM-SHA-256$%')"
    )
    told = [f"{name} has no scram password" for (name,) in bare]
    return [_none("passwords", told, "every role that signs in has a scram password", "Run `sild init` again: it sets them.")]


def _roles(query: Query, version: int = EMBEDDED_LOWEST) -> list[Finding]:
    """What Sild's roles are: present, with exactly the attributes, memberships and bound settings that they should have."""
    effective = "a.inherit_option OR a.set_option" if version >= MEMBERSHIP_OPTIONS else "true"
    names = ", ".join(f"'{role}'" for role in (SUPERUSER, *ALL_ROLES))
    rows = query(
        "SELECT rolname AS name, rolsuper AS super, rolbypassrls AS bypass, rolcanlogin AS login,"
        f" rolcreaterole OR rolcreatedb OR rolreplication AS makes FROM pg_roles WHERE rolname IN ({names})"
    )
    seen = {row[0]: row[1:] for row in rows}
    wrong = [f"{role} is missing" for role in ALL_ROLES if role not in seen]
    for role, (is_super, bypass, login, makes) in seen.items():
        if role == SUPERUSER:
            continue
        wrong += [f"{role} is a superuser"] * is_super + [f"{role} may make roles, databases or replicas"] * makes
        wrong += [f"{role} {'bypasses' if bypass else 'does not bypass'} row-level security"] * (bypass != (role in BYPASS_ROLES))
        wrong += [f"{role} {'may' if login else 'may not'} sign in"] * (login != (role in LOGIN_ROLES))
    members = query(
        "SELECT m.rolname AS member, r.rolname AS role FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
        " JOIN pg_roles r ON r.oid = a.roleid WHERE ("
        f"{effective}) AND (m.rolname IN ({names}) OR r.rolname IN ({names}) AND NOT (m.rolsuper OR m.rolcreaterole))"
    )
    allowed = {(MIGRATE, OWNER), (MIGRATE, GATE)}
    wrong += [f"{member} is a member of {role}" for member, role in members if (member, role) not in allowed]
    bound = query(
        "SELECT coalesce(r.rolname, 'every role') AS role, s AS setting FROM pg_db_role_setting d LEFT JOIN pg_roles r ON r.oid = d.setrole"
        f" CROSS JOIN unnest(d.setconfig) s WHERE r.rolname IS NULL OR r.rolname IN ({names})"
    )
    wrong += [f"{role} has the setting {setting} bound to it" for role, setting in bound if (role, setting) not in _BOUND]
    return [
        _none(
            "roles",
            wrong,
            "Sild's roles have exactly their rights",
            "Ask who changed them; `sild init` sets attributes, REVOKE takes memberships.",
        )
    ]


_BOUND = {
    (BACKUP, "default_transaction_read_only=on"),
    (APP, "search_path=public, pg_temp"),
    (APP, "idle_in_transaction_session_timeout=5min"),
    (SEQUENCER, "search_path=public, pg_temp"),
    (SEQUENCER, "idle_in_transaction_session_timeout=5min"),
}


def _rights(query: Query) -> list[Finding]:
    """What the roles may do in Sild's database, which the query must be connected to."""
    humble = ", ".join(f"'{role}'" for role in (APP, SEQUENCER, BACKUP))
    owned = query(
        "SELECT r.rolname AS role, count(*) AS things FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid"
        f" WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' AND d.classid <> 'pg_default_acl'::regclass"
        f" AND r.rolname IN ({humble}, '{MIGRATE}') GROUP BY 1"
    )
    creates = query(
        f"SELECT r AS role, 'schema ' || n.nspname AS place FROM unnest(ARRAY[{humble}]) r, pg_namespace n"
        " WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND has_schema_privilege(r, n.oid, 'CREATE')"
        f" UNION ALL SELECT r, 'database ' || d.datname FROM unnest(ARRAY[{humble}]) r, pg_database d WHERE d.datname = current_database()"
        " AND (has_database_privilege(r, d.oid, 'CREATE') OR has_database_privilege(r, d.oid, 'TEMPORARY'))"
    )
    public = query(
        "SELECT 'schema ' || nspname AS place FROM pg_namespace n, aclexplode(n.nspacl) a"
        " WHERE a.grantee = 0 AND nspname IN ('public', 'gate') UNION ALL SELECT 'database ' || datname"
        " FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a"
        f" WHERE a.grantee = 0 AND datname IN (current_database(), '{DATABASE}')"
    )
    extensions = {name for (name,) in query("SELECT extname AS name FROM pg_extension")}
    strange = [f"{name} is installed" for name in sorted(extensions - {*EXTENSIONS, *LEFT_ALONE})]
    strange += [f"{name} is missing" for name in EXTENSIONS if name not in extensions]
    hint = f"Run `sild init` again; then, as an administrator: REASSIGN OWNED BY the role TO {OWNER}."
    return [
        _none("ownership", [f"{role} owns {count} things" for role, count in owned], "web, worker and migrations own nothing", hint),
        _none("creation", [f"{role} may create in {place}" for role, place in creates], "web and worker can create nothing", "REVOKE it."),
        _none(
            "public",
            [f"everybody has rights on {place}" for (place,) in public],
            "PUBLIC has no rights here",
            "Run `sild init` again, or REVOKE it.",
        ),
        _none("extensions", strange, "nothing is installed but plpgsql", "Ask who installed it; DROP EXTENSION."),
    ]


def _locale(query: Query) -> list[Finding]:
    """That texts are kept as UTF-8, sorted by code points (no library of the machine can change an index) and letters are known."""
    encoding, provider, collate = query(
        "SELECT pg_encoding_to_char(encoding) AS encoding, datlocprovider::text AS provider, datcollate AS collate"
        " FROM pg_database WHERE datname = current_database()"
    )[0]
    knows = encoding == "UTF8" and query("SELECT lower('ЄÕ') = 'єõ' AS knows")[0][0]
    wrong = [f"texts are kept as {encoding}, not UTF8"] * (encoding != "UTF8")
    wrong += [f"texts are sorted by {collate} of provider {provider}"] * (provider != "b" and collate not in ("C", "POSIX"))
    wrong += ["letters beyond ASCII have no small and capital form"] * (not knows)
    hint = "Let `sild init` make the database: dump this one, name another in DATABASE_URL, and restore into that."
    return [_none("locale", wrong, "texts are UTF-8, sorted by code points", hint)]
