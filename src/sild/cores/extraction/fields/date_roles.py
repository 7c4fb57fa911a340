"""Which role the words around a day give it: needed by it, available from it or until it; and where it closes a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from sild.cores.extraction.fields.folding import Reading
from sild.cores.extraction.fields.found import DateFound, DateRole, Precision
from sild.cores.extraction.fields.phrases import Hit, PhraseBook, lexicon
from sild.cores.extraction.fields.urgency import find_urgency

_RANGE_GAP = 60
_LOOK_BACK = 6
_NEAR = 8
_CLOSE_BEHIND = 4  # characters
_DEADLINE_REACH = 16  # words
_EVENT_REACH = 6  # words
_PLAIN_NOUNS = 5  # of `due_nouns`: those that mean nothing else
_SENTENCE_END = re.compile(r"[;!?|]|\n\s*\n|\n *[-•–]|(?<!\d)(?<!\b\w)\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Day:
    start: int
    end: int
    day: date
    precision: Precision
    role: DateRole | None = None
    confidence: float = 0.95


@cache
def date_books() -> dict[str, PhraseBook[str]]:
    data = lexicon("dates")
    books = {
        "edges": PhraseBook((word, edge) for edge, words in data["edges"].items() for word in words),
        "roles": PhraseBook((cue, role) for role, languages in data["roles"].items() for cues in languages.values() for cue in cues),
        "after": PhraseBook((cue, role) for role, languages in data["roles_after"].items() for cues in languages.values() for cue in cues),
        "spans": PhraseBook((word, span) for span, words in data["spans"].items() for word in words),
        "ordinals": PhraseBook((word, number) for number, words in data["ordinals"].items() for word in words),
    }
    books["edges_after"] = PhraseBook((word, edge) for edge, words in data["edges_after"].items() for word in words)
    plain = ("by_then", "within", "within_one", "lasting", "answers", "after_words", "quarters", "half_years", "year_between", "deadlines")
    for name in (*plain, "before_events", "talks", "validity", "needs", "asking", "wanted_openers"):
        books[name] = PhraseBook((word, name) for word in data[name])
    return books


def role_of(reading: Reading, day: Day) -> DateRole | None:
    """The role that the nearest cue phrase before the day (or right behind it) gives, within the sentence."""
    roles, after = date_books()["roles"], date_books()["after"]
    first = reading.word_at(day.start)
    begin = max((m.end() for m in _SENTENCE_END.finditer(reading.folded, 0, day.start)), default=0)
    best: tuple[int, int, str] | None = None
    for index in range(max(0, first - _LOOK_BACK), first + 1):
        if index < len(reading.words) and reading.words[index].start < begin:
            continue
        hit = roles.at_word(reading, index)
        if hit is None or hit.after > max(first, index + 1) + 1 or hit.start > day.start or _opens_edge(reading, hit, day):
            continue
        distance = max(0, first - hit.after)
        if distance and hit.after - hit.first == 1 and "," in reading.folded[hit.end : day.start]:
            continue  # "beside the form, which on 4 September ...": another clause
        if distance <= 2 or hit.after - hit.first > 1:
            rank = (-distance - (0 if hit.after - hit.first > 1 else 1), hit.after - hit.first)
            if best is None or rank >= best[:2]:
                best = (*rank, hit.key)
    ends = best is not None and best[2] == "available-until"  # "before the school year ends on 29 May"
    if (best is None or ends) and day.precision == "day" and _before_event(reading, begin, first):
        return "needed-by"
    if best is not None:
        lasts = best[2] == "needed-by" and reading.words[first - 1].text in lexicon("dates")["until_words"]
        if lasts and _said_before("lasting", reading, begin, first):
            return "available-until"
        return None if best[2] == "needed-by" and _said_before("answers", reading, begin, first) else cast(DateRole, best[2])
    following = after.at_word(reading, reading.word_at(day.end))
    if following is not None and following.start - day.end <= _CLOSE_BEHIND:
        return cast(DateRole, following.key)
    due = day.precision != "relative" and (_is_deadline(reading, begin, first) or _is_wanted_for(reading, day, begin, first))
    return "needed-by" if due else None


def _is_wanted_for(reading: Reading, day: Day, begin: int, first: int) -> bool:
    """Whether the day stands behind a word like "for" in a sentence of need: "potrzebne na koniec marca", "au 1er juin, il nous faut"."""
    if day.precision == "month-start":
        return False
    openers = (date_books()["wanted_openers"].at_word(reading, first - back) for back in range(1, 4))
    if not any(hit is not None and hit.first < first <= hit.after for hit in openers):
        return False
    end = next((m.start() for m in _SENTENCE_END.finditer(reading.folded, day.end)), len(reading.folded))
    near = range(reading.word_at(begin), reading.word_at(end))
    asked = any(date_books()[name].at_word(reading, index) is not None for name in ("needs", "asking") for index in near)
    return asked and not any(date_books()[name].at_word(reading, index) is not None for name in ("answers", "talks") for index in near)


def _opens_edge(reading: Reading, hit: Hit[str], day: Day) -> bool:
    """Whether the cue is the first word of the day's own phrase: "start" in "by the start of June"."""
    edge = date_books()["edges"].at_word(reading, hit.first) if hit.start == day.start else None
    return edge is not None and edge.after > hit.after


def _before_event(reading: Reading, begin: int, first: int) -> bool:
    """Whether a word for "before" stands a few words back and only what happens then between: "before it opens on 1 July"."""
    for index in range(max(reading.word_at(begin), first - _EVENT_REACH), first):
        hit = date_books()["before_events"].at_word(reading, index)
        plain = hit is not None and not set(reading.folded[hit.end : reading.words[first - 1].end]) & set(",:()0123456789")
        if hit is not None and plain:
            return not any(date_books()["talks"].at_word(reading, at) is not None for at in range(hit.after, first))
    return False


def _is_deadline(reading: Reading, begin: int, first: int) -> bool:
    """Whether a noun for a deadline rules the day from farther off: "the deadline, after which nothing helps us, is 20 May"."""
    near = range(max(reading.word_at(begin), first - _DEADLINE_REACH), first)
    nouns, lasts = lexicon("dates")["due_nouns"][:_PLAIN_NOUNS], date_books()["validity"]
    ruled = any(
        date_books()["deadlines"].at_word(reading, index) is not None
        or (reading.words[index].text in nouns and lasts.at_word(reading, index + 1) is None)
        for index in near
    )
    return ruled and not any(date_books()["answers"].at_word(reading, index) is not None for index in near)


def _said_before(book: str, reading: Reading, begin: int, first: int) -> bool:
    """Whether a word of the list ("valid", "answer") stands shortly before the day in its sentence."""
    near = range(max(reading.word_at(begin), first - _NEAR), first)
    return any(date_books()[book].at_word(reading, index) is not None for index in near)


def wanted_then(reading: Reading, start: int) -> bool:
    """Whether a word for need stands before the day, and the day ends its sentence or that is urgent: "we urgently need a pump today"."""
    begin = max((m.end() for m in _SENTENCE_END.finditer(reading.folded, 0, start)), default=0)
    first = reading.word_at(start)
    near = range(max(reading.word_at(begin), first - _DEADLINE_REACH), first)
    wanted = any(date_books()["needs"].at_word(reading, index) is not None for index in near)
    behind = reading.word_at(start) + 1
    ends = behind >= len(reading.words) or _SENTENCE_END.search(reading.folded[start : reading.words[behind].start]) is not None
    return wanted and (ends or find_urgency(reading.text[begin:start]) is not None)


def closes_range(reading: Reading, first: DateFound, last: Day) -> bool:
    """Whether a first day of availability stands right before in the sentence, and a word for "until" between."""
    between = reading.folded[first.end : last.start + 1]
    if first.role != "available-from" or first.day >= last.day or len(between) > _RANGE_GAP or _SENTENCE_END.search(between):
        return False
    words = reading.words[reading.word_at(first.end) : reading.word_at(last.start) + 1]
    return any(word.text in lexicon("dates")["until_words"] for word in words[-_LOOK_BACK:])
