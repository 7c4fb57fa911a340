"""Sweeping: what served its time and nobody reads any more is removed: ended sessions, counters, old answers, old undertakings.

No record, act or entry of the ledger is touched. What belongs to organisations is removed by the database itself, by age alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import connection

from sild.kernel import clock

ANSWER_DAYS = 30
"""For how long the answer to an idempotency key is kept."""
UNDERTAKING_DAYS = 90

_AGED = {
    "kernel_answered": f"at < statement_timestamp() - interval '{ANSWER_DAYS} days'",
    "kernel_undertaking": f"ended_at < statement_timestamp() - interval '{UNDERTAKING_DAYS} days'",
}
STATEMENTS = [
    *(f"drop policy if exists gate_sweeps on {table}" for table in _AGED),
    *(f"drop policy if exists gate_swept on {table}" for table in _AGED),
    # the sweeper sees what it may remove, and nothing else
    *(f"create policy gate_swept on {table} for select to sild_gate using ({aged})" for table, aged in _AGED.items()),
    *(f"create policy gate_sweeps on {table} for delete to sild_gate using ({aged})" for table, aged in _AGED.items()),
    "grant select (at), delete on kernel_answered to sild_gate",
    "grant select (ended_at), delete on kernel_undertaking to sild_gate",
    f"""create or replace function gate.sweep() returns table (answers bigint, undertakings bigint) language sql volatile
       security definer set search_path = public, pg_temp as $$
  with answered as (delete from kernel_answered where {_AGED["kernel_answered"]} returning 1),
       undertaken as (delete from kernel_undertaking where {_AGED["kernel_undertaking"]} returning 1)
  select (select count(*) from answered), (select count(*) from undertaken) $$""",
    "alter function gate.sweep() owner to sild_gate",
    "grant execute on function gate.sweep() to sild_app",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """How many of each were removed."""

    sessions: int
    counters: int
    answers: int
    undertakings: int


def sweep() -> Swept:
    """Remove what is over, of every mechanism of the home."""
    sessions, _by_kind = Session.objects.filter(expire_date__lt=clock.now()).delete()
    with connection.cursor() as cursor:
        cursor.execute("delete from kernel_cache where expires < statement_timestamp()")
        counters = cursor.rowcount
        cursor.execute("select answers, undertakings from gate.sweep()")
        answers, undertakings = cursor.fetchone()
    return Swept(sessions=sessions, counters=counters, answers=answers, undertakings=undertakings)
