"""A draft held against what the own State said: which sentences speak of a topic, and whether one seems to say the opposite.

Only words are compared. A sentence that is found is a question to whoever writes; one that is not found proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sild.wings.diplomacy.rules.reference import Stance, Topic, topics
from sild.wings.diplomacy.rules.stances import Said

SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|\n|$)|[^\n]+?[.!?](?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ][^\W_]+)*")


class FindingKind(StrEnum):
    """What a sentence of a draft is to the own position."""

    CONTRADICTS = "contradicts"
    AGREES = "agrees"
    SPEAKS = "speaks"
    NO_POSITION = "no-position"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sentence (`start` to `end` in the draft, in signs) that speaks of a topic by `word`; `cue` and `stance`: what it seems to say."""

    start: int
    end: int
    sentence: str
    topic: Topic
    word: str
    stance: Stance | None
    cue: str
    own: Said | None
    kind: FindingKind


def check_text(text: str, own: Mapping[str, Said]) -> tuple[Finding, ...]:
    """The sentences of a draft that speak of topics, in their order. `own` is the own State's newest word by topic."""
    found = []
    for match in SENTENCE.finditer(text):
        sentence = match.group().strip()
        if not sentence:
            continue
        start = match.start() + match.group().index(sentence[0])
        words = [one.casefold().replace("’", "'").replace("ʼ", "'") for one in _WORD.findall(sentence)]
        for topic in topics():
            word = next((said for said in _every(topic.words) if _stands(said, words)), "")
            if word:
                found.append(_finding(topic, word, words, (start, start + len(sentence), sentence), own.get(topic.id)))
    return tuple(found)


def _finding(topic: Topic, word: str, words: list[str], place: tuple[int, int, str], own: Said | None) -> Finding:
    # the longest cue speaks: "does not apply" holds "apply"
    cues = sorted(((cue, one) for one in topic.stances for cue in _every(one.cues) if _stands(cue, words)), key=lambda told: -len(told[0]))
    cue, stance = cues[0] if cues else ("", None)
    if own is None:
        kind = FindingKind.NO_POSITION
    elif stance is None or not own.stance:
        kind = FindingKind.SPEAKS
    else:
        kind = FindingKind.AGREES if stance.id == own.stance else FindingKind.CONTRADICTS
    start, end, sentence = place
    return Finding(start=start, end=end, sentence=sentence, topic=topic, word=word, stance=stance, cue=cue, own=own, kind=kind)


def _every(words: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [one for told in words.values() for one in told]


def _stands(phrase: str, words: list[str]) -> bool:
    """Whether beginnings of words stand one after the other in a sentence."""
    parts = [one.casefold().replace("’", "'") for one in _WORD.findall(phrase)]
    last = len(words) - len(parts)
    return any(all(words[at + step].startswith(part) for step, part in enumerate(parts)) for at in range(last + 1))
