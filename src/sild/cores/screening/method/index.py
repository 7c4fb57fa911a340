"""A list's names so that those like a given name are found without comparing all: words, their keys, one letter left out, joined, initials.

What is found for a name bounds its points from above, so that nothing but names that cannot reach the threshold is left out, as far as
words are like each other by their keys, by the table of words in several languages, or by edits that leave the
word alike but for one letter on each side, or the first or last four letters of a long one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sild.cores.screening.answer import Part
from sild.cores.screening.method.likeness import INITIAL, SHORTEST_EDITED, TWICE_EDITED, likeness, many_tongues
from sild.cores.screening.method.names import Name, Word, bounded, take_apart
from sild.cores.screening.method.score import MOST_OTHER_POINTS, WORD_POINTS, Beside, initials, parts_of
from sild.cores.screening.problem import Entry, Kind, Party

Numbers = NDArray[np.int64]
MOST_COMPARED = 400
"""Names of a list that are compared in full with one name of a party, those that share most first."""
FEWEST_NAMES = 2000
"""A short list says little of how rare a word is: it is reckoned as if it had so many names."""


class _Keyed:
    """Texts to numbers by a 32-bit digest, in two sorted arrays: a digest that two texts share costs a look, never a miss."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        told = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
        self._keys, self._values = told[:, 0].copy(), told[:, 1].copy()

    def find(self, key: int) -> Numbers:
        begin, end = np.searchsorted(self._keys, [key, key + 1])
        return self._values[begin:end]


def _digest(text: str) -> int:
    return crc32(text.encode())


@dataclass(frozen=True, slots=True)
class _Listed:
    entry: int
    name: Name
    weak: bool


class ListIndex:
    """The names of a list, ready to be asked. Building takes under a minute of processor a million names; asking is thread-safe."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._names = [
            _Listed(place, name, weak)
            for place, entry in enumerate(self.entries)
            for texts, weak in ((entry.names, False), (entry.weak, True))
            for text in dict.fromkeys(texts)
            if (name := take_apart(text, person=entry.kind == Kind.PERSON)).words
        ]
        self._words: dict[str, int] = {}
        self._vocabulary: list[Word] = []
        held: list[tuple[int, int]] = []
        for number, listed in enumerate(self._names):
            held += [(self._number(word), number) for word in listed.name.words]
        self._lay_postings(held)
        self._lay_keys()
        self._lay_whole_names()

    @property
    def name_count(self) -> int:
        """How many names can be found."""
        return len(self._names)

    def _number(self, word: Word) -> int:
        # one number for each way of writing: words of two scripts may share their Latin letters
        number = self._words.get(word.text)
        if number is None:
            number = self._words[word.text] = len(self._vocabulary)
            self._vocabulary.append(word)
        return number

    def _lay_postings(self, held: list[tuple[int, int]]) -> None:
        pairs = np.array(held, dtype=np.int64).reshape(-1, 2)
        order = np.argsort(pairs[:, 0], kind="stable")
        self._posted = pairs[order, 1]
        self._starts = np.searchsorted(pairs[order, 0], np.arange(len(self._vocabulary) + 1))
        counts: dict[str, int] = defaultdict(int)
        for number, word in enumerate(self._vocabulary):
            counts[word.plain] += int(self._starts[number + 1] - self._starts[number])
        whole = max(len(self._names), FEWEST_NAMES)
        self._weights = {word: bounded(word, max(1.0 - math.log(count) / math.log(whole), 0.1)) for word, count in counts.items()}
        self._masses = np.array([sum(map(self.weigh, _plains(listed.name.words))) for listed in self._names], dtype=np.float64)
        self._initial_masses = np.array(
            [sum(self.weigh(word.plain) for word in listed.name.words if word.is_initial) for listed in self._names], dtype=np.float64
        )

    def _lay_keys(self) -> None:
        keyed: list[tuple[int, int]] = []
        for number, word in enumerate(self._vocabulary):
            keyed += [(_digest(text), number) for text in _ways_to(word)]
        self._keyed = _Keyed(keyed)

    def _lay_whole_names(self) -> None:
        """Two neighbouring words as one, and the initials of a name: to the numbers of names."""
        self._glued = _Keyed(
            (_digest(one.keys[0] + other.keys[0]), number)
            for number, listed in enumerate(self._names)
            if len(listed.name.words) <= 8
            for one, other in pairwise(listed.name.words)
        )
        self._initials = _Keyed(
            (_digest(short), number) for number, listed in enumerate(self._names) if (short := initials(listed.name.words))
        )

    def weigh(self, plain: str) -> float:
        """What a word weighs by how rare it is in the list: 1 for one that it does not have."""
        return self._weights.get(plain) or bounded(plain, 1.0)

    def found(self, party: Party, threshold: float) -> Iterator[tuple[Entry, str, str, tuple[Part, ...]]]:
        """For each entry that a party may be: the two names that agree best, and why; those below the threshold are left out."""
        best: dict[int, tuple[float, str, str, tuple[Part, ...]]] = {}
        for text in dict.fromkeys(party.names):
            name = take_apart(text, person=party.kind == Kind.PERSON)
            for number in self._candidates(name, threshold):
                listed = self._names[number]
                entry = self.entries[listed.entry]
                beside = Beside((party.kind, entry.kind), (_small(party.countries), _small(entry.countries)), listed.weak)
                parts = parts_of(name, listed.name, beside, self.weigh)
                points = round(sum(part.points for part in parts), 2)
                if points >= threshold and points > best.get(listed.entry, (0.0,))[0]:
                    best[listed.entry] = (points, text, listed.name.text, parts)
        for place, (_points, mine, theirs, parts) in sorted(best.items(), key=lambda one: (-one[1][0], self.entries[one[0]].id)):
            yield self.entries[place], mine, theirs, parts

    def _candidates(self, name: Name, threshold: float) -> list[int]:
        if not name.words:
            return []
        numbers, shares = self._shared(name.words)
        own = sum(self.weigh(word.plain) for word in name.words)
        loose = sum(self.weigh(word.plain) for word in name.words if word.is_initial)
        # an initial stands for any word that begins with it: its whole weight, and its partner's, may come to what is shared
        most = WORD_POINTS * (shares + INITIAL * 2 * (loose + self._initial_masses[numbers])) / (own + self._masses[numbers])
        kept = most >= threshold - MOST_OTHER_POINTS
        numbers, most = numbers[kept], most[kept]
        if len(numbers) > MOST_COMPARED:
            numbers = numbers[np.lexsort((numbers, -most))[:MOST_COMPARED]]
        return sorted({*map(int, numbers), *self._written_together(name.words)})

    def _shared(self, words: Sequence[Word]) -> tuple[Numbers, NDArray[np.float64]]:
        """Names that have a word like one of these, and what weight they share at most."""
        held: list[Numbers] = []
        weights: list[NDArray[np.float64]] = []
        for word in words:
            weight = self.weigh(word.plain)
            for number, share in self._like(word):
                posted = self._posted[self._starts[number] : self._starts[number + 1]]
                held.append(posted)
                weights.append(np.full(len(posted), share * (weight + self.weigh(self._vocabulary[number].plain))))
        if not held:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        every, where = np.unique(np.concatenate(held), return_inverse=True)
        return every, np.asarray(np.bincount(where, weights=np.concatenate(weights), minlength=len(every)), dtype=np.float64)

    def _like(self, word: Word) -> Iterator[tuple[int, float]]:
        """Words of the list that are like a word, but for initials."""
        seen: set[int] = set()
        for text in _ways_to(word):
            seen.update(map(int, self._keyed.find(_digest(text))))
        for number in sorted(seen):
            other = self._vocabulary[number]
            if word.is_initial != other.is_initial:
                continue
            like = likeness(word, other)
            if like is not None:
                yield number, like[0]

    def _written_together(self, words: Sequence[Word]) -> set[int]:
        """Names in which words of these are written as one, or apart, and names of which one is the initials of the other."""
        found: set[int] = set()
        for word in words:
            if len(word.plain) > 3:
                found.update(map(int, self._glued.find(_digest(word.keys[0]))[:MOST_COMPARED]))
        for one, other in pairwise(words):
            for number in self._keyed.find(_digest(f"={one.keys[0]}{other.keys[0]}")):
                found.update(map(int, self._posted[self._starts[number] : self._starts[number + 1]][:MOST_COMPARED]))
        if len(words) == 1 and len(words[0].plain) >= 3:
            found.update(map(int, self._initials.find(_digest(words[0].plain))[:MOST_COMPARED]))
        elif short := initials(words):
            for number in self._keyed.find(_digest(f"={short}")):
                found.update(map(int, self._posted[self._starts[number] : self._starts[number + 1]][:MOST_COMPARED]))
        return found


def _plains(words: Sequence[Word]) -> list[str]:
    return [word.plain for word in words]


def _small(countries: frozenset[str]) -> frozenset[str]:
    return frozenset(country.lower() for country in countries if country)


def _ways_to(word: Word) -> set[str]:
    """Texts of which two words that are like each other share one."""
    ways = {f"={text}" for text in (word.plain, *word.keys)}
    group = many_tongues(word)
    if group is not None:
        ways.add(f"@{group}")
    if not any(char.isdigit() for char in word.plain):
        for text in {word.plain, *word.keys}:
            if len(text) >= SHORTEST_EDITED:
                ways.add(f"-{text}")
                ways.update(f"-{text[:place]}{text[place + 1 :]}" for place in range(len(text)))
            if len(text) >= TWICE_EDITED:
                ways.update((f"^{text[:4]}", f"${text[-4:]}"))
    return ways
