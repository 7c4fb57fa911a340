"""How a giver wants its contributions shown where nobody said it of the one: asked of the wings that know what givers stated."""

from __future__ import annotations

from collections.abc import Callable

from sild.kernel.actor import Actor
from sild.wings.agreements.rules import Visibility

Stated = Callable[[Actor, str, str], Visibility | None]
TELLING: list[Stated] = []
"""Asked in order with the actor, the giver and the category; the first that knows says it."""


def tells_visibility(stated: Stated) -> Stated:
    """Let a wing above this one say how a giver wants to be shown."""
    TELLING.append(stated)
    return stated


def stated_visibility(actor: Actor, giver: str, category: str) -> Visibility | None:
    """How a giver wants what it gives of a category to be shown; None: nobody said."""
    told = (stated(actor, giver, category) for stated in TELLING)
    return next((one for one in told if one is not None), None)
