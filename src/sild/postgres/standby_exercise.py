"""The data-embassy exercise: a register is set up, followed abroad, worked on abroad, brought home, and counted before and after.

It uses a pair of its own in a folder of its own, and removes both. The register is made up; no desk is touched.
"""

from __future__ import annotations

import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sild.postgres.faults import DatabaseFault
from sild.postgres.processes import command_line, read_pid_file, tell
from sild.postgres.standby import ABROAD, HOME, Pair, made, standing
from sild.postgres.standby_moves import forget, promote, switch, take_back
from sild.postgres.standby_nodes import Node
from sild.postgres.standby_programs import Programs
from sild.postgres.standby_settings import Shape

Said = Callable[[str], None]
GONE_WITHIN_S = 20.0
TABLE = [
    "CREATE TABLE register (number bigint PRIMARY KEY, kind text NOT NULL, entry text NOT NULL, made_at text NOT NULL)",
]
_DIGEST = (
    "SELECT count(*) AS n, coalesce(md5(string_agg(number || kind || entry || made_at, ',' ORDER BY number)), '') AS digest FROM register"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The register at one moment: where it was asked, how many rows, and a digest over all of them."""

    when: str
    where: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Exercised:
    """How the exercise went: the counts in order, how long writes stood still at each move (seconds), whether every count was right."""

    counts: tuple[Counted, ...]
    moves: tuple[tuple[str, float], ...]
    over_tls: bool
    whole: bool


def exercise(programs: Programs, ports: tuple[int, int], rows: int, said: Said) -> Exercised:
    """Build, switch abroad as planned, write there, lose the place abroad, work at home, return, and come home. Raises DatabaseFault."""
    folder = Path(tempfile.mkdtemp(prefix="sild-exercise-"))
    folder.chmod(0o755)
    pair: Pair | None = None
    try:
        pair = made(folder / "pair", programs, ports, Shape(durable=False, slot_mb=256), said)
        return _played(pair, rows, said)
    finally:
        if pair is not None:
            forget(pair)
        shutil.rmtree(folder, ignore_errors=True)


def _played(pair: Pair, rows: int, said: Said) -> Exercised:
    who, counts, moves, expected = "the exercise", [], [], 0
    pair.primary.execute(*TABLE)

    def write(number: int) -> None:
        nonlocal expected
        place = pair.kept.primary
        pair.primary.execute(
            f"INSERT INTO register SELECT n, 'entry', 'entry ' || n || ' made {place}', '{place}'"
            f" FROM generate_series({expected + 1}, {expected + number}) n"
        )
        expected += number

    def count(when: str) -> None:
        for node in (pair.primary, pair.standby):
            if node.runs:
                found = node.query()(_DIGEST)[0]
                counts.append(Counted(when, node.name, int(found[0]), str(found[1])))

    write(rows)
    _caught_up(pair)
    count("set up at home")
    moves.append(("to the embassy, planned", switch(pair, who, "exercise: the building is left", said).writes_stopped_s))
    write(rows // 10)
    _caught_up(pair)
    count("written abroad")
    said("the place abroad is lost: every process of it is killed")
    _kill(pair.primary)
    moves.append(
        ("home again, unplanned", promote(pair, who, "exercise: the line abroad is cut", "killed by the exercise", said).writes_stopped_s)
    )
    write(rows // 10)
    count("written at home, alone")
    take_back(pair, who, "exercise: the line is back", said)
    _caught_up(pair)
    count("returned")
    whole = pair.kept.primary == HOME and standing(pair).state == "streaming" and counts[-1].rows == counts[-2].rows == expected
    whole = whole and all(one.digest == other.digest for one in counts for other in counts if one.when == other.when)
    return Exercised(tuple(counts), tuple(moves), pair.kept.shape.tls, whole and {one.where for one in counts} == {HOME, ABROAD})


def _caught_up(pair: Pair) -> None:
    """Wait until the standby has applied everything, so that both sides may be counted."""
    pair.primary.wait(
        f"That {pair.standby.name} applied everything",
        "SELECT EXISTS (SELECT FROM pg_stat_replication WHERE replay_lsn >= pg_current_wal_flush_lsn()) AS there",
        30,
    )


def _kill(node: Node) -> None:
    """End a cluster as a lost machine does: no farewell, no child left behind."""
    noted = read_pid_file(node.data)
    if noted is None or str(node.data) not in command_line(noted.pid):
        raise DatabaseFault(f"{node.name} was to be killed and does not run: see {node.log}.")
    with suppress(OSError):
        children = Path(f"/proc/{noted.pid}/task/{noted.pid}/children").read_text().split()
        for pid in (noted.pid, *(int(child) for child in children)):
            tell(pid, signal.SIGKILL)
    deadline = time.monotonic() + GONE_WITHIN_S
    while command_line(noted.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
