"""Numbers in running text and table cells: digits by every language's habit, words, ranges, products, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import NumberFound
from sild.cores.extraction.fields.number_kinds import Mask, kind_of, masks_of
from sild.cores.extraction.fields.number_words import find_word_numbers, is_scale
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon, words_of_all
from sild.cores.extraction.fields.pieces import piecewise
from sild.cores.extraction.inexact import Bound

_DIGITS = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:"
    r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?"  # 1 200 000,50
    r"|\d{1,3}(?:'\d{3})+(?!\d)"  # 1'200
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d{1,2}(?!\d))?"  # 1,200.50
    r"|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d{1,2}(?!\d))?"  # 1.200,50
    r"|\d{1,15}[.,]\d{1,4}(?!\d)|\d{1,15}(?!\d))"
)
_TIMES = re.compile(r" ?[x×хX\u00d7*] ?")
_DASH = re.compile(r" ?- ?|\.\.\.?")
_LONGEST_LOOK_BACK = 3
_SIGNS: dict[str, Bound] = {"~": "about", "≈": "about", "±": "about", "<": "at-most", "≤": "at-most", ">": "at-least", "≥": "at-least"}
_PLUS = re.compile(r" ?\+(?![\w+ ]*\d)")
_NAMING = ("version", "identifier", "ordinal")


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    value: Decimal
    in_words: bool
    language: str | None = None


@cache
def _cues() -> tuple[PhraseBook[Bound], PhraseBook[str], frozenset[str]]:
    data = lexicon("numbers")
    about = PhraseBook(_bounding({"at_least": "at-least", "at_most": "at-most", "approximate": "about"}))
    opens = PhraseBook((word, "open") for word in data["range_opens"])
    return about, opens, frozenset(data["range_joins"])


def _bounding(lists: Mapping[str, Bound]) -> list[tuple[str, Bound]]:
    """The phrases of lists of numbers.yaml with what they leave open; of a phrase in two lists the first holds."""
    told: dict[str, Bound] = {}
    for name, bound in lists.items():
        for phrases in lexicon("numbers")[name].values():
            for phrase in phrases:
                told.setdefault(phrase, bound)
    return list(told.items())


@cache
def _behind() -> PhraseBook[Bound]:
    return PhraseBook(_bounding({"at_least_behind": "at-least", "at_most_behind": "at-most", "about_behind": "about"}))


def decimal_of(digits: str) -> Decimal:
    """The value of folded digits with separators: three digits after a lone separator are thousands, fewer are decimals."""
    digits = digits.replace(" ", "").replace("'", "")
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return Decimal(digits)
    last = digits.rfind(marks[-1])
    if len(set(marks)) == 2:
        whole, part = digits[:last], digits[last + 1 :]
        return Decimal(whole.replace(".", "").replace(",", "") + "." + part)
    if len(marks) > 1 or (len(digits) - last - 1 == 3 and not digits.startswith("0")):
        return Decimal(digits.replace(marks[0], ""))
    return Decimal(digits.replace(",", "."))


@piecewise
def find_numbers(text: str, language: str | None = None) -> list[NumberFound]:
    """Every number of the text, in order; `kind` says which of them count something.

    `language` (ISO 639-1) decides words that are numbers in one language only; without it the text itself is asked.
    """
    return list(_numbers_of(text, language))


@lru_cache(maxsize=1024)
def _numbers_of(text: str, language: str | None) -> tuple[NumberFound, ...]:
    """As `find_numbers`; sums, days, changes and counts all ask for the numbers of one sentence."""
    reading = read(text)
    atoms = _merge(reading, [*_digit_atoms(reading), *_word_atoms(reading, language)])
    masks = masks_of(reading)
    found: list[NumberFound] = []
    skip_to = 0
    for index, atom in enumerate(atoms):
        if atom.start < skip_to:
            continue
        number = _compose(reading, atoms, index, masks)
        number = _mark_approximate(reading, number)
        kind, unit = kind_of(reading, number.start, number.end, masks, number.value)
        skip_to = number.end
        found.append(replace(number, kind=kind, unit=unit))
    return tuple(_drop_repetitions(reading, found))


@cache
def _scale_letters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Letters for a thousand and a million right behind digits: by themselves, or before a currency's code."""
    thousands, millions = (f"[{''.join(words_of_all('numbers', key))}]" for key in ("thousand_letters", "million_letters"))
    codes = "|".join(sorted(code.lower() for code in lexicon("money")["currencies"]))
    return re.compile(rf"{thousands}(?![\w])|{thousands}(?=(?:{codes})\b)"), re.compile(rf"{millions}(?=(?:{codes})\b| ?€)")


def _digit_atoms(reading: Reading) -> Iterable[_Atom]:
    for match in _DIGITS.finditer(reading.folded):
        start, end, digits = match.start(), match.end(), match.group()
        if " " in digits and "\n" in reading.text[start:end]:
            digits = digits.split(" ")[0]
            end = start + len(digits)
        value = decimal_of(digits)
        thousand, million = _scale_letters()
        suffix = thousand.match(reading.folded, end)
        millions = million.match(reading.folded, end) or million.match(reading.folded, end + 1)
        if suffix and not (start and reading.folded[start - 1].isalpha()):
            value, end = value * 1000, suffix.end()
        elif millions and reading.folded[end : end + 1] in (" ", *words_of_all("numbers", "million_letters")):
            value, end = value * 1_000_000, millions.end()
        else:
            value, end = _scaled(reading, value, end)
        yield _Atom(start, end, value, in_words=False)


def _scaled(reading: Reading, value: Decimal, end: int) -> tuple[Decimal, int]:
    """Multiply by the scale words that follow ("9 тис.", "2 dozen")."""
    for index in range(reading.word_at(end), min(reading.word_at(end) + 2, len(reading.words))):
        word = reading.words[index]
        between = reading.folded[end : word.start]
        scale = is_scale(word.text)
        if scale is None or between.strip(" .") or len(between) > 2 or value >= scale * 1000:
            break
        value, end = value * scale, word.end
        if reading.folded[end : end + 1] == "." and len(word.text) <= 4:
            end += 1
    return value, end


def _word_atoms(reading: Reading, language: str | None) -> Iterable[_Atom]:
    for number in find_word_numbers(reading, language):
        yield _Atom(number.start, number.end, number.value, in_words=True, language=number.language)


def _merge(reading: Reading, atoms: list[_Atom]) -> list[_Atom]:
    """In order of the text; of two that overlap the one that begins first (digits with their scale word) stays."""
    kept: list[_Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.start, -a.end)):
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return [
        atom
        for atom in kept
        if not (atom.in_words and is_scale(reading.folded[atom.start : atom.end]) in (1000, 1_000_000) and _abbreviated(atom))
    ]


def _abbreviated(atom: _Atom) -> bool:
    """Whether a lone scale word is only an abbreviation ("тис.", "mln"), which counts nothing without its digits."""
    return atom.end - atom.start <= 4


def _compose(reading: Reading, atoms: list[_Atom], index: int, masks: list[Mask]) -> NumberFound:
    atom = atoms[index]
    low = high = atom.value
    start, end = atom.start, atom.end
    if index + 1 < len(atoms):
        following = atoms[index + 1]
        between = reading.folded[atom.end : following.start]
        product = _TIMES.fullmatch(between) and not following.in_words and not _is_measured(reading, following.end)
        if product and atom.value <= 1000 and atom.value == atom.value.to_integral_value():
            low = high = atom.value * following.value
            end = following.end
        elif kind_of(reading, atom.start, atom.end, masks, atom.value)[0] in _NAMING:
            pass
        elif (opened := _range_between(reading, atom, following, between)) is not None:
            low, high, start, end = _ends(atom, following), following.value, opened, following.end
    return NumberFound(
        start=start, end=end, verbatim=reading.text[start:end], value=high, low=low, high=high,
        confidence=0.6 if atom.in_words and high == 1 else 0.9 if atom.in_words else 1.0,
    )  # fmt: skip


def _is_measured(reading: Reading, end: int) -> bool:
    """Whether letters stand right behind the digits: "2 x 42U" multiplies no count."""
    return reading.folded[end : end + 1].isalpha()


def _ends(low: _Atom, high: _Atom) -> Decimal:
    """The lower end of a range, in the scale of the upper ("3-5 thousand")."""
    factor = high.value / low.value if low.value else Decimal(1)
    for scale in (Decimal(1000), Decimal(1_000_000)):
        if factor >= scale / 2 and high.value >= scale and low.value < 1000 and not low.in_words:
            return low.value * scale
    return low.value


def _range_between(reading: Reading, low: _Atom, high: _Atom, between: str) -> int | None:
    """Where the range of both begins, or None if they are none."""
    if _ends(low, high) >= high.value:
        return None
    if _DASH.fullmatch(between) and (low.in_words == high.in_words):
        return low.start
    _, opens, joins = _cues()
    word = between.strip()
    if word not in joins:
        return None
    bare = low.start if word in lexicon("numbers")["range_joins_alone"] else -1
    first = reading.word_at(low.start) - 1
    opener = opens.at_word(reading, first)
    if opener is not None and opener.end <= low.start and reading.folded[opener.end : low.start].strip() == "":
        return opener.start
    return bare if bare >= 0 else None


def _mark_approximate(reading: Reading, number: NumberFound) -> NumberFound:
    """The number with what the words around it leave open: "at least 20", "~20", "20 or more", "10-15"."""
    before, at = reading.folded[: number.start].rstrip(), reading.word_at(number.start)
    sign = _SIGNS.get(before[-1:])
    if sign is not None and not before[:-1].rstrip()[-1:].isdecimal():
        return _open(reading, number, sign, len(before) - 1, number.end)
    for first in range(max(0, at - _LONGEST_LOOK_BACK), at):
        hit = _cues()[0].at_word(reading, first)
        if hit is None or hit.after != at or reading.folded[hit.end : number.start].strip(" ."):
            continue
        if not (hit.first and reading.words[hit.first - 1].text.isdecimal()):  # "з 22 до 18" changes a number
            return _open(reading, number, hit.key, hit.start, number.end)
        return replace(number, approximate=True)
    said = with_bound_behind(reading, number, number.end)
    if said.bound is not None:
        return said
    plus = _PLUS.match(reading.folded, number.end)
    if plus is not None:
        return _open(reading, number, "at-least", number.start, plus.end())
    return replace(number, bound="range", told=number.verbatim) if number.low != number.high else number


def with_bound_behind(reading: Reading, number: NumberFound, end: int) -> NumberFound:
    """The number with what stands right behind it, or behind its unit that ends at `end` ("20 laptops or more")."""
    behind = _behind().at_word(reading, reading.word_at(end)) if number.bound is None else None
    if behind is None or reading.folded[end : behind.start].strip(" (,"):
        return number
    return _open(reading, number, behind.key, number.start, behind.end)


def _open(reading: Reading, number: NumberFound, bound: Bound, start: int, end: int) -> NumberFound:
    bound = "range" if number.low != number.high else bound
    return replace(number, approximate=True, bound=bound, told=reading.text[start:end])


def _drop_repetitions(reading: Reading, numbers: list[NumberFound]) -> list[NumberFound]:
    """ "2,500 (two thousand five hundred)" is one number; so is "вісім (8)"."""
    kept: list[NumberFound] = []
    for number in numbers:
        if kept and kept[-1].value == number.value and number.kind == kept[-1].kind == "count":
            between = reading.folded[kept[-1].end : number.start]
            closing = reading.folded[number.end : number.end + 12].find(")")
            if between.strip() == "(" and closing >= 0:
                end = number.end + closing + 1
                last = kept[-1]
                kept[-1] = replace(last, end=end, verbatim=reading.text[last.start : end])
                continue
        kept.append(number)
    return kept
