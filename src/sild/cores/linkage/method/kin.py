"""How two bodies stand to each other: the same, one above the other, sisters, strangers; also by name for bodies nobody knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from sild.cores.linkage.method.folding import WORD, fold, sound, words
from sild.cores.linkage.method.lexicon import lexicon, read_data
from sild.cores.linkage.problem import Body, Line, LinkageProblem

KinLevel = Literal["same", "alike", "superior", "above-by-rule", "unlisted", "sister", "stranger"]
STEM = 5
ABBREVIATION = 3  # letters; a shorter one means too much else
NEAR = 6  # names that an unlisted name is tried under
CROWD = 100  # a word that more names than this share tells nothing
RELAYING = frozenset({"donor-state", "company", "foundation", "international"})


@lru_cache(maxsize=65536)
def _title(name: str) -> tuple[str, ...]:
    """The folded words of a body's name; names repeat in a register."""
    return tuple(words(name))


@cache
def _words(kind: str) -> frozenset[str]:
    """A list of offices.yaml, folded: words that say what sort of body it is and not which one."""
    return frozenset(folded for word in read_data("offices.yaml")[kind] for folded in words(word))


@cache
def common_stems() -> frozenset[str]:
    """The fronts of words that say what sort of body it is and not which one."""
    return frozenset(word[:STEM] for word in _words("common") if len(word) >= STEM)


def name_stems(names: Iterable[str]) -> frozenset[str]:
    """The fronts of the words that tell a body from others of its sort."""
    named = list(names)
    long = {word[:STEM] for name in named for word in _title(name) if len(word) >= 4 and word not in _words("common")}
    return frozenset(long | {short for name in named for short in _abbreviations(name)})


def _abbreviations(name: str) -> set[str]:
    """The short names written in capitals: MOZ, NHS, RRCH. Longer words in capitals are told by their fronts like others."""
    found = {fold(word) for word in WORD.findall(name) if word.isupper() and ABBREVIATION <= len(word) <= STEM}
    return {word for word in found if len(word) >= ABBREVIATION and word not in _words("common")}


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a body: its telling words by front and by sound, its numbers, and what sort of body it says it is."""

    marks: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    sorts: frozenset[str]
    office: frozenset[str]


@lru_cache(maxsize=65536)
def _name(name: str) -> _Name:
    title = _title(name)
    telling = [word for word in title if len(word) >= 3 and not word.isdigit() and word not in _words("common")]
    known = lexicon()
    return _Name(
        marks=tuple(frozenset({word[:STEM], sound(word)} - {""}) for word in dict.fromkeys(telling)),
        numbers=frozenset(word for word in title if word.isdigit()),
        office=frozenset(title) & _words("common"),
        sorts=frozenset(sort for sort in known.purpose_finder.find(title) if known.facet_of[sort] == "where"),
    )


def _names_alike(a: _Name, b: _Name) -> bool | None:
    """Whether two names are of one body: True, False where numbers or sorts contradict, None where nothing tells."""
    if (a.numbers and b.numbers and not a.numbers & b.numbers) or (a.sorts and b.sorts and not a.sorts & b.sorts):
        return False
    shared = sum(any(mark & other for other in b.marks) for mark in a.marks)
    if a.numbers & b.numbers and shared:
        return True
    if not shared and a.office and a.office == b.office and a.marks and b.marks:
        return False  # offices of one sort in two places
    least, most = sorted((len(a.marks), len(b.marks)))
    if least == 0:
        return True if a == b and a.sorts else None
    return True if shared >= 0.6 * least and shared >= 0.4 * most else None


class Kin:
    """Answers for the bodies of one problem; every answer is kept, since pairs of bodies repeat."""

    def __init__(self, problem: LinkageProblem) -> None:
        self._bodies = {body.id: body for body in problem.bodies}
        self._upper: dict[str, set[str]] = defaultdict(set)
        self._lower: dict[str, set[str]] = defaultdict(set)
        for relation in problem.relations:
            self._upper[relation.lower].add(relation.upper)
            self._lower[relation.upper].add(relation.lower)
        self._levels: dict[tuple[str, str], KinLevel] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._sounds: dict[str, frozenset[str]] = {}
        self._purposes: dict[str, frozenset[str]] = {}

    def kind_of(self, body: str | None) -> str | None:
        """The register's kind of a body (company, donor-state ...); None where the register does not know it."""
        return self._bodies[body].kind if body in self._bodies else None

    def relays(self, body: str | None) -> bool:
        """Whether a body mostly writes for others: donors, foundations, international bodies, embassies."""
        if body is None:
            return False
        return self.kind_of(body) in RELAYING or not _words("embassies").isdisjoint(_title(body))

    def asks_for_itself(self, body: str) -> bool:
        """Whether a body mostly writes for itself: no donor, embassy or ministry, and no office of a region or city over others."""
        title = set(_title(body))
        above = bool(title & _words("ministries")) or bool(title & _words("regional") and title & _words("offices"))
        return not above and not self.relays(body) and not self._lower.get(body)

    def country_of(self, body: str | None) -> str | None:
        """ISO code of the body's country, None where unknown."""
        return self._bodies[body].country if body in self._bodies else None

    def stems_of(self, body: str | None) -> frozenset[str]:
        """The fronts of words by which a text may name this body."""
        if body is None:
            return frozenset()
        if body not in self._stems:
            known = self._bodies.get(body)
            self._stems[body] = name_stems((body, *known.names) if known else (body,))
        return self._stems[body]

    def sounds_of(self, body: str | None) -> frozenset[str]:
        """The sounds of the telling words of this body's names, for texts in other languages."""
        if body is None:
            return frozenset()
        if body not in self._sounds:
            told = {sound(word) for word in self.stems_in_full(body)}
            self._sounds[body] = frozenset(told - {""})
        return self._sounds[body]

    def sorts_of(self, body: str | None) -> frozenset[str]:
        """The places that a body's names speak of: "waterworks" says nothing more in a line for the waterworks. A ministry is no place."""
        return frozenset(sort for sort in self.purposes_of(body) if lexicon().facet_of[sort] in ("where", "area"))

    def numbers_of(self, body: str | None) -> frozenset[str]:
        """The numbers in a body's names: 3 of hospital No. 3."""
        return frozenset().union(*(name.numbers for name in self._names_of(body))) if body else frozenset()

    def purposes_of(self, body: str | None) -> frozenset[str]:
        """All purposes of which a body's names speak: "oncology" of the oncology centre. A ministry's name tells none."""
        if body is None:
            return frozenset()
        if body not in self._purposes:
            known = self._bodies.get(body)
            names = (body, *known.names) if known else (body,)
            titles = [] if _words("ministries") & set(_title(body)) else [_title(name) for name in names]
            self._purposes[body] = frozenset[str]().union(*map(lexicon().purpose_finder.find, titles))
        return self._purposes[body]

    def titles_of(self, line: Line) -> list[str]:
        """All names of the bodies that a line is for, from or by."""
        told = [body for body in (line.beneficiary, line.provider, line.sent_by) if body]
        return [name for body in told for name in (body, *(self._bodies[body].names if body in self._bodies else ()))]

    def stems_in_full(self, body: str) -> frozenset[str]:
        """The telling words of a body's names, whole."""
        known = self._bodies.get(body)
        names = (body, *known.names) if known else (body,)
        return frozenset(word for name in names for word in _title(name) if len(word) >= 4 and word not in _words("common"))

    def above(self, body: str | None) -> frozenset[str]:
        """The body with all that stand above it by declared relations, at most three levels."""
        if body is None:
            return frozenset()
        if body not in self._above:
            found, ring = {body}, {body}
            for _ in range(3):
                ring = {upper for name in ring for upper in self._upper.get(name, ())} - found
                found |= ring
            self._above[body] = frozenset(found)
        return self._above[body]

    def below(self, body: str) -> frozenset[str]:
        """All that stand below a body by declared relations, at most three levels."""
        if body not in self._below:
            found, ring = set[str](), {body}
            for _ in range(3):
                ring = {lower for name in ring for lower in self._lower.get(name, ())} - found - {body}
                found |= ring
            self._below[body] = frozenset(found)
        return self._below[body]

    def level(self, a: str, b: str) -> KinLevel:
        """How body `a` stands to body `b`; symmetric."""
        if a == b:
            return "same"
        key = (a, b) if a < b else (b, a)
        if key not in self._levels:
            self._levels[key] = self._compare(*key)
        return self._levels[key]

    def like(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each name that the register does not list, those among the others that may be the same body, the nearest few.

        Names are compared only where they share a telling word or its sound, and no word tells that very many names share.
        """
        known = sorted(set(names))
        marks = {name: self.stems_of(name) | self.sounds_of(name) for name in known}
        bearing: dict[str, list[str]] = defaultdict(list)
        for name in known:
            for mark in marks[name]:
                bearing[mark].append(name)
        found: dict[str, tuple[str, ...]] = {}
        for name in known:
            if name not in self._bodies:
                met = Counter(other for mark in marks[name] if len(bearing[mark]) <= CROWD for other in bearing[mark])
                near = sorted(set(met) - {name}, key=lambda other: (-met[other], other))[: 2 * NEAR]
                found[name] = tuple(other for other in near if self._may_be(name, other))[:NEAR]
        return found

    def _may_be(self, a: str, b: str) -> bool:
        one, other = self.stems_of(a), self.stems_of(b)
        return self.level(a, b) == "alike" or (self.level(a, b) == "unlisted" and bool(one and other) and (one <= other or other <= one))

    def _compare(self, a: str, b: str) -> KinLevel:
        one, two = self._bodies.get(a), self._bodies.get(b)
        if one is None or two is None:
            return self._by_name(a, b)
        above_a, above_b = self.above(a), self.above(b)
        if a in above_b or b in above_a:
            return "superior"
        if self._rules_over(one, two) or self._rules_over(two, one):
            return "above-by-rule"
        if (above_a & above_b) or (one.sector is not None and one.sector == two.sector and self._shares_region(one, two)):
            return "sister"
        return "stranger"

    def _by_name(self, a: str, b: str) -> KinLevel:
        """A body outside the register has no one name: most of its telling words suffice, in any language and script."""
        said = {_names_alike(one, other) for one in self._names_of(a) for other in self._names_of(b)}
        if True in said:
            return "alike"
        return "stranger" if False in said else "unlisted"

    def _names_of(self, body: str) -> list[_Name]:
        known = self._bodies.get(body)
        return [_name(name) for name in dict.fromkeys((body, *(known.names if known else ())))]

    def _rules_over(self, upper: Body, lower: Body) -> bool:
        """Without a declared relation: a ministry over the bodies of its sector, a region's or city's office over those in it."""
        if upper.country is None or upper.country != lower.country or upper.kind != lower.kind:
            return False
        title = set(_title(upper.id))
        if title & _words("ministries"):
            return upper.sector is not None and upper.sector == lower.sector
        if title & _words("regional") and title & _words("offices"):
            return self._shares_region(upper, lower)
        return False

    def _shares_region(self, one: Body, two: Body) -> bool:
        if one.region is not None and two.region is not None:
            return one.region == two.region
        first = _title(one.id)[:1]
        return first == _title(two.id)[:1] and not set(first) & _words("common")
