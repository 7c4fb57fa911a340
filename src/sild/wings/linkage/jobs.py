"""Jobs of linkage: slots of an older lexicon are made anew."""

from __future__ import annotations

from sild.kernel.actor import Actor, Role
from sild.kernel.hourly import hourly
from sild.kernel.jobs import defer, job
from sild.wings.linkage.actions.renewing import renew_slots
from sild.wings.linkage.reads.stale import any_stale

RENEW = "linkage.renew-slots"


@job(RENEW, roles=frozenset({Role.SERVICE}))
def renew_stale_slots(actor: Actor) -> None:
    """File lines anew until none stands under slots of another edition."""
    renew_slots(actor)


@hourly("linkage.stale-slots")
def look_for_stale_slots(actor: Actor) -> None:
    """Ask for it where the lexicon changed: after an update, when the worker begins."""
    if any_stale(actor):
        defer(RENEW, actor=actor)
