"""The fields around thing and number: days, money, conditions, channel, urgency, marking, reference.

Each is read from the nearest words that state it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, Literal, TypeVar

from sild.cores.extraction.fields.conditions import OF_ALL, find_channel, find_conditions
from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.found import (
    ConditionFound,
    DateFound,
    DateRole,
    Found,
    MarkingFound,
    MoneyFound,
    ReferenceFound,
    UrgencyFound,
)
from sild.cores.extraction.fields.markings import find_marking
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.phrases import words_of_all
from sild.cores.extraction.fields.references import find_reference
from sild.cores.extraction.fields.urgency import find_urgencies, most_urgent
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.mentions import SOLID, mentions
from sild.cores.extraction.method.passages import Passage, is_reply
from sild.cores.extraction.method.sentences import sentences

T = TypeVar("T", bound=Found, covariant=True)
NO_YEAR = date(1970, 1, 1)
_OWN_REFERENCE = 0.7
_SHORT_CELL = 25  # characters
_FOLLOWING = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a passage: the whole block, a stretch of it, or a cell. `base` is where `text` starts in the block or cell."""

    passage: Passage
    text: str
    base: int = 0
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A find with the place it was found in."""

    found: T
    place: Place


@dataclass(frozen=True, slots=True)
class Days:
    """Days as a message tells them: `sent_of` gives the day from which the words of a passage reckon, `of_others` whether a find in a
    place is said of other drafts than this one.
    """

    sent_of: Callable[[Passage], date]
    of_others: Callable[[Draft, Place, Found], bool]

    def of(self, place: Place) -> tuple[DateFound, ...]:
        """The days of the place."""
        return days_of(place.text, self.sent_of(place.passage))

    def told(self, draft: Draft, places: list[Place], role: DateRole) -> Iterator[Read[DateFound]]:
        """The days of that role, nearest place first, without those that are said of other drafts."""
        for place in places:
            told = [found for found in self.of(place) if found.role == role and not self.of_others(draft, place, found)]
            # "until the end of the year, in place before 20 June": a day outranks the end of a stretch
            yield from (Read(found, place) for found in sorted(told, key=lambda f: f.precision == "month-end"))


def near(draft: Draft) -> list[Place]:
    """The places that speak of the draft, nearest first: its piece, its sentence, the sentences after it that name nothing else."""
    if draft.passage.block.kind == "row":
        return [Place(draft.passage, cell.text, 0, cell.column) for cell in draft.passage.block.cells]
    text = draft.text
    places = [Place(draft.passage, draft.segment.of(text), draft.segment.start)]
    if draft.sentence != draft.segment:
        places.append(Place(draft.passage, draft.sentence.of(text), draft.sentence.start))
    return places


def after(draft: Draft, following: list[Passage], taken: set[tuple[int, int]]) -> list[Place]:
    """The next sentences, of the same block and the one behind it, up to one that holds another draft."""
    if draft.passage.block.kind in ("row", "chat"):
        return []
    places: list[Place] = []
    for passage in (draft.passage, *following[:1]):
        for sentence in sentences(passage.text):
            if passage is draft.passage and sentence.start < draft.sentence.end:
                continue
            if (id(passage), sentence.start) in taken:
                return places[:_FOLLOWING]
            places.append(Place(passage, sentence.of(passage.text), sentence.start))
    return places[:_FOLLOWING]


def needed_by(draft: Draft, places: list[Place], days: Days) -> Read[DateFound] | None:
    """The day by which the thing is needed, as the words beside the thing and behind it say, nearest first."""
    if draft.due is not None:
        for found in days.of(Place(draft.due, draft.due.text)):
            return Read(found, Place(draft.due, draft.due.text))
    if draft.passage.block.kind == "row":
        column = draft.cells.get("date")
        for place in places:
            if place.cell == column and column is not None:
                for found in days.of(place):
                    return Read(found, place)
    return next(days.told(draft, places, "needed-by"), None)


@lru_cache(maxsize=1024)
def days_of(text: str, sent: date) -> tuple[DateFound, ...]:
    """The days of a text written on the day `sent`; without it only those whose year the text says."""
    found = find_dates(text, sent)
    # a document that says no year anywhere leaves the year of "1 June" unknown, and so the day
    return tuple(f for f in found if sent != NO_YEAR or str(f.day.year) in f.verbatim)


@lru_cache(maxsize=1024)
def _conditions(text: str) -> tuple[ConditionFound, ...]:
    return tuple(find_conditions(text))


def money(places: list[Place]) -> Read[MoneyFound] | None:
    """The sum beside the thing; in tables the value column counts in euros where it names no currency."""
    for place in places:
        for found in find_money(place.text):
            return Read(found, place)
    return None


def urgency(draft: Draft, places: list[Place], whole: list[Place], days: Days) -> Read[UrgencyFound] | None:
    """How urgent the words near the line say it is, else the subject or the form."""
    if draft.passage.block.kind == "row":
        wanted = {draft.cells.get(role) for role in ("priority", "notes", "date")} - {None}
        kept = {draft.cells.get(role) for role in ("item", "body", "provider", "quantity")}
        places = [
            place
            for place in places
            if place.passage.block.kind == "row"
            and (place.cell is None or place.cell in wanted or (place.cell not in kept and len(place.text) <= _SHORT_CELL))
        ]
    for place in (*places, *whole):
        found = most_urgent(found for found in find_urgencies(place.text) if not days.of_others(draft, place, found))
        if found is not None:
            return Read(found, place)
    return None


def near_urgency(draft: Draft, places: list[Place]) -> list[Place]:
    """Of the places those whose urgency is the draft's own: another block counts only where it speaks of no other thing."""
    told = {id(passage) for passage, _ in draft.told_too} | {id(draft.passage)}
    return [place for place in places if id(place.passage) in told or not any(m.rank >= SOLID for m in mentions(place.passage.text))]


def stated(urgent: Read[UrgencyFound] | None) -> Read[UrgencyFound] | None:
    """The urgency where it is one: "no hurry" in running text states no priority, and a near day by itself none either."""
    return None if urgent is not None and urgent.found.level == "low" and not _is_rated(urgent.place) else urgent


def _is_rated(place: Place) -> bool:
    """Whether the place is a field, a cell or a few words by themselves, where a level is a level."""
    return (
        place.cell is not None
        or place.passage.block.kind in ("row", "field")
        or any(word in place.text.lower() for word in words_of_all("urgency", "rated"))
    )


def conditions(beside: list[Place], shared: list[Place]) -> list[Read[ConditionFound]]:
    """All conditions stated beside the line, and those of sentences that speak of everything, each code once."""
    codes: dict[str, Read[ConditionFound]] = {}
    for place in (*beside, *shared):
        for found in _conditions(place.text):
            if place in beside or found.confidence >= OF_ALL or found.code != "category-earmark":
                codes.setdefault(found.code, Read(found, place))
    return list(codes.values())


def channel(places: list[Place], for_defence: bool) -> Literal["civil", "military", "undetermined"]:
    """Military only where the line's own words or its recipient say that it is for armed forces."""
    said = {find_channel(place.text) for place in places}
    if "civil" in said and "military" not in said:
        return "civil"
    return "military" if for_defence or "military" in said else "civil"


def marking_of(found: Iterable[Passage], subject: str) -> MarkingFound | None:
    """The highest label of the message."""
    labels = [find_marking(subject), *(find_marking(passage.text) for passage in found)]
    stated = [label for label in labels if label is not None]
    return max(stated, key=lambda label: label.marking) if stated else None


def references_of(found: Iterable[Passage], subject: str) -> Iterator[tuple[Passage | None, ReferenceFound]]:
    """Every number of a document in the message, with where it stands (None: the subject line)."""
    for reference in find_reference(subject):
        yield None, reference
    for passage in found:
        if passage.block.kind in ("row", "chat"):
            continue
        for reference in find_reference(passage.text):
            yield passage, reference


def reference_for(draft: Draft, places: list[Place], stated: list[tuple[Passage | None, ReferenceFound]]) -> str | None:
    """The number by which the sender speaks of the line: in its sentence, of its letter, or of the one earlier letter recalled."""
    if draft.passage.block.kind == "row":
        column = draft.cells.get("number")
        code = next((place.text.strip() for place in places if place.cell == column and column is not None), "")
        if any(c.isdigit() for c in code) and any(c.isalpha() or c in "/-" for c in code):
            return code
        return _letter_number(draft, stated)
    if draft.passage.block.kind == "chat":
        return None
    for place in places:
        for found in find_reference(place.text):
            if found.confidence >= _OWN_REFERENCE:
                return found.number
    number = _letter_number(draft, stated)
    if number is not None:
        return number
    recalled = {found.number for _, found in stated if found.confidence >= _OWN_REFERENCE}
    return recalled.pop() if len(recalled) == 1 and draft.stance == "request" else None


def _letter_number(draft: Draft, stated: list[tuple[Passage | None, ReferenceFound]]) -> str | None:
    """The letter's own number: of the part that holds the line, else of the message."""
    sure = [(where, found) for where, found in stated if found.confidence >= _OWN_REFERENCE]
    own = [entry for entry in sure if entry[1].role == "own"]
    same_part = [found for where, found in own if where is not None and where.part.name == draft.passage.part.name]
    if same_part:
        return same_part[0].number
    return own[0][1].number if own else None


def whole_places(passages: Iterable[Passage], subject: Passage) -> list[Place]:
    """What states the urgency of all lines: a form's field, the subject, the covering words above a forwarded mail."""
    found = list(passages)
    fields = [
        Place(p, p.text) for p in found if p.block.kind == "field" and (p.block.name or "").lower() in words_of_all("urgency", "fields")
    ]
    forwarded = any(p.voice == "forwarded" for p in found)
    cover = [Place(p, p.text) for p in found if forwarded and p.voice == "own" and p.block.kind == "paragraph"]
    topic = [] if is_reply(subject.text) else [Place(subject, subject.text)]
    return [*fields, *topic, *cover]


def before(draft: Draft) -> list[Place]:
    """The sentence before the draft's own, in its block."""
    if draft.passage.block.kind in ("row", "chat"):
        return []
    earlier = [s for s in sentences(draft.text) if s.end <= draft.sentence.start]
    return [Place(draft.passage, earlier[-1].of(draft.text), earlier[-1].start)] if earlier else []
