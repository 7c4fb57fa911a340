"""The light of the deliverability gate for each need, as a reader sees it: the worst of what was agreed for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.planning.public import lights_of

WORST_FIRST = ("fail", "unknown", "pass")
NOTHING_AGREED = {"light": "", "blocker": "", "mover": ""}


def lights_by_need(reader: Actor, needs: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """By need: verdict (None: not known), what blocks it, whose move it is. A need of which nothing was agreed has none.

    What a plan alone proposes is nobody's word yet and stands in no report.
    """
    found: dict[UUID, dict[str, Any]] = {}
    for need in lights_of(reader, needs):
        agreed = [row.light for row in need.rows if row.agreement is not None]
        if not agreed:
            continue
        worst = min(agreed, key=lambda light: WORST_FIRST.index(light.verdict))
        blocker = worst.blocker
        found[need.need] = {
            # what is not known to one reader is not known to the report, whatever its maker knows alone
            "light": None if worst.verdict == "unknown" else str(worst.verdict),
            "blocker": str(blocker.check) if blocker is not None else "",
            "mover": str(blocker.mover or "") if blocker is not None else "",
        }
    return found
