"""Numbers of documents: "№ 24-04/31877/2-25", "Our ref: ...", "Az. ...", row codes; the sender's own or a recalled letter's."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import ReferenceFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.fields.pieces import piecewise

_NUMBER = r"(?P<number>(?=[^\s]{0,40}\d)[^\W_]{1,40}(?:[/\-.][^\W_]{1,40}){1,12}|[^\W\d_]{1,5}[-/]?\d{2,}|\d{3,})"
_BARE = re.compile(
    r"(?<![\w./-])(?P<number>\d{1,4}[-/.]\d{1,4}/\d{1,6}(?:[/-]\d{1,6})*(?:-\d+)?|\d{1,4}/\d{2,4}-\d{2,6}(?:-\d+)?|\d{1,3}-\d{2}-\d/\d{3,5})(?![\w/])"
)
_ROW_CODE = re.compile(r"(?<![\w/.-])(?P<number>[A-ZА-ЯІЇЄҐ]{2,5}(?:-[A-Z0-9А-ЯІЇЄҐ]{1,6}){1,3})(?![\w-])")
_DATE = re.compile(r"(?:[0-3]?\d([./-])[01]?\d\1(?:20)?\d\d|20\d\d-[01]\d-[0-3]\d|20\d\d|\d{1,2}\.\d{1,2})\.?")
_DAY = r"(?:[0-3]?\d\.[01]\d\.(?:20)?\d\d|20\d\d-[01]\d-[0-3]\d|[0-3]?\d\.? [^\W\d_]{3,12} 20\d\d)"
_SIGN = r"(?:№|n[ro]\.?|n°|nº|dnr\.?)"
_SHORT = r"(?P<number>\d{1,3}(?:-?[^\W\d_])?)(?![\w/-]|[.,]\d)"
# one to three digits are a letter's number where its day stands beside them, or a word for "outgoing" before
_DATED = re.compile(rf"(?<![\w.]){_DAY}(?: ?(?:р\.?|року|г\.?|r\.?))?[ ,|]{{0,3}}{_SIGN} ?{_SHORT}")
_OF_THE_DAY = re.compile(rf"(?<!\w){_SIGN} ?{_SHORT} {{0,2}}(?:від|от|of|dated|z dnia|z|vom|du|av den|av|den|kuupäevaga|/) {{0,2}}{_DAY}")
_OUTGOING = re.compile(rf"(?<!\w)(?:вих(?:ідний)?|исх(?:одящий)?|l\.? ?dz|wych)\.? ?(?:№|nr\.?)? ?{_SHORT}")
_LOOK_BACK = 6
_SURE = 0.85


@cache
def _cue_pattern() -> re.Pattern[str]:
    cues = "|".join(f"(?:{cue})" for cue in lexicon("references")["cues"])
    return re.compile(rf"(?<![\w])(?P<cue>{cues})(?: *[:№#])? *(?:від [\d.]+ )?(?:№ *|nr\.? *|no\.? *|n° *)?{_NUMBER}(?![\w/])")


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
        (_DATED, _SURE),
        (_OF_THE_DAY, _SURE),
        (_OUTGOING, _SURE),
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
