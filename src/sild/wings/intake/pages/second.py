"""What the second reader says, in the reader's words: where it differs from what was read, and what it gave no usable answer to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.intake.pages.words import inert
from sild.wings.intake.reads.opened import Opened
from sild.wings.intake.reads.second import second_opinions

MOST_SHOWN = 40


def second_of(actor: Actor, opened: Opened) -> Mapping[str, Any] | None:
    """`differing`: line number ("" for a line that was not read), field, both values and the words; None where it was not asked."""
    said = second_opinions(actor, opened.id)
    if said is None:
        return None
    numbers: dict[UUID | None, int] = {line.id: line.number for line in opened.lines}
    return {
        "model": inert(said.model),
        "state": said.state,
        "why": inert(said.why),
        "agrees": len(said.opinions) - len(said.differing),
        "differing": [
            {
                "number": numbers.get(one.line, ""),
                "field": one.field,
                "first": inert(one.first),
                "second": inert(one.second),
                "words": inert(one.span.text),
            }
            for one in said.differing[:MOST_SHOWN]
        ],
        "refused": len(said.refused),
    }
