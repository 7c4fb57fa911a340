"""Erasing: words of a person leave the plans that name them; quantities and their check stay as they were made."""

from __future__ import annotations

import re
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import redact_records
from sild.wings.planning.models import Assessment, Limit, NeedAssessment, Plan, PlanScope, PriorityOverride


@action("planning.redact-plans", roles=frozenset({Role.OFFICER, Role.SERVICE}), recalled=True)
def redact_plans(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of one's own plans, limits, assessments and overrides; returns the ids of those that held them."""
    touched: list[UUID] = []
    for model in (Plan, Limit, Assessment, NeedAssessment, PriorityOverride, PlanScope):
        touched += redact_records(model.objects.filter(owner_id=actor.organisation), pattern, leave=("problem_digest", "criterion"))
    return touched
