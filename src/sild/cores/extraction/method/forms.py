"""Forms: which of their fields are the sender's matter and which are envelope."""

from __future__ import annotations

from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.words import words_of

_MATTER = frozenset(
    "description details text message body need needs request offer item items what product justification comments comment notes subject title "
    "remarks additional_information опис потреба kirjeldus vajadus opis beschreibung besoin".split()
)
_ENVELOPE = frozenset(
    "form type kind submitted date country category category_selected priority urgency channel organisation organization institution sender email "
    "e-mail phone contact name id language consent attachments conditions reference".split()
)
_FEWEST_WORDS = 4


def matter_fields(found: list[Passage]) -> list[Passage]:
    """The form fields that hold running text: those named so, and others that hold a sentence."""
    fields = [p for p in found if p.block.kind == "field"]
    chosen: list[Passage] = []
    for passage in fields:
        name = (passage.block.name or "").lower().rsplit(".", 1)[-1]
        if name in _ENVELOPE:
            continue
        if name in _MATTER or len(words_of(passage.text).words) >= _FEWEST_WORDS:
            chosen.append(passage)
    return chosen
