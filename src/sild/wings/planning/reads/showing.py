"""How a giver stated that its contributions are to be shown: the default of what is agreed with it."""

from __future__ import annotations

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.agreements.public import Visibility, tells_visibility
from sild.wings.planning.reads.limits import known_limits


@tells_visibility
@read
def visibility_stated(actor: Actor, giver: str, category: str) -> Visibility | None:
    """As the supplement or a person stated it of the giver, for the category or for all; None: nobody did."""
    told = known_limits().limit("visibility", giver, category) if giver else None
    said = str(told.detail.get("visibility") or "") if told is not None else ""
    return Visibility(said) if said else None
