"""Questions about proposals to lower a marking: which of them wait for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.lowering import MARKERS, WAITING, Lowering


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal of a colleague: what it is about, how low it would go, who proposed it and why."""

    id: UUID
    model: str
    subject: UUID
    marking: int
    who: str
    why: str
    at: datetime


@read
def proposals_to_confirm(actor: Actor, *, limit: int = 5) -> list[Proposal]:
    """Proposals of colleagues that the actor may confirm or decline, oldest first."""
    if not actor.roles & MARKERS:
        return []
    waiting = Lowering.objects.filter(owner_id=actor.organisation, **WAITING).exclude(proposed_by=actor.person)
    return [
        Proposal(
            id=one.id,
            model=one.subject_model,
            subject=one.subject_id,
            marking=one.to_marking,
            who=one.proposed_by_name,
            why=one.why,
            at=one.created_at,
        )
        for one in waiting.order_by("created_at", "id")[:limit]
    ]
