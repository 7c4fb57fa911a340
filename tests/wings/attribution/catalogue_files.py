"""Catalogues of the tests' own: forty groups with four tools and two techniques each, and names of which one is borne by two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

GROUPS = 40


def thing(kind: str, number: str, **more: object) -> dict[str, Any]:
    """An object of ATT&CK with its number."""
    reference = {"source_name": "mitre-attack", "external_id": number}
    return {"type": kind, "id": f"{kind}--{number}", "name": f"name {number}", "external_references": [reference], **more}


def bundle(release: str = "7.1") -> dict[str, Any]:
    """All groups know T0001, which therefore says little; G0001 has S0001 to S0004 and T0002 for itself, from Report 1."""
    objects: list[dict[str, Any]] = [thing("attack-pattern", "T0001")]
    objects.append({"type": "x-mitre-collection", "id": "x--1", "x_mitre_version": release, "modified": "2026-01-05T10:00:00.000Z"})
    for number in range(1, GROUPS + 1):
        group, tools = f"intrusion-set--G{number:04}", [f"S{4 * number - one:04}" for one in range(4)]
        aliases = [f"name G{number:04}", "Borne By Two"] if number in (3, 4) else []
        objects.append(thing("intrusion-set", f"G{number:04}", aliases=aliases))
        objects += [thing("malware", tool) for tool in tools]
        objects.append(thing("attack-pattern", f"T{number + 1:04}"))
        for target in ("attack-pattern--T0001", f"attack-pattern--T{number + 1:04}", *(f"malware--{tool}" for tool in tools)):
            link = {"type": "relationship", "id": f"relationship--{group}-{target}", "relationship_type": "uses"}
            objects.append(link | {"source_ref": group, "target_ref": target, "description": f"(Citation: Report {number})"})
    return {"type": "bundle", "objects": objects}


GALAXY = {
    "name": "Own names",
    "type": "threat-actor",
    "version": 3,
    "values": [
        {"uuid": "1", "value": "Grey Heron", "meta": {"synonyms": ["Night Bird", "HERON"]}},
        {"uuid": "2", "value": "Brown Owl", "meta": {"synonyms": ["night bird "]}},
        {"uuid": "3", "value": "Lone Wolf"},
    ],
}


def written(folder: Path, told: object, name: str) -> Path:
    """A file of it."""
    path = folder / name
    path.write_text(json.dumps(told), encoding="utf-8")
    return path
