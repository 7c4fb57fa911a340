"""Numbers of documents: "№ 24-04/31877/2-25", "Our ref: ...", "Az. ...", row codes; the sender's own or a recalled letter's."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import ReferenceFound
from sild.cores.extraction.fields.phrases import PhraseBook, any_of, lexicon, words_of_all
from sild.cores.extraction.fields.pieces import piecewise

_NUMBER = r"(?P<number>(?=[^\s]{0,40}\d)[^\W_]{1,40}(?:[/\-.][^\W_]{1,40}){1,12}|[^\W\d_]{1,5}[-/]?\d{2,}|\d{3,})"
_BARE = re.compile(
    r"(?<![\w./-])(?P<number>\d{1,4}[-/.]\d{1,4}/\d{1,6}(?:[/-]\d{1,6})*(?:-\d+)?|\d{1,4}/\d{2,4}-\d{2,6}(?:-\d+)?|\d{1,3}-\d{2}-\d/\d{3,5})(?![\w/])"
)
_ROW_CODE = re.compile(r"(?<![\w/.-])(?P<number>[A-ZА-ЯІЇЄҐ]{2,5}(?:-[A-Z0-9А-ЯІЇЄҐ]{1,6}){1,3})(?![\w-])")
_DATE = re.compile(r"(?:[0-3]?\d([./-])[01]?\d\1(?:20)?\d\d|20\d\d-[01]\d-[0-3]\d|20\d\d|\d{1,2}\.\d{1,2})\.?")
_DAY = r"(?:[0-3]?\d\.[01]\d\.(?:20)?\d\d|20\d\d-[01]\d-[0-3]\d|[0-3]?\d\.? [^\W\d_]{3,12} 20\d\d)"
_SHORT = r"(?P<number>\d{1,3}(?:-?[^\W\d_])?)(?![\w/-]|[.,]\d)"
_LOOK_BACK = 6
_SURE = 0.85


@cache
def _cue_pattern() -> re.Pattern[str]:
    cues = "|".join(f"(?:{cue})" for cue in lexicon("references")["cues"])
    words = "|".join(lexicon("references")["number_words"])
    dated = rf"(?:(?:{any_of('references', 'from_day')}) [\d.]+ )?"
    return re.compile(rf"(?<![\w])(?P<cue>{cues})(?: *[:№#])? *{dated}(?:{words})?{_NUMBER}(?![\w/])")


@cache
def _short_numbers() -> tuple[re.Pattern[str], ...]:
    """One to three digits are a letter's number where its day stands beside them, or a word for "outgoing" before."""
    sign = f"(?:{'|'.join(lexicon('references')['signs'])})"
    years = "|".join(words_of_all("references", "year_words"))
    outgoing = "|".join(words_of_all("references", "outgoing"))
    return (
        re.compile(rf"(?<![\w.]){_DAY}(?: ?(?:{years}))?[ ,|]{{0,3}}{sign} ?{_SHORT}"),
        re.compile(rf"(?<!\w){sign} ?{_SHORT} {{0,2}}(?:{any_of('references', 'of_the_day')}|/) {{0,2}}{_DAY}"),
        re.compile(rf"(?<!\w)(?:{outgoing})\.? ?{sign}? ?{_SHORT}"),
    )


@cache
def _recalls() -> PhraseBook[str]:
    return PhraseBook((word, "recalled") for word in lexicon("references")["recalled"])


@piecewise
def find_reference(text: str) -> list[ReferenceFound]:
    """The document numbers of a text, in order; `confidence` is lower where no cue stands before the number."""
    reading = read(text)
    found: dict[int, ReferenceFound] = {}
    for pattern, confidence in (
        (_cue_pattern(), 0.9),
        *((pattern, _SURE) for pattern in _short_numbers()),
        (_BARE, 0.7),
        (_ROW_CODE, 0.35),
    ):
        source = text if pattern is _ROW_CODE else reading.folded
        for match in pattern.finditer(source):
            start, end = match.span("number")
            number = text[start:end].rstrip(".,;-")
            weak = confidence != _SURE and number.isdecimal() and match.groupdict().get("cue", "") not in ("№",) and len(number) < 4
            if (
                _DATE.fullmatch(number)
                or not any(char.isdecimal() for char in number)
                or weak
                or any(s.start < end and start < s.end for s in found.values())
            ):
                continue
            plain = number.isdecimal() and confidence == 0.9
            found[start] = ReferenceFound(
                start=start, end=start + len(number), verbatim=number, number=number, role=_role(reading, match.start()),
                confidence=0.5 if plain else confidence,
            )  # fmt: skip
    return [found[start] for start in sorted(found)]


def _role(reading: Reading, at: int) -> Literal["own", "recalled"]:
    first = reading.word_at(at)
    line = reading.folded.rfind("\n", 0, at) + 1
    for index in range(max(0, first - _LOOK_BACK), first + 1):
        if index < len(reading.words) and reading.words[index].start >= line and _recalls().at_word(reading, index) is not None:
            return "recalled"
    return "own"
