"""Offices of states that give, from lexicon/fields/offices.yaml: named in a text, or by what a sender calls itself in its own language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sild.cores.extraction.fields.body_elements import country_codes, elements_of
from sild.cores.extraction.fields.body_mentions import find_mentions
from sild.cores.extraction.fields.folding import fold, read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.fields.pieces import piecewise

_BY_NAME, _BY_LETTERS, _BY_LANGUAGE = 0.8, 0.75, 0.72
_ABBREVIATION = re.compile(r"[^\W\d_][\w.-]{1,11}(?: [A-Z]{2,3})?")
_OWNER_WITHIN = 24
_LONGEST_OFFICE = 60


@dataclass(frozen=True, slots=True)
class _Office:
    name: str
    country: str


@cache
def _books() -> tuple[dict[str, _Office], PhraseBook[_Office]]:
    """Abbreviations letter by letter, names by their words."""
    letters: dict[str, _Office] = {}
    phrases: list[tuple[str, _Office]] = []
    for country, offices in lexicon("offices")["offices"].items():
        for name, aliases in offices.items():
            office = _Office(name, country)
            for alias in aliases:
                if sum(char.isupper() for char in alias) >= 2 and _ABBREVIATION.fullmatch(alias):
                    letters[alias] = office
                else:
                    phrases.append((fold(alias), office))
    return letters, PhraseBook(phrases)


@cache
def _in_letters() -> re.Pattern[str]:
    names = sorted(_books()[0], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in names) + r")(?![\w]|-(?:UA|MD)\b)")


@cache
def _own_language() -> PhraseBook[str]:
    return PhraseBook((fold(word), country) for country, words in lexicon("offices")["own_language"].items() for word in words)


@cache
def _itself() -> PhraseBook[str]:
    return PhraseBook((fold(words), "state") for words in lexicon("offices")["itself"])


@piecewise
def find_offices(text: str) -> list[BodyFound]:
    """Offices of giving states that the text names, in order; none beside which another country stands ("... Ukrainy")."""
    return list(_found(text))


@lru_cache(maxsize=512)
def _found(text: str) -> tuple[BodyFound, ...]:
    letters, phrases = _books()
    spans = [(hit.start, hit.end, hit.key, _BY_NAME) for hit in phrases.find_in(read(text))]
    for match in _in_letters().finditer(text):
        if not any(start <= match.start() < end for start, end, _, _ in spans):
            office = letters.get(match.group()) or letters[match.group().replace("-", " ")]
            spans.append((match.start(), match.end(), office, _BY_LETTERS))
    return tuple(
        _office(text, start, end, office.name, office.country, score)
        for start, end, office, score in sorted(spans, key=lambda span: span[0])
        if _owner(text, start, end) in (None, office.country)
    )


def own_office(text: str) -> BodyFound | None:
    """The state's office that a sender's name or signature is, told by the language in which it calls itself ("Ministerstwo Cyfryzacji").

    None where another country stands in the text: "Ministerstwo Zdrowia Ukrainy" is Ukraine's.
    """
    named = find_offices(text)
    if named:
        return named[0]
    hit = next(iter(_own_language().find_in(read(text[:_LONGEST_OFFICE]))), None)
    countries = {country_codes()[element.key] for element in elements_of(text) if element.kind == "country"}
    if hit is None or countries - {hit.key}:
        return None
    return _office(text, 0, len(text.rstrip()), " ".join(text.split()).strip(" ,;."), hit.key, _BY_LANGUAGE)


def names_the_state(text: str) -> bool:
    """Whether a cell says no more than that the state gives, or one of its ministries whose country it leaves out ("State (MoD)")."""
    if any(element.kind == "country" for element in elements_of(text)):
        return False
    reading = read(text)
    first = _itself().at_word(reading, 0)
    return first is not None or any(mention.head == "ministry" and not mention.places for mention in find_mentions(text))


def _owner(text: str, start: int, end: int) -> str | None:
    """Code of the country whose name stands inside, right before or right behind the office's ("... Ukrainy", "Ukraina ..."); else None."""
    for element in elements_of(text):
        if element.kind == "country" and start - _OWNER_WITHIN // 2 <= element.start <= end + 2 and element.end + 1 >= start:
            return country_codes()[element.key]
    return None


def _office(text: str, start: int, end: int, name: str, country: str, score: float) -> BodyFound:
    return BodyFound(
        start=start,
        end=end,
        verbatim=text[start:end],
        confidence=score,
        name=name,
        known=False,
        score=score,
        country=country,
        kind="donor-state",
    )
