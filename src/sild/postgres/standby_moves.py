"""The moves of a pair: the planned switch-over, the unplanned one behind a person's fence, and the return of the former primary.

No move loses what a synchronous standby confirmed. A planned one loses nothing at all: the primary is stopped and has handed over its last
record, which is proved from its control file, before the other one takes writes. An unplanned one is refused while the old primary answers.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sild.postgres.binaries import CLEAN_ENVIRONMENT
from sild.postgres.faults import DatabaseFault
from sild.postgres.processes import command_line, read_pid_file
from sild.postgres.standby import TIMELINE, Fence, Pair, Said, bring_standby, now, standing
from sild.postgres.standby_nodes import Node
from sild.postgres.standby_settings import slot_of

ACTS_END_WITHIN_S, HANDED_OVER_WITHIN_S = 5.0, 60.0
READ_ONLY = ("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
WRITES_AGAIN = ("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")


@dataclass(frozen=True, slots=True)
class Moved:
    """A switch-over that was made: who is the primary now, how long nothing could be written, and where the log parted.

    `taken_back_bytes` is what the former primary had written and the new one never got (None where nobody can know yet).
    """

    primary: str
    standby: str
    writes_stopped_s: float
    timeline: int
    taken_back_bytes: int | None


def switch(pair: Pair, person: str, reason: str, said: Said) -> Moved:
    """The planned switch-over. Nothing is lost, and where the standby cannot follow nothing is changed. Raises DatabaseFault."""
    _named(person, reason)
    with pair.turn():
        old, new = pair.primary, pair.standby
        found = standing(pair)
        if found.state != "streaming":
            raise DatabaseFault(
                f"{new.name} does not stream ({found.state}): a planned switch-over needs one that does. See `sild standby status`."
            )
        began = time.monotonic()
        _hand_over(old, new, said)
        said(f"{new.name}: it is made the primary")
        new.promote()
        pair.write_down(primary=new.name, fenced={})
        stopped_s = time.monotonic() - began
        pair.note("switched", primary=new.name, person=person, reason=reason, seconds=round(stopped_s, 2))
        old.become_standby()
        try:
            bring_standby(pair, said, copy=False)
        except DatabaseFault:
            _back_as_standby(pair, said, fresh=False)
        return Moved(new.name, old.name, stopped_s, _timeline(new), 0)


def promote(pair: Pair, person: str, reason: str, how: str, said: Said) -> Moved:
    """The unplanned switch-over: the person states that the old primary is off or cut, and how. Raises DatabaseFault while it answers.

    The new primary works alone: it waits for no standby until the former one returned, which whoever calls must show.
    """
    _named(person, reason)
    if not how.strip():
        raise DatabaseFault(
            "Say how the old primary was switched off or cut (--fenced): a promotion beside a living primary splits the register."
        )
    with pair.turn():
        old, new = pair.primary, pair.standby
        signs = signs_of_life(old)
        if signs:
            raise DatabaseFault(
                f"{old.name} is not off: {'; '.join(signs)}. Stop or cut it first; while it lives {new.name} is not promoted."
            )
        if not (new.made and new.is_standby):
            raise DatabaseFault(f"{new.name} is no standby: there is nothing to promote. Restore a backup instead.")
        began = time.monotonic()
        pair.settle()
        if not new.runs:
            new.start()
        said(f"{new.name}: everything that it received is applied")
        new.wait(
            f"The log that {new.name} received",
            "SELECT coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), true) AS applied",
            HANDED_OVER_WITHIN_S,
        )
        # before anybody writes there: nobody stands behind it, and a commit would wait for ever
        new.execute("ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()")
        fence = Fence(person, reason, how, now().isoformat(timespec="seconds"))
        pair.write_down(primary=new.name, fenced={old.name: fence})
        said(f"{new.name}: it is made the primary, alone")
        new.promote()
        stopped_s = time.monotonic() - began
        # from here on the log is kept for the one who returns, as far as it may be
        new.execute(f"SELECT pg_create_physical_replication_slot('{slot_of(old.name)}', true)")
        pair.note("promoted", primary=new.name, person=person, reason=reason, fenced=how, seconds=round(stopped_s, 2))
        return Moved(new.name, old.name, stopped_s, _timeline(new), None)


def take_back(pair: Pair, person: str, reason: str, said: Said, *, fresh: bool = False) -> Moved:
    """Have the other node as a standby again: turned back by pg_rewind, or copied anew (its old data is then kept beside it).

    Tells how many bytes of log it had written that the primary never got. Raises DatabaseFault while it takes writes.
    """
    _named(person, reason)
    with pair.turn():
        former = pair.standby
        if former.made and not former.is_standby and signs_of_life(former):
            raise DatabaseFault(f"{former.name} still runs as a primary: stop it first, it may not return while it takes writes.")
        if not pair.primary.runs:
            raise DatabaseFault(f"The primary {pair.primary.name} does not answer: there is nothing to return to.")
        lost = _back_as_standby(pair, said, fresh=fresh)
        pair.write_down(fenced={})
        pair.note("returned", standby=former.name, person=person, reason=reason, taken_back_bytes=lost)
        return Moved(pair.primary.name, former.name, 0.0, _timeline(pair.primary), lost)


def signs_of_life(node: Node) -> list[str]:
    """What shows that a cluster lives: its process, its socket, its port. Empty when nothing does."""
    signs = []
    noted = read_pid_file(node.data)
    if noted is not None and str(node.data) in command_line(noted.pid):
        signs.append(f"its process {noted.pid} runs")
    if node.made and node.answers():
        signs.append("it answers at its socket")
    if node.shape.tls:
        with closing(socket.socket()) as probe:
            probe.settimeout(3)
            try:
                probe.connect(("localhost", node.port))
                signs.append(f"something listens on port {node.port}")
            except TimeoutError:
                signs.append(f"port {node.port} neither answers nor refuses")
            except OSError:
                pass
    return signs


def _named(person: str, reason: str) -> None:
    if not person.strip() or not reason.strip():
        raise DatabaseFault("A switch-over is somebody's: name the person (--by) and the reason (--reason).")


def _hand_over(old: Node, new: Node, said: Said) -> None:
    """Stop writes, let acts end, wait until everything is applied, stop the old one, and prove that the new one has its last record."""
    said(f"{old.name}: it takes no new writes; acts in hand end")
    old.execute(*READ_ONLY)
    try:
        deadline = time.monotonic() + ACTS_END_WITHIN_S
        while time.monotonic() < deadline and old.asked("SELECT count(*) AS n FROM pg_stat_activity WHERE backend_xid IS NOT NULL"):
            time.sleep(0.1)
        said(f"{new.name}: it applies what is left")
        slot = slot_of(new.name)
        applied = (
            "SELECT EXISTS (SELECT FROM pg_stat_replication"
            f" WHERE application_name = '{slot}' AND replay_lsn >= pg_current_wal_flush_lsn()) AS applied"
        )
        old.wait(f"The last record of {old.name} at {new.name}", applied, HANDED_OVER_WITHIN_S)
    except DatabaseFault:
        old.execute(*WRITES_AGAIN)
        raise
    old.stop()
    last = old.control()
    ended, place = last.get("Database cluster state"), last.get("Latest checkpoint location", "")
    has = new.asked(f"SELECT pg_last_wal_receive_lsn() > '{place}'::pg_lsn AS has") if place else False
    if ended != "shut down" or not has:
        said(f"{old.name}: it did not hand over its last record, and is the primary again")
        old.start()
        old.execute(*WRITES_AGAIN)
        raise DatabaseFault(f"{new.name} did not receive the last record of {old.name}: nothing was switched. See {new.log}.")


def _back_as_standby(pair: Pair, said: Said, *, fresh: bool) -> int | None:
    """The other node as a standby that streams; returns how many bytes of its log were taken back, None where nobody could tell."""
    primary, former = pair.primary, pair.standby
    slot = slot_of(former.name)
    if former.made and former.runs:
        former.stop()
    followed = former.made and former.is_standby
    kept = f"SELECT count(*) AS n FROM pg_replication_slots WHERE slot_name = '{slot}' AND wal_status <> 'lost'"
    lost: int | None = 0 if followed else None
    whole = former.made and not fresh and (not followed or bool(primary.asked(kept)))
    if not (followed and whole):
        # a slot that lost its log, or one of an earlier standby, is of no use to a cluster that is copied or turned back
        primary.execute(f"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{slot}' AND NOT active")
        primary.execute(f"SELECT pg_create_physical_replication_slot('{slot}', true)", "CHECKPOINT")
    pair.settle()
    if whole and not followed:
        ended = _end_of(former)
        whole = former.rewind_to(primary, said)
        lost = _parted(primary, ended) if ended and whole else None
    if whole:
        try:
            bring_standby(pair, said, copy=False)
            return lost
        except DatabaseFault as fault:
            said(f"{former.name}: it does not follow ({fault})")
            with suppress(DatabaseFault):  # it may not have started at all
                former.stop("immediate")
    if former.made and not former.is_standby:
        old = former.folder / f"data.kept-{now():%Y%m%dT%H%M%S}"
        said(f"{former.name}: its old data is kept at {old}")
        former.data.rename(old)
    bring_standby(pair, said, copy=True)
    return lost


def _end_of(node: Node) -> str:
    """Where the log of a stopped primary ends, after its own recovery: single-user, nobody can enter. Empty where it does not recover."""
    node.clear_past()
    if node.control().get("Database cluster state") != "shut down":
        line = [node.programs.path("postgres"), "--single", "-F", "-D", str(node.data)]
        line += ["-c", f"config_file={node.folder / 'postgresql.conf'}", "-c", "synchronous_standby_names=", "template1"]
        who = node.account
        subprocess.run(
            line, stdin=subprocess.DEVNULL, capture_output=True, cwd=node.folder, env=CLEAN_ENVIRONMENT, check=False, timeout=3600,
            user=who.uid if who else None, group=who.gid if who else None, extra_groups=[] if who else None,
        )  # fmt: skip
    told = node.control()
    return told.get("Latest checkpoint location", "") if told.get("Database cluster state") == "shut down" else ""


def _parted(primary: Node, ended: str) -> int:
    """Bytes between where the primary's timeline began and where the former one's log ended."""
    history = sorted((primary.data / "pg_wal").glob("*.history"), key=lambda path: path.name)
    told = re.findall(r"^\d+\s+([0-9A-F]+/[0-9A-F]+)", _text(history[-1]) if history else "", re.MULTILINE)
    return max(0, _bytes(ended) - _bytes(told[-1])) if told else 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _bytes(place: str) -> int:
    high, _slash, low = place.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


def _timeline(node: Node) -> int:
    return int(node.asked(f"SELECT {TIMELINE} AS number"))


def forget(pair: Pair) -> None:
    """Stop both at once and remove everything of the pair: for exercises."""
    for node in (pair.primary, pair.standby):
        if node.made and read_pid_file(node.data) is not None:
            try:
                node.stop("immediate")
            except DatabaseFault:
                continue
    shutil.rmtree(pair.folder, ignore_errors=True)
