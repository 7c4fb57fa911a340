"""Jobs of intake: links and plan are made anew after people's acts, once for all clicks that wait."""

from __future__ import annotations

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.identity import actor_named
from sild.kernel.jobs import SERVICE, after, job
from sild.kernel.refusals import Refused
from sild.kernel.undertaking import DONE, FAILED, Watched
from sild.wings.intake.actions import refresh
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.public import REFRESH

REFRESH_AFTER = (
    "register.accept-line",
    "register.reject-line",
    "register.reopen-line",
    "register.mend-line",
    "register.split-line",
    "register.join-lines",
    "register.add-line",
    "register.rule-channel",
    "register.rule-gate",
    "register.set-state",
    "register.answer-offer",
    "linkage.judge",
    "linkage.withdraw-judgement",
    "planning.record-limit",
    "planning.import-supplement",
    # what was raised, or moved away, was linked and planned with; the next plan says so, or is made without it
    "access.raise-marking",
    "access.confirm-lowering",
    "intake.close-into",
    "kernel.undo",
)
"""Acts that change what links or plan rest on."""


@job(REFRESH, roles=(PEOPLE - {Role.AUDITOR}) | {Role.SERVICE})
def refresh_register(actor: Actor) -> None:
    """Link and plan anew in the name of the run, started by the member who asked."""
    run = actor_named(mechanism_file(actor).mechanism, SERVICE, started_by=actor.name)
    watched = Watched(run, REFRESH)
    try:
        made = refresh(run, progress=watched)
    except Refused as refusal:
        # nothing to repeat: a person reads why, and the next act asks again
        watched.end(FAILED, str(refusal))
        return
    except Exception:
        watched.end(FAILED)
        raise
    watched.end(DONE, str(made.id) if made.fresh else "")


after(REFRESH, REFRESH_AFTER)
