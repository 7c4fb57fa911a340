"""Rows that were taken before, known again: by the key that an answer wrote into them, else by saying exactly the same in the same book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sild.formats.template.checking import CheckedRow

Outcome = Literal["taken", "known", "changed", "spoiled", "mend", "mended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A row that was taken: its key, every content that it was taken with, and what the caller knows it by."""

    key: str
    contents: frozenset[str]
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What becomes of a row, and which earlier one it is."""

    outcome: Outcome
    earlier: Earlier | None = None


def match_rows(rows: Sequence[CheckedRow], earlier: Sequence[Earlier]) -> tuple[list[Matched], int]:
    """What becomes of each row, in their order, and how many earlier rows are not in the file. No earlier row is matched twice."""
    found: dict[int, Matched] = {}
    by_key = {one.key: one for one in earlier if one.key}
    left = {id(one): one for one in earlier}

    def take(place: int, outcome: Outcome, one: Earlier) -> None:
        found[place] = Matched(outcome=outcome, earlier=one)
        del left[id(one)]

    for place, row in enumerate(rows):
        one = by_key.get(row.key)
        if one is not None and id(one) in left and not row.faults and row.content in one.contents:
            take(place, "known", one)
    for place, row in enumerate(rows):
        one = by_key.get(row.key)
        if place not in found and one is not None and id(one) in left:
            take(place, "spoiled" if row.faults else "changed", one)
    by_content: dict[str, list[Earlier]] = {}
    for one in left.values():
        for content in one.contents:
            by_content.setdefault(content, []).append(one)
    for place, row in enumerate(rows):
        if place in found:
            continue
        same = [one for one in by_content.get(row.content, ()) if id(one) in left] if not row.faults else []
        if same:
            take(place, "known", same[0])
        else:
            found[place] = Matched(outcome="mend" if row.faults else "taken")
    return [found[place] for place in range(len(rows))], len(left)
