"""Whose words a chat's turn or a mail sent on is, by the name that its author bears: "лікарня 8 КР", "Онкоцентр ІТ", "Біла Церква ІТ"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_elements import country_of_place, elements_of
from sild.cores.extraction.fields.body_mentions import find_mentions
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.kindred import is_of_family
from sild.cores.extraction.fields.phrases import words_of_all
from sild.cores.extraction.method.short_names import by_short_name
from sild.cores.extraction.method.words import words_of

NAMED = 0.4
_GUESSED = 0.6
_FEW_WORDS = 4
_SHORT = 3  # letters of a word beside a town's name that may be an office: "ІТ", "АСУ"


class Authors:
    """The authors of one message. `places` are those that the message names, `texts` what it says, `kinded` settles a body's kind."""

    def __init__(
        self,
        index: BodyIndex,
        in_text: Callable[[str], tuple[BodyFound, ...]],
        kinded: Callable[[BodyFound], BodyFound],
        places: Callable[[], Collection[str]],
        texts: Callable[[], Iterable[str]],
    ) -> None:
        self._index = index
        self._in_text = in_text
        self._kinded = kinded
        self._places = places
        self._texts = texts

    def of(self, name: str, country: str | None) -> BodyFound | None:
        """The body for which who bears that name speaks; None where it tells none."""
        known = self._index.resolve(name, country=country)
        if known is not None and known.known and known.score >= NAMED:
            return self._kinded(known)
        meant = self._of_kind(name) or self._of_town(name)
        if meant is not None:
            return meant
        if known is not None and known.score >= NAMED:
            return self._kinded(self._as_told(known))
        found = self._in_text(name)
        if found:
            return found[0]
        short = by_short_name(name, self._index.bodies, self._places())
        if short is not None:
            return BodyFound(
                start=0, end=len(name), verbatim=name, name=short.name, known=True, score=_GUESSED, confidence=_GUESSED,
                country=short.country or None, kind=short.kind or None,
            )  # fmt: skip
        words = (word.text for word in words_of(name).words if len(word.text) > _SHORT)
        towns = (
            self._index.resolve(f"{word.capitalize()} ({words_of_all('body_cues', 'town_label')[0]})", country=country) for word in words
        )
        return next((town for town in towns if town is not None and town.known), None)

    def _of_kind(self, name: str) -> BodyFound | None:
        """A kind of body without its place is the known one where the message is about."""
        for mention in find_mentions(name):
            if mention.places or mention.countries:
                continue
            found = self._index.alike(mention, self._places())
            if found is not None:
                return replace(found, start=0, end=len(name), verbatim=name, score=_GUESSED, confidence=_GUESSED)
        return None

    def _of_town(self, name: str) -> BodyFound | None:
        """A town's name with hardly more beside it ("Біла Церква ІТ") is its council."""
        elements = [element for element in elements_of(name) if element.kind != "filler"]
        places = {element.key for element in elements if element.kind == "place"}
        rest = [element for element in elements if element.kind != "place" and not (element.kind == "concept" and element.key == "city")]
        if len(places) != 1 or len(elements) > _FEW_WORDS or any(element.kind != "word" or len(element.text) > _SHORT for element in rest):
            return None
        place = places.pop()
        if country_of_place(place) != "UA":
            return None
        known = self._index.at_place("council", place, frozenset(("city",)))
        return replace(known, start=0, end=len(name), verbatim=name, score=_GUESSED, confidence=_GUESSED) if known is not None else None

    def _as_told(self, body: BodyFound) -> BodyFound:
        """A body that no list holds, as the message names it most fully: "Кременчук лікарня" for its hospital of intensive care."""
        own = next(iter(find_mentions(body.verbatim)), None)
        if own is None or not own.places:
            return body
        fuller = [
            other
            for text in self._texts()
            for other in self._in_text(text)
            for mention in find_mentions(other.verbatim)
            if mention.places[:1] == own.places[:1] and is_of_family(mention, own) and own.number in (None, mention.number)
        ]
        names = {other.name for other in fuller if len(other.verbatim) > len(body.verbatim)}
        return next(other for other in fuller if other.name in names) if len(names) == 1 else body
