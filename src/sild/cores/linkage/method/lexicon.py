"""Reads the data files of stems and finds their concepts in a text. Concepts are the same in all languages."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from sild.cores.linkage.method.folding import words

GAP = 1  # words that may stand between two words of a phrase


class BadLexicon(ValueError):
    """A data file of this core does not have the shape it must have."""


@dataclass(slots=True)
class Finder:
    """Finds concepts by their stems. Built once from {concept: stems}; `find` costs time linear in the text."""

    exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    front: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    loose: list[tuple[str, bool, int]] = field(default_factory=list)
    tokens: dict[str, int] = field(default_factory=dict)
    phrases: dict[int, list[tuple[tuple[int, ...], str]]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, stems: Mapping[str, Sequence[str]]) -> Finder:
        finder = cls()
        for concept, written in stems.items():
            for stem in written:
                finder._add(concept, str(stem))
        return finder

    def _add(self, concept: str, stem: str) -> None:
        parts: list[int] = []
        for word in stem.replace("-", " ").replace("’", "'").split():
            core = "".join(words(word))
            if core:
                parts.append(self._token(core, word.startswith("*"), word.endswith("*")))
        if not parts:
            raise BadLexicon(f"the stem {stem!r} of {concept!r} holds no letter: mend the data file")
        self.phrases[parts[0]].append((tuple(parts[1:]), concept))

    def _token(self, core: str, open_front: bool, open_back: bool) -> int:
        name = f"{'*' * open_front}{core}{'*' * open_back}"
        if name not in self.tokens:
            number = self.tokens[name] = len(self.tokens)
            if open_front:
                self.loose.append((core, open_back, number))
            else:
                (self.front if open_back else self.exact)[core].append(number)
        return self.tokens[name]

    def _matches(self, word: str) -> frozenset[int]:
        if word not in self.known:
            found = set(self.exact.get(word, ()))
            for end in range(1, len(word) + 1):
                found.update(self.front.get(word[:end], ()))
            found.update(number for core, back, number in self.loose if (core in word if back else word.endswith(core)))
            if len(self.known) > 200_000:
                self.known.clear()
            self.known[word] = frozenset(found)
        return self.known[word]

    def find(self, text: Sequence[str], but: frozenset[int] = frozenset()) -> frozenset[str]:
        """The concepts whose stems stand in the folded words; what begins at the places `but` is left out."""
        return frozenset(concept for place, concept in self.places(text) if place not in but)

    def places(self, text: Sequence[str]) -> set[tuple[int, str]]:
        """The concepts with the places of the words at which their stems begin."""
        matched = [self._matches(word) for word in text]
        found: set[tuple[int, str]] = set()
        for at, numbers in enumerate(matched):
            for number in numbers:
                for rest, concept in self.phrases.get(number, ()):
                    if (at, concept) not in found and self._follows(matched, at + 1, rest):
                        found.add((at, concept))
        return found

    @staticmethod
    def _follows(matched: Sequence[frozenset[int]], at: int, rest: tuple[int, ...]) -> bool:
        for part in rest:
            for place in range(at, min(at + GAP + 1, len(matched))):
                if part in matched[place]:
                    at = place + 1
                    break
            else:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Concept:
    """What is asked for: its family and rank (3 activity, 2 accessory, 1 thing, 0 general)."""

    name: str
    family: str
    rank: int


def read_data(name: str) -> dict[str, Any]:
    """One data file of the lexicon, a mapping at its top level."""
    text = files("sild.cores.linkage").joinpath("lexicon", name).read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    if not isinstance(data, dict):
        raise BadLexicon(f"{name} must be a mapping at its top level")
    return data


@cache
def digest_of_data() -> str:
    """A digest of all data files of the lexicon: another one after any change of them."""
    told = hashlib.sha256()
    for path in sorted(files("sild.cores.linkage").joinpath("lexicon").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".yaml"):
            told.update(path.read_bytes())
    return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All data files of stems and groups."""

    items: Mapping[str, Concept]
    item_finder: Finder
    facet_of: Mapping[str, str]
    purpose_finder: Finder
    cue_finder: Finder
    month_finder: Finder
    category_groups: Mapping[str, frozenset[str]]
    unit_families: Mapping[str, frozenset[str]]
    shares: Mapping[str, float]
    wholes: Mapping[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the core, read once."""
    items = read_data("items.yaml")
    purposes = read_data("purposes.yaml")
    groups = read_data("groups.yaml")
    return Lexicon(
        items={name: Concept(name, entry["family"], entry["rank"]) for name, entry in items.items()},
        item_finder=Finder.of({name: entry["stems"] for name, entry in items.items()}),
        facet_of={name: facet for facet, entries in purposes.items() for name in entries},
        purpose_finder=Finder.of({name: stems for entries in purposes.values() for name, stems in entries.items()}),
        cue_finder=Finder.of(read_data("cues.yaml")),
        month_finder=Finder.of({str(month): names for month, names in read_data("months.yaml").items()}),
        category_groups=_inverted(groups["categories"]),
        unit_families=_inverted({name: [" ".join(words(unit)) for unit in units] for name, units in groups["units"].items()}),
        shares={thing: float(share) for thing, share in read_data("frequencies.yaml")["things"].items()},
        wholes={whole: frozenset(parts) for whole, parts in groups["wholes"].items()},
    )


def _inverted(groups: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    turned: dict[str, set[str]] = defaultdict(set)
    for group, members in groups.items():
        for member in members:
            turned[member].add(group)
    return {member: frozenset(names) for member, names in turned.items()}


SCALES: Mapping[str, Decimal] = {"gb": Decimal("0.001"), "gigabyte": Decimal("0.001"), "pb": Decimal(1000), "petabyte": Decimal(1000)}
"""Terabytes in the other units of storage: one amount may be told in two of them."""


def in_common_unit(amount: Decimal, unit: str | None) -> Decimal:
    """An amount in the unit that its kind is compared in; unchanged where the unit has no other of its kind."""
    first = words(unit or "")[:1]
    return amount * SCALES.get(first[0].removesuffix("s"), Decimal(1)) if first else amount


@lru_cache(maxsize=4096)
def unit_family(unit: str) -> frozenset[str]:
    """The kinds of thing that a unit counts; the folded unit itself where no family holds it."""
    known = lexicon().unit_families
    folded = " ".join(words(unit))
    for form in (folded, folded.removesuffix("s")):
        if form in known:
            return known[form]
    found: set[str] = set()
    for word in folded.split():
        for form in (word, word.removesuffix("s")):
            found |= known.get(form, frozenset())
    return frozenset(found) or frozenset({folded})
