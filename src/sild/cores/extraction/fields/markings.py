"""TLP labels anywhere in a text, and classification marking lines that stand alone in a heading or foot.

A mere mention ("маємо допуск до секретно") is no marking line: only a line that holds nothing else is.
"""

from __future__ import annotations

import re
from functools import cache

from sild.cores.extraction.fields.folding import fold
from sild.cores.extraction.fields.found import MarkingFound
from sild.cores.extraction.fields.phrases import lexicon
from sild.values.marking import Marking

_TLP = re.compile(r"\btlp ?[:\-.]? ?(amber ?\+ ?strict|amber|red|green|clear|white)\b")
_DECORATION = " \t\r*_=-–—~/|\\[](){}<>.:!"


@cache
def _line_pattern() -> re.Pattern[str]:
    data = lexicon("markings")
    marks = "|".join(f"(?:{fold(line)})" for line in data["lines"])
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
        bare = line.strip().strip(_DECORATION)
        match = _line_pattern().fullmatch(fold(bare)) if 0 < len(bare) <= 80 else None
        if match and (match.group("mark") not in set(lexicon("markings")["capitals_only"]) or bare[: len(match.group("mark"))].isupper()):
            return bare
    return None
