"""An independent look at an answer, which never calls the method: sums, names, thresholds, order; no equal name was passed over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sild.cores.screening.answer import Screened
from sild.cores.screening.problem import ScreeningProblem

LONG_ENOUGH = 6
"""An equal name of so many letters is a hit whatever else is known, unless kind or country speak against it."""


def check(problem: ScreeningProblem, answer: Screened) -> list[str]:
    """What is wrong with an answer, in words; empty where nothing is."""
    return [*_hits_add_up(problem, answer), *_equal_names_are_hits(problem, answer)]


def _hits_add_up(problem: ScreeningProblem, answer: Screened) -> Iterator[str]:
    parties, entries = {one.id: one for one in problem.parties}, {one.id: one for one in problem.entries}
    seen: set[tuple[str, str]] = set()
    for hit in answer.hits:
        told = f"hit {hit.party} / {hit.entry}"
        if hit.party not in parties or hit.entry not in entries:
            yield f"{told}: one of the two is not in the problem"
            continue
        if (hit.party, hit.entry) in seen:
            yield f"{told}: told twice"
        seen.add((hit.party, hit.entry))
        if hit.party_name not in parties[hit.party].names:
            yield f"{told}: {hit.party_name!r} is no name of the party"
        if hit.entry_name not in (*entries[hit.entry].names, *entries[hit.entry].weak):
            yield f"{told}: {hit.entry_name!r} is no name of the entry"
        if abs(sum(part.points for part in hit.parts) - hit.score) > 0.005:
            yield f"{told}: the parts add up to {sum(part.points for part in hit.parts):.2f}, not to {hit.score}"
        if hit.score < problem.threshold:
            yield f"{told}: {hit.score} points are below the threshold of {problem.threshold}"
    for before, after in zip(answer.hits, answer.hits[1:], strict=False):
        if before.party == after.party and before.score < after.score:
            yield f"hit {after.party} / {after.entry}: has more points than the one before it"


def _equal_names_are_hits(problem: ScreeningProblem, answer: Screened) -> Iterator[str]:
    """A name that is equal letter by letter, whatever its case, marks and punctuation, was found."""
    told: dict[str, list[str]] = {}
    kinds = {entry.id: (entry.kind, frozenset(map(str.lower, entry.countries))) for entry in problem.entries}
    for entry in problem.entries:
        for name in entry.names:
            told.setdefault(_letters(name), []).append(entry.id)
    hits = {(hit.party, hit.entry) for hit in answer.hits}
    for party in problem.parties:
        for name in party.names:
            for other in told.get(_letters(name), ()) if len(_letters(name)) >= LONG_ENOUGH else ():
                kind, countries = kinds[other]
                own = frozenset(map(str.lower, party.countries))
                if party.kind == kind and (not own or not countries or own & countries) and (party.id, other) not in hits:
                    yield f"party {party.id}: has the name {name!r} of the entry {other}, and is no hit of it"


def _letters(name: str) -> str:
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"[\W_]+", "", "".join(char for char in bare if not unicodedata.combining(char)))
