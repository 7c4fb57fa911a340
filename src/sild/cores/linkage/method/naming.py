"""Ids of clusters: kept from the earlier run where they can be, else made from the id of the earliest line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sild.cores.linkage.answer import Side


def names(clusters: Sequence[tuple[Side, Sequence[str]]], former: Mapping[str, str], claims: Iterable[str]) -> list[str]:
    """One id for each cluster (its side and its line ids in order of time); no two alike.

    `claims` are the line ids in the order in which their claim to a former id counts: by time, but requests and offers before changes,
    since a change may have stood among needs and now belong to an offer. A former id goes to the cluster of its first claimant, and a
    cluster takes the first id that it is given: one that grew keeps its id, one that was split leaves it with the part of the earliest
    line, of two that joined the id of the earlier line stays.
    """
    home = {line: index for index, (_, lines) in enumerate(clusters) for line in lines}
    kept: dict[int, str] = {}
    taken: set[str] = set()
    for line in claims:
        name = former.get(line)
        if name is not None and name not in taken:
            taken.add(name)
            kept.setdefault(home[line], name)
    used = set(former.values())
    chosen: list[str] = []
    for index, (side, lines) in enumerate(clusters):
        if index in kept:
            chosen.append(kept[index])
            continue
        name = f"{side}-{lines[0]}"
        while name in used:
            name += "-b"  # an id of an earlier run is never given to other lines
        used.add(name)
        chosen.append(name)
    return chosen
