"""Parties against a list."""

from __future__ import annotations

from collections.abc import Iterable

from sild.cores.screening.answer import Hit, Screened
from sild.cores.screening.method.index import ListIndex
from sild.cores.screening.method.names import take_apart
from sild.cores.screening.problem import THRESHOLD, Party, ScreeningProblem


def screen(problem: ScreeningProblem) -> Screened:
    """All hits of a problem, in the order of its parties."""
    return screen_against(ListIndex(problem.entries), problem.parties, problem.threshold)


def screen_against(index: ListIndex, parties: Iterable[Party], threshold: float = THRESHOLD) -> Screened:
    """All hits of parties against a list that was laid out before."""
    hits: list[Hit] = []
    unreadable: list[str] = []
    for party in parties:
        if not any(take_apart(name).words for name in party.names):
            unreadable.append(party.id)
        for entry, mine, theirs, parts in index.found(party, threshold):
            score = round(sum(part.points for part in parts), 2)
            hits.append(Hit(party=party.id, entry=entry.id, party_name=mine, entry_name=theirs, score=score, parts=parts))
    return Screened(hits=tuple(hits), unreadable=tuple(unreadable))
