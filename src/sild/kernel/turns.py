"""Turns: long acts that must not run beside themselves. The database keeps the turn; a process that dies gives it back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from sild.kernel.refusals import Refused


@contextmanager
def turn(mechanism: UUID, what: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the mechanism's turn for `what`. When another command holds it: wait for it, or raise Refused."""
    key = _key(mechanism, what)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s), true" if wait else "select null, pg_try_advisory_lock(%s)", [key])
        if not cursor.fetchone()[1]:
            raise Refused(f"Another command is at the {what} of this mechanism. Wait until it ends, then start this one again.")
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [key])


def turn_until_commit(mechanism: UUID, what: str) -> None:
    """Wait for the mechanism's turn for `what` and hold it until the transaction ends, so that the next one sees what this one wrote."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_key(mechanism, what)])


def turn_beside(mechanism: UUID, what: str) -> None:
    """Wait for whoever holds the mechanism's turn for `what` alone; then hold it beside others of this kind until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [_key(mechanism, what)])


def _key(mechanism: UUID, what: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{mechanism} {what}".encode()).digest()[:8], "big", signed=True)
