"""Parts a text into what it asks for and what it only mentions to set itself apart from: other letters, other sites, what came before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sild.cores.linkage.method.folding import WORD, without_references, words
from sild.cores.linkage.method.lexicon import lexicon

CAPITAL = r"[\"«„“(]?[A-ZÀ-ÞА-ЯІЇЄҐŁŚŻŹĆŠŽÕÄÖÜ0-9]"
# a full stop ends a sentence after a word of three letters or before a capital; so "100 pcs. of" stays one, as "approx. 100" does not
SENTENCE = re.compile(rf"(?<=[!?;|\n])\s+|(?<=[^\W\d_]{{3}}[.])\s+(?=[^\W\d_])|(?<=[.)])\s+(?={CAPITAL})|\s[–—]\s(?=\w+ \w+ \w+ \w+)")
CLAUSE = re.compile(r"\s{0,8}(?<!\d)[,():](?!\d)\s*|\s[–—]\s")
STILL_ASKS = frozenset(
    {"asks", "changed", "again", "worse", "total", "part", "beside", "additional"}
)  # a sentence that also says one of these asks on
SHORT = 4  # words of a clause that a bare "not" leaves out whole, or of a sentence that only points to a letter


@dataclass(frozen=True, slots=True)
class Parted:
    """`main`: the sentences that ask, the first one first; `beside`: clauses that name what is asked besides; `elsewhere`: those that
    speak of what goes its own way. The last two may be empty.
    """

    main: tuple[str, ...]
    beside: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def parted(text: str) -> Parted:
    """Part a text. What would leave nothing to ask for is not set apart. Costs time linear in the text."""
    main: list[str] = []
    beside: list[str] = []
    elsewhere: list[str] = []
    sentences = [sentence for sentence in SENTENCE.split(text) if sentence.strip()]
    asking = [sentence for sentence in sentences if not _speaks_of_another(sentence)]
    for sentence in sentences:
        if asking and sentence not in asking:
            elsewhere.append(sentence)
            continue
        kept, left, gone = _clauses(sentence)
        if not kept and not main:
            kept, left, gone = sentence, [], []
        beside.extend(left)
        elsewhere.extend(gone)
        if kept:
            main.append(kept)
    return Parted(tuple(main), tuple(beside), tuple(elsewhere)) if main else Parted((text,))


def _speaks_of_another(sentence: str) -> bool:
    """Whether a whole sentence is about something else; one with a number may ask in one clause and look aside in another."""
    bare = without_references(sentence)
    told = words(bare)
    places = lexicon().cue_finder.places(told)
    cues = {cue for _, cue in places}
    if "met" in cues and cues.isdisjoint(STILL_ASKS):
        return True
    if any(map(str.isdigit, bare)):
        return False
    # "The tablets: letter 12-3/4"
    points_to_a_letter = bare != sentence and "letter" in cues and "asks" not in cues and len(told) <= SHORT
    return points_to_a_letter or "elsewhere" in cues or _is_a_bare_not(told, places)


def _is_a_bare_not(told: list[str], places: set[tuple[int, str]]) -> bool:
    """Whether a sentence only says what is not meant: "Not the access licences." """
    return len(told) <= SHORT and (0, "bare-not") in places and not any(cue in ("measure", "asks") for _, cue in places)


def _clauses(sentence: str) -> tuple[str, list[str], list[str]]:
    """The clauses of a sentence that ask, joined; those that begin with "besides", "as for" or "not"; those that speak of another need."""
    kept: list[str] = []
    left: list[str] = []
    gone: list[str] = []
    clauses = [clause for clause in CLAUSE.split(sentence) if clause.strip()]
    for clause in clauses:
        cues = {(place, cue) for place, cue in lexicon().cue_finder.places(words(clause))}
        named = min((place for place, cue in cues if cue == "apart-from" and place), default=None)
        if any(cue == "elsewhere" for _, cue in cues):
            gone.append(clause)
        elif named is not None:
            before, after = _split_at(clause, named)
            kept.append(before)
            left.append(after)
        elif _leaves_out(clause, cues) and len(clauses) > 1:
            left.append(clause)
        elif any(cue == "beside" and place <= 1 for place, cue in cues):
            asks = min((place for place, cue in cues if cue == "asks"), default=None)
            if asks is None:
                left.append(clause)
            else:
                before, after = _split_at(clause, asks)
                left.append(before)
                kept.append(after)
        else:
            kept.append(clause)
    return ", ".join(kept), left, gone


def _leaves_out(clause: str, cues: set[tuple[int, str]]) -> bool:
    """Whether a clause is a "not ..." without a measure or a verb's worth of words."""
    told = words(clause)
    bare = (0, "bare-not") in cues and len(told) <= SHORT
    return bare and not any(map(str.isdigit, clause)) and not any(cue == "measure" for _, cue in cues)


def _split_at(clause: str, place: int) -> tuple[str, str]:
    """A clause in two, before its folded word number `place`."""
    starts = [match.start() for match in WORD.finditer(clause) if words(match.group())]
    at = starts[place] if place < len(starts) else len(clause)
    return clause[:at].strip(), clause[at:].strip()
