"""Conditions that limit who may get an offer and how, each with a stable code, and whether a request speaks for armed forces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from sild.cores.extraction.fields.body_elements import Element, elements_of
from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import ConditionFound
from sild.cores.extraction.fields.free_conditions import find_groups, find_in_free_words, sentences
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon, words_of_all
from sild.cores.extraction.fields.pieces import piecewise

_NEAR_REGION_WORDS = 2
_CELL_WORDS = 4
_NEAR_RESTRICTION = 4
OF_ALL = 0.7  # the confidence from which a condition holds wherever it stands; below it only of the thing beside it


@cache
def _books() -> dict[str, PhraseBook[str]]:
    data = lexicon("conditions")
    codes = [(phrase, code) for code, entry in data["codes"].items() for phrases in entry["phrases"].values() for phrase in phrases]
    books = {"codes": PhraseBook(codes)}
    for name in ("restricting", "region_words", "excluding", "civil", "sectors"):
        books[name] = PhraseBook((phrase, name) for phrase in data[name])
    military = [(phrase, "military") for phrase in data["military"]]
    books["forces"] = PhraseBook([*military, *((phrase, "civil") for phrase in data["civil_in_spite"])])
    return books


@cache
def _oblasts() -> frozenset[str]:
    return frozenset(name for name, entry in lexicon("gazetteer")["places"].items() if entry.get("oblast"))


def find_conditions(text: str) -> list[ConditionFound]:
    """Every condition that the text states, in order; each code once, `verbatim` the words that state it.

    Codes: civil-only, region:NAME, category-earmark, no-re-export, needs-export-licence, training-required, anonymous-donor,
    on-site-only, remote-only, hosted-in-eu.
    """
    once: dict[str, ConditionFound] = {}
    for condition in _stated(text):
        once.setdefault(condition.code, condition)
    return list(once.values())


@piecewise
def _stated(text: str) -> list[ConditionFound]:
    reading = read(text)
    found: dict[str, ConditionFound] = {}
    for hit in _books()["codes"].find_in(reading):
        if hit.key == "needs-export-licence" and _negated(reading, hit.first):
            continue
        found.setdefault(
            hit.key, ConditionFound(start=hit.start, end=hit.end, verbatim=text[hit.start : hit.end], code=hit.key, confidence=0.85)
        )
    for code, first, after in (*_restricted(reading), *find_in_free_words(reading)):
        start, end = reading.words[first].start, reading.words[after - 1].end
        found.setdefault(code, ConditionFound(start=start, end=end, verbatim=text[start:end], code=code, confidence=0.7))
    for first, after, of_all in find_groups(reading):
        start, end = reading.words[first].start, reading.words[after - 1].end
        sure = OF_ALL if of_all else OF_ALL - 0.1
        found.setdefault(
            "category-earmark", ConditionFound(start=start, end=end, verbatim=text[start:end], code="category-earmark", confidence=sure)
        )
    earmark = _earmarked_money(text, reading)
    for condition in (*_regions(reading), *([earmark] if earmark else [])):
        found.setdefault(condition.code, condition)
    return sorted(found.values(), key=lambda condition: condition.start)


def _restricted(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """A word that restricts beside a word for civil use or for a sector, and a "no" before armed forces: code and word indices."""
    books = _books()
    for name, code in (("civil", "civil-only"), ("sectors", "category-earmark")):
        for hit in books[name].find_in(reading):
            alone = name == "civil" and len(reading.words) <= _CELL_WORDS - 1 and not any(word.text.isdecimal() for word in reading.words)
            before = next((i for i in range(hit.first - 1, hit.first - _NEAR_RESTRICTION, -1) if _restricts(reading, i, hit.first)), None)
            behind = next(
                (i for i in range(hit.after, hit.after + _NEAR_RESTRICTION - 1) if _restricts(reading, hit.after, i + 1, at=i)), None
            )
            if alone or before is not None or behind is not None:
                yield code, hit.first if before is None else before, hit.after if behind is None else behind + 1
    for hit in books["forces"].find_in(reading):
        negation = _limit_before(reading, hit.first) if hit.key == "military" else None
        if negation is not None:
            yield "civil-only", negation, hit.after


def _restricts(reading: Reading, start: int, end: int, at: int | None = None) -> bool:
    """Whether the word (at `at`, else at `start`) restricts, with no number or sentence's end between `start` and `end`."""
    index = start if at is None else at
    if not 0 <= index < len(reading.words) or reading.words[index].text not in lexicon("conditions")["restricting_words"]:
        return False
    words = reading.words[min(start, index) : max(end, index + 1)]
    between = reading.folded[words[0].start : words[-1].end]
    return not any(word.text.isdecimal() for word in words) and not set(between) & set(".;:|\n")


def _limit_before(reading: Reading, first: int) -> int | None:
    """The index of a word that excludes what begins at `first` ("not for", "без", "крім"), or None."""
    for index in range(max(0, first - 4), first):
        negation = _books()["excluding"].at_word(reading, index)
        if negation is not None and negation.after <= first and "," not in reading.folded[negation.end : reading.words[first].start]:
            return index
    return None


def _negated(reading: Reading, first: int) -> bool:
    """ "No export licence needed"."""
    negations = lexicon("conditions")["negations"]
    return any(reading.words[index].text in negations for index in range(max(0, first - 2), first))


def _regions(reading: Reading) -> list[ConditionFound]:
    """A restricting word with an oblast's name, beside a word for region, in one sentence or the next ("do not redirect")."""
    books = _books()
    places = [element for element in elements_of(reading.text) if element.kind == "place" and element.key in _oblasts()]
    if not places:
        return []
    restricting = books["restricting"].find_in(reading)
    found = []
    if len(reading.words) <= _CELL_WORDS and len(places) == 1 and _has_region_word(reading, 0, len(reading.folded)):
        return [_region(reading, places[0], 0.7)]
    stretches = sentences(reading)
    for index, (start, end) in enumerate(stretches):
        reach = stretches[index + 1][1] if index + 1 < len(stretches) else end
        own = [hit for hit in restricting if start <= hit.start < end]
        later = [
            hit
            for hit in restricting
            if end <= hit.start < reach
            and any(word in reading.folded[end:reach] for word in words_of_all("conditions", "later_region"))
            and hit.end - hit.start > 5
        ]
        if not own and not later:
            continue
        for place in places:
            alone = (
                len({other.key for other in places if start <= other.start < end}) == 1
                and bool(own)
                and _has_region_word(reading, start, end)
            )
            if start <= place.start < end and (alone or _beside_region_word(reading, place.start, start, end)):
                found.append(_region(reading, place, 0.75 if own else 0.6))
    return found


def _region(reading: Reading, place: Element, confidence: float) -> ConditionFound:
    verbatim = reading.text[place.start : place.end]
    return ConditionFound(start=place.start, end=place.end, verbatim=verbatim, code=f"region:{place.key}", confidence=confidence)


def _has_region_word(reading: Reading, start: int, end: int) -> bool:
    book = _books()["region_words"]
    return any(book.at_word(reading, index) is not None for index in range(reading.word_at(start), reading.word_at(end)))


def _beside_region_word(reading: Reading, at: int, start: int, end: int) -> bool:
    """Whether a word for region stands within a few words of the place, in its sentence, or in the place's own ending ("Сумщина")."""
    first = reading.word_at(at)
    near = range(max(reading.word_at(start), first - _NEAR_REGION_WORDS), min(reading.word_at(end), first + _NEAR_REGION_WORDS))
    book = _books()["region_words"]
    own = first < len(reading.words) and reading.words[first].text.endswith(tuple(lexicon("conditions")["region_endings"]))
    return own or any(book.at_word(reading, index) is not None for index in near)


def _earmarked_money(text: str, reading: Reading) -> ConditionFound | None:
    """A sum given for something: "EUR 350.000 for monitoring"."""
    for money in find_money(text):
        at = reading.word_at(money.end)
        if (
            at < len(reading.words)
            and reading.words[at].start - money.end <= 2
            and reading.words[at].text in lexicon("conditions")["given_for"]
        ):
            return ConditionFound(start=money.start, end=money.end, verbatim=money.verbatim, code="category-earmark", confidence=0.5)
    return None


def find_channel(text: str) -> Literal["military"] | None:
    """ "military" where the text speaks for armed forces; None otherwise.

    Regional military administrations are civil, crews of ambulances are no brigades, and "not for the army" is a limit.
    """
    reading = read(text)
    for hit in _books()["forces"].find_in(reading):
        if hit.key != "military":
            continue
        if _limit_before(reading, hit.first) is None:
            return "military"
    return None
