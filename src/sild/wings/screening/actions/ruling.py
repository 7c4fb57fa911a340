"""A person's ruling of a hit."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.parties.public import mechanism_file
from sild.wings.screening.actions.lists import OFFICERS
from sild.wings.screening.models import Hit
from sild.wings.screening.rules import LONGEST_REASON, RULINGS, HitState


@action("screening.rule-hit", roles=OFFICERS)
def rule_hit(actor: Actor, hit_id: UUID, state: HitState, *, version: int | None = None, reason: str) -> None:
    """Confirm or clear a hit, or open it again, with the reason. Raises NotThere, Stale, Refused. The desk rules nothing itself."""
    hit: Hit = Hit.found(hit_id, version=version)
    before = HitState(hit.state)
    if state not in RULINGS[before]:
        raise Refused(_("This hit cannot be ruled so from where it stands now. Load its page anew."))
    if not reason.strip():
        raise Refused(_("Say what you compared and why it is or is not the same; it stays with the hit."))
    on = mechanism_file(actor).today or clock.today()
    told = {"on": on.isoformat(), "by": actor.name, "state": str(state), "before": str(before), "reason": reason.strip()[:LONGEST_REASON]}
    hit.rulings = [*hit.rulings, told]
    hit.state = state
    hit.save()
