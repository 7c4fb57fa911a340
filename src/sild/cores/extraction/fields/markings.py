"""TLP labels anywhere in a text, and classification marking lines that stand alone in a heading or foot.

A mere mention ("маємо допуск до секретно") is no marking line: only a line that holds nothing else is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from sild.cores.extraction.fields.folding import fold
from sild.cores.extraction.fields.found import MarkingFound
from sild.cores.extraction.fields.phrases import lexicon
from sild.values.marking import Marking

_TLP = re.compile(r"\btlp ?[:\-.]? ?(amber ?\+ ?strict|amber|red|green|clear|white)\b")
_LONGEST_LINE = 80
_LONGEST_RAW = 4 * _LONGEST_LINE
_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_SPACED = re.compile(r"\S(?:\s\S){2,}")
_BETWEEN = re.compile(r"//+|[|;•·(]| / | [-–—] ")
_DECORATION = " \t\r*_=-–—~/|\\[](){}<>.:!"


@dataclass(frozen=True, slots=True)
class ClassificationFound:
    """A classification as a line bears it; `official_use`: a caveat of offices ("for official use") and no degree of secrecy by law.

    `short`: an abbreviation that stands there alone and may be somebody's initials, or the heading of a number.
    """

    verbatim: str
    official_use: bool
    short: bool = False


@cache
def _line_pattern(key: str) -> re.Pattern[str]:
    data = lexicon("markings")
    marks = "|".join(f"(?:{fold(line)})" for line in data[key])
    return re.compile(rf"(?P<mark>{marks})(?: */+ *(?:{marks}))*[ ,.]*{data['followers']}", re.IGNORECASE)


def find_marking(text: str) -> MarkingFound | None:
    """The highest TLP label that the text bears, or None; "TLP:WHITE" of TLP 1.0 is CLEAR."""
    found = []
    for match in _TLP.finditer(fold(text)):
        marking = Marking.parse(match.group(1).replace(" ", ""))
        found.append(
            MarkingFound(start=match.start(), end=match.end(), verbatim=text[match.start() : match.end()], marking=marking, confidence=0.98)
        )
    return max(found, key=lambda hit: (hit.marking, -hit.start), default=None)


def find_classification_line(text: str) -> str | None:
    """The marking (verbatim) of the first line that holds a national, EU or NATO classification and nothing else, or None."""
    for line in text.splitlines():
        found = classification_of_line(line)
        if found is not None:
            return found.verbatim
    return None


def classification_of_line(line: str) -> ClassificationFound | None:
    """The classification that a line holds with nothing else beside it but what offices write there: a label, a TLP mark, pages, to whom
    it may be shown. Letters that are set apart and blanks of any width are read as the words that they are."""
    bare = _closed_up(line).strip(_DECORATION)
    if not 0 < len(bare) <= _LONGEST_LINE:
        return None
    return _mark(bare) or _mark_among(bare)


def _mark(bare: str) -> ClassificationFound | None:
    capitals_only = set(lexicon("markings")["capitals_only"])
    for key in ("lines", "official_use"):
        match = _line_pattern(key).fullmatch(fold(bare))
        if match and (match.group("mark") not in capitals_only or bare[: len(match.group("mark"))].isupper()):
            short = key == "lines" and match.group("mark") in lexicon("markings")["short"]
            return ClassificationFound(bare, official_use=key == "official_use", short=short)
    return None


def _mark_among(bare: str) -> ClassificationFound | None:
    """The mark on a line that holds other marks of an office too; None where a piece of the line is none."""
    label, beside = _office_patterns()
    told = label.sub("", fold(bare), count=1)
    rest = bare[len(bare) - len(told) :]
    for tlp in reversed(list(_TLP.finditer(told))):
        rest = f"{rest[: tlp.start()]}|{rest[tlp.end() :]}"
    pieces = [piece for raw in _BETWEEN.split(rest) if (piece := raw.strip(_DECORATION))]
    found = []
    for piece in pieces:
        mark = _mark(piece)
        if mark is None and not beside.fullmatch(fold(piece)):
            return None
        found += [mark] if mark is not None else []
    first = next((mark for mark in found if not mark.official_use), found[0] if found else None)
    # behind "Classification:" an abbreviation is what it says
    return replace(first, short=first.short and told == fold(bare)) if first is not None else None


@cache
def _office_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a mark, and what may stand beside it."""
    data = lexicon("markings")
    return re.compile(rf"^{data['labels']} *[:=-] *"), re.compile(data["beside"])


def _closed_up(line: str) -> str:
    """The line without signs that nobody sees, with single blanks, and "S E C R E T" as a word."""
    seen = "".join(sign for sign in line[:_LONGEST_RAW] if sign not in _UNSEEN)
    words = re.split(r"\s{2,}", seen.strip())
    if all(_SPACED.fullmatch(word) for word in words):
        return " ".join(re.sub(r"\s", "", word) for word in words)
    return " ".join(seen.split())
