"""Which needs the plans of the reader's organisation take in."""

from __future__ import annotations

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.planning.models import PlanScope


@read
def takes_endorsed_alone(actor: Actor) -> bool:
    """Whether plans take in endorsed needs alone; all needs where nobody said so."""
    said = PlanScope.objects.filter(owner_id=actor.organisation, compartment_id=None).order_by("-created_at", "-id").first()
    return said is not None and said.only_endorsed
