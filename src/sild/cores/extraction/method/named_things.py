"""What sounds like a body and is a thing: a product with its users behind it, a portal or register by a name in quotation marks."""

from __future__ import annotations

from functools import cache

from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.method.mentions import SOLID, mentions

_OPENS = "«„“\"”'"


@cache
def _things() -> PhraseBook[str]:
    return PhraseBook((word, "thing") for word in lexicon("body_cues")["named_things"])


def names_a_thing(text: str, body: BodyFound) -> bool:
    """Whether a supposed body is a thing asked for with its users behind it ("EDR for district administrations")."""
    return any(m.item.role in ("product", "device") and m.rank >= SOLID for m in mentions(text, body.start, body.end))


def is_quoted_thing(text: str, body: BodyFound) -> bool:
    """Whether the name stands in quotation marks right behind a word for a portal, a register or the like ("портал «Моя громада»")."""
    before = text[: body.start].rstrip()
    if not before or (before[-1] not in _OPENS and text[body.start] not in _OPENS):
        return False
    reading = read(before.rstrip(_OPENS + " "))
    return bool(reading.words) and _things().at_word(reading, len(reading.words) - 1) is not None
