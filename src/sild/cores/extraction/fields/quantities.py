"""How many of what: numbers joined to the units that they count, and which of them counts the item asked for or given."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from sild.cores.extraction.fields.folding import Reading, read
from sild.cores.extraction.fields.found import NumberFound, QuantityFound, UnitClass
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.numbers import find_numbers, with_bound_behind
from sild.cores.extraction.fields.phrases import lexicon
from sild.cores.extraction.fields.pieces import moved, pieces_of, piecewise
from sild.cores.extraction.fields.reckoning import reckoned
from sild.cores.extraction.fields.units import UnitHit, clause_bounds, cue_book, cue_words, find_units, read_units, unit_of, volume_a_day

_WORDS_BETWEEN = 6
_WORDS_BEFORE = 6
_LONGEST_UNIT = 4
_NEAREST_TIME = 2  # words between a number and a span of time that it counts
_SHORT_WORD = 2  # letters
_WEIGHTS: dict[UnitClass | None, float] = {
    "thing": 1.0, "licence": 1.0, "capacity": 0.92, "work": 0.9, "service": 0.85, "person": 0.8, "generic": 0.8, "place": 0.6,
    None: 0.45, "part": 0.35, "time": 0.12,
}  # fmt: skip
_CAPACITY_MEASURES = {"Gbit/s", "Mbit/s"}
_NOTHING = re.compile(r"^[\s\-–—.?/x]*$")


@piecewise
def find_quantities(text: str, language: str | None = None) -> list[QuantityFound]:
    """Every number of the text that counts something, with its unit where one stands near; in order of the text."""
    reading, units = read_units(text)
    sums = [(money.start, money.end) for money in find_money(text)]
    numbers = [number for number in find_numbers(text, language) if number.kind == "count"]
    numbers = [number for number in numbers if not any(start <= number.start < end for start, end in sums)]
    taken: set[int] = set()
    opening = {hit.first: hit for hit in units}
    found = []
    for index, number in enumerate(numbers):
        until = numbers[index + 1].start if index + 1 < len(numbers) else len(text)
        hit = _unit_behind(reading, opening, number, until)
        if hit is not None:
            taken.add(hit.start)
        found.append((number, hit))
    counted: list[QuantityFound] = []
    for index, (number, hit) in enumerate(found):
        previous = numbers[index - 1].end if index else 0
        before = _unit_before(reading, opening, number, previous, taken) if hit is None or hit.key.unit_class == "generic" else None
        telling = before if before is not None and before.key.unit_class in ("thing", "licence", "part", "person") else None
        counted.append(_quantity(reading, number, telling or hit or before))
    return reckoned(reading, counted)


def _unit_behind(reading: Reading, units: dict[int, UnitHit], number: NumberFound, until: int) -> UnitHit | None:
    """The unit that follows within the clause, before a word that opens another phrase."""
    _, clause_end = clause_bounds(reading, number.start, number.end)
    limit = min(until, clause_end)
    closing = reading.folded.find(")", number.end, limit)
    opening = reading.folded.find("(", number.end, limit)
    if closing >= 0 and (opening < 0 or closing < opening):
        limit = closing
    first = reading.word_at(number.end)
    stops = cue_words("stops")
    for offset in range(_WORDS_BETWEEN):
        index = first + offset
        if index >= len(reading.words) or reading.words[index].start >= limit:
            return None
        hit = units.get(index)
        half_day = hit is not None and hit.key.unit_class == "time" and offset and reading.folded[hit.start - 1] == "-"
        farthest = 0 if hit is not None and hit.end - hit.start <= _SHORT_WORD else _NEAREST_TIME  # "73 Beauftragte an" is no French year
        far_time = hit is not None and hit.key.unit_class == "time" and offset > farthest  # "all five until the end of the year"
        if hit is not None and not half_day and not far_time:
            return _most_telling(reading, units, hit, limit)
        word = reading.words[index].text
        gap = reading.folded[reading.words[index - 1].end if offset else number.end : reading.words[index].start]
        if word in stops or ("," in gap and offset > 1) or "\n\n" in gap or ":" in gap:
            return None
    return None


def _most_telling(reading: Reading, units: dict[int, UnitHit], hit: UnitHit, limit: int) -> UnitHit:
    """Of unit words side by side: the noun behind a generic word ("8 sets UPS"), the head of an English compound ("user licences")."""
    following = units.get(hit.after)
    if following is None or following.start >= limit:
        return hit
    gap = reading.folded[hit.end : following.start]
    if hit.key.unit_class == "generic" and gap.strip(" .") == "" and following.key.unit_class in ("thing", "licence", "part"):
        return following
    latin_compound = (
        gap == " " and reading.folded[following.end - 1].isascii() and following.key.unit_class in ("thing", "licence", "work", "person")
    )
    if latin_compound and hit.key.unit_class in ("thing", "licence", "person", "place", "service", "part") and _bare(reading, hit):
        return following
    return hit


def _bare(reading: Reading, hit: UnitHit) -> bool:
    """Whether the unit word stands in the singular form that opens an English or German compound."""
    return not reading.folded[hit.start : hit.end].endswith(tuple(lexicon("units")["plural_endings"]))


def _unit_before(reading: Reading, units: dict[int, UnitHit], number: NumberFound, previous: int, taken: set[int]) -> UnitHit | None:
    """The unit word that stands before the number in its clause ("терабайт на 8", "laptops: 22")."""
    clause_start, _ = clause_bounds(reading, number.start, number.end)
    at = reading.word_at(number.start)
    best: UnitHit | None = None
    for index in range(max(0, at - _WORDS_BEFORE - _LONGEST_UNIT), at):
        hit = units.get(index)
        if (
            hit is None
            or hit.end > number.start
            or hit.start < max(clause_start, previous)
            or hit.start in taken
            or hit.key.unit_class == "time"
        ):
            continue
        if at - hit.after <= _WORDS_BEFORE and (best is None or hit.key.unit_class != "generic"):
            best = hit
    return best


def _quantity(reading: Reading, number: NumberFound, hit: UnitHit | None) -> QuantityFound:
    if hit is None:
        return QuantityFound(
            start=number.start, end=number.end, verbatim=number.verbatim, value=number.value, unit=None, unit_class=None, number=number,
            confidence=number.confidence * _WEIGHTS[None],
        )  # fmt: skip
    name, unit_class, value, unit_end = hit.key.name, hit.key.unit_class, number.value, hit.end
    if name in ("GB", "TB") and (day_end := volume_a_day(reading, hit, clause_bounds(reading, hit.start, hit.end)[1])) is not None:
        unit_end = day_end
        name, value = ("GB per day", value * 1000) if name == "TB" and value < 1 else (f"{name} per day", value)
    elif unit_class == "time" and name in ("day", "hour") and _is_work(reading, hit):
        unit_class = "work"
    name = {"expert day": "day", "expert hour": "hour"}.get(name, name)
    start, end = min(number.start, hit.start), max(number.end, unit_end)
    number = with_bound_behind(reading, number, end)
    return QuantityFound(
        start=start, end=end, verbatim=reading.text[start:end], value=value, unit=name, unit_class=unit_class, number=number,
        unit_start=hit.start, unit_end=unit_end, confidence=number.confidence * _WEIGHTS[unit_class],
    )  # fmt: skip


def _is_work(reading: Reading, hit: UnitHit) -> bool:
    book = cue_book("work_after")
    for index in range(hit.after, min(hit.after + 4, len(reading.words))):
        if set(reading.folded[hit.end : reading.words[index].start]) & set(".;:,()"):
            return False
        if book.at_word(reading, index) is not None:
            return True
    return False


def best_quantity(text: str, item_span: tuple[int, int] | None = None, language: str | None = None) -> QuantityFound | None:
    """The quantity that counts the item: of things before durations, parts and places; near `item_span` where it is given.

    A change ("18 instead of 22") counts with its new value. None where no number of the text counts anything.
    """
    ranked = []
    for at, piece in pieces_of(text):
        reading, span = read(piece), (item_span[0] - at, item_span[1] - at) if item_span is not None else None
        ranked += [(_rank(reading, found, span), -at - found.start, moved(found, at)) for found in find_quantities(piece, language)]
    ranked = [entry for entry in ranked if entry[0] > 0]
    if not ranked:
        return None
    best = max(ranked, key=lambda entry: entry[:2])
    return replace(best[2], confidence=max(0.0, min(1.0, best[0])))


def _rank(reading: Reading, quantity: QuantityFound, item_span: tuple[int, int] | None) -> float:
    number, folded = quantity.number, reading.folded
    rank = _WEIGHTS[quantity.unit_class]
    if _in_brackets(folded, number.start):
        rank -= 0.3
    at = reading.word_at(number.start)
    before = [reading.words[index].text for index in range(max(0, at - 2), at)]
    if before and before[-1] in cue_words("each_before") and quantity.unit_class in ("capacity", "thing", "part", None):
        rank -= 0.5
    behind = reading.word_at(quantity.end)
    if behind < len(reading.words) and (reading.words[behind].text in cue_words("each_after") or _each_later(reading, behind)):
        rank -= 0.4
    if 0 < quantity.unit_end <= number.start and _after_product_name(reading, at, number.start):
        rank -= 0.4
    if quantity.unit_class in ("person", "place", "service") and before and before[-1] in cue_words("stops"):
        rank -= 0.12
    if number.value == 1 and not number.verbatim[:1].isdecimal():
        rank -= 0.25
    if quantity.unit_class == "work" and before and before[-1] in cue_words("within"):
        rank -= 0.7
    if item_span is not None:
        rank += _nearness(quantity, item_span)
    return rank


def _after_product_name(reading: Reading, at: int, start: int) -> bool:
    """ "EcoFlow Delta 2": a capitalised Latin word right before the number."""
    if at == 0 or start != reading.words[at - 1].end + 1:
        return False
    name = reading.text[reading.words[at - 1].start : reading.words[at - 1].end]
    return name.isascii() and name[0].isupper() and not name.isupper()


def _each_later(reading: Reading, behind: int) -> bool:
    """ "2 x 4TB disks each": the word may follow one noun later."""
    following = behind + 1
    if following >= len(reading.words) or "," in reading.folded[reading.words[behind].start : reading.words[following].start]:
        return False
    return reading.words[following].text in cue_words("each_after")


def _in_brackets(folded: str, at: int) -> bool:
    opening = folded.rfind("(", 0, at)
    return opening >= 0 and folded.find(")", opening, at) < 0


def _nearness(quantity: QuantityFound, span: tuple[int, int]) -> float:
    start, end = span
    if quantity.start < end and start < quantity.end:
        return 0.5
    gap = start - quantity.end if quantity.end <= start else (quantity.start - end) + 10
    return max(-0.4, 0.3 - gap / 100)


def read_quantity_cell(text: str, unit_hint: str | None = None, language: str | None = None) -> QuantityFound | None:
    """The quantity of a table cell ("12 шт", "1,1 тис. скриньок", "80ГБ/добу"); `unit_hint` is the text of a unit column or of the item.

    None for an empty cell, a dash, or words without a number.
    """
    if _NOTHING.match(text):
        return None
    found = best_quantity(text, language=language)
    if found is None:
        numbers = [
            number
            for number in find_numbers(text, language)
            if number.kind in ("count", "version", "year", "date") and not number.verbatim.isalpha()
        ]
        if len(numbers) != 1 or numbers[0].kind == "date":
            return None
        found = _quantity(read(text), replace(numbers[0], kind="count"), None)
    if found.unit_class in (None, "generic") and unit_hint:
        named = unit_of(unit_hint) or next((hit.key.name for hit in find_units(unit_hint)), None)
        if named is not None:
            unit = next(hit.key for hit in find_units(unit_hint) if hit.key.name == named)
            return replace(found, unit={"expert day": "day", "expert hour": "hour"}.get(unit.name, unit.name), unit_class=unit.unit_class)
    return found


def as_plain(value: Decimal) -> int | float:
    """The value as JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
