"""What may be shown of a case as a STIX 2.1 bundle: one report, an incident, and for each item of evidence a note with its grades.

Source of names: STIX Version 2.1, OASIS Standard, 10 June 2021, sections 4.6 (incident), 4.8 (note), 4.10 (identity), 4.14 (report), 6.7
(file) and 7.2 (markings); TLP 2.0 by FIRST's extension of its marking definitions. Grades are the machine tags of MISP's admiralty-scale.
Nothing is said of who is responsible: a bundle of evidence attributes nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sild.values.marking import Marking

SCO_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace of identifiers of observables (STIX 2.1, section 2.9)."""
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP: dict[Marking, tuple[str, str]] = {
    Marking.CLEAR: ("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"),
    Marking.GREEN: ("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"),
    Marking.AMBER: ("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"),
    Marking.AMBER_STRICT: ("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"),
    Marking.RED: ("marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "red"),
}
"""The fixed definitions of TLP 2.0, with the word that each holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleItem:
    """An item as its readers are told of it. `key` tells it from others of the same bundle; `sha256` is empty without a file."""

    key: str
    title: str
    text: str
    aspect: str
    source: str
    reliability: str
    credibility: int
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleCase:
    """A paper about a case: `key` tells it from every other paper, so that two of them cannot be laid side by side by their identifiers."""

    key: str
    title: str
    made_by: str
    made_at: datetime
    marking: Marking
    items: Sequence[BundleItem]


def case_bundle(case: BundleCase) -> dict[str, Any]:
    """The bundle as plain data; the same paper gives the same one."""
    stamp = case.made_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    common = {"spec_version": "2.1", "created": stamp, "modified": stamp, "object_marking_refs": [TLP[case.marking][0]]}
    maker = {"type": "identity", "id": _id("identity", case.key), **common, "name": case.made_by, "identity_class": "organization"}
    common["created_by_ref"] = maker["id"]
    incident = {"type": "incident", "id": _id("incident", case.key), **common, "name": case.title}
    told: list[dict[str, Any]] = [_definition(case.marking), maker, incident]
    for item in case.items:
        about = [incident["id"]]
        if item.sha256:
            file = _file(item.sha256, case.marking)
            told += [file] if file not in told else []
            about.append(file["id"])
        told.append({"type": "note", "id": _id("note", f"{case.key}:{item.key}"), **common, **_note(item), "object_refs": about})
    named = [one["id"] for one in told if one["type"] != "marking-definition"]
    report = {"type": "report", "id": _id("report", case.key), **common, "name": case.title, "published": stamp}
    told.append({**report, "report_types": ["threat-report"], "object_refs": named})
    return {"type": "bundle", "id": _id("bundle", case.key), "objects": told}


def bundle_bytes(bundle: dict[str, Any]) -> bytes:
    """The bundle as a file."""
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode() + b"\n"


def _note(item: BundleItem) -> dict[str, Any]:
    labels = [
        f'admiralty-scale:source-reliability="{item.reliability.lower()}"',
        f'admiralty-scale:information-credibility="{item.credibility}"',
        f"aspect:{item.aspect}",
    ]
    references = [{"source_name": item.source, "description": f"Admiralty {item.reliability}{item.credibility}"}]
    return {"abstract": item.title, "content": item.text or item.title, "labels": labels, "external_references": references}


def _file(sha256: str, marking: Marking) -> dict[str, Any]:
    told = {"hashes": {"SHA-256": sha256}}
    named = json.dumps(told, sort_keys=True, separators=(",", ":"))
    identity = f"file--{uuid.uuid5(SCO_NAMESPACE, named)}"
    return {"type": "file", "id": identity, "spec_version": "2.1", **told, "object_marking_refs": [TLP[marking][0]]}


def _definition(marking: Marking) -> dict[str, Any]:
    identity, word = TLP[marking]
    extension = {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": word}}
    fixed = {"spec_version": "2.1", "created": "2022-10-01T00:00:00.000Z", "name": f"TLP:{word.upper()}", "extensions": extension}
    return {"type": "marking-definition", "id": identity, **fixed}


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(uuid.NAMESPACE_OID, f'{kind}:{key}')}"
