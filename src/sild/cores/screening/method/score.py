"""The points of one name against another: a sum of named parts, each of which a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sild.cores.screening.answer import Part, PartKind
from sild.cores.screening.method.likeness import likeness
from sild.cores.screening.method.names import Name, Weigh, Word
from sild.cores.screening.method.spelling import EMPTY, GENERIC
from sild.cores.screening.problem import Kind

WORD_POINTS = 90.0
"""What two names earn whose words all agree; the rest needs more than a name."""
FORM_SAME, FORM_DIFFERS = 4.0, -6.0
COUNTRY_SAME, COUNTRY_DIFFERS = 6.0, -12.0
KIND_DIFFERS, THING_DIFFERS = -14.0, -25.0
WEAK_NAME, ORDER = -8.0, -2.0
SHORT = {1: -45.0, 2: -30.0, 3: -22.0, 4: -8.0}
"""What a name of one word of so many letters loses: three letters are somebody's abbreviation everywhere."""
JOINED_SHARE, ACRONYM_SHARE = 0.95, 0.76
MOST_OTHER_POINTS = FORM_SAME + COUNTRY_SAME


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known besides the names: kinds and countries of both, whether the entry's name is a weak one."""

    kinds: tuple[Kind, Kind]
    countries: tuple[frozenset[str], frozenset[str]]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    left: int
    right: int
    share: float
    kind: PartKind
    width: tuple[int, int] = (1, 1)


def parts_of(party: Name, entry: Name, beside: Beside, weigh: Weigh) -> tuple[Part, ...]:
    """Why two names have how many points; the sum of the points is the score. Empty where no word of the two agrees."""
    pairs = _pairs(party.words, entry.words, weigh)
    parts = list(_by_words(party.words, entry.words, pairs, weigh)) or list(_by_acronym(party.words, entry.words))
    if not any(part.points > 0 for part in parts):
        return ()
    if _out_of_order(pairs):
        parts.append(Part(PartKind.ORDER, ORDER))
    parts += _by_form(party, entry)
    parts += _by_knowledge(beside, "sole-trader" in party.forms | entry.forms)
    parts += _by_length(party.words, entry.words)
    return tuple(Part(part.kind, round(part.points, 2), part.party, part.entry) for part in parts)


def _pairs(left: Sequence[Word], right: Sequence[Word], weigh: Weigh) -> list[_Pair]:
    """Which word answers which, the likest and heaviest first; then words that are written as one on the other side."""
    found = [
        _Pair(here, there, like[0], like[1])
        for here, one in enumerate(left)
        for there, other in enumerate(right)
        if (like := likeness(one, other)) is not None
    ]
    found += list(_joined(left, right))
    mass = [weigh(word.plain) for word in left], [weigh(word.plain) for word in right]
    found.sort(key=lambda pair: (-pair.share * _mass(pair, *mass), abs(pair.left - pair.right), pair.left, pair.right))
    used: tuple[set[int], set[int]] = (set(), set())
    kept: list[_Pair] = []
    for pair in found:
        here, there = set(range(pair.left, pair.left + pair.width[0])), set(range(pair.right, pair.right + pair.width[1]))
        if not (here & used[0] or there & used[1]):
            used[0].update(here)
            used[1].update(there)
            kept.append(pair)
    return kept


def _mass(pair: _Pair, left: Sequence[float], right: Sequence[float]) -> float:
    return sum(left[pair.left : pair.left + pair.width[0]]) + sum(right[pair.right : pair.right + pair.width[1]])


def _joined(left: Sequence[Word], right: Sequence[Word]) -> Iterator[_Pair]:
    """Two or three words that stand as one word on the other side."""
    for here, there, width in _glued(left, right):
        yield _Pair(here, there, JOINED_SHARE, PartKind.JOINED, (width, 1))
    for there, here, width in _glued(right, left):
        yield _Pair(here, there, JOINED_SHARE, PartKind.JOINED, (1, width))


def _glued(many: Sequence[Word], single: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
    for width in (2, 3):
        for start in range(len(many) - width + 1):
            some = many[start : start + width]
            plain, key = "".join(word.plain for word in some), "".join(word.keys[0] for word in some)
            for place, word in enumerate(single):
                if len(word.plain) > 3 and (word.plain == plain or word.keys[0] == key):
                    yield start, place, width


def _by_words(left: Sequence[Word], right: Sequence[Word], pairs: Sequence[_Pair], weigh: Weigh) -> Iterator[Part]:
    masses = [weigh(word.plain) for word in left], [weigh(word.plain) for word in right]
    whole = sum(masses[0]) + sum(masses[1])
    if not pairs or whole <= 0 or all(left[pair.left].plain in EMPTY for pair in pairs):
        return
    for pair in sorted(pairs, key=lambda pair: (pair.left, pair.right)):
        points = WORD_POINTS * pair.share * _mass(pair, *masses) / whole
        yield Part(pair.kind, points, _told(left, pair.left, pair.width[0]), _told(right, pair.right, pair.width[1]))
    answered = {at for pair in pairs for at in range(pair.left, pair.left + pair.width[0])}
    yield from (Part(PartKind.ONLY_PARTY, 0.0, word.text, "") for at, word in enumerate(left) if at not in answered)
    answered = {at for pair in pairs for at in range(pair.right, pair.right + pair.width[1])}
    yield from (Part(PartKind.ONLY_ENTRY, 0.0, "", word.text) for at, word in enumerate(right) if at not in answered)


def _told(words: Sequence[Word], start: int, width: int) -> str:
    return " ".join(word.text for word in words[start : start + width])


def initials(words: Sequence[Word]) -> str:
    """The first letters of a name's words that say something; "" for fewer than three."""
    letters = [word.plain[0] for word in words if word.plain not in EMPTY]
    return "".join(letters) if len(letters) >= 3 else ""


def _by_acronym(left: Sequence[Word], right: Sequence[Word]) -> Iterator[Part]:
    for short, long, names in ((left, right, (0, 1)), (right, left, (1, 0))):
        if len(short) == 1 and len(short[0].plain) >= 3 and initials(long) == short[0].plain:
            told = (short[0].text, _told(long, 0, len(long)))
            yield Part(PartKind.ACRONYM, WORD_POINTS * ACRONYM_SHARE, told[names[0]], told[names[1]])
            return


def _out_of_order(pairs: Sequence[_Pair]) -> bool:
    there = [pair.right for pair in sorted(pairs, key=lambda pair: pair.left)]
    return there != sorted(there)


def _by_form(party: Name, entry: Name) -> Iterator[Part]:
    if party.forms and entry.forms:
        same = bool(party.forms & entry.forms)
        told = " ".join(sorted(party.forms)), " ".join(sorted(entry.forms))
        yield Part(PartKind.FORM_SAME if same else PartKind.FORM_DIFFERS, FORM_SAME if same else FORM_DIFFERS, *told)


def _by_knowledge(beside: Beside, sole_trader: bool) -> Iterator[Part]:
    """Countries, kinds, weak names. A sole trader is a person and an enterprise at once."""
    party, entry = beside.countries
    if party and entry:
        same = bool(party & entry)
        told = " ".join(sorted(party & entry if same else party)), " ".join(sorted(party & entry if same else entry))
        yield Part(PartKind.COUNTRY_SAME if same else PartKind.COUNTRY_DIFFERS, COUNTRY_SAME if same else COUNTRY_DIFFERS, *told)
    if Kind.ANY not in beside.kinds and beside.kinds[0] != beside.kinds[1] and not (sole_trader and Kind.THING not in beside.kinds):
        points = THING_DIFFERS if Kind.THING in beside.kinds else KIND_DIFFERS
        yield Part(PartKind.KIND_DIFFERS, points, str(beside.kinds[0]), str(beside.kinds[1]))
    if beside.weak:
        yield Part(PartKind.WEAK_NAME, WEAK_NAME)


def _by_length(left: Sequence[Word], right: Sequence[Word]) -> Iterator[Part]:
    """A name of one short or common word is somebody's everywhere."""
    if len(left) == 1 and len(right) == 1:
        shorter = min(left[0], right[0], key=lambda word: len(word.plain))
        points = SHORT.get(len(shorter.plain), SHORT[4] if shorter.plain in GENERIC else 0.0)
        if points:
            yield Part(PartKind.SHORT_NAME, points, left[0].text, right[0].text)
