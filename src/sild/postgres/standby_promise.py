"""What may be told to somebody who wrote: that a standby has it too, or that this is not known. Never the one for the other.

PostgreSQL answers COMMIT with success also where its wait for the standby was cancelled (with a warning) or called off by a change of
settings (without one). So a writer who was promised a standby asks afterwards, by the log's place, whether the standby's slot went past
it. The views asked are open to every role.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

COMMIT_WITHIN_MS = 6000
"""So long a commit waits for the standby before the database lets it go; with PROVED_WITHIN_S below the ten seconds that are promised."""
PROVED_WITHIN_S = 1.5

Ask = Callable[[str], tuple[Any, ...]]
"""One SELECT in, its one row out."""

BEFORE = (
    f"SELECT set_config('statement_timeout', '{COMMIT_WITHIN_MS}', true) AS bound,"
    " current_setting('synchronous_standby_names') AS names, set_config('synchronous_commit', 'on', true) AS waits"
)
"""In the transaction, as its last statement: bounds the commit's wait, sees to it that it waits, and tells whether one is asked for."""

ASKED = "SELECT '' AS bound, current_setting('synchronous_standby_names') AS names"
"""The same question where nothing is committed."""

_PLACE = "SELECT pg_current_wal_flush_lsn()::text AS place"
"""The commit is flushed here by now. What others inserted behind it and did not commit is not sent before somebody flushes it."""
_PASSED = (
    "SELECT count(*) FILTER (WHERE restart_lsn >= '{place}'::pg_lsn) > 0 AS passed FROM pg_replication_slots"
    " WHERE slot_type = 'physical' AND slot_name LIKE 'sild\\_%'"
)


def is_asked_for(row: tuple[Any, ...]) -> bool:
    """Whether the row that BEFORE gave says that commits wait for a standby."""
    return bool(str(row[1]).strip())


def is_proved(ask: Ask, within_s: float | None = None) -> bool:
    """After the commit, outside any transaction: whether the standby wrote to its disk what was committed.

    Waits for it, PROVED_WITHIN_S at most unless told otherwise.
    """
    place = str(ask(_PLACE)[0])
    passed = _PASSED.replace("{place}", place)
    deadline, pause_s = time.monotonic() + (PROVED_WITHIN_S if within_s is None else within_s), 0.0005
    while not ask(passed)[0]:
        if time.monotonic() > deadline:
            return False
        time.sleep(pause_s)
        pause_s = min(pause_s * 2, 0.05)
    return True
