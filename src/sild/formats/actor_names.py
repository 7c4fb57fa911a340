"""Names of threat actors as a galaxy of MISP lists them ("threat-actor" and its sisters): each actor with its other names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ActorNames:
    """Actors as (id, name, other names), in order of their ids; `version` as the file says it, empty where it does not."""

    version: str
    actors: tuple[tuple[str, str, tuple[str, ...]], ...]


def read_names(cluster: Mapping[str, Any]) -> ActorNames:
    """A cluster file of a MISP galaxy as records. Raises ValueError where it has no actors with names."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for entry in cluster.get("values") or ():
        if not isinstance(entry, Mapping) or not isinstance(entry.get("value"), str) or not entry["value"].strip():
            continue
        meta = entry.get("meta")
        others = meta.get("synonyms") if isinstance(meta, Mapping) else None
        names = tuple(one for one in others if isinstance(one, str) and one.strip()) if isinstance(others, list) else ()
        found[str(entry.get("uuid") or entry["value"])] = (entry["value"], names)
    if not found:
        raise ValueError("there are no actors in it: give a cluster of a MISP galaxy, such as threat-actor.json")
    told = cluster.get("version")
    return ActorNames(
        version=str(told) if isinstance(told, str | int) else "",
        actors=tuple((key, name, names) for key, (name, names) in sorted(found.items())),
    )
