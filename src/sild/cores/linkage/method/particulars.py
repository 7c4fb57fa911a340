"""Particulars by which two asks of one body for one thing differ: year, size of the machine, numbered place, town, deal.

Read once for a line (`particulars_of`); differences.py compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sild.cores.linkage.method.folding import WORD, fold, words
from sild.cores.linkage.method.lexicon import Finder, lexicon, read_data, unit_family
from sild.cores.linkage.problem import Line

YEAR = re.compile(r"(?<![\w./\-])(20[2-4]\d)(?:\s?[-–/]\s?(20[2-4]\d))?(?![\d/\-]|\.\d)")
NUMBERED = re.compile(r"(?:№|n°|\bno\.?|\bnr\.?|\bnumber|\bномер)\s*(\d{1,4})(?![\d/\-–]|[.,]\d)", re.IGNORECASE)
# a word is begun once and cut off, so that a run of letters without a blank is read in one pass
BESIDE = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,40})\s{1,4}[«„“]?(\d{1,3}(?![\d/\-–%]|[.,]\d|\s?[^\W\d_])|[A-ZА-ЯІЇЄҐ](?![\w.'’]))")
MEASURE = re.compile(r"(?<![\w.,/\-])(\d{1,6}(?:[.,]\d{1,3})?)[\s ]?-?([^\W\d_]{1,12}|\"|″)(?:[/·*]([^\W\d_]{1,4}))?")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a line's asking clauses tell of itself. Empty where it does not say.

    `years` it is for; `sizes` of the machine as (dimension, size in the dimension's own measure); `serials`, the numbers of numbered places
    that are not in its body's name; `towns` that are not in its body's or sender's name; `deals` other than giving the thing itself.
    """

    years: frozenset[int] = frozenset()
    sizes: frozenset[tuple[str, float]] = frozenset()
    serials: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    deals: frozenset[str] = frozenset()


@cache
def _measures() -> dict[str, tuple[str, float]]:
    """A measure, folded, so that "кВт" and "kW" are one -> its dimension, and how many of the dimension's own it is."""
    sizes = read_data("particulars.yaml")["sizes"]
    return {fold(name): (dimension, float(scale)) for dimension, scales in sizes.items() for name, scale in scales.items()}


@cache
def _finders() -> dict[str, Finder]:
    data = read_data("particulars.yaml")
    told = {name: Finder.of({name: data[name]}) for name in ("this-year", "next-year", "letters", "numbered")}
    return told | {"deals": Finder.of(data["deals"]), "towns": Finder.of(read_data("places.yaml"))}


def particulars_of(line: Line, asked: str, beside: Iterable[str] = ()) -> Particulars:
    """The particulars of a line whose asking clauses are `asked`. `beside` names what it need not tell: its bodies. Linear in the text."""
    named = list(beside)
    told = words(asked)
    return Particulars(
        years=frozenset(_years(asked, told, line)),
        sizes=frozenset(_sizes(asked, line)),
        serials=frozenset(_serials(asked, line)) - {word for name in named for word in words(name) if word.isdigit()},
        towns=_towns(asked) - frozenset[str]().union(*map(_towns, named)),
        deals=_finders()["deals"].find(told),
    )


def _years(text: str, told: Sequence[str], line: Line) -> Iterator[int]:
    """The years a line is for: not those before it was sent, nor the year of a date ("of 12 January 2026", "у листопаді 2025")."""
    sent = line.sent_at.year if line.sent_at else 0
    for found in YEAR.finditer(text):
        before = words(text[max(0, found.start() - 24) : found.start()])[-1:]
        if not lexicon().month_finder.find(before):
            yield from (int(year) for year in found.groups() if year and int(year) >= sent)
    if sent:
        yield from (sent + step for step, name in enumerate(("this-year", "next-year")) if _finders()[name].find(told))


def _sizes(text: str, line: Line) -> Iterator[tuple[str, float]]:
    """The sizes that a text names; what the line counts itself ("60 TB") is its quantity and no size."""
    for number, unit, per in MEASURE.findall(text):
        name = "inch" if unit in ('"', "″") else fold(unit if fold(per) == "s" else unit + per)  # 10 Mbit/s, but 5 kW·h
        known = _measures().get(name)
        if known is None:
            continue
        value = float(number.replace(",", "."))
        own = line.quantity is not None and float(line.quantity) == value and _counts(line.unit, unit)
        if value and not own:
            yield known[0], value * known[1]


def _counts(unit: str | None, measure: str) -> bool:
    """Whether a line's unit may be the measure itself: "TB", "GB per day" beside "600 GB"."""
    return not unit or bool(unit_family(unit) & unit_family(measure)) or measure in unit


def _serials(text: str, line: Line) -> Iterator[str]:
    """The numbers of numbered places: "school No. 12", "корпус 3"; no letter's number, and not how many are asked for."""
    letters, numbered = _finders()["letters"], _finders()["numbered"]
    for found in NUMBERED.finditer(text):
        if not letters.find(words(text[max(0, found.start() - 24) : found.start()])[-2:]):
            yield found.group(1).lstrip("0")
    for word, number in BESIDE.findall(text):
        own = number.isdigit() and line.quantity is not None and float(number) == float(line.quantity)
        if not own and numbered.find(words(word)):
            yield number.lstrip("0") if number.isdigit() else fold(number)


def _towns(text: str) -> frozenset[str]:
    """The towns and regions that a text names with a capital."""
    capitals = [match.group() for match in WORD.finditer(text) if match.group()[0].isupper()]
    return _finders()["towns"].find([word for written in capitals for word in words(written)]) if capitals else frozenset()
