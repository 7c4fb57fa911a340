"""Catalogues of actors: what kinds there are, how one is kept as plain data, and how a name is looked for in it.

A name is compared without regard to case and outer spaces, and in no other way: "APT 28" and "APT28" are two, as catalogues have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from sild.cores.attribution import Knowledge
from sild.cores.attribution.shape import knowledge_of
from sild.formats.actor_names import ActorNames
from sild.formats.attack_stix import AttackCatalogue, AttackTrait

MOST_CATALOGUES = 50
LONGEST_LABEL = 200


class CatalogueKind(StrEnum):
    """What a catalogue holds: intrusion sets with what they do, or names alone."""

    INTRUSION_SETS = "intrusion-sets"
    NAMES = "names"


def packed(read: AttackCatalogue) -> dict[str, Any]:
    """A catalogue of intrusion sets as it is kept: uses point at their sources by place, so that a citation stands once."""
    uses = read.uses_with_campaigns()
    sources = sorted({one for told in uses.values() for one in told})
    place = {one: number for number, one in enumerate(sources)}
    return {
        "actors": [[key, name, list(aliases)] for key, name, aliases in read.groups],
        "traits": [[one.id, one.name, one.is_software, one.parent, sorted(one.brings)] for one in read.traits],
        "sources": sources,
        "uses": [[actor, trait, sorted(place[one] for one in told)] for (actor, trait), told in sorted(uses.items())],
    }


def packed_names(read: ActorNames) -> dict[str, Any]:
    """A catalogue of names as it is kept."""
    return {"actors": [[key, name, list(names)] for key, name, names in read.actors]}


def unpacked(origin: str, kept: Mapping[str, Any]) -> Knowledge:
    """What was packed, as the core takes it."""
    sources = kept["sources"]
    return knowledge_of(
        origin,
        [(key, name, tuple(aliases)) for key, name, aliases in kept["actors"]],
        [
            AttackTrait(id=key, name=name, is_software=software, parent=parent, brings=frozenset(brings))
            for key, name, software, parent, brings in kept["traits"]
        ],
        {(actor, trait): frozenset(sources[one] for one in told) for actor, trait, told in kept["uses"]},
    )


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()


def called(kept: Mapping[str, Any], name: str) -> list[tuple[str, str, bool, tuple[str, ...]]]:
    """Every actor of a catalogue that goes by a name: (id, name, whether that is its main one, all its other names)."""
    wanted = folded(name)
    return [
        (key, main, folded(main) == wanted, tuple(others))
        for key, main, others in kept["actors"]
        if wanted and wanted in {folded(one) for one in (main, *others)}
    ]


def ambiguous(kept: Mapping[str, Any]) -> list[str]:
    """The names, folded, by which several actors of a catalogue go, in order."""
    goes: dict[str, set[str]] = {}
    for key, main, others in kept["actors"]:
        for one in (main, *others):
            goes.setdefault(folded(one), set()).add(key)
    return sorted(name for name, actors in goes.items() if len(actors) > 1)


def counts(kind: CatalogueKind, kept: Mapping[str, Any]) -> dict[str, int]:
    """How many actors, names, traits, uses, and names of several actors a catalogue has."""
    names: Iterable[str] = {folded(one) for _key, main, others in kept["actors"] for one in (main, *others)}
    sets = kind is CatalogueKind.INTRUSION_SETS
    return {
        "actors": len(kept["actors"]),
        "names": len(set(names)),
        "traits": len(kept["traits"]) if sets else 0,
        "uses": len(kept["uses"]) if sets else 0,
        "ambiguous": len(ambiguous(kept)),
    }
