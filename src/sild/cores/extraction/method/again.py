"""A count that speaks of a thing named before: "the first ten have come, the remaining six are still needed", "we can offer 18"."""

from __future__ import annotations

import re
from dataclasses import replace

from sild.cores.extraction.fields.found import QuantityFound
from sild.cores.extraction.method.amounts import quantities, shifted
from sild.cores.extraction.method.drafts import Mention
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import SOLID, grammar, mentions
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import cue_hits
from sild.cores.extraction.method.words import Words, words_of

_NEAR = 3  # words between the verb and its count
_ONES = 2
_ASKS = frozenset(("ask", "wish", "still"))
_VERBS = frozenset(("ask", "relays", "wish", "still", "offer"))
# what a protection asked for by itself is for, and so counts it
_GUARDED = {
    "ddos-protection": frozenset(("website",)),
    "endpoint-protection": frozenset(("computer", "laptop", "workstation", "server", "seat", "protected machine")),
    "email-security": frozenset(("mailbox",)),
    "vulnerability-management": frozenset(("server", "protected machine", "website")),
}
_SETTLED = frozenset(("elsewhere", "supplied", "thanks", "offer", "withdraw"))
_ENDS = re.compile(r"\s*(?:[.,;:!?)]|$|[-–—]\s)")


def counted_again(text: str, stretch: Stretch) -> QuantityFound | None:
    """The bare count beside a verb of asking or offering inside the stretch, behind which nothing is named; offsets of the whole text."""
    words = words_of(text)
    verbs = [hit for hit in cue_hits(text) if hit.key in _VERBS and stretch.start <= hit.start < stretch.end]
    if not verbs:
        return None
    for found in quantities(stretch.of(text)):
        moved = shifted(found, stretch.start, stretch.of(text))
        number = moved.number
        far = (
            found.unit is not None and found.unit_end <= found.number.start and "," in stretch.of(text)[found.unit_end : found.number.start]
        )
        if (found.unit is not None and not far) or number.value < 1 or not _stands_alone(text, words, number.end, stretch.end):
            continue
        first = words.word_at(number.start)
        behind_verb = any(0 <= first - hit.after <= _NEAR and not _breaks(text[hit.end : number.start]) for hit in verbs)
        rest = any(word.text in grammar("the_rest") for word in words.words[max(0, first - 2) : first])
        if behind_verb or rest or _has_ones(words, number.end):
            return replace(moved, start=number.start, end=number.end, verbatim=number.verbatim, unit=None, unit_class=None)
    return None


def guarded_count(text: str, stretch: Stretch, category: str | None) -> QuantityFound | None:
    """How many machines, sites or mailboxes the stretch names that such a protection is for: "our 9 sites are flooded"."""
    names = _GUARDED.get(category or "", frozenset())
    if not names or any(hit.key in _SETTLED and stretch.start <= hit.start < stretch.end for hit in cue_hits(text)):
        return None
    words = words_of(text)
    for found in quantities(stretch.of(text)):
        moved = shifted(found, stretch.start, stretch.of(text))
        behind = [m for m in mentions(text, moved.number.end, stretch.end) if m.item.name in names]
        if moved.value > 1 and behind and behind[0].first - words.word_at(moved.number.end) <= _NEAR - 1:
            return moved
    return None


def thing_before(text: str, sentence: Stretch) -> Mention | None:
    """The last thing of its own that the passage names before the sentence."""
    named = [m for m in mentions(text, 0, sentence.start) if m.rank >= SOLID and m.item.category is not None] if sentence.start else []
    return named[-1] if named else None


def renews(text: str, sentence: Stretch) -> bool:
    """Whether the sentence asks for others in the place of what broke: "could you get us new ones?"."""
    if not any(hit.key in _ASKS and sentence.start <= hit.start < sentence.end for hit in cue_hits(text)):
        return False
    words = words_of(text)
    return any(
        _stands_alone(text, words, hit.end, sentence.end) and not _describes(text, words, hit.first)
        for hit in book("again", "new_ones").find_in(words, sentence.start, sentence.end)
    )


def _describes(text: str, words: Words, first: int) -> bool:
    """Whether a count stands before the word ("five new ones"), which is then asked for by itself."""
    before = words.words[first - 1] if first else None
    return before is not None and (before.text in grammar("ones") or any(q.number.start == before.start for q in quantities(text)))


def goes_for_too(text: str, sentence: Stretch) -> bool:
    """Whether the sentence says of another thing what was said of the last: "the same goes for four UPS"."""
    return any(hit.key == "same" and sentence.start <= hit.start < sentence.end for hit in cue_hits(text))


def counts_equally(text: str, start: int, thing: Mention) -> bool:
    """Whether "as many" stands right before the thing, behind `start`."""
    hits = book("again", "as_many").find_in(words_of(text), start, thing.start)
    return any(0 <= thing.first - hit.after <= _ONES for hit in hits)


def counts_as_last(text: str, segment: Stretch, head: Mention) -> bool:
    """Whether the piece counts its thing by the one before: "as many antivirus licences", "a UPS for each of them"."""
    words = words_of(text)
    if counts_equally(text, segment.start, head):
        return True
    each = book("again", "one_each").find_in(words, segment.start, segment.end)
    return any(_ENDS.match(text, hit.end) or words.words[hit.after].text in grammar("ones") for hit in each)


def _breaks(between: str) -> bool:
    return any(mark in between for mark in ",;:")


def _has_ones(words: Words, end: int) -> bool:
    at = words.word_at(end)
    return any(word.text in grammar("ones") for word in words.words[at : at + _ONES])


def _stands_alone(text: str, words: Words, end: int, limit: int) -> bool:
    """Whether no noun follows the number: its clause ends, or a small word goes on."""
    if _ENDS.match(text, end, limit):
        return True
    at = words.word_at(end)
    following = words.words[at : at + 1]
    return bool(following) and following[0].start < limit and following[0].text in grammar("goes_on") | grammar("ones")
