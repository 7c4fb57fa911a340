"""Actions and reads: the two ways into the records.

`@action` checks the role, opens the transaction with the actor in it, keeps the images for undo, and queues the entry for the ledger.
`@read` opens the same scope for a question. Both take the actor first.
"""

from __future__ import annotations

import functools
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import OperationalError, connection
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected

from sild.kernel import clock, replicated
from sild.kernel.actor import Actor, Role, acting, is_acting, is_rule
from sild.kernel.history import ENCODER, Act, Change
from sild.kernel.journal import Image, Journal, Written, journal_of, open_journal
from sild.kernel.ledger import outbox
from sild.kernel.refusals import NotForRole
from sild.kernel.said import said
from sild.values.marking import Marking

TRIES = 4
"""How often an act begins whose transaction the database ends because two waited for each other."""

P = ParamSpec("P")
R = TypeVar("R")

_parent: ContextVar[uuid.UUID | None] = ContextVar("sild_parent_act", default=None)
_last: ContextVar[uuid.UUID | None] = ContextVar("sild_last_act", default=None)

ACTIONS: dict[str, frozenset[Role]] = {}
"""Every action by name, with the roles that may do it."""

STEPWISE: set[str] = set()
"""Actions that are made of acts which commit by themselves."""

SETTLERS: list[Callable[[Sequence[Written]], None]] = []
"""What follows from what was written, in the order in which it is done: see `settles`."""

RECALLED: set[str] = set()
"""Actions whose effect leaves the house (a release, a lowering): recalled by a new act, never undone."""

FOLLOW_UPS: dict[str, Callable[[Actor], None]] = {}
"""What an act of a person asks for before its transaction ends, by the act's name: jobs, declared with `kernel.jobs.after`."""


def action(
    name: str, *, roles: frozenset[Role], stepwise: bool = False, recalled: bool = False
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an act called `name` ("register.endorse") that `roles` may do.

    A `stepwise` act is long and made of other acts: each of these commits by itself, so that a crash loses nothing; the long
    act's own entry is put down when it begins. What a `recalled` act does leaves the house (a release, a lowering): it is recalled
    by a new act, never undone. What the desk's rules do for an organisation is an act where they wrote something. The function may
    take `reason: str`, which is kept with the act.
    """

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        ACTIONS[name] = roles
        if stepwise:
            STEPWISE.add(name)
        if recalled:
            RECALLED.add(name)

        @functools.wraps(function)
        def act(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            # two who wait for each other: the database ends one of them, who begins again where nothing else was begun around it
            again = 0 if stepwise or open_journal() is not None or connection.in_atomic_block else TRIES - 1
            for _try in range(again):
                try:
                    return attempt(actor, *args, **kwargs)
                except OperationalError as fault:
                    if not isinstance(fault.__cause__, DeadlockDetected):
                        raise
            return attempt(actor, *args, **kwargs)

        def attempt(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.roles & roles:
                allowed = ", ".join(sorted(said().label(role, "role") for role in roles))
                told = _("{name} may not do {action}: it is for {roles}. Ask somebody who has that role.")
                raise NotForRole(told.format(name=actor.name, action=f"“{said().act(name)}”", roles=allowed))
            identity, reason = uuid.uuid4(), str(kwargs.get("reason", "") or "")
            token = _parent.set(identity)
            try:
                if stepwise:
                    with acting(actor):
                        _keep(actor, token.old_value, Journal(name, identity, identity, [0]), reason)
                    return function(actor, *args, **kwargs)
                outermost = open_journal() is None
                with replicated.answered_truly(), acting(actor), journal_of(name, identity, final=recalled) as journal:
                    before = len(journal.written)
                    result = function(actor, *args, **kwargs)
                    if outermost:
                        for settle in SETTLERS:
                            settle(tuple(journal.written))
                    # a rule that looked at an organisation's records and changed none would tell it of an act which it does not see
                    if len(journal.written) > before or not is_rule(actor):
                        _keep(actor, token.old_value, journal, reason)
                    # a run and a replay act for somebody and make everything anew at their end
                    if name in FOLLOW_UPS and actor.started_by is None:
                        FOLLOW_UPS[name](actor)
                    if outermost:
                        replicated.ask_for_proof()
                if outermost:
                    _last.set(identity)
                return result
            finally:
                _parent.reset(token)

        return act

    return decorate


def settles(function: Callable[[Sequence[Written]], None]) -> Callable[[Sequence[Written]], None]:
    """Make a function a rule that is applied at the end of every act, in its transaction, to the records that the act wrote.

    A release that follows from a state, or a marking that children inherit, is then right whoever wrote the record, undo too.
    """
    SETTLERS.append(function)
    return function


def read(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Make a function a question: it runs in the actor's scope and returns whole answers, never open queries."""

    @functools.wraps(function)
    def ask(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if is_acting(actor):
            # a question within a question of the same actor writes nothing: it needs no savepoint of its own
            return function(actor, *args, **kwargs)
        with acting(actor):
            return function(actor, *args, **kwargs)

    return ask


def last_act() -> uuid.UUID | None:
    """The last act that was done whole in this context: what the Undo button beside its answer takes back."""
    return _last.get()


@contextmanager
def keeping_last_act() -> Iterator[None]:
    """What is done within is no act to take back: it does not stay."""
    before = _last.get()
    try:
        yield
    finally:
        _last.set(before)


def forget_last_act() -> None:
    """Begin anew: a thread answers one person after the other, and nobody is offered to take back what the one before did."""
    _last.set(None)


def _keep(actor: Actor, parent: object, journal: Journal, reason: str) -> None:
    at = clock.now()
    images = [(place, model, key, _plain(before), _plain(after)) for place, model, key, before, after in journal.images]
    closed = _closed(journal.written)
    changes = [_change(actor, journal, image, closed) for image in images]
    marking, compartments = _closed_act(actor, changes, reason)
    Act.objects.bulk_create(
        [
            Act(
                id=journal.act,
                mechanism_id=actor.mechanism,
                owner_id=actor.organisation,
                action=journal.action,
                person_id=actor.person,
                person_name=actor.name,
                started_by=actor.started_by or "",
                roles=sorted(actor.roles & ACTIONS.get(journal.action, frozenset())),
                at=at,
                reason=reason,
                parent_id=parent if isinstance(parent, uuid.UUID) else None,
                root_id=journal.root,
                marking=marking,
                compartments=compartments,
            )
        ]
    )
    Change.objects.bulk_create(changes, batch_size=500)
    outbox.put(
        actor,
        {
            "act": str(journal.act),
            "action": journal.action,
            "at": at.isoformat(),
            "mechanism": str(actor.mechanism),
            "organisation": str(actor.organisation),
            "person": str(actor.person),
            "started_by": actor.started_by,
            "reason": reason,
            "images_sha256": hashlib.sha256(json.dumps(images, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
        },
    )


def _closed_act(actor: Actor, changes: Sequence[Change], reason: str) -> tuple[int, list[uuid.UUID]]:
    """How closed an act is, its marking and its compartments: its reason may speak of what was written, and is as closed as that.

    Where nothing was written the reason may speak of anything that the actor sees.
    """
    if not changes and reason:
        return int(actor.ceiling), sorted(actor.compartments)
    rooms = {change.compartment_id for change in changes if change.compartment_id}
    return max((change.marking for change in changes), default=int(Marking.CLEAR)), sorted(rooms)


def _plain(image: Image | None) -> Image | None:
    plain: Image | None = json.loads(json.dumps(image, cls=ENCODER))
    return plain


def _closed(written: Sequence[Written]) -> dict[str, tuple[int, uuid.UUID | None]]:
    """How closed each written record was at its most closed in the whole transaction: its marking and its compartment."""
    closed: dict[str, tuple[int, uuid.UUID | None]] = {}
    for _model, key, before, after in written:
        for state in (before, after):
            if state is not None:
                marking, compartment = closed.get(str(key), (0, None))
                closed[str(key)] = (max(marking, state["marking"]), state["compartment_id"] or compartment)
    return closed


def _change(
    actor: Actor,
    journal: Journal,
    image: tuple[int, str, str, Image | None, Image | None],
    closed: dict[str, tuple[int, uuid.UUID | None]],
) -> Change:
    """The kept image of one record, as closed as the record was at its most closed: an early image tells as much as a late one.

    Whoever may undo the act reads the images of others' records too; of an act that is never undone their owners alone do: what
    others keep beside one's record is closed with it, and neither their words nor how many they are is told.
    """
    place, model, key, before, after = image
    states: list[dict[str, Any]] = [state for state in (before, after) if state is not None]
    owner = uuid.UUID(states[-1]["owner_id"])
    marking, compartment = closed[key]
    return Change(
        mechanism_id=actor.mechanism,
        owner_id=owner,
        releasable_to=[actor.organisation] if owner != actor.organisation and not journal.final else [],
        marking=marking,
        compartment_id=compartment,
        act_id=journal.act,
        root_id=journal.root,
        place=place,
        model=model,
        record_id=uuid.UUID(key),
        before=before,
        after=after,
    )
