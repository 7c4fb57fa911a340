"""Who asks, by standing before a verb of asking: bodies whose kind no list holds ("Odesa Film Studio asks for ..."), and towns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_elements import Element, concept_role, country_of_place, elements_of
from sild.cores.extraction.fields.body_mentions import place_adjective_end
from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, alternatives, lexicon
from sild.cores.extraction.fields.transliteration import kmu55
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.short_names import by_short_name

_LONGEST_NAME = 8
_BY_VERB, _BY_TOWN = 0.6, 0.6
_QUOTES = "«»\"“”„'’"
_QUOTED_NAME = re.compile(r"[«„“\"][^«»„“”\"\n]{2,60}[»”“\"]\s*$")
_LONGEST_QUOTED = 66
_FEWEST = 2
_FAR_BACK = 6
_LONGEST_KIND = 12
_STOPS = ".,;:!?\n"
_TWIN_NEAR = 16
_REGION_NEAR = 4


@dataclass(frozen=True, slots=True)
class Asker:
    """The words before a verb of asking: offsets, the places they name, whether they say no more than a town, or "the city" alone."""

    start: int
    end: int
    places: tuple[str, ...]
    town: bool
    region: bool = False


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook((phrase, name) for phrase in lexicon("asides")[name])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("asides")[name])


@cache
def _region_word() -> re.Pattern[str]:
    told = lexicon("endings")["regions"].values()
    return re.compile("|".join(rf"(?:{alternatives(one['stems'])})(?:{alternatives(one['ends'])})$" for one in told))


@cache
def _adjective_of_place() -> re.Pattern[str]:
    return re.compile(rf".{{2,}}(?:{place_adjective_end()})$")


@lru_cache(maxsize=1024)
def askers(text: str) -> tuple[Asker, ...]:
    """The names before verbs of asking, in order."""
    reading = read(text)
    found = (_before(text, reading, hit.first) for hit in _book("asks").find_in(reading))
    return tuple(asker for asker in found if asker is not None)


@lru_cache(maxsize=512)
def giver_names(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the proper names before verbs of giving ("Nordic Ridge would like to offer"), in order."""
    reading = read(text)
    found = []
    for hit in _book("gives").find_in(reading):
        quoted = _QUOTED_NAME.search(text[max(0, hit.start - _LONGEST_QUOTED) : hit.start])
        if quoted is not None:
            found.append((hit.start - len(quoted.group()), hit.start - len(quoted.group()) + len(quoted.group().rstrip())))
            continue
        at = hit.first
        while at > 0 and hit.first - at < _LONGEST_NAME and _joins(text, reading, at) and _is_proper_word(text, reading, at - 1):
            at -= 1
        start, end = (reading.words[at].start, reading.words[hit.first - 1].end) if at < hit.first else (hit.start, hit.start)
        start -= start > 0 and text[start - 1] in '«„“"'
        end += end < len(text) and text[end] in '»”“"'
        if hit.first - at >= _FEWEST or (end > start and text[start] in '«„“"'):
            found.append((start, end))
    return tuple(found)


def _is_proper_word(text: str, reading: Reading, at: int) -> bool:
    """Whether the word opens with a capital, or joins two that do ("Fondation du Lac")."""
    word = reading.words[at]
    joins = at > 0 and word.text in _words("inside_names") and text[reading.words[at - 1].start].isupper()
    return word.text not in _words("no_names") | _words("leads") and (text[word.start].isupper() or text[word.start].isdecimal() or joins)


def _before(text: str, reading: Reading, verb: int) -> Asker | None:
    """The name that ends right before the verb, small words between left out; None where the words are no name."""
    after = verb
    while after > 0 and reading.words[after - 1].text in _words("beside_names"):
        after -= 1
    first = after
    while first > 0 and after - first < _LONGEST_NAME and _joins(text, reading, first):
        first -= 1
    while first < after and (reading.words[first].text in _words("beside_names") or reading.words[first].text.isdecimal()):
        first += 1
    first = _with_its_kind(text, reading, first, after)
    if first >= after or reading.words[first].text in _words("no_names") | _words("leads"):
        return None
    start, end = reading.words[first].start, reading.words[after - 1].end
    start -= start > 0 and text[start - 1] in '«„“"'
    end += end < len(text) and text[end] in '»”“"'
    return _asker(text, start, end)


def _with_its_kind(text: str, reading: Reading, first: int, after: int) -> int:
    """ "L'université de l'eau et de l'environnement de Rivne": a place behind a small word is where, not who; the kind opens the name."""
    if first >= after or first == 0 or reading.words[first - 1].text not in _words("before_places"):
        return first
    end, start = reading.words[first].start, reading.words[max(0, first - _LONGEST_KIND)].start
    heads = [
        element
        for element in elements_of(text)
        if start <= element.start < end
        and element.kind == "concept"
        and (concept_role(element.key) == "head" or element.key == "regional")  # "la région de Poltava"
    ]
    heads = [head for head in heads if not any(sign in text[head.end : end] for sign in _STOPS)]
    return reading.word_at(heads[-1].start) if heads else first


def _joins(text: str, reading: Reading, at: int) -> bool:
    """Whether the word before belongs to the same row of words: nothing but blanks and quotes between, or the stop of an ordinal."""
    left = reading.words[at - 1]
    gap = text[left.end : reading.words[at].start] if at < len(reading.words) else ""
    if left.text.isdecimal():
        gap = gap.replace(".", "", 1)
    return "\n" not in gap and all(char.isspace() or char in _QUOTES + "№-–" for char in gap) and left.text not in _words("no_names")


def _asker(text: str, start: int, end: int) -> Asker | None:
    named = text[start:end]
    words = [word for word in named.replace("№", " ").split() if any(char.isalnum() for char in word)]
    elements = [element for element in elements_of(named) if element.kind != "filler" or element.text.lower() in _words("towns")]
    places = tuple(dict.fromkeys(element.key for element in elements if element.kind == "place"))
    if places and all(element.kind == "place" or element.key == "regional" for element in elements):
        region = any(element.key == "regional" or _is_region(element) for element in elements)
        if region:
            return Asker(start, end, places, town=True, region=True)
    if elements and all(_is_town(element) for element in elements):
        capital = named.strip(_QUOTES)[:1].isupper() or bool(places)
        return Asker(start, end, places, town=True) if capital or len(words) == 1 else None
    opens = _opens_sentence(text, start) and _adjective_of_place().match(words[0]) is None
    proper = [element for element in elements if element.kind == "word" and element.text[:1].isupper() and len(element.text) > _FEWEST]
    proper = [element for element in proper if element.start or not opens]
    quoted = any(char in '«„“"' for char in named)
    kind = any(element.kind == "concept" and concept_role(element.key) == "head" for element in elements)
    told = quoted or (bool(places) and len(words) >= _FEWEST) or (kind and bool(proper)) or len(proper) >= _FEWEST
    return Asker(start, end, places, town=False) if told and len(words) >= _FEWEST else None


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a capital says nothing here: the words open a sentence."""
    before = text[:start].rstrip(' \t«„“"')
    return not before or before[-1] in ".!?:;\n•-–—*)"


def _is_region(element: Element) -> bool:
    """Whether a place stands in the form that names its region ("Черкащина")."""
    return element.kind == "place" and _region_word().search(element.text.lower()) is not None


def _is_town(element: Element) -> bool:
    return element.kind == "place" or element.key == "city" or element.text.lower() in _words("towns")


class Askers:
    """The askers of one message as bodies. `places_before` looks for the town that "the city" means."""

    def __init__(self, index: BodyIndex, passages: Sequence[Passage]) -> None:
        self._index = index
        self._passages = passages

    def beside(self, text: str, found: Sequence[BodyFound]) -> list[BodyFound]:
        """The askers of the text as bodies, but for those that overlap a body found already."""
        bodies = (self._body(text, asker) for asker in askers(text) if not _taken(asker, found))
        return [body for body in bodies if body is not None]

    def twins(self, text: str, found: Sequence[BodyFound]) -> list[BodyFound]:
        """The councils of the towns that a town calls its partners ("our sister city Mykolaiv", "sõpruslinn Žõtomõr")."""
        bodies: list[BodyFound] = []
        reading = read(text)
        for hit in _book("twin_towns").find_in(reading):
            for element in elements_of(text):
                near = 0 <= element.start - hit.end <= _TWIN_NEAR and not any(sign in text[hit.end : element.start] for sign in ".;:!?\n")
                if element.kind != "place" or not near:
                    continue
                asker = Asker(element.start, element.end, (element.key,), town=True)
                body = None if _taken(asker, [*found, *bodies]) else self._body(text, asker)
                bodies += [body] if body is not None else []
                break
        return bodies

    def regions(self, text: str, found: Sequence[BodyFound]) -> list[BodyFound]:
        """The administrations of the regions for which something is said to be ("40 terminals for Sumy oblast", "для Черкащини")."""
        bodies: list[BodyFound] = []
        reading, elements = read(text), [element for element in elements_of(text) if element.kind != "filler"]
        for index, element in enumerate(elements):
            pair = [element, *elements[index + 1 : index + 2]]
            both = {pair[0].kind, pair[-1].kind} == {"place", "concept"} and "regional" in {pair[0].key, pair[-1].key}
            if not (both and pair[-1].start - pair[0].end <= _REGION_NEAR) and not _is_region(element):
                continue
            last = pair[-1] if both else element
            before, behind = reading.word_at(element.start) - 1, reading.word_at(last.end)
            while before > 0 and reading.words[before].text in _words("beside_names"):
                before -= 1
            alone = (
                behind >= len(reading.words) or text[last.end : reading.words[behind].start].strip() or text[last.end : last.end + 1] != " "
            )
            lone = alone or not any(e.start == reading.words[behind].start and e.kind == "concept" for e in elements)
            if before < 0 or reading.words[before].text not in _words("for_whom") or not lone:
                continue
            place = next(e.key for e in pair if e.kind == "place")
            asker = Asker(element.start, last.end, (place,), town=True, region=True)
            body = None if _taken(asker, [*found, *bodies]) else self._body(text, asker)
            bodies += [body] if body is not None else []
        return bodies

    def first(self, find: Callable[[str], Sequence[BodyFound]]) -> BodyFound | None:
        """The one asker of the writer's own first paragraphs: who writes, where nothing else tells it."""
        own = [p.text for p in self._passages if p.part.name == "body" and p.voice == "own" and p.block.kind == "paragraph"]
        named = {body.name: body for text in own[:_FAR_BACK] for body in self.beside(text, find(text))}
        return next(iter(named.values())) if len(named) == 1 else None

    def _body(self, text: str, asker: Asker) -> BodyFound | None:
        start, end = asker.start, asker.end
        if not asker.town:
            short = by_short_name(text[start:end], self._index.bodies, asker.places)
            if short is not None:
                return BodyFound(
                    start=start, end=end, verbatim=text[start:end], name=short.name, known=True, score=_BY_VERB, confidence=_BY_VERB,
                    country=short.country or None, kind=short.kind or None,
                )  # fmt: skip
            name = kmu55(text[start:end].strip(_QUOTES + " "))
            country = country_of_place(asker.places[0]) if asker.places else None
            return BodyFound(
                start=start, end=end, verbatim=text[start:end], name=name, known=False, score=_BY_VERB, confidence=_BY_VERB, country=country
            )
        place = asker.places[0] if asker.places else self._place_before(text, start)
        if place is None or country_of_place(place) != "UA":
            return None
        head, scope, kind = (
            ("administration", "regional", "Regional Military Administration") if asker.region else ("council", "city", "City Council")
        )
        known = self._index.at_place(head, place, frozenset((scope,)))
        name = known.name if known is not None else f"{place} {kind}"
        return BodyFound(
            start=start, end=end, verbatim=text[start:end], name=name, known=known is not None, score=_BY_TOWN, confidence=_BY_TOWN,
            country="UA", kind=known.kind if known is not None else None,
        )  # fmt: skip

    def _place_before(self, text: str, start: int) -> str | None:
        """The last place that the message names before those words."""
        here = next((number for number, passage in enumerate(self._passages) if passage.text == text), 0)
        above = [passage.text for passage in self._passages[max(0, here - _FAR_BACK) : here]]
        for words in (text[:start], *reversed(above)):
            places = [element.key for element in elements_of(words) if element.kind == "place" and country_of_place(element.key) == "UA"]
            if places:
                return places[-1]
        return None


def _taken(asker: Asker, found: Sequence[BodyFound]) -> bool:
    return any(asker.start < body.end and body.start < asker.end for body in found)
