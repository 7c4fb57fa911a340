"""Forms: which of their fields are the sender's matter and which are envelope."""

from __future__ import annotations

from sild.cores.extraction.method.mentions import grammar
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.words import words_of

_FEWEST_WORDS = 4


def matter_fields(found: list[Passage]) -> list[Passage]:
    """The form fields that hold running text: those named so, and others that hold a sentence."""
    fields = [p for p in found if p.block.kind == "field"]
    chosen: list[Passage] = []
    for passage in fields:
        name = (passage.block.name or "").lower().rsplit(".", 1)[-1]
        if name in grammar("envelope_fields"):
            continue
        if name in grammar("matter_fields") or len(words_of(passage.text).words) >= _FEWEST_WORDS:
            chosen.append(passage)
    return chosen
