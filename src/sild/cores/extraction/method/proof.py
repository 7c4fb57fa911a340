"""Which words prove a line: short, verbatim, and about the thing and its number."""

from __future__ import annotations

import re

from sild.cores.extraction.answer import LineKind
from sild.cores.extraction.fields.found import Found
from sild.cores.extraction.method.drafts import Mention
from sild.cores.extraction.method.sentences import Stretch, clauses
from sild.cores.extraction.method.stance import cue_hits
from sild.cores.extraction.method.words import words_of

MOST_CHARACTERS = 400
_AIM = 150
_TAIL = 60
_BREAK = re.compile(r"[,;:.!?](?:\s|$)|\s[-–—]\s|\s\(|\n")
_TRIM = " \t\n,;:.–—-"


def evidence_of(
    text: str, sentence: Stretch, segment: Stretch, head: Mention | None, found: Found | None, kind: LineKind
) -> list[tuple[int, int]]:
    """Offsets of one or two pieces of the text that state thing and number, together at most MOST_CHARACTERS long."""
    marks = [(m.start, m.end) for m in (head, found) if m is not None]
    if not marks:
        return [_trimmed(text, segment.start, min(segment.end, segment.start + _AIM))]
    start, end = min(a for a, _ in marks), max(b for _, b in marks)
    if kind in ("withdrawal", "update"):
        start, end = _clauses_around(text, sentence, start, end)
    if end - start > _AIM * 2:
        return [_trimmed(text, *_grown(text, segment, a, b)) for a, b in sorted(marks)]
    if kind in ("withdrawal", "update"):
        return [_trimmed(text, start, end)]
    return [_trimmed(text, *_grown(text, segment, start, end))]


def _grown(text: str, segment: Stretch, start: int, end: int) -> tuple[int, int]:
    """To the end of the phrase, and back over describing words that stand before the thing."""
    limit = min(segment.end, end + _TAIL)
    stop = _BREAK.search(text, end, limit)
    if stop is not None:
        end = stop.start()
    elif limit == segment.end:
        end = limit
    else:
        cut = text.rfind(" ", end, limit)
        end = cut if cut > end else end
    words = words_of(text)
    first = words.word_at(start)
    if first > 0:
        before = words.words[first - 1]
        gap = text[before.end : start]
        cue = any(hit.start <= before.start < hit.end for hit in cue_hits(text))
        if before.start >= segment.start and gap == " " and not before.text.isdigit() and len(before.text) > 3 and not cue:
            start = before.start
    return start, end


def _clauses_around(text: str, sentence: Stretch, start: int, end: int) -> tuple[int, int]:
    """Whole clauses, so that the word that changes or withdraws is shown too."""
    touched = [c for c in clauses(text, sentence.start, sentence.end) if c.start < end and start < c.end]
    if not touched:
        return start, end
    first, last = touched[0].start, touched[-1].end
    if last - first < 25:
        return max(sentence.start, first - 60), min(sentence.end, last)
    return first, min(last, first + _AIM * 2)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end
