"""Pieces of sentences on their way to drafts: each speaks of one thing, with the cues beside it and in its sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sild.cores.extraction.fields.found import Found
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.method.amounts import quantities
from sild.cores.extraction.method.drafts import Mention
from sild.cores.extraction.method.mentions import SOLID, grammar, head_of, in_the_cloud, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.segments import segments
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import cues_in, is_elsewhere
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import words_of


@dataclass(slots=True)
class Piece:
    """One piece of a sentence on its way to a draft."""

    passage: Passage
    sentence: Stretch
    segment: Stretch
    named: list[Mention]
    head: Mention | None
    own: frozenset[str]
    around: frozenset[str]


def pieces_in(passage: Passage, sentence: Stretch, whose: Whose) -> list[Piece]:
    """The pieces of the sentence, in order, with what each names."""
    text = passage.text
    around = cues_in(text, sentence.start, sentence.end)
    found: list[Piece] = []
    for segment in segments(text, sentence):
        named = [
            m
            for m in mentions(text, segment.start, segment.end)
            if not whose.is_name(text, m.start, m.end) and not _in_a_place_clause(text, segment, m)
        ]
        named = _not_elsewhere(text, sentence, named)
        own = cues_in(text, segment.start, segment.end)
        found.append(Piece(passage, sentence, segment, named, in_the_cloud(segment.of(text), head_of(named), named), own, around))
    return found


def _not_elsewhere(text: str, sentence: Stretch, named: list[Mention]) -> list[Mention]:
    """Without what a clause says is not to be had, where another clause names a thing: "disk images we cannot take: lend us two kits"."""
    free = [m for m in named if not is_elsewhere(text, sentence, m.start)]
    return free if len(free) < len(named) and any(m.rank >= SOLID for m in free) else named


def _in_a_place_clause(text: str, segment: Stretch, named: Mention) -> bool:
    """Whether the thing is only part of what people do at a place: "15 for the points where residents charge their phones"."""
    before = words_of(text).between(segment.start, named.start)
    place = next((word for word in reversed(before[1:]) if word.text in grammar("place_clauses")), None)
    if place is None or any(mark in text[place.start : named.start] for mark in ",;:"):
        return False
    told = text[place.start : named.end]
    return not cues_in(text, place.start, named.end) & {"ask", "offer", "still"} and not any(map(str.isdigit, told))


def is_counted(piece: Piece) -> bool:
    """Whether a number in the piece counts something other than time or parts."""
    return any(q.unit_class not in ("time", "part") for q in quantities(piece.segment.of(piece.passage.text)))


def names_paper(piece: Piece) -> bool:
    """Whether the sentence names a letter, request or offer."""
    papers = tuple(grammar("papers"))
    return any(word.text.startswith(papers) for word in words_of(piece.passage.text).between(piece.sentence.start, piece.sentence.end))


def sum_in(text: str, segment: Stretch) -> Found | None:
    """The sum that stands beside the thing where nothing is counted."""
    for found in find_money(segment.of(text)):
        return replace(found, start=found.start + segment.start, end=found.end + segment.start)
    return None
