"""Actions and reads: the two ways into the records.

`@action` checks the role, opens the transaction with the actor in it, keeps the images for undo, and queues the entry for the ledger.
`@read` opens the same scope for a question. Both take the actor first.
"""

from __future__ import annotations

import functools
import hashlib
import json
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Concatenate, ParamSpec, TypeVar

from sild.kernel import clock
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.history import Act
from sild.kernel.journal import Journal, journal_of, open_journal
from sild.kernel.ledger import outbox
from sild.kernel.record import ENCODER
from sild.kernel.refusals import Refused

P = ParamSpec("P")
R = TypeVar("R")

_parent: ContextVar[uuid.UUID | None] = ContextVar("sild_parent_act", default=None)

ACTIONS: dict[str, frozenset[Role]] = {}
"""Every action by name, with the roles that may do it."""

STEPWISE: set[str] = set()
"""Actions that are made of acts which commit by themselves."""


def action(
    name: str, *, roles: frozenset[Role], stepwise: bool = False
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an act called `name` ("register.endorse") that `roles` may do.

    A `stepwise` act is long and made of other acts: each of these commits by itself, so that a crash loses nothing; the long
    act's own entry is put down when it begins. The function may take `reason: str`, which is kept with the act.
    """

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        ACTIONS[name] = roles
        if stepwise:
            STEPWISE.add(name)

        @functools.wraps(function)
        def act(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.roles & roles:
                allowed = ", ".join(sorted(role.value for role in roles))
                raise Refused(f"{actor.name} may not do {name}: it is for {allowed}. Ask somebody who has that role.")
            identity, reason = uuid.uuid4(), str(kwargs.get("reason", "") or "")
            token = _parent.set(identity)
            try:
                if stepwise:
                    with acting(actor):
                        _keep(actor, identity, token.old_value, Journal(name), reason)
                    return function(actor, *args, **kwargs)
                outer = open_journal()
                with acting(actor), journal_of(name) as journal:
                    result = function(actor, *args, **kwargs)
                    _keep(actor, identity, token.old_value, journal, reason)
                if outer is not None:
                    # one transaction, one undo: the outer act holds all that was written in it, in order
                    outer.images.extend(journal.images)
                return result
            finally:
                _parent.reset(token)

        return act

    return decorate


def read(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Make a function a question: it runs in the actor's scope and returns whole answers, never open queries."""

    @functools.wraps(function)
    def ask(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with acting(actor):
            return function(actor, *args, **kwargs)

    return ask


def _keep(actor: Actor, identity: uuid.UUID, parent: object, journal: Journal, reason: str) -> None:
    at = clock.now()
    images = json.loads(json.dumps(journal.images, cls=ENCODER))
    Act.objects.bulk_create(
        [
            Act(
                id=identity,
                mechanism_id=actor.mechanism,
                owner_id=actor.organisation,
                action=journal.action,
                person_id=actor.person,
                person_name=actor.name,
                started_by=actor.started_by or "",
                at=at,
                reason=reason,
                parent_id=parent if isinstance(parent, uuid.UUID) else None,
                images=images,
            )
        ]
    )
    outbox.put(
        actor,
        {
            "act": str(identity),
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
