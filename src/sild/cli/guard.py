"""`sild guard`: watches the standby, so that a lost one never hangs writes for ever. `sild serve` runs it where SILD_STANDBY is set."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from sild.cli.standby import write_down
from sild.cli.worker import ParentOption
from sild.kernel import clock, house, replicated
from sild.kernel.home import Home
from sild.kernel.log import told, write_lines
from sild.kernel.parent import end_with
from sild.kernel.refusals import Refused
from sild.postgres.connection import url_conninfo
from sild.postgres.faults import DatabaseFault
from sild.postgres.psql import Session
from sild.postgres.standby_guard import ABOUT, LOOK_EVERY_S, Guard, State
from sild.postgres.standby_settings import GUARD
from sild.wings.continuity.public import MoveMade, StandbyMoveKind

LINES = logging.getLogger("sild.guard")
AGAIN_AFTER_S = 1.0
ACTED = (State.REFUSING, State.ALONE)
CLOSED = (State.REFUSING, State.HELD, State.WAITING)
"""While these last no act can be written."""


def guard(parent: ParentOption = None) -> None:
    """Watch the standby: where it is lost, refuse writes or go on without it, as SILD_STANDBY says. Ends at Ctrl-C or SIGTERM."""
    choice = replicated.choice()
    url = os.environ.get("DATABASE_URL", "").strip()
    if choice is None or not url:
        raise Refused("There is no standby to guard: set SILD_STANDBY to refuse or go-on, and DATABASE_URL (docs/how-to/standby.md).")
    over = threading.Event()

    def end(_number: int, _frame: Any) -> None:
        over.set()

    # no table is looked at: a guard must start while writes hang
    if parent is not None:
        end_with(parent)
    home = house.join()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    write_lines("guard")
    before = replicated.look_of(home)
    guarding: Guard | None = None
    did = State(before.state) if before is not None and before.by_guard and before.state in ACTED else None
    while not over.is_set():
        try:
            with _session(home, url) as session:
                guarding = Guard(session, choice, did)
                _watch(guarding, home, over)
        except (psycopg.Error, DatabaseFault) as fault:
            did = guarding.did if guarding is not None else did
            LINES.warning("the primary does not answer the guard (%s)", told(fault))
            replicated.keep_look(home, "down" if did is None else str(did), by_guard=did is not None, at=clock.now())
            over.wait(AGAIN_AFTER_S)


def _watch(guarding: Guard, home: Home, over: threading.Event) -> None:
    """Look until it is over; what changed is a line of the log, and every look is kept for the pages.

    That it acted goes into the ledger too: of a refusal once it is over, since nothing is written before.
    """
    last: State | None = guarding.did
    untold: list[tuple[MoveMade, str]] = []
    while not over.wait(LOOK_EVERY_S):
        look = guarding.look()
        if look.state is not last or look.ended:
            say = LINES.info if look.state is State.SYNCHRONOUS else LINES.warning
            say("%s: %s; %d waiting sessions were ended", look.state, look.told, look.ended)
        if look.state is not last:
            untold += [(MoveMade(kind=kind, primary="", person="sild guard"), ABOUT[state]) for kind, state in _acts(last, look.state)]
            last = look.state
        if untold and look.state not in CLOSED and write_down(*untold[0]):
            untold.pop(0)
        replicated.keep_look(
            home,
            str(look.state),
            by_guard=guarding.did is not None,
            at=clock.now(),
            behind_bytes=look.behind_bytes,
            behind_s=look.behind_s,
            ended=look.ended,
        )


def _acts(before: State | None, after: State) -> list[tuple[StandbyMoveKind, State]]:
    """What the change from one state to another is in the ledger."""
    acts = []
    if before is State.REFUSING:
        acts.append((StandbyMoveKind.REFUSING, State.REFUSING))
    if after is State.ALONE:
        acts.append((StandbyMoveKind.ALONE, State.ALONE))
    if before in ACTED and after is State.SYNCHRONOUS:
        acts.append((StandbyMoveKind.BACK, State.SYNCHRONOUS))
    return acts


@contextmanager
def _session(home: Home, url: str) -> Iterator[Session]:
    """A session of sild_guard at whichever is the primary."""
    # in a database of everybody: the desk lets nobody in but its own roles
    info: dict[str, Any] = url_conninfo(url, home.keys / "passwords", GUARD, "postgres")
    with closing(psycopg.connect(**info, autocommit=True)) as connection:
        yield Session(
            query=lambda statement: connection.execute(statement.encode()).fetchall(),
            execute=lambda statement: connection.execute(statement.encode()),
        )
