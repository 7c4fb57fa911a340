"""The actor: who does something, for which organisation, in which mechanism.

Inside `acting(actor)` the database shows that organisation's rows and no others; outside it, none.
The setting is local to the transaction: a pooled connection can never carry it to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction

from sild.kernel.refusals import Unscoped


class Role(StrEnum):
    """What a person may be in an organisation within a mechanism; `service` is for the named system actors."""

    OFFICER = "officer"
    TECHNICAL_GATE = "technical-gate"
    INTERAGENCY_GATE = "interagency-gate"
    RECIPIENT = "recipient"
    DONOR = "donor"
    COMPANY = "company"
    LICENCE_LIAISON = "licence-liaison"
    AUDITOR = "auditor"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """`person` acts for `organisation` in `mechanism` with `roles`; `started_by` is the person behind a service actor."""

    person: UUID
    name: str
    organisation: UUID
    mechanism: UUID
    roles: frozenset[Role]
    started_by: str | None = None


_current: ContextVar[Actor | None] = ContextVar("sild_actor", default=None)


def current_actor() -> Actor:
    """Whoever acts now. Raises Unscoped outside `acting`."""
    actor = _current.get()
    if actor is None:
        raise Unscoped("no actor: reads and writes of records happen inside a read or an action")
    return actor


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """A transaction in which the database knows the actor. Nested blocks must be the same organisation's."""
    outer = _current.get()
    if outer is not None and (outer.organisation, outer.mechanism) != (actor.organisation, actor.mechanism):
        raise Unscoped(f"{actor.name} cannot act inside a transaction of {outer.name}: end that one first")
    token = _current.set(actor)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "select set_config('sild.mechanism', %s, true), set_config('sild.organisation', %s, true)",
                    [str(actor.mechanism), str(actor.organisation)],
                )
            yield actor
    finally:
        _current.reset(token)
