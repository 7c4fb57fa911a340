"""What a number was and what it is now: "from 22 to 18", "36 TB instead of 24", "three servers, not two"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise

from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import NumberFound
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.phrases import PhraseBook, any_of, lexicon
from sild.cores.extraction.fields.pieces import moved, pieces_of
from sild.cores.extraction.fields.units import clause_bounds

_FILLED = 5
_FARTHEST = 90


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook((phrase, name) for phrase in lexicon("changes")[name])


@cache
def _but() -> re.Pattern[str]:
    return re.compile(rf",? ?(?:{any_of('changes', 'but')}) (?:(?:{any_of('changes', 'but_more')}) )?")


def find_change(text: str) -> tuple[Decimal, Decimal] | None:
    """(old, new) of the first change of a number in the text, or None.

    Both are the values as written: "замість 24 ТБ просимо 36 ТБ" gives (24, 36).
    """
    found = find_change_spans(text)
    return (found[0].value, found[1].value) if found else None


def find_change_spans(text: str) -> tuple[NumberFound, NumberFound] | None:
    """As `find_change`, with where the old and the new number stand."""
    for at, piece in pieces_of(text):
        reading = read(piece)
        numbers = [number for number in find_numbers(piece) if number.kind == "count"]
        found = _instead(reading, numbers) or _from_to(reading, numbers) or _out_of(reading, numbers) or _righted(reading, numbers)
        if found is not None:
            return moved(found[0], at), moved(found[1], at)
    return None


def _instead(reading: Reading, numbers: list[NumberFound]) -> tuple[NumberFound, NumberFound] | None:
    follows, precedes = _book("old_follows"), _book("old_precedes")
    for index, number in enumerate(numbers):
        others = numbers[:index] + numbers[index + 1 :]
        at = reading.word_at(number.start)
        cued = _follows_old(reading, at, follows)
        behind = reading.word_at(number.end)
        followed = any(
            precedes.at_word(reading, behind + ahead) is not None
            for ahead in (0, 1)
            if "," not in reading.folded[number.end : number.end + 12]
        )
        if not cued and not followed:
            continue
        left, right = clause_bounds(reading, number.start, number.end)
        same_clause = [other for other in others if left <= other.start < right and other.value != number.value]
        near = [other for other in same_clause if min(abs(other.end - number.start), abs(other.start - number.end)) <= _FARTHEST]
        straight = next((o for o in others if _but().fullmatch(reading.folded[number.end : o.start]) and o.value != number.value), None)
        if straight is not None and cued:
            return number, straight  # "not 900 but 1050"
        near = [
            other for other in near if other.value != 1 or other.verbatim.isdigit()
        ] or near  # "with one perimeter instead of 14 probes we need 11"
        if near:
            before = [other for other in near if other.end <= number.start]
            behind_it = [other for other in near if other.start >= number.end]
            if followed and not cued and behind_it:
                return number, behind_it[0]  # "one disk broke: 45 asemel 38"
            if behind_it and _opens_clause(reading, number, reading.folded.rfind(", ", left, number.start) + 2):
                return number, behind_it[0]  # "two districts share one, so instead of 14 we ask for 11"
            return number, (before[-1] if before and not _opens_clause(reading, number, left) else near[0])
    return None


def _follows_old(reading: Reading, at: int, follows: PhraseBook[str]) -> bool:
    """Whether a word for "instead of" stands right before the number at `at`, or but for small words: "statt der genannten acht"."""
    fillers = lexicon("changes")["fillers"]
    for back in range(1, _FILLED + 1):
        hit = follows.at_word(reading, at - back)
        if hit is not None and hit.after <= at and all(word.text in fillers for word in reading.words[hit.after : at]):
            return True
    return False


def _right_after_change(reading: Reading, at: int) -> bool:
    """ "Please correct 60 to 80": the word of change stands right before the numbers."""
    hit = _book("change_words").at_word(reading, at - 1)
    return hit is not None and hit.after == at


def _opens_clause(reading: Reading, number: NumberFound, left: int) -> bool:
    """Whether the old number stands first ("Instead of 24 we ask for 36"), so that the new one follows it."""
    return number.start - left < 20 and not any(char.isdecimal() for char in reading.folded[left : number.start])


def _out_of(reading: Reading, numbers: list[NumberFound]) -> tuple[NumberFound, NumberFound] | None:
    """ "Of the 30 switches we now need only 18": the smaller number behind a word for "only" is the new one."""
    opens, only = _book("out_of"), _book("only")
    for old, new in pairwise(numbers):
        at, behind = reading.word_at(old.start), reading.word_at(new.start)
        opened = any((hit := opens.at_word(reading, at - back)) is not None and hit.after == at for back in (1, 2, 3))
        left, right = clause_bounds(reading, old.start, old.end)
        if opened and left <= new.start < right and 0 < new.value < old.value and only.at_word(reading, behind - 1) is not None:
            return old, new
    return None


def _righted(reading: Reading, numbers: list[NumberFound]) -> tuple[NumberFound, NumberFound] | None:
    """ "We wrote 40, the right number is 60": the number behind such words is the new one, the one before them the old."""
    book = _book("new_follows")
    for old, new in pairwise(numbers):
        at = reading.word_at(new.start)
        told = any((hit := book.at_word(reading, at - back)) is not None and hit.after == at for back in (1, 2, 3, 4))
        left, right = clause_bounds(reading, old.start, old.end)
        if told and old.value != new.value and left <= new.start < right:
            return old, new
    return None


def _from_to(reading: Reading, numbers: list[NumberFound]) -> tuple[NumberFound, NumberFound] | None:
    opens, joins = _book("opens"), _book("joins")
    has_change_word = bool(_book("change_words").find_in(reading))
    for old, new in pairwise(numbers):
        between = reading.folded[old.end : new.start]
        if between.strip() in ("->", "→", "=>") and old.value != new.value:
            return old, new
        first, last = reading.word_at(old.start) - 1, reading.word_at(new.start) - 1
        opened = opens.at_word(reading, first) is not None
        joined = joins.at_word(reading, last) is not None and len(between) <= 40
        if opened and joined and old.value != new.value and (has_change_word or new.value < old.value):
            return old, new
    if has_change_word:
        for number in numbers:
            at = reading.word_at(number.start)
            opened = any(opens.at_word(reading, index) is not None for index in (at - 1, at)) or _right_after_change(reading, at)
            if opened and number.low != number.high:
                low = NumberFound(
                    start=number.start, end=number.end, verbatim=number.verbatim, value=number.low, low=number.low, high=number.low
                )
                return low, number
    return None
