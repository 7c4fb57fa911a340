"""What the tables, views and functions of Sild's database show: row-level security forced on every table of records.

A table without it stands on an allow-list with its reason, and so does each function that runs with its owner's rights.
"""

from __future__ import annotations

from collections.abc import Mapping

from sild.postgres.doctor import Finding
from sild.postgres.psql import Query
from sild.postgres.roles import APP, BACKUP, GATE, OWNER, SEQUENCER

_OURS = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
_NOT_OF_EXTENSION = "NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = {oid} AND e.deptype = 'e')"
_TABLES = f"FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND {_NOT_OF_EXTENSION.format(oid='c.oid')}"
_NAME = "CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END"


def examine_tables(query: Query, allowed: Mapping[str, str], gates: Mapping[str, str] | None = None) -> list[Finding]:
    """Findings about every table, view and definer function of the database that the query (an administrator's) is connected to.

    `allowed`: tables that may stand without forced policies, and `gates`: functions that may run with the rights of
    sild_gate, each with its reason. Names are bare in the schema public, "schema.name" elsewhere.
    """
    return [*_policies(query, allowed), *_owners(query), *_rights(query), *_views(query), *_definers(query, gates or {})]


def _tell(code: str, wrong: list[str], fine: str, next_step: str) -> Finding:
    return Finding(f"tables.{code}", not wrong, "; ".join(wrong) if wrong else fine, next_step if wrong else "")


def _policies(query: Query, allowed: Mapping[str, str]) -> list[Finding]:
    rows = query(
        f"SELECT {_NAME} || c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,"
        " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')"
        "  AND pg_get_expr(p.polqual, p.polrelid) = 'true'"
        f" AND (0 = ANY (p.polroles) OR (SELECT oid FROM pg_roles WHERE rolname = '{APP}') = ANY (p.polroles))) AS wide"
        f" {_TABLES} AND c.relkind IN ('r', 'p') ORDER BY 1"
    )
    bare = [f"{name} is not under forced row-level security" for name, on, forced, _ in rows if not (on and forced) and name not in allowed]
    wide = [f"{name} has a policy that shows every row to {APP}" for name, _, _, count in rows if count and name not in allowed]
    names = {row[0] for row in rows}
    stale = [f"{name} is on the allow-list and does not exist" for name in allowed if name not in names]
    forced_too = {name for name, on, forced, count in rows if on and forced and not count}
    stale += [f"{name} is on the allow-list and needs it no more" for name in allowed if name in forced_too]
    stale += [f"{name} is on the allow-list without a reason" for name, reason in allowed.items() if not reason.strip()]
    return [
        _tell(
            "forced",
            bare,
            f"{len(names)} tables, {len(names & set(allowed))} of them on the allow-list",
            "Force it in a migration, or list it with its reason.",
        ),
        _tell("wide", wide, "no policy shows every row", "Narrow the policy in a migration."),
        _tell("allow_list", stale, "every entry of the allow-list has a table and a reason", "Correct the allow-list."),
    ]


def _owners(query: Query) -> list[Finding]:
    rows = query(
        f"SELECT {_NAME} || c.relname AS name, pg_get_userbyid(c.relowner) AS owner {_TABLES}"
        f" AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(c.relowner) <> '{OWNER}' ORDER BY 1"
    )
    return [
        _tell(
            "owners", [f"{name} belongs to {owner}" for name, owner in rows], f"everything belongs to {OWNER}", "Run the migrations again."
        )
    ]


def _rights(query: Query) -> list[Finding]:
    """What no policy governs (TRUNCATE, triggers, foreign keys), what PUBLIC got, and what the backup may write."""
    rows = query(
        f"SELECT DISTINCT {_NAME} || c.relname AS name, coalesce(r.rolname, 'PUBLIC') AS role, a.privilege_type AS right_"
        f" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN aclexplode(c.relacl) a"
        f" LEFT JOIN pg_roles r ON r.oid = a.grantee"
        f" WHERE {_OURS} AND (a.grantee = 0 OR r.rolname IN ('{APP}', '{SEQUENCER}', '{GATE}') AND c.relkind IN ('r', 'p')"
        "  AND a.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')"
        f" OR r.rolname = '{BACKUP}' AND a.privilege_type <> 'SELECT') ORDER BY 1, 2, 3"
    )
    told = [f"{role} has {right} on {name}" for name, role, right in rows]
    return [_tell("rights", told, "no role has rights that policies do not govern", "REVOKE it in a migration.")]


def _views(query: Query) -> list[Finding]:
    rows = query(
        f"SELECT {_NAME} || c.relname AS name {_TABLES} AND (c.relkind = 'm' OR c.relkind = 'v'"
        " AND NOT coalesce(c.reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on']) ORDER BY 1"
    )
    told = [f"{name} shows rows with its owner's eyes" for (name,) in rows]
    return [_tell("views", told, "no view goes round the policies", "Remove it, or make the view security_invoker.")]


def _definers(query: Query, gates: Mapping[str, str]) -> list[Finding]:
    rows = query(
        f"SELECT {_NAME} || p.proname AS name, pg_get_userbyid(p.proowner) AS owner,"
        " EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%') AS pinned,"
        " EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0) AS public"
        f" FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND {_OURS} ORDER BY 1"
    )
    wrong = []
    for name, owner, pinned, public in rows:
        wrong += [f"{name} is not on the list of gates"] * (not gates.get(name, "").strip())
        wrong += [f"{name} runs as {owner}, not as {GATE}"] * (owner != GATE)
        wrong += [f"{name} does not pin its search_path"] * (not pinned)
        wrong += [f"everybody may call {name}"] * public
    there = {row[0] for row in rows}
    wrong += [f"{name} is on the list of gates and does not exist" for name in gates if name not in there]
    return [
        _tell("gates", wrong, f"{len(there)} functions run with other rights, each listed with its reason", "Correct it in a migration.")
    ]
