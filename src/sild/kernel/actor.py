"""The actor: who does something, for which organisation, in which mechanism, and how much of it they may see.

Inside `acting(actor)` the database shows the rows of that organisation, within the actor's ceiling and compartments, and no others;
outside it, none. The settings are local to the transaction: a pooled connection can never carry them to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from django.db import connection, transaction

from sild.kernel.refusals import Unscoped
from sild.values.marking import Marking


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


PEOPLE = frozenset(Role) - {Role.SERVICE}
"""Every role that a person can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """`person` acts for `organisation` in `mechanism` with `roles`; `started_by` is the person behind a service actor.

    Records above `ceiling`, and records in compartments other than `compartments`, are not there for the actor.
    """

    person: UUID
    name: str
    organisation: UUID
    mechanism: UUID
    roles: frozenset[Role]
    ceiling: Marking
    compartments: frozenset[UUID] = frozenset()
    started_by: str | None = None


_current: ContextVar[Actor | None] = ContextVar("sild_actor", default=None)

_SETTINGS = """select set_config('sild.mechanism', %s, true), set_config('sild.organisation', %s, true),
    set_config('sild.ceiling', %s, true), set_config('sild.compartments', %s, true), set_config('sild.auditor', %s, true),
    set_config('sild.person', %s, true)"""


def current_actor() -> Actor:
    """Whoever acts now. Raises Unscoped outside `acting`."""
    actor = _current.get()
    if actor is None:
        raise Unscoped("no actor: reads and writes of records happen inside a read or an action")
    return actor


def is_acting(actor: Actor) -> bool:
    """Whether it is this very actor, with the same roles and rooms, whom the database knows now."""
    return _current.get() == actor


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """A transaction in which the database knows the actor. Nested blocks must be the same organisation's."""
    outer = _current.get()
    if outer is not None and (outer.organisation, outer.mechanism) != (actor.organisation, actor.mechanism):
        raise Unscoped(f"{actor.name} cannot act inside a transaction of {outer.name}: end that one first")
    token = _current.set(actor)
    try:
        with transaction.atomic():
            if outer != actor:
                _tell_database(actor)
            yield actor
            if outer is not None and outer != actor:
                # a released savepoint keeps its settings: the outer actor gets its own back
                _tell_database(outer)
    finally:
        _current.reset(token)


@contextmanager
def on_behalf_of(owner: UUID) -> Iterator[Actor]:
    """Inside an act, the desk's own rules at work on the records of `owner`: the same transaction, another organisation.

    Only rules that follow from what was just written are applied here (release by rule, inheritance of markings): the
    interagency gate endorses a need of the secretariat's, and the need's release follows. Raises Unscoped outside `acting`.
    """
    outer = current_actor()
    rules = Actor(
        person=_rules_of(outer.mechanism),
        name="the desk's rules",
        organisation=owner,
        mechanism=outer.mechanism,
        roles=frozenset({Role.SERVICE}),
        ceiling=Marking.RED,
        compartments=outer.compartments,
        started_by=outer.started_by or outer.name,
    )
    if outer == rules:
        yield outer
        return
    token = _current.set(rules)
    try:
        with transaction.atomic():
            _tell_database(rules)
            yield rules
            _tell_database(outer)
    finally:
        _current.reset(token)


def is_rule(actor: Actor) -> bool:
    """Whether no person and no service acts, but the desk's own rules, `on_behalf_of` an organisation."""
    return actor.person == _rules_of(actor.mechanism)


def _rules_of(mechanism: UUID) -> UUID:
    return uuid5(mechanism, "the desk's rules")


def _tell_database(actor: Actor) -> None:
    compartments = "{" + ",".join(sorted(str(identity) for identity in actor.compartments)) + "}"
    auditor = "true" if Role.AUDITOR in actor.roles else "false"
    with connection.cursor() as cursor:
        told = [str(actor.mechanism), str(actor.organisation), str(int(actor.ceiling)), compartments, auditor, str(actor.person)]
        cursor.execute(_SETTINGS, told)
