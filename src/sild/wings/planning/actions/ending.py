"""End the making of a plan with the best one so far."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.kernel.undertaking import ask_to_end
from sild.wings.planning.rules import REFRESH


@action("planning.end-search", roles=frozenset({Role.OFFICER}), recalled=True)
def end_search(actor: Actor) -> None:
    """Ask that the plan that is being made ends with the best one so far; it is explained, checked and kept. Raises Refused if none is."""
    if not ask_to_end(actor, REFRESH):
        raise Refused(_("No plan is being made now."))
