"""What the clock does with agreements: contributions are named on the day that their givers set."""

from __future__ import annotations

from sild.kernel.actor import Actor
from sild.kernel.hourly import hourly
from sild.wings.agreements.actions import name_contributions


@hourly("agreements.name-contributions")
def name_what_is_due(actor: Actor) -> None:
    """Name the contributions whose day has come."""
    name_contributions(actor)
