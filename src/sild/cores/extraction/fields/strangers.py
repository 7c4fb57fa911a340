"""Bodies that no list holds, by their kind word or as states: "Kozyatyn hospital", "the Icelandic government"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sild.cores.extraction.fields.body_elements import country_codes, country_of_place, elements_of
from sild.cores.extraction.fields.body_mentions import Mention, english_name, find_mentions, is_named, tells_which
from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon, words_of_all
from sild.cores.extraction.fields.transliteration import kmu55

_LONGEST_NAME = 60
_LONGEST_TAIL = 6
_RECIPIENTS = {"UA", "MD", "GE", "AM"}


def kinds_named(text: str) -> Iterable[BodyFound]:
    """Bodies by their kind word, with a readable English name; bare heads score less than 0.55."""
    codes = country_codes()
    for mention in find_mentions(text):
        if not is_named(mention):
            yield from _kept_as_written(text, mention)
            continue
        if any(_plural().search(word) for word in text[mention.start : mention.end].lower().split()):
            continue  # "Verwaltungen in den Gebieten Cherson und Mykolajiw" are many
        detail = len(mention.qualities) + len(mention.sectors) + len(mention.words) + (mention.number is not None)
        score = min(0.8, 0.4 + 0.1 * (detail + 2 * tells_which(mention, text) + bool(mention.countries)))
        end = _with_speciality(text, mention)
        yield BodyFound(
            start=mention.start,
            end=end,
            verbatim=text[mention.start : end],
            confidence=score,
            name=english_name(mention),
            known=False,
            score=score,
            country=next((codes[name] for name in mention.countries), country_of_place(mention.places[0]) if mention.places else None),
        )


def _with_speciality(text: str, mention: Mention) -> int:
    """Where the name ends with what stands behind its kind word ("... коледж зв'язку"), else where the mention ends."""
    reading = read(text)
    hit = _specialities().at_word(reading, reading.word_at(mention.end))
    return hit.end if hit is not None and text[mention.end : hit.start] == " " else mention.end


@cache
def _specialities() -> PhraseBook[str]:
    return PhraseBook((words, "speciality") for words in lexicon("body_cues")["specialities"])


def _kept_as_written(text: str, mention: Mention) -> Iterator[BodyFound]:
    """A state body whose sector no list translates ("Державна служба якості освіти"): the words behind it stay, in Latin letters."""
    data = lexicon("body_cues")
    public = mention.qualities & {"national", "state"} and not mention.sectors and not mention.places
    if not public or mention.head not in data["kept_as_written"]:
        return
    end, tail = mention.end, []
    for word in read(text[mention.end : mention.end + _LONGEST_NAME]).words[:_LONGEST_TAIL]:
        gap = text[end : mention.end + word.start]
        shown = text[mention.end + word.start : mention.end + word.end]
        stops = shown in data["name_ends"] and shown not in words_of_all("body_cues", "names_join")
        if gap.strip() or stops or not shown.islower() or not shown.isalpha() or shown.isascii() or _verb_endings().search(shown):
            break
        tail.append(shown)
        end = mention.end + word.end
    while tail and tail[-1] in data["name_ends"]:
        end = text.rindex(tail.pop(), 0, end)
    end = mention.end + len(text[mention.end : end].rstrip())
    if not tail:
        return
    name = f"{english_name(mention)} {kmu55(' '.join(tail))}"
    yield BodyFound(
        start=mention.start, end=end, verbatim=text[mention.start : end], confidence=0.6, name=name, known=False, score=0.6, country="UA"
    )


@cache
def _plural() -> re.Pattern[str]:
    return re.compile(str(lexicon("body_cues")["plural_bodies"]))


@cache
def _verb_endings() -> re.Pattern[str]:
    return re.compile(str(lexicon("body_cues")["verb_endings"]))


def states_named(text: str) -> Iterable[BodyFound]:
    """States named by their noun, or by the adjective of their government: any of them may be a donor that the list lacks.

    States that receive aid here are left out.
    """
    codes = country_codes()
    for element in elements_of(text):
        code = codes.get(element.key, "")
        if element.kind != "country" or code in _RECIPIENTS:
            continue
        start = element.start
        end = _end_of_government(text, element.end) if element.adjective else element.end
        if end is None or (not element.adjective and "a" <= text[start] <= "z"):  # "turkey", "an island"
            continue
        yield BodyFound(
            start=start, end=end, verbatim=text[start:end], confidence=0.4, name=element.key, known=False, score=0.4, country=code,
            kind="donor-state",
        )  # fmt: skip


def _end_of_government(text: str, end: int) -> int | None:
    """Where the word for a government ends that stands right behind an adjective ("the Icelandic government"); None without one."""
    reading = read(text)
    at = reading.word_at(end)
    word = reading.words[at] if at < len(reading.words) else None
    return word.end if word is not None and word.text in lexicon("offices")["governments"] and word.start - end == 1 else None
