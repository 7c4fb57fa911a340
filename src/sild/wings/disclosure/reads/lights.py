"""The lights of the deliverability gate: of each agreement as a reader sees it, and of a need the worst of what was agreed for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.disclosure.rules import Row
from sild.wings.planning.public import lights_of

WORST_FIRST = ("fail", None, "pass")
NOTHING_AGREED = {"light": "", "blocker": "", "mover": ""}


def lights_by_agreement(reader: Actor, needs: Collection[UUID]) -> Iterator[Row]:
    """By agreement: of which need, verdict (None: not known), what blocks it, whose move it is.

    What a plan alone proposes is nobody's word yet and stands in no report. Of a need nothing is said here: two readers who see two
    agreements with one verdict would each learn that the other knows of one.
    """
    for need in lights_of(reader, needs):
        for row in need.rows:
            if row.agreement is None:
                continue
            blocker = row.light.blocker
            yield {
                "id": str(row.agreement),
                "need": str(need.need),
                # what is not known to one reader is not known to the report, whatever its maker knows alone
                "light": None if row.light.verdict == "unknown" else str(row.light.verdict),
                "blocker": str(blocker.check) if blocker is not None else "",
                "mover": str(blocker.mover or "") if blocker is not None else "",
            }


def worst_of(lights: Iterable[Row]) -> dict[str, Any]:
    """What a need says of the lights of its agreements; one of which nothing was agreed has none."""
    told = sorted(lights, key=lambda one: (WORST_FIRST.index(one["light"]), one["id"]))
    return {name: told[0][name] for name in NOTHING_AGREED} if told else dict(NOTHING_AGREED)
