"""How two bodies stand to each other: the same, one above the other, sisters, strangers; also by name for bodies nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from sild.cores.linkage.method.folding import words
from sild.cores.linkage.method.lexicon import read_data
from sild.cores.linkage.problem import Body, LinkageProblem

KinLevel = Literal["same", "alike", "superior", "above-by-rule", "sister", "stranger"]
STEM = 5
RELAYING = frozenset({"donor-state", "company", "foundation", "international"})


@lru_cache(maxsize=65536)
def _title(name: str) -> tuple[str, ...]:
    """The folded words of a body's name; names repeat in a register."""
    return tuple(words(name))


@cache
def _words(kind: str) -> frozenset[str]:
    """A list of offices.yaml, folded: words that say what sort of body it is and not which one."""
    return frozenset(folded for word in read_data("offices.yaml")[kind] for folded in words(word))


def name_stems(names: Iterable[str]) -> frozenset[str]:
    """The fronts of the words that tell a body from others of its sort."""
    return frozenset(word[:STEM] for name in names for word in _title(name) if len(word) >= 4 and word not in _words("common"))


@lru_cache(maxsize=65536)
def _telling(name: str) -> frozenset[str]:
    return name_stems((name,))


class Kin:
    """Answers for the bodies of one problem; every answer is kept, since pairs of bodies repeat."""

    def __init__(self, problem: LinkageProblem) -> None:
        self._bodies = {body.id: body for body in problem.bodies}
        self._upper: dict[str, set[str]] = defaultdict(set)
        for relation in problem.relations:
            self._upper[relation.lower].add(relation.upper)
        self._levels: dict[tuple[str, str], KinLevel] = {}
        self._stems: dict[str, frozenset[str]] = {}

    def kind_of(self, body: str | None) -> str | None:
        """The register's kind of a body (company, donor-state ...); None where the register does not know it."""
        return self._bodies[body].kind if body in self._bodies else None

    def relays(self, body: str | None) -> bool:
        """Whether a body mostly writes for others: donors, foundations, international bodies, embassies."""
        if body is None:
            return False
        return self.kind_of(body) in RELAYING or not _words("embassies").isdisjoint(_title(body))

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

    def above(self, body: str | None) -> frozenset[str]:
        """The body with all that stand above it by declared relations, at most three levels."""
        if body is None:
            return frozenset()
        if body not in self._upper:
            return frozenset((body,))
        found, ring = {body}, {body}
        for _ in range(3):
            ring = {upper for name in ring for upper in self._upper.get(name, ())} - found
            found |= ring
        return frozenset(found)

    def level(self, a: str, b: str) -> KinLevel:
        """How body `a` stands to body `b`; symmetric."""
        if a == b:
            return "same"
        key = (a, b) if a < b else (b, a)
        if key not in self._levels:
            self._levels[key] = self._compare(*key)
        return self._levels[key]

    def _compare(self, a: str, b: str) -> KinLevel:
        one, two = self._bodies.get(a), self._bodies.get(b)
        if one is None or two is None:
            return "alike" if self._names_alike(a, b) else "stranger"
        above_a, above_b = self.above(a), self.above(b)
        if a in above_b or b in above_a:
            return "superior"
        if self._rules_over(one, two) or self._rules_over(two, one):
            return "above-by-rule"
        if (above_a & above_b) or (one.sector is not None and one.sector == two.sector and self._shares_region(one, two)):
            return "sister"
        return "stranger"

    def _names_alike(self, a: str, b: str) -> bool:
        """A body outside the register has no one name: most of its telling words suffice."""
        own, other = _telling(a), _telling(b)
        if not own or not other:
            return _title(a) == _title(b)
        shared = len(own & other) / min(len(own), len(other))
        return shared >= 0.66 and len(own & other) / max(len(own), len(other)) >= 0.5

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
