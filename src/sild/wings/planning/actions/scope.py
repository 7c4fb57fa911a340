"""Which needs plans take in: all of them, or those alone that are endorsed. It stands until somebody says another thing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.models import PlanScope
from sild.wings.planning.reads.scope import takes_endorsed_alone

LONGEST_REASON = 2000


@action("planning.take-in", roles=frozenset({Role.OFFICER, Role.SERVICE}))
def take_in(actor: Actor, *, only_endorsed: bool, reason: str) -> bool:
    """Say whether plans take in endorsed needs alone, or all needs as if they were; returns whether that is news. Raises Refused.

    The next plan is made so, and says so; each plan after it too, until this is said anew or undone.
    """
    why = reason.strip()[:LONGEST_REASON]
    if not why:
        raise Refused(_("Say why in a few words; the reason is kept with the decision."))
    if takes_endorsed_alone(actor) == only_endorsed:
        return False
    today = mechanism_file(actor).today or clock.today()
    PlanScope(only_endorsed=only_endorsed, said_by=actor.name, said_on=today, reason=why).save()
    return True
