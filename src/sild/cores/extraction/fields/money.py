"""Sums of money in running text and cells: the currency before or after, thousands and millions in words, exact Decimals."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sild.cores.extraction.fields.folding import Reading, fold, read
from sild.cores.extraction.fields.found import MoneyFound, NumberFound
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.phrases import PhraseBook, any_of, lexicon
from sild.cores.extraction.fields.pieces import piecewise
from sild.values.money import Money

_SCALED_CODE = re.compile(r" ([km])([a-z]{3})\b")
_GLUED_CODE = re.compile(r"([a-z]{3})\b")
_COUNTING = ("count", "year", "version")


@cache
def _millions() -> re.Pattern[str]:
    return re.compile(rf" ?(?:{any_of('money', 'millions')})(?![\w])")


@cache
def _currencies() -> tuple[PhraseBook[str], dict[str, str]]:
    words, signs = [], {}
    for code, forms in lexicon("money")["currencies"].items():
        for form in forms:
            if any(char.isalpha() for char in form) and "$" not in form:
                words.append((form, code))
            else:
                signs[fold(form)] = code
    return PhraseBook(words), signs


@piecewise
def find_money(text: str) -> list[MoneyFound]:
    """Every sum with its currency (ISO 4217), in order; sums without a currency are no money."""
    return list(_sums_of(text))


@lru_cache(maxsize=1024)
def _sums_of(text: str) -> tuple[MoneyFound, ...]:
    """As `find_money`; several readers ask for the sums of one sentence."""
    reading = read(text)
    found: list[MoneyFound] = []
    for number in find_numbers(text):
        span = _sign_or_word(reading, number)
        if span is None or (number.kind not in _COUNTING and span[0] == number.start):
            continue
        start, end, code = span
        if found and start < found[-1].end:
            continue
        value, end = number.value, max(end, number.end)
        if start < number.start and (millions := _millions().match(reading.folded, number.end)):
            value, end = value * 1_000_000, max(end, millions.end())
        elif (own := _scaled(reading, number.end)) is not None:
            value *= own[2]
        elif scaled := _SCALED_CODE.match(reading.folded, number.end):
            value *= 1000 if scaled.group(1) == "k" else 1_000_000
        about = number.approximate
        found.append(
            MoneyFound(start=start, end=end, verbatim=text[start:end], money=Money(value, code), approximate=about, confidence=0.95)
        )
    return tuple(found)


def _scaled(reading: Reading, at: int) -> tuple[int, str, int] | None:
    """A currency written with its scale right behind the number ("250 tkr", "1,5 m€"): where it ends, its code, and the scale."""
    at += reading.folded.startswith(" ", at)
    for code, forms in lexicon("money")["scaled"].items():
        for form, scale in forms.items():
            end = at + len(form)
            if reading.folded.startswith(form, at) and not reading.folded[end : end + 1].isalnum():
                return end, code, int(scale)
    return None


def _sign_or_word(reading: Reading, number: NumberFound) -> tuple[int, int, str] | None:
    words, signs = _currencies()
    folded = reading.folded
    if (own := _scaled(reading, number.end)) is not None:
        return number.start, own[0], own[1]
    for sign in sorted(signs, key=len, reverse=True):
        before = re.search(re.escape(sign) + r" ?$", folded[max(0, number.start - 4) : number.start])
        if before:
            return number.start - len(before.group()), number.end, signs[sign]
        if folded.startswith(sign, number.end) or folded.startswith(" " + sign, number.end):
            return number.start, folded.index(sign, number.end) + len(sign), signs[sign]
    if (scaled := _SCALED_CODE.match(folded, number.end)) and scaled.group(2).upper() in lexicon("money")["currencies"]:
        return number.start, scaled.end(), scaled.group(2).upper()
    if (glued := _GLUED_CODE.match(folded, number.end)) and glued.group(1).upper() in lexicon("money")["currencies"]:
        return number.start, glued.end(), glued.group(1).upper()
    behind, edge = reading.word_at(number.end), number.end
    if behind < len(reading.words) and reading.words[behind].text in lexicon("money")["between"] and folded[edge] == " ":
        behind, edge = behind + 1, reading.words[behind].end
    hit = words.at_word(reading, behind)
    if hit is not None and folded[edge : hit.start].strip(" .)") == "" and hit.start - edge <= 3:
        return number.start, hit.end, hit.key
    at = reading.word_at(number.start)
    for first in (at - 2, at - 1):
        hit = words.at_word(reading, first)
        gap = folded[hit.end : number.start] if hit is not None else ""
        if hit is not None and hit.after == at and len(gap) <= 2 and not gap.strip(" :"):
            return hit.start, number.end, hit.key
    return None
