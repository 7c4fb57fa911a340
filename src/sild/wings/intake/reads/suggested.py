"""What the reader makes of words that a person marked: a line to begin with. Nothing is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sild.cores.extraction.answer import DraftLine
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.deadline import TooLong, within
from sild.values.document import Block, Part
from sild.wings.intake.reads.opened import text_of
from sild.wings.intake.reads.places import Hint, Places, places_of
from sild.wings.parties.public import parties

SECONDS = 3.0
LONGEST_ITEM = 400
FIELDS = ("kind", "category", "item", "quantity", "unit", "beneficiary", "provider", "needed_by", "available_from", "available_until")


@read
def suggested(actor: Actor, message_id: UUID, words: str, hints: Sequence[Hint] = ()) -> tuple[dict[str, Any], Places]:
    """The fields of a line that says these words of the message, as far as they are understood, and where the words stand.

    A thing that is not understood is called by the words themselves. Raises NotThere.
    """
    document = text_of(actor, message_id)
    places = places_of(document, words, hints) if document is not None else Places(spans=(), missing=())
    told: dict[str, Any] = {"item": " ".join(words.split())[:LONGEST_ITEM]}
    if document is None or not places.spans:
        return told, places
    blocks = tuple(Block(kind="paragraph", text=span.text, locator=span.locator) for span in places.spans)
    alone = dataclasses.replace(document, parts=(Part(name="body", media="text/plain", blocks=blocks),), warnings=())
    known = [party for party in parties(actor) if party.known]
    bodies = BodyIndex(
        tuple(
            Body(
                name=party.name,
                aliases=tuple(alias for _, alias in party.aliases),
                country=party.country,
                kind=party.kind,
                sector=party.sector,
            )
            for party in known
        )
    )
    try:
        with within(SECONDS):
            lines = extract(ExtractionProblem(document=alone, bodies=bodies)).lines
    except TooLong:
        return told, places
    return (told | _fields(lines[0]) if lines else told), places


def _fields(line: DraftLine) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(line, name) for name in FIELDS if getattr(line, name) not in (None, "")}
    if line.value is not None:
        found |= {"value_amount": line.value.amount, "value_currency": line.value.currency}
    return found | {"channel": str(line.channel), "urgency": line.urgency or "", "reference": line.reference or ""}
