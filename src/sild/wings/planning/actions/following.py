"""What others were shown of a plan goes with what it speaks of: who sees a need no more sees no more how far a plan reaches it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, current_actor, on_behalf_of
from sild.kernel.beside import kept_beside
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
    """Take back what was shown from organisations that lost the need or the offer in this act, whoever said it: each for its owner."""
    lost: dict[str, dict[UUID, set[UUID]]] = defaultdict(dict)
    for label, key, before, after in written:
        if label in ("register.Need", "register.Offer") and before is not None:
            left = set(after["releasable_to"]) if after is not None else set()
            if set(before["releasable_to"]) - left:
                # who keeps the need or the offer sees it however it is released
                lost[label][key if isinstance(key, UUID) else UUID(key)] = left | {before["owner_id"]}
    by_owner: dict[UUID, list[tuple[Any, str, dict[UUID, set[UUID]]]]] = defaultdict(list)
    for label, model, column in SHOWN:
        for owner in kept_beside(model._meta.db_table, column, list(lost[label])) if lost[label] else ():
            by_owner[owner].append((model, column, lost[label]))
    for owner, shown in sorted(by_owner.items()):
        with on_behalf_of(owner) as rules:
            changed = [one for model, column, left in shown for one in _narrowed(model, column, left)]
            if changed:
                take_back(rules, changed)


def _narrowed(model: Any, column: str, left: dict[UUID, set[UUID]]) -> list[Any]:
    changed = []
    own = model.objects.filter(**{f"{column}__in": list(left)}, owner_id=current_actor().organisation)
    for record in own.exclude(releasable_to=[]):
        wanted = sorted(set(record.releasable_to) & left[getattr(record, column)])
        if wanted != sorted(record.releasable_to):
            record.releasable_to = wanted
            changed.append(record)
    return changed


@action("planning.take-back", roles=frozenset({Role.SERVICE}), recalled=True)
def take_back(_actor: Actor, changed: Sequence[Outcome | Match | NeedAssessment | PriorityOverride]) -> None:
    """Write the narrower readers of what speaks of a need or an offer. A service of the desk does it, for whoever took that back."""
    for model in (Outcome, Match, NeedAssessment, PriorityOverride):
        records: list[Any] = [one for one in changed if isinstance(one, model)]
        model._default_manager.bulk_change(records, ["releasable_to"])
