"""What others were shown of a plan goes with what it speaks of: who sees a need no more sees no more how far a plan reaches it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.journal import Written
from sild.wings.planning.models import Match, NeedAssessment, Outcome, PriorityOverride

SHOWN = (
    ("register.Need", Outcome, "need_id"),
    ("register.Offer", Match, "offer_id"),
    ("register.Need", NeedAssessment, "need_id"),
    ("register.Need", PriorityOverride, "need_id"),
)
"""Whose readers bound whose: an outcome is shown with its need, a match with its offer, what weighs in a need with the need."""


@settles
def _follow(written: Sequence[Written]) -> None:
    """Take back what was shown of plans from organisations that lost the need or the offer in this act."""
    lost: dict[UUID, dict[str, dict[UUID, set[UUID]]]] = defaultdict(lambda: defaultdict(dict))
    for label, key, before, after in written:
        if label in ("register.Need", "register.Offer") and before is not None:
            left = set(after["releasable_to"]) if after is not None else set()
            if set(before["releasable_to"]) - left:
                lost[before["owner_id"]][label][key if isinstance(key, UUID) else UUID(key)] = left
    for owner, by_label in lost.items():
        with on_behalf_of(owner) as rules:
            changed = [one for label, model, column in SHOWN for one in _narrowed(model, column, by_label[label])]
            if changed:
                take_back(rules, changed)


def _narrowed(model: Any, column: str, left: dict[UUID, set[UUID]]) -> list[Any]:
    changed = []
    for record in model.objects.filter(**{f"{column}__in": list(left)}).exclude(releasable_to=[]):
        wanted = sorted(set(record.releasable_to) & left[getattr(record, column)])
        if wanted != sorted(record.releasable_to):
            record.releasable_to = wanted
            changed.append(record)
    return changed


@action("planning.take-back", roles=frozenset({Role.SERVICE}), recalled=True)
def take_back(actor: Actor, changed: Sequence[Outcome | Match | NeedAssessment | PriorityOverride]) -> None:
    """Write the narrower readers of what speaks of a need or an offer. A service of the desk does it, for whoever took that back."""
    for model in (Outcome, Match, NeedAssessment, PriorityOverride):
        records: list[Any] = [one for one in changed if isinstance(one, model) and one.owner_id == actor.organisation]
        model._default_manager.bulk_change(records, ["releasable_to"])
