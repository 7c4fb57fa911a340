"""The words that name the thing of a line: its noun with what describes it, cut out of the words that prove the line.

What is left away is known by its own words: verbs of asking and giving, courtesies, numbers, days, sums, bodies, small words at the edges.
The words stay as they are written, in one piece of the text; where nothing would be left, all of the evidence stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from sild.cores.extraction.answer import FieldRead
from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.folding import Word
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.fields.quantities import find_quantities
from sild.cores.extraction.method.drafts import Draft, Mention
from sild.cores.extraction.method.lexicons import load
from sild.cores.extraction.method.mentions import grammar
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import cue_hits
from sild.cores.extraction.method.words import Words, words_of
from sild.values.span import Span

_BREAK = re.compile(r"[,;:!?](?=\s|$)|(?<=[^\W\d_]{6})\.(?=\s|$)|\s[-–—]\s|\s\(|\s\[|\n|\|")
_SHORT_NAME = re.compile(r"\s?\(([^()\d]{2,12})\)")
_TRIM = " \t\n,;:.–—-+*•!?\u00a0"
_OPEN, _CLOSE = "([{«„“\"'", ")]}»”\"'"
_FIELDS = ("needed_by", "available_from", "available_until", "value", "urgency", "beneficiary", "provider", "reference")
_COUNTED_ONLY = frozenset(("generic", "capacity", "time", "work", "place", "person"))
_ANY_DAY = date(2026, 1, 1)  # where days stand is looked for, not which they are
_DESCRIBES = 2  # words that may describe a thing where nothing marks off what stands before it
_PURPOSE = 3  # words between "for" and the body that has its own field
_SMALL = (
    "articles", "one_articles", "definite", "joins", "for_words", "with_words", "not_for_words", "from_words", "owners", "nearly", "ors",
    "on_a_day",
)  # fmt: skip
_SMALL_BEFORE = (*_SMALL, "softeners", "several", "enumerators", "obtaining", "infinitive_mark")
_SMALL_BEHIND = (*_SMALL, "relatives", "goes_on")
_BOUNDS = ("at_least", "at_most", "approximate", "at_least_behind", "at_most_behind", "about_behind")


def thing_named(draft: Draft, evidence: tuple[Span, ...], fields: Mapping[str, FieldRead]) -> Span:
    """The piece of the evidence that names the thing; the first piece of evidence where no shorter one does."""
    proof = next((span for span in evidence if _holds_head(span, draft)), evidence[0])
    text = _text_of(draft, proof)
    if text is None:
        return proof
    words, stops = words_of(text), _stops(text, draft, proof, fields)
    start, end = proof.start, proof.end
    head = draft.head if _holds_head(proof, draft) else None
    if head is None and draft.passage.block.kind not in ("row", "field"):
        return proof  # a sentence that names no known thing says what is meant as a whole
    if head is not None:
        start, end = _from(words, head, proof, stops), _to(words, head, proof, stops)
    start, end = _peeled(words, Stretch(start, end), stops, head)
    if not any(char.isalpha() for char in text[start:end]):
        return proof
    return replace(proof, start=start, end=end, text=text[start:end])


def _text_of(draft: Draft, span: Span) -> str | None:
    """The text of the span's block or cell, where it is the draft's own."""
    block = draft.passage.block
    if span.block != draft.passage.index or span.part != draft.passage.part.name:
        return None
    return block.text if span.cell is None else next((cell.text for cell in block.cells if cell.column == span.cell), None)


def _holds_head(span: Span, draft: Draft) -> bool:
    head, block = draft.head, draft.passage.block
    own = span.block == draft.passage.index and span.part == draft.passage.part.name
    if head is None or not own or (block.kind == "row" and span.cell != draft.cells.get("item")):
        return False
    return span.start <= head.start < head.end <= span.end


def _stops(text: str, draft: Draft, proof: Span, fields: Mapping[str, FieldRead]) -> list[Stretch]:
    """What is known to be no name of a thing: the words of other fields, days, and the words of asking and giving."""
    spans = [read.span for name, read in fields.items() if name in _FIELDS and read.span is not None]
    own = [Stretch(s.start, s.end) for s in spans if (s.part, s.block, s.cell) == (proof.part, proof.block, proof.cell)]
    days = [Stretch(proof.start + day.start, proof.start + day.end) for day in find_dates(text[proof.start : proof.end], _ANY_DAY)]
    cues = [Stretch(hit.start, hit.end) for hit in cue_hits(text) if hit.key != "reply"]  # "réponse aux incidents" is a thing
    return sorted([*own, *_amount(text, draft), *days, *cues], key=lambda stop: stop.start)


def _amount(text: str, draft: Draft) -> Iterator[Stretch]:
    """The number of the line, and what it counts where that names no thing ("12 pieces", "30 days", "two experts")."""
    found, head = draft.quantity, draft.head
    if found is None or text[found.start : found.end] != found.verbatim:
        return
    for number in find_numbers(found.verbatim):
        if number.kind == "count":
            yield Stretch(found.start + number.start, found.start + number.end)
    for counted in find_quantities(found.verbatim):
        start, end = found.start + counted.unit_start, found.start + counted.unit_end
        if counted.unit_class in _COUNTED_ONLY and start < end and (head is None or end <= head.start or head.end <= start):
            yield Stretch(start, end)


def _from(words: Words, head: Mention, piece: Span, stops: Sequence[Stretch]) -> int:
    """Where what describes the thing begins before it."""
    text, start = words.text, piece.start
    marked = [stop.end for stop in stops if stop.end <= head.start] + [m.end() for m in _BREAK.finditer(text, start, head.start)]
    marked += [word.end for word in words.between(start, head.start) if word.text in grammar("obtaining")]
    nearest = max((at for at in marked if at > start), default=None)
    if nearest is not None:
        return nearest
    before = words.between(start, head.start)
    return start if len(before) <= _DESCRIBES else before[-_DESCRIBES].start


def _to(words: Words, head: Mention, piece: Span, stops: Sequence[Stretch]) -> int:
    """Where the thing's own words end behind it."""
    text, end = words.text, piece.end
    own = _SHORT_NAME.match(text, head.end, end)
    behind = own.end() if own else head.end
    stops = _behind(words, head, stops)
    marked = [stop.start for stop in stops]
    if piece.cell is None:  # a cell is a name by itself: "Intrusion detection, boiler houses"
        marked += [m.start() for m in _BREAK.finditer(text, behind, end)]
    marked += [hit.start for hit in _tails(language_of(text)).find_in(words, behind, end)]
    end = max(head.end, min((at for at in marked if at < end), default=end))
    bodies = [stop for stop in stops if stop.start == end]
    for word in words.between(head.end, end) if bodies else ():
        if word.text in grammar("for_words") and len(words.between(word.end, end)) < _PURPOSE:
            return word.start  # "tablets for patients of the centre": whom they are for has its own field
    return end


def _behind(words: Words, head: Mention, stops: Sequence[Stretch]) -> list[Stretch]:
    """What ends the words behind the thing; right behind an activity it says what is done to whom, and belongs to it.

    "відрядження двох інженерів", "a test of the city's network"; but what ends the text there is the body or the number alone.
    """
    text, reach = words.text, head.end
    behind = [stop for stop in stops if stop.start >= head.end]
    for stop in behind if head.item.role == "activity" else ():
        between = words.between(reach, stop.start)
        if text[reach : stop.start].strip() and not (len(between) == 1 and between[0].text in _of()):
            break
        reach = max(reach, stop.end)
    following = text[reach : reach + 2]
    return [stop for stop in behind if stop.start >= reach] if following[:1] == " " and following[1:].isalnum() else behind


@cache
def _of() -> frozenset[str]:
    return frozenset(word for words in load("edges")["of"].values() for word in str(words).replace(",", " ").split())


def _peeled(words: Words, piece: Stretch, stops: Iterable[Stretch], head: Mention | None) -> tuple[int, int]:
    """The piece without small words, signs and known words at its edges; the head is never cut."""
    text, start, end = words.text, piece.start, piece.end
    first, last = (head.start, head.end) if head is not None else (end, start)
    while True:
        before = (start, end)
        while start < min(end, first) and text[start] in _TRIM + _CLOSE:
            start += 1
        while end > max(start, last) and (text[end - 1] in _TRIM or text[end - 1] in _OPEN or _closes_nothing(text, start, end)):
            end -= 1
        inside = words.between(start, end)
        counted = [number.end for number in find_numbers(text) if number.kind == "count" and number.start == start]
        for at in [stop.end for stop in stops if stop.start <= start < stop.end] + counted + _leading(words, inside):
            start = at if at <= first and at < end else start
        inside = words.between(start, end)
        for at in [stop.start for stop in stops if stop.start < end <= stop.end] + _trailing(words, inside):
            end = at if at >= last and at > start else end
        if (start, end) == before:
            return start, end


def _closes_nothing(text: str, start: int, end: int) -> bool:
    return text[end - 1] in ")]}" and text.count("([{"[")]}".index(text[end - 1])], start, end) < text.count(text[end - 1], start, end)


def _leading(words: Words, inside: Sequence[Word]) -> list[int]:
    if not inside:
        return []
    index = words.word_at(inside[0].start)
    hit = _leads().at_word(words, index) or _tails(language_of(words.text)).at_word(words, index)
    small = any(inside[0].text in grammar(name) for name in _SMALL_BEFORE)
    return [hit.end] if hit is not None else [inside[0].end] if small else []


def _trailing(words: Words, inside: Sequence[Word]) -> list[int]:
    if not inside:
        return []
    small = any(inside[-1].text in grammar(name) for name in _SMALL_BEHIND)
    hits = [hit for hit in _bounds().find_in(words, inside[0].start, inside[-1].end) if hit.end == inside[-1].end]
    return [hits[0].start] if hits else [inside[-1].start] if small else []


@cache
def _tails(language: str | None) -> PhraseBook[str]:
    """What ends the words for a thing in that language; other languages have other words of the same letters."""
    told = load("edges")["tails"]
    return PhraseBook(((term.strip(), "tail") for term in str(told.get(language or "", "")).split(",") if term.strip()), names=True)


@cache
def _leads() -> PhraseBook[str]:
    told = [term.strip() for terms in load("edges")["leads"].values() for term in str(terms).split(",")]
    told += [*_bounding(), *map(str, lexicon("changes")["old_follows"])]
    return PhraseBook(((term, "lead") for term in dict.fromkeys(told)), names=True)


@cache
def _bounds() -> PhraseBook[str]:
    """Words that bound a number or a day, left over where the number itself was cut off."""
    roles = [phrase for told in lexicon("dates")["roles"].values() for phrases in told.values() for phrase in phrases]
    return PhraseBook(((phrase, "bound") for phrase in dict.fromkeys([*_bounding(), *roles])), names=True)


@cache
def _bounding() -> tuple[str, ...]:
    told = lexicon("numbers")
    return tuple(dict.fromkeys(str(phrase) for name in _BOUNDS for phrases in told[name].values() for phrase in phrases))
