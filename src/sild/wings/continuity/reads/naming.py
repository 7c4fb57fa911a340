"""What the inventory and hosts hold on a person, as far as the reader sees them: handed out to whom it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.erasure import HELD_TOO
from sild.wings.continuity.models import (
    CustodyCopy,
    CustodyDeed,
    Dataset,
    Dependency,
    Destruction,
    EvacuationPlan,
    FreezePoint,
    HomeStep,
    Host,
    LightsOut,
    Service,
    StandbyMove,
    System,
)

TEXTS: list[tuple[Any, tuple[str, ...]]] = [
    (System, ("code", "name", "purpose", "operator", "territory", "cloud", "vendor", "crew", "note")),
    (Dataset, ("name", "data_owner", "permission_of", "permission_act", "note")),
    (Service, ("name", "users", "note")),
    (Dependency, ("note",)),
    (CustodyCopy, ("keeper", "name", "holders", "readers", "written_by_name", "ended_why", "ended_by_name")),
    (CustodyDeed, ("finding", "told_by_name")),
    (EvacuationPlan, ("name", "happened", "asked_by_name", "adopted_by_name", "adopted_why")),
    (LightsOut, ("name", "territories", "clouds", "vendors", "crews", "drilled_by_name", "lesson")),
    (FreezePoint, ("territory", "decided_by", "act", "why", "lifted_why")),
    (Destruction, ("what", "method", "first_witness", "second_witness", "why", "written_by_name", "confirmed_by_name")),
    (HomeStep, ("what", "doer", "changed_abroad", "to_reconcile", "ended_how", "ended_by_name")),
    (StandbyMove, ("person", "why", "how")),
    (Host, ("name", "agreement_words", "access", "exit_terms", "cloud", "vendor", "note", "sealed_for", "sealed_by_name")),
]
"""Columns of people's words, by table; a room of the wing adds those of its own tables."""


@read
def continuity_naming(actor: Actor, words: Sequence[str]) -> list[dict[str, Any]]:
    """The organisation's inventory and hosts, and what belongs to them, in which one of the words stands, as plain data."""
    wanted = [word for word in words if word.strip()]
    found: list[dict[str, Any]] = []
    for model, texts in TEXTS:
        said = Q()
        for word in wanted:
            for column in texts:
                said |= Q(**{f"{column}__icontains": word})
        if said:
            rows = model.objects.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
            found += [{name: getattr(one, name) for name in texts} for one in rows]
    return found


HELD_TOO["continuity"] = continuity_naming
