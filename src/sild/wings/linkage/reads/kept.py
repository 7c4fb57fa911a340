"""Questions to linkage."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.linkage.models import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A proposed link or a look-alike kept apart."""

    line_a: UUID
    line_b: UUID
    relation: str
    score: float
    joined: bool
    why_apart: str


@read
def links(actor: Actor) -> list[LinkView]:
    """Every link and look-alike, the surest first."""
    return [
        LinkView(
            line_a=link.line_a_id,
            line_b=link.line_b_id,
            relation=link.relation,
            score=link.score,
            joined=link.joined,
            why_apart=link.why_apart,
        )
        for link in Link.objects.order_by("-score", "id")
    ]
