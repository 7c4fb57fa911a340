"""Whether a clause only tells of a thing (it has arrived, somebody runs it, others gave it), by learned weights of the clause's signs.

Tense, words of handing over and of keeping, what lies behind, articles before the number and the cues of asking and offering are each
weak signs: a past verb asks in "we asked for" and gives in "we have set aside". How much each says, by what the message does otherwise,
is learned from read messages (`lexicon/told_weights.yaml`, by bench/extraction_told.py). Deterministic; without weights nothing is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from typing import Any

from sild.cores.extraction.fields.phrases import PhraseBook
from sild.cores.extraction.method.lexicons import book, load
from sild.cores.extraction.method.pieces import Piece
from sild.cores.extraction.method.sentences import Stretch, clauses
from sild.cores.extraction.method.stance import MessageStance, cues_in
from sild.cores.extraction.method.words import words_of

_SIGNS = ("past", "done", "keeps", "before", "unreal", "occasion", "open", "wished")
_NOT_WISHED = ("past", "done")  # "for somebody to have tested it" is no past
_SPEAKS = frozenset(("ask", "offer", "wish", "still", "reply"))


@cache
def _book(name: str) -> PhraseBook[str]:
    return book("told", name)


def signs_of(piece: Piece, whole: MessageStance, lead: bool, at: int, confidence: float) -> dict[str, float]:
    """The named signs of the clause that holds the thing at `at`; each is 1 where it holds."""
    text = piece.passage.text
    clause = _speaking(text, piece.sentence, at)
    words = words_of(text)
    found = {name: 1.0 for name in _SIGNS if _book(name).find_in(words, clause.start, clause.end)}
    if "wished" in found and "unreal" not in found:
        for name in _NOT_WISHED:
            found.pop(name, None)
    if whole.giver and "before" not in found and _book("ahead").find_in(words, clause.start, clause.end):
        # who gives and writes in the present tells what is to come: "eighteen units are delivered in March"
        for name in _NOT_WISHED:
            found.pop(name, None)
    if _is_definite(piece, clause):
        found["definite"] = 1.0
    cues = cues_in(text, clause.start, clause.end)
    does = "offers" if "offer" in cues else "asks" if cues & _SPEAKS else "silent"
    found |= {f"{name}:{does}": 1.0 for name in tuple(found)}
    found[does] = 1.0
    if "past" in found and "done" in found:
        found[f"handed:{does}"] = 1.0
    if whole.giver:
        found["giver"] = 1.0
    if whole.needy:
        found["needy"] = 1.0
    if lead:
        found["lead"] = 1.0
    if piece.passage.block.kind == "list-item":
        found["listed"] = 1.0
    if confidence < _BARELY:
        found["bare"] = 1.0
    if "past" not in found and does == "silent" and len(words.between(clause.start, clause.end)) <= _SHORT:
        found["short"] = 1.0
    return found


_BARELY = 0.6
_SHORT = 6


def is_told(found: Mapping[str, float]) -> bool:
    """Whether such a clause only tells, as surely as the record of the weights asks."""
    record = _weights()
    return bool(record) and odds(record, found) < float(record["below"])


def odds(record: Mapping[str, Any], found: Mapping[str, float]) -> float:
    """The share of such clauses that hold a line."""
    total = float(record["bias"]) + sum(value * float(record["weights"].get(name, 0.0)) for name, value in found.items())
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


def only_tells(text: str, stretch: Stretch) -> bool:
    """Whether the stretch, which neither asks nor offers in words of its own, tells what has happened ("Lviv got ten in May")."""
    words = words_of(text)
    if cues_in(text, stretch.start, stretch.end) & _SPEAKS:
        return False
    return any(_book(name).find_in(words, stretch.start, stretch.end) for name in ("past", "done", "keeps"))


def _speaking(text: str, sentence: Stretch, at: int) -> Stretch:
    """The clause around `at`, with those before it back to the last that has a verb or a cue: a list goes on with its clause's verb."""
    parts = clauses(text, sentence.start, sentence.end)
    here = next((n for n, c in enumerate(parts) if c.start <= at < c.end), None)
    if here is None:
        return sentence
    words = words_of(text)
    start = here
    while start > 0 and not (
        cues_in(text, parts[start].start, parts[here].end) & _SPEAKS
        or any(_book(name).find_in(words, parts[start].start, parts[here].end) for name in ("past", "done", "keeps", "open"))
    ):
        start -= 1
    return Stretch(parts[start].start, parts[here].end)


def _is_definite(piece: Piece, clause: Stretch) -> bool:
    """Whether an article or a pointer stands before the first number or, without one, before the thing."""
    words = words_of(piece.passage.text).between(max(clause.start, piece.segment.start), piece.segment.end)
    at = next((n for n, word in enumerate(words) if word.text.isdigit()), None)
    if at is None or at == 0:
        return False
    return words[at - 1].text in _definite()


@cache
def _definite() -> frozenset[str]:
    return frozenset(term.strip() for terms in load("told")["definite"].values() for term in terms.split(","))


@cache
def _weights() -> dict[str, Any]:
    return dict(load("told_weights") or {})
