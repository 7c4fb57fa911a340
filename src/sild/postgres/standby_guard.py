"""The guard of a pair: a synchronous standby that is lost must never hang writes for ever, and nothing is promised that it does not have.

It looks a few times a second. When the standby is away, or a commit waits in vain, for longer than its patience, it does what the
operator chose: `refuse` (no new writes; reads go on) or `go-on` (asynchronous, which every page says). Commits that wait then are ended
together with their sessions, never cancelled: a cancelled wait is answered as success.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from sild.postgres.psql import Session

LOOK_EVERY_S = 0.5
PATIENCE_S = 4.0
QUIET_LOOKS = 3
"""So many good looks one after the other, before the standby counts as back: one that comes and goes would open and shut the desk."""
NEAR_BYTES = 1 << 20


class OnLoss(StrEnum):
    """What the operator chose for the loss of the standby."""

    REFUSE = "refuse"
    GO_ON = "go-on"


class State(StrEnum):
    """What the guard sees and did."""

    SYNCHRONOUS = "synchronous"
    ASYNCHRONOUS = "asynchronous"
    WAITING = "waiting"
    REFUSING = "refusing"
    ALONE = "alone"
    HELD = "held"
    NONE = "none"


ABOUT = {
    State.SYNCHRONOUS: "the standby confirms every write",
    State.ASYNCHRONOUS: "a standby follows, and no write waits for it",
    State.WAITING: "the standby is away; writes wait, not for long",
    State.REFUSING: "the standby is lost: writes are refused until it is back",
    State.ALONE: "the standby is lost: writes go on, and only this cluster has them",
    State.HELD: "writes are held by an operator, for instance for a switch-over",
    State.NONE: "there is no standby",
}

_LOOK = (
    "SELECT current_setting('synchronous_standby_names') AS names, current_setting('default_transaction_read_only') AS closed,"
    " k.slot_name AS slot, k.wal_status AS wal, s.state AS state,"
    " pg_wal_lsn_diff(pg_current_wal_flush_lsn(), coalesce(s.flush_lsn, k.restart_lsn))::bigint AS behind,"
    " CASE WHEN s.pid IS NOT NULL THEN extract(epoch FROM coalesce(s.replay_lag, '0'))::float END AS seconds,"
    " (SELECT coalesce(string_agg(pid || '@' || extract(epoch FROM query_start), ' '), '') FROM pg_stat_activity"
    " WHERE wait_event = 'SyncRep' AND backend_type = 'client backend') AS waiting"
    " FROM (SELECT 1) one LEFT JOIN pg_replication_slots k ON k.slot_type = 'physical' AND k.slot_name LIKE 'sild\\_%'"
    " LEFT JOIN pg_stat_replication s ON s.application_name = k.slot_name ORDER BY s.pid IS NULL LIMIT 1"
)
_END_WAITING = (
    "SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity"
    " WHERE wait_event = 'SyncRep' AND backend_type = 'client backend'"
)
_RELOAD = "SELECT pg_reload_conf()"


@dataclass(frozen=True, slots=True)
class Look:
    """One look: the state, how far the standby is behind (bytes not on its disk; seconds not applied), and what this look did."""

    state: State
    behind_bytes: int | None
    behind_s: float | None
    ended: int
    wal: str

    @property
    def told(self) -> str:
        """The state in words."""
        return ABOUT[self.state]


@dataclass(slots=True)
class Guard:
    """Looks by `look`, a session of sild_guard at the primary. `did` is what this guard set and may take back: nothing of others'."""

    session: Session
    on_loss: OnLoss
    did: State | None = None
    patience_s: float = PATIENCE_S
    clock: Callable[[], float] = time.monotonic
    _away_since: float | None = None
    _waits: dict[str, float] = field(default_factory=dict)
    _good: int = 0

    def look(self) -> Look:
        """Look once, and act where the operator's choice says so."""
        names, closed, slot, wal, state, behind, seconds, waiting = self.session.query(_LOOK)[0]
        moment = self.clock()
        self._waits = {one: self._waits.get(one, moment) for one in str(waiting).split()}
        near = state == "streaming" and behind is not None and behind < NEAR_BYTES
        stuck = any(moment - since >= self.patience_s for since in self._waits.values())
        self._away_since = None if state == "streaming" else self._away_since if self._away_since is not None else moment
        away = self._away_since is not None and moment - self._away_since >= self.patience_s
        self._good = self._good + 1 if near and not stuck else 0
        ended = 0
        if (away or stuck) and (names or self.did is State.REFUSING):
            ended = self._lost(closed == "on")
            closed, names = ("on", names) if self.on_loss is OnLoss.REFUSE else (closed, "")
        elif self.did is not None and self._good >= QUIET_LOOKS:
            self._back()
            names, closed = "again", "off"
        return Look(self._named(bool(names), closed == "on", slot is not None, state), behind, seconds, ended, str(wal or ""))

    def _lost(self, closed: bool) -> int:
        """Close the desk to writes, or step down; then end who waits. In this order no new one begins to wait unseen."""
        if self.on_loss is OnLoss.REFUSE:
            if not closed:
                self._set("default_transaction_read_only = on")
            ended = self._end_waiting()
        else:
            # who waits is ended before the setting that would let them go as if their write was safe
            ended = self._end_waiting()
            self._set("synchronous_standby_names = ''")
        self.did = State.REFUSING if self.on_loss is OnLoss.REFUSE else State.ALONE
        return ended

    def _back(self) -> None:
        self.session.execute(
            f"ALTER SYSTEM RESET {'default_transaction_read_only' if self.did is State.REFUSING else 'synchronous_standby_names'}"
        )
        self.session.execute(_RELOAD)
        self.did = None

    def _set(self, setting: str) -> None:
        self.session.execute(f"ALTER SYSTEM SET {setting}")
        self.session.execute(_RELOAD)

    def _end_waiting(self) -> int:
        return int(self.session.query(_END_WAITING)[0][0])

    def _named(self, asked: bool, closed: bool, known: bool, state: str | None) -> State:
        if self.did is not None:
            return self.did
        if not known:
            return State.NONE
        if closed:
            return State.HELD
        if state != "streaming":
            return State.WAITING if asked else State.ALONE
        return State.SYNCHRONOUS if asked else State.ASYNCHRONOUS
