"""Second asks that name only a number and a body: "20 laptops for Odesa and ten for Izmail", "the same for Kharkiv, only ten".

A count without a thing of its own belongs to the body beside it, and what it counts is the thing named last. Where the counts add up to the
number told before ("20 laptops: 12 for Odesa, 8 for Izmail"), they are its parts and stand in its place.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sild.cores.extraction.fields.found import BodyFound, QuantityFound
from sild.cores.extraction.method.amounts import is_year, quantities, shifted
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import SOLID, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import cues_in
from sild.cores.extraction.method.told import only_tells
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import words_of

_AHEAD, _BACK = 4, 6  # words between a count and the body that it is for
_SURE = 0.65
_SETTLED = frozenset(("elsewhere", "supplied", "thanks", "withdraw", "unneeded", "change", "question", "undecided"))
_NEEDY = ("recipient-body", None)
_MOST = 20  # bodies in one sentence; a longer list is a register


def with_second_asks(drafts: list[Draft], passage: Passage, sentence: Stretch, before: Stretch | None, whose: Whose) -> None:
    """Add the drafts of counts in the sentence that name only a body; `drafts` ends with what was named last."""
    last = drafts[-1] if drafts else None
    if last is None or last.passage is not passage or last.kind not in ("request", "offer") or last.head is None or last.amount is None:
        return
    text = passage.text
    if last.sentence == sentence:
        start = max(last.head.end, last.quantity.end if last.quantity is not None else 0)
    elif last.sentence == before:
        start = sentence.start
    else:
        return
    if any(m.rank >= SOLID and not whose.is_name(text, m.start, m.end) for m in mentions(text, start, sentence.end)):
        return
    if cues_in(text, start, sentence.end) & _SETTLED or only_tells(text, Stretch(start, sentence.end)):
        return
    pairs = _pairs(text, Stretch(start, sentence.end), last, whose)
    if not pairs:
        return
    parts = [count.value for _, count, _ in pairs if count is not None]
    if last.sentence == sentence:
        _own(last, sentence, {body.start for body, _, _ in pairs}, whose)
    added = [_second(last, sentence, body, count, same) for body, count, same in pairs]
    if len(parts) > 1 and sum(parts, Decimal(0)) == last.amount:
        drafts.pop()
    elif last.beneficiary is not None:
        added = [draft for draft in added if draft.beneficiary is None or draft.beneficiary.name != last.beneficiary.name]
    drafts += added


Pair = tuple[BodyFound, QuantityFound | None, Stretch | None]


def _pairs(text: str, stretch: Stretch, last: Draft, whose: Whose) -> list[Pair]:
    """The bodies of the stretch, each with the count beside it, or with the words for "as many"."""
    sender = whose.sender.name if whose.sender is not None else None
    bodies = [
        body for body in whose.in_text(text)
        if stretch.start <= body.start < stretch.end and body.kind in _NEEDY and body.name != sender and not whose.is_aside(text, body)
    ][:_MOST]  # fmt: skip
    if not bodies:
        return []
    found: dict[int, Pair] = {}
    words = words_of(text)
    signs: list[tuple[int, int, QuantityFound | None]] = [
        (hit.start, hit.end, None) for hit in book("elliptic", "as_before").find_in(words, stretch.start, stretch.end)
    ]
    for read in quantities(stretch.of(text)):
        count = shifted(read, stretch.start, stretch.of(text))
        bare = count.unit is None or (count.unit_start <= count.number.start and count.unit == last.unit)
        if bare and count.value >= 1 and not is_year(count):
            signs.append((count.number.start, count.number.end, count))
    for start, end, sign in sorted(signs, key=lambda sign: sign[0]):
        body = _beside(text, bodies, start, end)
        if body is None:
            continue
        earlier = found.get(body.start)
        if earlier is not None and (earlier[1] is not None or sign is None):
            continue
        number = replace(sign, start=start, end=end, verbatim=text[start:end], unit=None, unit_class=None) if sign is not None else None
        found[body.start] = (body, number, Stretch(start, end))
    return [found[at] for at in sorted(found)]


def _beside(text: str, bodies: list[BodyFound], start: int, end: int) -> BodyFound | None:
    """The body that the count at start..end is for: right behind it in its clause, else right before it."""
    words = words_of(text)
    ahead = next((body for body in bodies if body.start >= end), None)
    if ahead is not None and words.word_at(ahead.start) - words.word_at(end) <= _AHEAD and not _cuts(text[end : ahead.start]):
        return ahead
    back = next((body for body in reversed(bodies) if body.end <= start), None)
    if back is not None and words.word_at(start) - words.word_at(back.end) <= _BACK and ";" not in text[back.end : start]:
        return back
    return None


def _cuts(between: str) -> bool:
    return any(mark in between for mark in ",;:.") or " – " in between or " - " in between


def _own(last: Draft, sentence: Stretch, others: set[int], whose: Whose) -> None:
    """What was named first is for the nearest body that has no count of its own."""
    if last.beneficiary is not None or last.head is None:
        return
    at = last.head.start
    free = [
        body for body in whose.in_text(last.text)
        if sentence.start <= body.start < sentence.end and body.start not in others and body.kind in _NEEDY
        and not whose.is_aside(last.text, body)
    ]  # fmt: skip
    if free:
        last.beneficiary = min(free, key=lambda body: abs(body.start - at))
        last.reasons["beneficiary"] = "named beside the thing"


def _second(last: Draft, sentence: Stretch, body: BodyFound, count: QuantityFound | None, sign: Stretch | None) -> Draft:
    marks = [body.start, body.end, *((sign.start, sign.end) if sign is not None else ())]
    segment = Stretch(min(marks), max(marks))
    what = last.head.item.name if last.head is not None else ""
    reasons = {"category": f"no thing is named here; the message speaks of {what}", "beneficiary": "named beside the number"}
    more: list[tuple[Passage, int, int]] = []
    if count is None:
        reasons["quantity"] = "as many as of the thing named before"
        more = list(last.more)
        if last.quantity is not None:
            more.append((last.passage, last.quantity.number.start, last.quantity.number.end))
    return Draft(
        passage=last.passage, sentence=sentence, segment=segment, kind=last.kind, stance=last.stance, head=None, quantity=count,
        amount=count.value if count is not None else last.amount, unit=last.unit, category=last.category, cues=last.cues,
        evidence=[(None, segment.start, segment.end)], beneficiary=body, provider=last.provider, confidence=_SURE, reasons=reasons,
        more=more, told_too=[*last.told_too, (last.passage, last.sentence)] if last.sentence != sentence else list(last.told_too),
    )  # fmt: skip
