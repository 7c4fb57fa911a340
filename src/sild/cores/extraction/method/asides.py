"""Bodies that a sentence names for another reason than need: who advised it, ordered it, passed it on, or has got one already."""

from __future__ import annotations

from functools import cache, lru_cache

from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon, words_of_all

_NEAR_BEFORE = 3
_NEAR_BEHIND = 2
_VERB_WITHIN = 5  # "Полтавській міській раді, за її словами, потрібно"
_ARTICLE = 4  # letters
_STOPS = ".;!?\n:"


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook((phrase, name) for phrase in lexicon("asides")[name])


@lru_cache(maxsize=4096)
def is_named_in_passing(text: str, body: BodyFound, *, asks_for_itself: bool) -> bool:
    """Whether the words beside the body say that it only advised, ordered, passed on, agreed or was told.

    `asks_for_itself`: the writer is in need; then a body that gave, promised or got something is not whom it asks for either.
    """
    before = ("before", "others_before") if asks_for_itself else ("before",)
    behind = ("after", "others_behind") if asks_for_itself else ("after",)
    return any(_stands_before(text, body, name) for name in before) or any(_stands_behind(text, body, name) for name in behind)


def sits_with(text: str, body: BodyFound) -> bool:
    """Whether the words before the body place people there ("an adviser to sit with the SSSCIP"): that is whom they are for."""
    return _stands_before(text, body, "sits")


def is_struck(text: str, body: BodyFound) -> bool:
    """Whether the words before the body say what befell it ("the attack on X"): what is offered then is for it."""
    return _stands_before(text, body, "struck")


def is_linked(text: str, body: BodyFound) -> bool:
    """Whether the words beside the body say that something is for it: "for X", "X needs", "X's request", a colon or dash behind it."""
    reading = read(text)
    first, after = reading.word_at(body.start), reading.word_at(body.end)
    before = [word.text for word in reading.words[max(0, first - _NEAR_BEFORE) : first] if word.start >= _clause_start(text, body.start)]
    if any(word.startswith(_needs()) for word in before) or set(before) & _for_whom():
        return True
    labels = text[body.end :].lstrip("»”“\"')").startswith((":", " –", " —", " -"))
    if labels or body.verbatim.endswith(tuple(lexicon("asides")["case_of_need"])):
        return True
    within = _VERB_WITHIN if text[body.end : body.end + 1] == "," else _NEAR_BEHIND
    ahead = [hit for hit in _book("asks").find_in(reading, body.end) if hit.first - after <= within]
    return any(not any(sign in text[body.end : hit.start] for sign in _STOPS) for hit in ahead[:1])


def is_meant_for(text: str, body: BodyFound) -> bool:
    """Whether a word for "for" stands right before the body, an article between: "30 laptops for the hospital"."""
    reading = read(text)
    first = reading.word_at(body.start)
    before = [word.text for word in reading.words[max(0, first - 2) : first] if word.start >= _clause_start(text, body.start)]
    return bool(before) and (before[-1] in _for_whom() or (len(before[-1]) <= _ARTICLE and before[0] in _for_whom()))


@cache
def _for_whom() -> frozenset[str]:
    return frozenset(lexicon("asides")["for_whom"]) - set(words_of_all("asides", "connects"))  # one connects "to" a body too


@cache
def _needs() -> tuple[str, ...]:
    return tuple(lexicon("asides")["need_of"])


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(sign, 0, at) for sign in _STOPS) + 1


def _stands_before(text: str, body: BodyFound, name: str) -> bool:
    """Whether a phrase of the list ends at most three words before the body, in its clause."""
    reading = read(text)
    first = reading.word_at(body.start)
    opens = max(0, first - _NEAR_BEFORE - 3)
    if opens >= first:
        return False
    for hit in _book(name).find_in(reading, reading.words[opens].start, body.start):
        between = text[hit.end : body.start]
        if first - hit.after <= _NEAR_BEFORE and not any(sign in between for sign in _STOPS) and "," not in between:
            return True
    return False


def _stands_behind(text: str, body: BodyFound, name: str) -> bool:
    """Whether a phrase of the list begins at most two words behind the body, in its clause."""
    reading = read(text)
    first = reading.word_at(body.end)
    for at in range(first, min(first + _NEAR_BEHIND, len(reading.words))):
        hit = _book(name).at_word(reading, at)
        if hit is not None:
            between = text[body.end : hit.start]
            return not any(sign in between for sign in _STOPS) and "," not in between
    return False
