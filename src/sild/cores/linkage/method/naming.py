"""Ids of clusters: kept from the earlier run where they can be, else made from the id of the earliest line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sild.cores.linkage.answer import Side


def names(clusters: Sequence[tuple[Side, Sequence[str]]], former: Mapping[str, str]) -> list[str]:
    """One id for each cluster (its side and its line ids in order of time); no two alike.

    A former id goes to the cluster that holds the earliest line which bore it, so a cluster that grew keeps its id, one that was
    split keeps it for the part with the earliest line, and of two that joined the id of the earlier line stays.
    """
    holder: dict[str, int] = {}
    for index, (side, lines) in enumerate(clusters):
        for line in lines:
            name = former.get(line)
            if name is not None and name.startswith(side):
                holder.setdefault(name, index)
    kept: dict[int, str] = {}
    for index, (_, lines) in enumerate(clusters):
        for line in lines:
            name = former.get(line)
            if name is not None and holder.get(name) == index:
                kept[index] = name
                break
    used = set(kept.values())
    chosen: list[str] = []
    for index, (side, lines) in enumerate(clusters):
        if index in kept:
            chosen.append(kept[index])
            continue
        name = f"{side}-{lines[0]}"
        while name in used:
            name += "-b"  # the id was given to another cluster in an earlier run and stays there
        used.add(name)
        chosen.append(name)
    return chosen
