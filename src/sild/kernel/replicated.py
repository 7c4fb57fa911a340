"""What somebody who wrote may be told where a standby is asked for: that it has the act too, or that this is not known.

SILD_STANDBY says that the desk works on a primary with a synchronous standby. An act's commit then waits for the standby for a bounded
time, and is proved by the log's place before anybody is told that it is done (sild.postgres.standby_promise says why). What the guard saw
last lies in the home, so that every page can say it without asking the database.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import InterfaceError, InternalError, OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import ReadOnlySqlTransaction

from sild.kernel import clock
from sild.kernel.home import Home
from sild.kernel.refusals import Refused
from sild.postgres.standby_guard import OnLoss
from sild.postgres.standby_promise import ASKED, BEFORE, is_asked_for, is_proved

FILE = "standby.json"
STALE_AFTER = timedelta(seconds=10)
KEPT_EVERY = timedelta(seconds=2)


class WritesRefused(Refused):
    """The primary takes no writes now: its standby is lost, or somebody holds it for a switch-over. Nothing was written."""


class NotKnownReplicated(Refused):
    """The one refusal that leaves something: the act is written here, and whether the standby has it is not known."""


_committing: ContextVar[bool] = ContextVar("sild_committing", default=False)


def choice() -> OnLoss | None:
    """What SILD_STANDBY says of a lost standby; None where the desk has no standby. Raises Refused on a word that is none."""
    told = os.environ.get("SILD_STANDBY", "").strip()
    if not told:
        return None
    try:
        return OnLoss(told)
    except ValueError:
        raise Refused(f"SILD_STANDBY is {told!r}: write refuse or go-on, or leave it out (docs/how-to/standby.md).") from None


def ask_for_proof() -> None:
    """As the last statement of an act's transaction: bound its commit, and have it proved before anybody is told of it."""
    if choice() is None:
        return
    asked = is_asked_for(_row(BEFORE))
    _committing.set(True)
    if asked:
        transaction.on_commit(_prove)


@contextmanager
def answered_truly() -> Iterator[None]:
    """Around an act: what the database says of a primary that refuses, or that went away in the commit, in words for who acts."""
    token = _committing.set(False)
    try:
        yield
    except InternalError as fault:
        if is_refusal(fault):
            raise WritesRefused(
                _("The desk takes no writes now: its standby is lost, or it is being switched over. Try again soon.")
            ) from fault
        raise
    except (OperationalError, InterfaceError) as fault:
        if _committing.get():
            raise NotKnownReplicated(_not_known()) from fault
        raise
    finally:
        _committing.reset(token)


def is_refusal(fault: BaseException | None) -> bool:
    """Whether the database refused a write because it is closed to writes."""
    return isinstance(fault, InternalError) and isinstance(fault.__cause__, ReadOnlySqlTransaction)


def prove_kept() -> None:
    """Before an answer of earlier is given again: that the standby has what it speaks of. Raises NotKnownReplicated."""
    if choice() is not None and is_asked_for(_row(ASKED)):
        _prove()


def _prove() -> None:
    if not is_proved(_row):
        raise NotKnownReplicated(_not_known())


def _row(sql: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def _not_known() -> str:
    return _(
        "This was written here, and it is not known whether the standby has it: it may be lost with this machine. "
        "Do not send it again; look whether it is there, and ask the operator."
    )


@dataclass(frozen=True, slots=True)
class KeptLook:
    """What the guard saw last: its state, since when, how far behind the standby was (bytes, seconds), how many sessions it ended."""

    state: str
    since: datetime
    at: datetime
    by_guard: bool
    behind_bytes: int | None
    behind_s: float | None
    ended: int

    @property
    def fresh(self) -> bool:
        """Whether the guard looked in the last seconds; if not, it does not run, and nothing is known."""
        return clock.now() - self.at < STALE_AFTER


def keep_look(
    home: Home, state: str, *, by_guard: bool, at: datetime, behind_bytes: int | None = None, behind_s: float | None = None, ended: int = 0
) -> None:
    """Keep what the guard saw, for the pages; written when it changed, and every two seconds."""
    before = look_of(home)
    same = before is not None and before.state == state
    if before is not None and same and not ended and at - before.at < KEPT_EVERY:
        return
    since = before.since if before is not None and same else at
    ended += before.ended if before is not None and same else 0
    words = asdict(KeptLook(state, since, at, by_guard, behind_bytes, behind_s, ended))
    fresh = home.root / f".{FILE}.{os.getpid()}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(words, file, default=str)
    fresh.rename(home.root / FILE)


def look_of(home: Home) -> KeptLook | None:
    """What the guard of this home saw last; None where none ever looked."""
    return _read(home.root / FILE)


def _read(path: Path) -> KeptLook | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(path.read_text(encoding="utf-8"))
        return KeptLook(**(told | {name: datetime.fromisoformat(told[name]) for name in ("since", "at")}))
    return None
