"""Comparisons of what tells two asks of one body for one thing apart: town, numbered place, year, size, deal. Each says one level."""

from __future__ import annotations

from sild.cores.linkage.method.folding import sound, words
from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.particulars import Particulars
from sild.cores.linkage.method.things import purpose

LIKE = 1.25  # two sizes are one as far as this apart: kW for kVA, 100 for 110
ELSEWHERE = frozenset({"clash", "differ", "differ-thinly"})


def _of(pair: Pair) -> tuple[Particulars, Particulars]:
    return pair.early.particulars, pair.late.particulars


def _changes(pair: Pair) -> bool:
    """Whether the later line says that it changes what was told before."""
    return pair.late.amends or "changed" in pair.late.cues


def period(pair: Pair) -> str:
    """For which year."""
    one, other = _of(pair)
    if not one.years or not other.years:
        return "unknown"
    if one.years & other.years:
        return "same"
    return "changed" if _changes(pair) else "other"


def rating(pair: Pair) -> str:
    """How large the machine is: its power, capacity, screen, ports."""
    one, other = _of(pair)
    shared = {name for name, _ in one.sizes} & {name for name, _ in other.sizes}
    if not shared:
        return "unknown"
    if all(_meet(one, other, name) for name in shared):
        return "same"
    return "changed" if _changes(pair) else "other"


def _meet(one: Particulars, other: Particulars, dimension: str) -> bool:
    theirs = [size for name, size in other.sizes if name == dimension]
    return any(max(size, met) <= LIKE * min(size, met) for name, size in one.sizes if name == dimension for met in theirs)


def serial(pair: Pair) -> str:
    """Which of several numbered places: schools, buildings, stages."""
    one, other = _of(pair)
    if not one.serials or not other.serials:
        return "unknown"
    return "same" if one.serials & other.serials else "other"


def deal(pair: Pair) -> str:
    """Whether the thing itself is asked for, or its renewal, its repair, spare parts, or to have it for a time."""
    one, other = _of(pair)
    if one.deals == other.deals:
        return "same" if one.deals else "none"
    if one.deals and other.deals:
        return "other" if one.deals.isdisjoint(other.deals) else "same"
    return "only-one"


def place(pair: Pair) -> str:
    """The town or site that the lines or their sheets name, or else the towns in their texts; one town has a name in every language."""
    a, b = pair.early.line.place, pair.late.line.place
    if not a or not b:
        return towns(pair)
    one, other = words(a), words(b)
    heard = {sound(word) for word in one} & {sound(word) for word in other} - {""}
    return "same" if heard or not set(one).isdisjoint(other) else "other"


def towns(pair: Pair) -> str:
    """Which towns or regions the texts name that are not in the names of their bodies."""
    one, other = _of(pair)
    if not one.towns or not other.towns:
        return "unknown"
    return "same-named" if one.towns & other.towns else "other-named"


def told_apart(pair: Pair) -> bool:
    """Whether what is for, or of which size or year, tells the two apart: then it is the thing alone that makes their words near."""
    found = (period(pair), rating(pair), serial(pair))
    return "other" in found or purpose(pair) in ELSEWHERE or towns(pair) == "other-named" or deal(pair) in ("only-one", "other")
