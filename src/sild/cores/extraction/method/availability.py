"""From when until when an offer can be had, as the words around say, or the cells and headings of its row."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from functools import cache

from sild.cores.extraction.fields.found import DateFound, DateRole
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.method.details import Days, Place, Read, near
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.words import bare, words_of

_LONGEST_DATE_CELL = 60  # characters
_HEAD_ROWS = 4
_EVENTS = frozenset(("training", "exercises", "security-assessment", "incident-response", "expert-secondment"))


def available(draft: Draft, places: list[Place], days: Days, role: DateRole) -> Read[DateFound] | None:
    """The first or last day on which an offer can be had."""
    if draft.stance != "offer":
        return None
    told = next(days.told(draft, places, role), None)
    if told is None and role == "available-until":
        last = (read for read in days.told(draft, near(draft), "needed-by") if not _is_delivered_by(read))
        told = next(last, None)  # "on loan until the end of August", "collection by 10 July"
    if told is None and role == "available-from":
        delivered = next((read for read in days.told(draft, places, "needed-by") if _is_delivered_by(read)), None)
        told = Read(replace(delivered.found, role=role), delivered.place) if delivered is not None else None
    return told or _plainly(draft, days, role)


def _is_delivered_by(read: Read[DateFound]) -> bool:
    """Whether the giver says that the thing will be there by the day: "we can deliver in two weeks", "shipping by 10 July"."""
    words = words_of(read.place.text)
    if _book("answers").find_in(words):
        return False
    if _book("delivering").find_in(words):
        return True
    return read.found.precision == "relative" and bool(_book("availability").find_in(words))


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook(((bare(word), name) for word in lexicon("dates")[name]), names=True)


def _plainly(draft: Draft, days: Days, role: DateRole) -> Read[DateFound] | None:
    """A day without a word beside it: of a cell of the offer's row, or the month in which what people do is to happen ("in September")."""
    event = draft.category in _EVENTS
    row = draft.passage.block.kind == "row"
    apart = {draft.cells.get(name) for name in ("item", "body", "provider", "quantity", "unit", "value", "number")}
    for place in near(draft)[: None if row else 1]:
        if row and (place.cell is None or (place.cell in apart and not event) or len(place.text) > _LONGEST_DATE_CELL):
            continue
        for found in days.of(place):
            month = found.precision == "month-start"
            if found.role is not None or not ((month and event) or (row and found.precision in ("day", "month-start"))):
                continue
            last_day = row and _is_last_day(draft, place)
            if (role == "available-from") != last_day and not (last_day and month):
                return Read(found, place)
            if month and (event or last_day) and role == "available-until":
                last = found.day.replace(day=monthrange(found.day.year, found.day.month)[1])
                return Read(replace(found, day=last, precision="month-end"), place)
    return None


def _is_last_day(draft: Draft, place: Place) -> bool:
    """Whether the heading above the cell says that its days are last ones ("Valid until", "Apply by")."""
    block, first = draft.passage.block, max(0, draft.passage.index - (draft.passage.block.row or 1) + 1)
    for head in draft.passage.part.blocks[first : min(first + _HEAD_ROWS, draft.passage.index)]:
        if head.table != block.table:
            continue
        text = next((cell.text for cell in head.cells if cell.column == place.cell), "")
        words = words_of(text)
        if any(_book("until_headings").at_word(words, index) is not None for index in range(len(words.words))):
            return True
    return False
