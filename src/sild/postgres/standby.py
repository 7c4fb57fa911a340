"""A pair of clusters on this machine, one the primary and one its standby: found again, made, started, stopped and looked at.

The copy is PostgreSQL's own streaming replication of the whole cluster, over TLS with names and certificates proved on both sides, through
a slot that keeps no more than it may. Who is the primary is written down beside the pair, and is never guessed from who answers first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sild.postgres.faults import DatabaseFault, plain_reason
from sild.postgres.locks import one_at_a_time
from sild.postgres.places import SYSTEM_ROOT, Account, private_directory, public_directory, system_account, write_private
from sild.postgres.roles import SUPERUSER, scram_verifier
from sild.postgres.standby_certificates import Authority
from sild.postgres.standby_nodes import Node
from sild.postgres.standby_programs import Programs, debian_programs, embedded_programs
from sild.postgres.standby_settings import GUARD, REPLICA, Shape, roles_statements, slot_of

HOME, ABROAD = "home", "abroad"
STREAMS_WITHIN_S = 30.0
TIMELINE = "('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int"
"""Of a primary: the control file tells it only after the next checkpoint."""
Said = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fence:
    """A person's word that a cluster is off or cut: who says so, why, how it was done, and when (ISO, UTC)."""

    person: str
    reason: str
    how: str
    at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is written down about a pair: `primary` is the node that takes writes, `fenced` those that may not start as one."""

    programs: str
    embedded: bool
    ports: dict[str, int]
    shape: Shape
    primary: str
    fenced: dict[str, Fence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pair stands. Bytes are of the write-ahead log; `lag_s` is what the standby is behind in time, None where nobody can know.

    `state`: streaming, behind (connected and still catching up), away (no standby is connected), lost (it stayed away for so long that it
    must be copied anew), alone (a person promoted the other one, which is fenced) or down (no primary answers).
    """

    state: str
    primary: str
    standby: str
    synchronous: bool
    refusing: bool
    lag_bytes: int | None
    lag_s: float | None
    slot_left_bytes: int | None
    timeline: int | None
    fence: Fence | None


class Pair:
    """The pair kept in `folder`. Open it with `opened`, make one with `made`."""

    def __init__(self, folder: Path, kept: Kept, programs: Programs, account: Account | None) -> None:
        self.folder, self.kept, self.programs, self.account = folder, kept, programs, account

    @property
    def keys(self) -> Path:
        """Passwords, the authority and what is written down; the servers cannot enter."""
        return self.folder / "keys"

    def node(self, name: str) -> Node:
        """One of the two."""
        return Node(self.folder / name, self.kept.ports[name], self.programs, self.account, self.keys / "passwords", self.kept.shape)

    @property
    def primary(self) -> Node:
        """The one that takes writes, as it was written down."""
        return self.node(self.kept.primary)

    @property
    def standby(self) -> Node:
        """The other one."""
        return self.node(ABROAD if self.kept.primary == HOME else HOME)

    def write_down(self, **changes: Any) -> None:
        """Change what is kept about the pair, by one rename."""
        self.kept = replace(self.kept, **changes)
        write_private(self.keys / "pair.json", json.dumps(asdict(self.kept), indent=1) + "\n")

    def note(self, what: str, **words: object) -> None:
        """Add one line to the pair's own log of events, which no switch-over takes with it."""
        line = json.dumps({"at": now().isoformat(timespec="seconds"), "what": what, **words}, ensure_ascii=False)
        handle = os.open(self.keys / "events.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        try:
            os.write(handle, line.encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One command at once changes the pair."""
        with one_at_a_time(lambda: self.keys / "turn.lock"):
            yield

    def settle(self) -> None:
        """Write both nodes' settings and certificates; a server reads them at its next start."""
        authority = Authority(self.keys, now()) if self.kept.shape.tls else None
        if authority is not None:
            write_private(self.folder / "ca.pem", authority.pem, 0o644)
        for name, partner in ((HOME, ABROAD), (ABROAD, HOME)):
            node = self.node(name)
            node.settle_files(self.node(partner), authority.pem if authority else "")
            if authority is not None and not (node.folder / "server.key").exists():
                for what, issued in (
                    ("server", authority.for_server(("localhost", "127.0.0.1", "::1"))),
                    ("replica", authority.for_role(REPLICA)),
                ):
                    node.keep(f"{what}.pem", issued.certificate)
                    node.keep(f"{what}.key", issued.key)

    def address(self, user: str = "", database: str = "sild") -> str:
        """A DATABASE_URL that finds whichever of the two is the primary."""
        if not self.kept.shape.tls:
            raise DatabaseFault("A pair of the embedded programs speaks no TLS: it is for exercises, no desk works on it.")
        hosts = ",".join(f"localhost:{self.kept.ports[name]}" for name in (HOME, ABROAD))
        words = f"sslmode=verify-full&sslrootcert={self.folder / 'ca.pem'}&target_session_attrs=primary&connect_timeout=5"
        return f"postgresql://{user}{'@' if user else ''}{hosts}/{database}?{words}"

    def start(self, said: Said) -> None:
        """Start what may run: the primary that was written down, and the standby if it is one. Raises DatabaseFault on a fenced primary."""
        self.settle()
        if not self.primary.runs:
            if self.primary.is_standby:
                raise DatabaseFault(
                    f"{self.primary.name} is written down as the primary and would start as a standby: ask who changed its data."
                )
            said(f"{self.primary.name}: the primary is started")
            self.primary.start()
        other = self.standby
        if other.made and other.is_standby and not other.runs:
            said(f"{other.name}: the standby is started")
            other.start()

    def stop(self, said: Said) -> None:
        """Stop both, the primary first: the standby then has everything."""
        for node in (self.primary, self.standby):
            if node.made and node.runs:
                said(f"{node.name}: it is stopped")
                node.stop()


def now() -> dt.datetime:
    """The moment, for certificates and notes."""
    return dt.datetime.now(dt.UTC)


def place_of(home: Path, system_root: Path = SYSTEM_ROOT) -> Path:
    """Where the pair of a home is kept unless an operator names another place: under root where the servers' account can enter."""
    if os.geteuid() != 0:
        return home / "standby"
    return system_root / "pairs" / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]


def opened(folder: Path) -> Pair:
    """The pair in the folder. Raises DatabaseFault where there is none or it cannot be read."""
    path = folder / "keys" / "pair.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        fenced = {name: Fence(**words) for name, words in told.pop("fenced").items()}
        kept = Kept(**(told | {"shape": Shape(**told["shape"]), "fenced": fenced}))
    except FileNotFoundError:
        raise DatabaseFault(f"There is no standby at {folder}: make one with `sild standby make`, or name its folder.") from None
    except OSError as error:
        raise DatabaseFault(f"{path} cannot be read ({plain_reason(error)}): use the account that made the pair.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise DatabaseFault(f"{path} is damaged: restore it from a backup of the folder.") from error
    programs = embedded_programs() if kept.embedded else debian_programs(Path(kept.programs))
    return Pair(folder, kept, programs, system_account() if os.geteuid() == 0 else None)


def made(folder: Path, programs: Programs, ports: tuple[int, int], shape: Shape, said: Said) -> Pair:
    """Make a pair: an empty primary, the roles, a slot, and a standby that is seen to stream. Raises DatabaseFault.

    What a broken-off making left is cleared away by removing the folder; nothing else is touched.
    """
    if (folder / "keys" / "pair.json").exists():
        raise DatabaseFault(
            f"There is a pair at {folder} already: `sild standby status` shows it, `sild standby return` makes its standby anew."
        )
    account = system_account() if os.geteuid() == 0 else None
    try:
        _enterable(folder, account)
        private_directory(folder / "keys")
        passwords = private_directory(folder / "keys" / "passwords")
    except OSError as error:
        raise DatabaseFault(f"The folder {folder} cannot be made: {plain_reason(error)}.") from error
    for role in (SUPERUSER, REPLICA, GUARD):
        write_private(passwords / role, secrets.token_urlsafe(32) + "\n")
    exercise = not programs.tls
    kept = Kept(str(programs.binaries.folder), exercise, {HOME: ports[0], ABROAD: ports[1]}, replace(shape, tls=programs.tls), HOME)
    pair = Pair(folder, kept, programs, account)
    with pair.turn(), _nothing_left_running(pair):
        first = pair.node(HOME)
        first.found(said)
        pair.settle()
        pair.start(said)
        # the roles are made before there is a standby to wait for
        local = "SET synchronous_commit = local"
        words = {role: scram_verifier(role, (passwords / role).read_text(encoding="utf-8").strip()) for role in (REPLICA, GUARD)}
        first.execute(local, *roles_statements(words))
        pair.write_down()
        bring_standby(pair, said)
        pair.note("made", synchronous=shape.synchronous, tls=programs.tls)
    return pair


@contextmanager
def _nothing_left_running(pair: Pair) -> Iterator[None]:
    """What a making that fails has started is stopped: nobody would find it again."""
    try:
        yield
    except BaseException:
        for node in (pair.primary, pair.standby):
            with suppress(DatabaseFault):
                if node.made and node.runs:
                    node.stop("immediate")
        raise


def bring_standby(pair: Pair, said: Said, copy: bool = True) -> None:
    """Have the other node stream from the primary: slot, copy where asked, start, and seen to be connected and caught up."""
    primary, standby = pair.primary, pair.standby
    slot = slot_of(standby.name)
    primary.execute(
        f"SELECT pg_create_physical_replication_slot('{slot}', true) WHERE NOT EXISTS"
        f" (SELECT FROM pg_replication_slots WHERE slot_name = '{slot}')"
    )
    if copy:
        standby.copy_of(primary, said)
    pair.settle()
    if not standby.runs:
        said(f"{standby.name}: the standby is started")
        standby.start()
    # a slot of its time as a primary would keep its log for nobody
    standby.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active")
    primary.wait(f"The connection of {standby.name} to {primary.name}", streams(slot), STREAMS_WITHIN_S)
    if pair.kept.shape.synchronous:
        primary.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    said(f"{standby.name}: it streams from {primary.name}")


def streams(slot: str) -> str:
    """Whether the standby of the slot is connected and has what the primary has, as a SELECT."""
    return (
        f"SELECT EXISTS (SELECT FROM pg_stat_replication WHERE application_name = '{slot}' AND state = 'streaming'"
        " AND pg_wal_lsn_diff(pg_current_wal_flush_lsn(), flush_lsn) < 1048576) AS there"
    )


def standing(pair: Pair) -> Standing:
    """How the pair stands now, from the primary's own views. Raises DatabaseFault where two clusters take writes."""
    primary, standby = pair.primary, pair.standby
    fence = pair.kept.fenced.get(standby.name)
    if not (primary.made and primary.runs):
        return Standing("down", primary.name, standby.name, False, False, None, None, None, None, fence)
    if standby.made and standby.runs and not standby.asked("SELECT pg_is_in_recovery() AS here"):
        raise DatabaseFault(
            f"Both clusters take writes: {primary.name} is the primary, {standby.name} must be stopped at once: `sild standby stop`."
        )
    slot = slot_of(standby.name)
    row = primary.query()(
        "SELECT s.state, s.sync_state, pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(s.replay_lsn, k.restart_lsn))::bigint AS lag,"
        " CASE WHEN s.pid IS NOT NULL THEN extract(epoch FROM coalesce(s.replay_lag, '0'))::float END AS seconds,"
        " k.wal_status, k.safe_wal_size AS left, current_setting('default_transaction_read_only') AS refusing,"
        f" {TIMELINE} AS timeline"
        f" FROM (SELECT 1) one LEFT JOIN pg_replication_slots k ON k.slot_name = '{slot}'"
        f" LEFT JOIN pg_stat_replication s ON s.application_name = '{slot}'"
    )[0]
    state, sync, lag, seconds, wal, left, refusing, timeline = row
    if fence is not None:
        named = "alone"
    elif wal == "lost" or wal is None:
        named = "lost"
    else:
        named = {"streaming": "streaming", None: "away"}.get(state, "behind")
    return Standing(named, primary.name, standby.name, sync in ("sync", "quorum"), refusing == "on", lag, seconds, left, timeline, fence)


def _enterable(folder: Path, account: Account | None) -> None:
    """Make the folder: ours alone, or under root one that the servers' account can pass through."""
    if account is None:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        private_directory(folder)
        return
    if folder.parent == SYSTEM_ROOT / "pairs":
        public_directory(SYSTEM_ROOT)
        public_directory(folder.parent)
    public_directory(folder)
