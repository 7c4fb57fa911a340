"""The roles of the database and what each may do, as SQL that can be run again and again.

sild_owner     NOLOGIN; owns the database, its schema and every table. Nobody signs in as the owner.
sild_migrate   signs in for migrations only: inherits the owner's rights (DDL) and has BYPASSRLS, because under forced
               policies a data migration of the owner changes no row, in silence. What it makes goes to the owner
               afterwards: run `after_migration_statements` at the end of every migrate command.
sild_backup    signs in for dumps only: reads everything (BYPASSRLS), writes nothing.
sild_sequencer the ledger's sequencer: only what a migration grants it (outbox and tree).
sild_gate      NOLOGIN, no bypass; owns the few definer functions (sign-in, token look-up), in the schema `gate`.
               Policies name it for exactly the tables that those functions read.
sild_app       web and worker: reads and writes rows under the policies; owns nothing, creates nothing, bypasses nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

DATABASE = "sild"
SUPERUSER = "sild_superuser"  # of the embedded cluster only
OWNER, MIGRATE, BACKUP, SEQUENCER, GATE, APP = "sild_owner", "sild_migrate", "sild_backup", "sild_sequencer", "sild_gate", "sild_app"
LOGIN_ROLES = (MIGRATE, BACKUP, SEQUENCER, APP)
BYPASS_ROLES = (MIGRATE, BACKUP)
ALL_ROLES = (OWNER, GATE, *LOGIN_ROLES)
EXTENSIONS = ("plpgsql",)
LEFT_ALONE = ("vector",)  # homes of before hold it, unused: no reason to be red
OWN_LOWEST, EMBEDDED_LOWEST = 150000, 180000  # server_version_num of an operator's cluster, and of the programs we bring
MEMBERSHIP_OPTIONS, BUILTIN_LOCALE = 160000, 170000  # from which versions on the server knows the form
_ITERATIONS = 4096


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """The statements in order: `cluster` in any database, `create` when the database is missing, `database` inside it."""

    name: str
    cluster: list[str]
    create: str
    database: list[str]

    @property
    def digest(self) -> str:
        """Changes with any statement, hence with any password."""
        return hashlib.sha256("\n".join([*self.cluster, self.create, *self.database]).encode()).hexdigest()[:32]


def bootstrap_statements(passwords: Mapping[str, str], database: str = DATABASE, version: int = EMBEDDED_LOWEST) -> Bootstrap:
    """All SQL that turns an empty cluster into one that Sild's migrations can run on; safe to run again.

    `passwords` has one for each of LOGIN_ROLES; only their scram verifiers appear in the statements. `version` is the
    server_version_num: two forms are newer than 15. The caller is a superuser, or a role with CREATEROLE, CREATEDB and
    BYPASSRLS; before 16 only a superuser makes BYPASS_ROLES, so there they exist already.
    """
    missing = [role for role in LOGIN_ROLES if not passwords.get(role)]
    if missing:
        raise ValueError(f"no password for {', '.join(missing)}")
    if not database.replace("_", "").isalnum() or not database.isascii() or database != database.lower():
        raise ValueError(f"the database name {database!r} must be lower-case letters, digits and underscores")
    cluster = [_role(role, passwords.get(role)) for role in ALL_ROLES]
    # before 16 a member always may both: inheriting is an attribute of the member, which all our roles have
    options = " WITH INHERIT TRUE, SET TRUE" if version >= MEMBERSHIP_OPTIONS else ""
    cluster += [f"GRANT {OWNER} TO {MIGRATE}{options}", f"GRANT {GATE} TO {MIGRATE}{options}"]
    cluster += [_admin_may(role, options) for role in (OWNER, MIGRATE, GATE)]
    cluster += [
        f"ALTER ROLE {BACKUP} SET default_transaction_read_only = on",
        f"ALTER ROLE {APP} SET search_path = public, pg_temp",
        f"ALTER ROLE {APP} SET idle_in_transaction_session_timeout = '5min'",
        f"ALTER ROLE {SEQUENCER} SET search_path = public, pg_temp",
        f"ALTER ROLE {SEQUENCER} SET idle_in_transaction_session_timeout = '5min'",
    ]
    builtin = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
    machine = "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"  # the same order; letters as the machine's library knows them
    locale = builtin if version >= BUILTIN_LOCALE else machine
    create = f"CREATE DATABASE {database} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8' {locale}"
    return Bootstrap(database, cluster, create, _inside(database))


def after_migration_statements() -> list[str]:
    """Give to the owner what a migration made. Run as sild_migrate, after every migrate command; safe to run again."""
    return [f"REASSIGN OWNED BY {MIGRATE} TO {OWNER}"]


def scram_verifier(role: str, password: str) -> str:
    """What PostgreSQL stores for a password (RFC 5802, RFC 7677): the password itself travels in no statement and no log.

    The salt is derived from the (random) password, so that the same password gives the same statement.
    """
    salt = hmac.digest(password.encode(), b"sild salt " + role.encode(), "sha256")[:16]
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${_ITERATIONS}:{text[0]}${text[1]}:{text[2]}"


def _role(role: str, password: str | None) -> str:
    """Make the role when missing and set its attributes. What only a superuser may name is named only where it must change."""
    login, bypass = role in LOGIN_ROLES, role in BYPASS_ROLES
    wanted = f"{'LOGIN' if login else 'NOLOGIN'} INHERIT NOCREATEDB NOCREATEROLE"
    around = "BYPASSRLS" if bypass else "NOBYPASSRLS"
    secret = f" PASSWORD '{scram_verifier(role, password)}'" if login and password else ""
    return f"""DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} {wanted}{secret}{" BYPASSRLS" if bypass else ""};
  ELSE
    ALTER ROLE {role} {wanted}{secret};
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}' AND rolbypassrls <> {"true" if bypass else "false"}) THEN
    ALTER ROLE {role} {around};
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}' AND (rolsuper OR rolreplication)) THEN
    ALTER ROLE {role} NOSUPERUSER NOREPLICATION;
  END IF;
END $$"""


def _admin_may(role: str, options: str) -> str:
    """An administrator who is no superuser acts for the role; a superuser needs no membership."""
    return f"""DO $$ BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT {role} TO %I{options}', current_user);
  END IF;
END $$"""


def _inside(database: str) -> list[str]:
    users = ", ".join(LOGIN_ROLES)
    statements = [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {users}",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {users}, {GATE}",
        f"CREATE SCHEMA IF NOT EXISTS gate AUTHORIZATION {OWNER}",
        f"GRANT USAGE, CREATE ON SCHEMA gate TO {GATE}",
        f"GRANT USAGE ON SCHEMA gate TO {APP}, {BACKUP}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP}",
        f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP}",
    ]
    for maker in (OWNER, MIGRATE):
        default = f"ALTER DEFAULT PRIVILEGES FOR ROLE {maker}"
        statements += [
            f"{default} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
            f"{default} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
            f"{default} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP}",
            f"{default} IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {APP}",
            f"{default} IN SCHEMA public GRANT SELECT ON TABLES TO {BACKUP}",
            f"{default} IN SCHEMA public GRANT SELECT ON SEQUENCES TO {BACKUP}",
        ]
    return statements
