"""Days by which a thing is needed though no word says "by": what begins then, a day that stands plainly beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from sild.cores.extraction.fields.found import DateFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.method.details import NO_YEAR, Days, Place, Read, near
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.mentions import grammar
from sild.cores.extraction.method.words import bare, words_of

_SPELL, _MIDDLE = 22, 15
_FARTHEST_MONTH = 240  # days
_LESS_SURE = 0.5
_EVENTS = frozenset(("training", "exercises", "security-assessment", "incident-response", "expert-secondment"))


def begun(draft: Draft, days: Days) -> Read[DateFound] | None:
    """The day to come on which what is asked for is to begin, told beside the thing."""
    beside = days.told(draft, near(draft), "available-from")
    first = next((read for read in beside if _lies_ahead(read.found, days.sent_of(read.place.passage))), None)
    return first or _to_come(draft, near(draft), days)


def on_a_day(draft: Draft, days: Days) -> Read[DateFound] | None:
    """The day to come right behind the thing or the word for need that no word gives a role: "ten UPS on 1 March"."""
    if draft.passage.block.kind == "row" or draft.head is None or "ask" not in draft.cues or draft.category in _EVENTS:
        return None
    place = near(draft)[0]
    words, sent = words_of(place.text), days.sent_of(place.passage)
    for found in days.of(place):
        if found.role is not None or found.precision != "day" or found.day <= sent or days.of_others(draft, place, found):
            continue
        first = words.word_at(found.start)
        begin = first
        while begin and words.words[begin - 1].text in grammar("on_a_day"):
            begin -= 1
        at = draft.head.end - place.base
        suffix = place.text[at : at + 1] in ("-", "‑")  # "UPS-ów"
        if begin in {words.word_at(at) + suffix, *(hit.after for hit in _needs().find_in(words))}:
            return Read(replace(found, role="needed-by", confidence=_LESS_SURE), place)
    return None


def _lies_ahead(found: DateFound, sent: date) -> bool:
    """Whether the first day is to come; "since January", said in March, is not the January after."""
    if found.precision == "month-start" and str(found.day.year) not in found.verbatim and sent != NO_YEAR:
        return 0 <= (found.day - sent).days <= _FARTHEST_MONTH or (found.day.year, found.day.month) == (sent.year, sent.month)
    return found.day >= sent


def _to_come(draft: Draft, places: list[Place], days: Days) -> Read[DateFound] | None:
    """When what is asked is to happen, told behind the thing: "in the first half of May", "for the period 1 June to 30 June"."""
    if draft.passage.block.kind == "row" or draft.head is None or "ask" not in draft.cues:
        return None
    for place in places[:1]:
        sent = days.sent_of(place.passage)
        for found in days.of(place):
            half = not any(char.isdigit() for char in found.verbatim)
            spell = any(word in place.text[max(0, found.start - _SPELL) : found.start].lower() for word in grammar("spells"))
            middle = half and found.day.day == _MIDDLE
            if found.role is None and found.day > sent and found.start + place.base >= draft.head.end and (middle or spell):
                return Read(found, place)
    return None


@cache
def _needs() -> PhraseBook[str]:
    return PhraseBook(((bare(word), "need") for word in lexicon("dates")["needs"]), names=True)
