"""Jobs of screening: new lists are read, and whoever has to be screened anew is."""

from __future__ import annotations

from sild.kernel import home as homes
from sild.kernel.actor import Actor, Role
from sild.kernel.hourly import hourly
from sild.kernel.jobs import defer, job
from sild.wings.screening.actions import TakingUp
from sild.wings.screening.reads import lists_to_read, to_screen
from sild.wings.screening.rules import READ


@job(READ, roles=frozenset({Role.OFFICER, Role.SERVICE}))
def take_up_lists(actor: Actor) -> None:
    """Read what is new and screen."""
    TakingUp(actor, homes.current()).run()


@hourly("screening.look")
def look_for_changes(actor: Actor) -> None:
    """Ask for it where a party came or changed its names since, or a list waits to be read."""
    if lists_to_read(actor) or to_screen(actor):
        defer(READ, actor=actor)
