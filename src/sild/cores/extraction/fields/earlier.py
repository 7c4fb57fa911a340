"""What a change or withdrawal says of the earlier message: the place in its list ("item no. 2"), and the day that stood there before."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise

from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import DateFound
from sild.cores.extraction.fields.lexicon_files import strings
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon

_AHEAD = 4
"""How many words may stand between "instead of" and its day: "instead of the promised 15 March"."""


@cache
def _place() -> re.Pattern[str]:
    told = strings("fields/earlier")
    words = [word.strip() for terms in told["places"].values() for word in terms.split(",")]
    stems = "|".join(re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in sorted(words, key=len, reverse=True))
    numbers = "|".join(re.escape(word) for word in sorted(told["numbers"], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{stems})\.?\s{{0,2}}(?:(?:{numbers})\.?\s{{0,2}}){{0,2}}(?<!\d)\d{{1,3}}(?![\w.,]?\d|\w)", re.IGNORECASE)


def find_place(text: str) -> tuple[int, int] | None:
    """Where the text names a place in an earlier list, as (start, end); None where it does not, or names several."""
    found = [(match.start(), match.end()) for match in _place().finditer(text)]
    return found[0] if len(found) == 1 else None


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook((phrase, name) for phrase in lexicon("changes")[name])


def find_old_day(text: str, sent: date | None) -> DateFound | None:
    """The day that no longer holds: behind "instead of", or the first of "from ... to ..." beside a word of change."""
    days = [day for day in find_dates(text, sent) if day.precision == "day"]
    if not days:
        return None
    reading = read(text)
    instead = [day for day in days if _stands_before(reading, day, "old_follows", _AHEAD) or _stands_behind(reading, day)]
    if len(instead) == 1:
        return instead[0]
    for old, new in pairwise(days):
        moved = _stands_before(reading, old, "opens", 1) and _stands_before(reading, new, "joins", 1)
        if moved and old.day != new.day and _tells_of_change(reading):
            return old
    return None


@cache
def _moving() -> PhraseBook[str]:
    return PhraseBook((phrase, "moved") for phrase in (*lexicon("changes")["change_words"], *strings("fields/earlier")["moved"]))


def _tells_of_change(reading: Reading) -> bool:
    return any(_moving().at_word(reading, at) is not None for at in range(len(reading.words)))


def _stands_before(reading: Reading, day: DateFound, book: str, ahead: int) -> bool:
    """Whether a phrase of the book ends at most so many words before the day, or opens it: some days are read with their preposition."""
    at = reading.word_at(day.start)
    if (first := _book(book).at_word(reading, at)) is not None and first.after > at:
        return True
    for back in range(1, ahead + 3):
        hit = _book(book).at_word(reading, at - back) if at - back >= 0 else None
        if hit is not None and at - ahead < hit.after <= at:
            # "instead of 22, by 1 April": a number or a comma between them belongs to something else
            between = reading.folded[reading.words[hit.after - 1].end : day.start]
            return "," not in between and not any(sign.isdecimal() for sign in between)
    return False


def _stands_behind(reading: Reading, day: DateFound) -> bool:
    """ "15. märtsi asemel": the word for "instead of" right behind the day."""
    return _book("old_precedes").at_word(reading, reading.word_at(day.end)) is not None
