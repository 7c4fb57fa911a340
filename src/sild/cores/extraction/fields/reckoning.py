"""Quantities that the text itself reckons: "two shelves of 100 TB" is 200 TB, "five floors, eight each, so forty in all" is 40.

A total stands only where the other numbers give it, as their product or their sum; otherwise every number is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from sild.cores.extraction.fields.folding import Reading
from sild.cores.extraction.fields.found import QuantityFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.fields.units import clause_bounds

_FARTHEST = 60
_MOST_PARTS = 4
_FEW = 2  # words
_SHARED_WITHIN = 16  # characters


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook((phrase, name) for phrase in lexicon("units")[name])


def reckoned(reading: Reading, quantities: Sequence[QuantityFound]) -> list[QuantityFound]:
    """The same quantities, with volumes of several holders multiplied and the parts of a stated total left out."""
    return _without_parts(reading, _for_each(reading, _with_volumes(reading, quantities)))


def _with_volumes(reading: Reading, quantities: Sequence[QuantityFound]) -> list[QuantityFound]:
    kept: list[QuantityFound] = []
    for quantity in quantities:
        volume = quantity.unit_class == "capacity" and quantity.unit in ("TB", "GB", "PB")
        if kept and ((volume and _holds(reading, kept[-1], quantity)) or _packs(reading, kept[-1], quantity)):
            kept[-1] = _multiplied(reading, kept[-1], quantity)
        else:
            kept.append(quantity)
    return kept


def _holds(reading: Reading, holders: QuantityFound, volume: QuantityFound) -> bool:
    """Whether "N shelves of" stands right before the volume; the holder is no thing with a unit word of its own."""
    first, after = reading.word_at(holders.number.end), reading.word_at(volume.start)
    between = reading.folded[holders.number.end : volume.start]
    if (holders.unit_class not in (None, "generic") and holders.unit != "disk") or len(between) > _FARTHEST or set(between) & set(".;:|\n"):
        return False
    return any(_book("holders").at_word(reading, index) is not None for index in range(first, after)) and any(
        reading.words[index].text in lexicon("units")["of_each"] for index in range(first, after)
    )


def _packs(reading: Reading, boxes: QuantityFound, content: QuantityFound) -> bool:
    """Whether "N boxes of" stands right before what the boxes hold."""
    if content.unit_class not in ("thing", "licence", "part", "person", None):
        return False
    behind = reading.word_at(boxes.number.end)
    box = _book("packs").at_word(reading, behind)
    last = reading.word_at(content.number.start) - 1
    if box is None or box.after > last + 1 or reading.folded[boxes.number.end : box.start].strip():
        return False
    between = [word.text for word in reading.words[box.after : last + 1]]
    told = content.unit_class not in (None, "person") or bool(between)
    return told and len(between) <= _FEW and all(word in lexicon("units")["of_each"] for word in between)


def _for_each(reading: Reading, quantities: Sequence[QuantityFound]) -> list[QuantityFound]:
    """ "5 laptops for each of the 12 schools" as one quantity of 60 laptops."""
    kept: list[QuantityFound] = []
    for quantity in quantities:
        if kept and _shares(reading, kept[-1], quantity):
            kept[-1] = _times(reading, kept[-1], quantity)
        elif kept and _has_share(reading, kept[-1], quantity):
            kept[-1] = _times(reading, quantity, kept[-1])
        else:
            kept.append(quantity)
    return kept


def _shares(reading: Reading, share: QuantityFound, holders: QuantityFound) -> bool:
    if holders.unit_class != "place" or holders.value <= 1 or not _is_share(share):
        return False
    between = reading.folded[share.end : holders.number.start]
    if len(between) > _FARTHEST or set(between) & set(",.;:|\n(") or share.number.low != share.number.high:
        return False
    first, at = reading.word_at(share.number.start) - 1, reading.word_at(share.end)
    words = [first, *range(at, reading.word_at(holders.number.start)), reading.word_at(holders.end)]
    return any(_book("each_of").at_word(reading, index) is not None for index in words if index >= 0)


def _has_share(reading: Reading, holders: QuantityFound, share: QuantityFound) -> bool:
    """Whether the holders stand first: "eleven clinics need one appliance each"."""
    if holders.unit_class != "place" or holders.value <= 1 or not _is_share(share) or share.number.low != share.number.high:
        return False
    between = reading.folded[holders.end : share.start]
    if len(between) > _FARTHEST or set(between) & set(",.;:|\n("):
        return False
    at = reading.word_at(share.end)
    behind = (reading.words[index] for index in range(at, min(at + _FEW, len(reading.words))))
    return any(word.text in lexicon("units")["shared_out"] and word.start - share.end <= _SHARED_WITHIN for word in behind)


def _is_share(share: QuantityFound) -> bool:
    """Several things, or a single one that a bare word counts ("one for each of the 39 hospitals")."""
    if share.unit_class is None:
        return share.value == 1
    return share.unit_class in ("thing", "licence") and share.value >= 1


def _times(reading: Reading, share: QuantityFound, holders: QuantityFound) -> QuantityFound:
    if share.value == 1 and share.start < holders.start:
        return holders  # one for each: as many as there are places
    value = share.value * holders.value
    if holders.start < share.start:
        start, end, first = holders.start, share.end, holders.number.start
        number = replace(share.number, start=first, verbatim=reading.text[first : share.number.end], value=value, low=value, high=value)
        return replace(share, start=start, end=end, verbatim=reading.text[start:end], value=value, number=number)
    start, end = share.start, holders.number.end
    last = reading.text[share.number.start : end]
    number = replace(share.number, end=end, verbatim=last, value=value, low=value, high=value)
    return replace(share, start=start, end=end, verbatim=reading.text[start:end], value=value, number=number)


def _multiplied(reading: Reading, holders: QuantityFound, volume: QuantityFound) -> QuantityFound:
    value, start, end = holders.value * volume.value, holders.number.start, volume.end
    number = replace(
        volume.number,
        start=start,
        end=volume.number.end,
        verbatim=reading.text[start : volume.number.end],
        value=value,
        low=value,
        high=value,
    )
    return replace(volume, start=start, end=end, verbatim=reading.text[start:end], value=value, number=number)


def _without_parts(reading: Reading, quantities: list[QuantityFound]) -> list[QuantityFound]:
    left_out: set[int] = set()
    for index, total in enumerate(quantities):
        if index < 1 or not _is_total(reading, total):
            continue
        begin, _ = clause_bounds(reading, total.start, total.end)
        parts = [at for at in range(max(0, index - _MOST_PARTS), index) if quantities[at].start >= begin]
        alike = [at for at in parts if quantities[at].unit in (None, total.unit) or total.unit is None]
        summed = len(alike) >= 2 and _gives([quantities[at] for at in alike], total)
        if summed or _is_plain_total(reading, quantities, alike, total) or _is_volume_of_all(quantities, alike, total):
            left_out |= set(alike)
    return [quantity for index, quantity in enumerate(quantities) if index not in left_out]


def _is_plain_total(reading: Reading, quantities: list[QuantityFound], alike: list[int], total: QuantityFound) -> bool:
    """Whether "in all" stands right before the last number, and the numbers before it, none larger, count no other thing."""
    at = reading.word_at(total.number.start)
    opened = any((hit := _book("plain_totals").at_word(reading, at - back)) is not None and hit.after == at for back in (1, 2, 3))
    parts = [quantities[index] for index in alike]
    named = any(part.unit_class in ("thing", "licence", "person", "service") and part.value != 1 for part in parts)
    return opened and bool(parts) and not named and all(part.value <= total.value for part in parts)


def _is_volume_of_all(quantities: list[QuantityFound], alike: list[int], total: QuantityFound) -> bool:
    """Whether a volume for each is followed by the volume of all: "16 TB for every one of them, so 48 TB all together"."""
    parts = [quantities[at] for at in alike if quantities[at].unit == total.unit]
    bare = [at for at in alike if quantities[at].unit != total.unit and quantities[at].value != 1]
    volume = total.unit_class == "capacity" and len(parts) == 1 and not bare
    return volume and parts[0].value > 0 and total.value > parts[0].value and total.value % parts[0].value == 0


def _gives(parts: list[QuantityFound], total: QuantityFound) -> bool:
    products = {left.value * right.value for left, right in pairwise(parts)}
    return total.value in products or sum(part.value for part in parts) == total.value


def _is_total(reading: Reading, quantity: QuantityFound) -> bool:
    """Whether a word for "in all" stands beside the number."""
    at, behind = reading.word_at(quantity.number.start), reading.word_at(quantity.number.end)
    before = any((hit := _book("totals").at_word(reading, at - back)) is not None and hit.after == at for back in (1, 2, 3))
    return before or any(_book("totals").at_word(reading, index) is not None for index in (behind, behind + 1))
