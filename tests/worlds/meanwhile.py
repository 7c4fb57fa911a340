"""What others do in the second world alone: acts that change nothing for the one who walks, or that only they may know of.

Records that are planted stand still; these raise versions, move releases, put down jobs and write history as the desk itself does it.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Mapping
from datetime import date

from sild.kernel.actor import Actor, Role
from sild.kernel.casework import WORKERS, add_note, assign, set_next_step
from sild.kernel.grants import RELEASERS, recall_release, release_to
from sild.kernel.identity import actor_named
from sild.kernel.refusals import Refused
from sild.kernel.tokens import make_token
from sild.wings.linkage.public import ask_overlap
from tests.worlds.base import CASES, ROLES, STRANGERS, Base
from tests.worlds.stillness import still

EACH = 3
"""How many records each kind of act is tried on."""


def act_meanwhile(base: Base, role: str, chance: random.Random, visible: Mapping[str, list[uuid.UUID]], names: list[str]) -> int:
    """Let the others act, in the world that is connected now. Returns how many acts were done; `names` are filled with what they named."""
    walker = base.actors[role]
    with still(-2, 0):
        stranger = actor_named(STRANGERS, "officer")
        make_token(stranger, base.accounts[role], "hidden token of strangers")
    if role == "auditor":
        # an auditor is told of every act in the mechanism: that is declared
        return 1
    others = [base.actors[one] for one in ROLES if base.actors[one].organisation != walker.organisation]
    done = 1
    names[:] = [f"hidden token {chance.randrange(10**6)}" for _ in others]
    for number, actor in enumerate(others):
        with still(-3 - number, 0):
            make_token(actor, base.accounts[next(one for one in ROLES if base.actors[one] is actor)], names[number])
            done += 1
            for label in CASES:
                there = visible.get(label, [])
                for identity in chance.sample(there, min(EACH, len(there))):
                    done += _beside(actor, label, identity) if actor.roles & WORKERS else 0
                    done += _released(base, walker, actor, label, identity) if actor.roles & RELEASERS else 0
            done += _asked(actor, visible) if actor.roles & {Role.OFFICER} else 0
    return done


def _beside(actor: Actor, label: str, identity: uuid.UUID) -> int:
    """What an organisation keeps for itself beside a record that the walker sees too."""
    acts: tuple[Callable[[], object], ...] = (
        lambda: add_note(actor, label, identity, "hidden words"),
        lambda: assign(actor, label, identity, actor.person),
        lambda: set_next_step(actor, label, identity, "hidden step", date(2026, 3, 1)),
    )
    return sum(_done(act) for act in acts)


def _released(base: Base, walker: Actor, actor: Actor, label: str, identity: uuid.UUID) -> int:
    """The owner lets a third organisation see a record that the walker sees, and takes it back from one."""
    third = [one for one in base.organisations if one not in (walker.organisation, actor.organisation)]
    return _done(lambda: release_to(actor, label, identity, third[:2], reason="hidden reason")) + _done(
        lambda: recall_release(actor, label, identity, third[:1], reason="hidden reason")
    )


def _asked(actor: Actor, visible: Mapping[str, list[uuid.UUID]]) -> int:
    """An officer asks across walls about a need that the walker sees too: the question is the officer's organisation's."""
    return sum(_done(lambda need=need: ask_overlap(actor, "register.Need", need)) for need in visible.get("register.Need", [])[:1])


def _done(act: Callable[[], object]) -> bool:
    """Whether it was done: others may not see the record, or not be its owner."""
    try:
        act()
    except Refused:
        return False
    return True
