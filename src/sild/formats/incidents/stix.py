"""STIX 2.1 bundles: incidents and campaigns with their victims, countries, sectors and whom they are attributed to; the rest is passed by.

Source of names: STIX Version 2.1, OASIS Standard, 10 June 2021, sections 4.1, 4.2, 4.5 and 7.2; industry-sector-ov in section 10.9.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sild.formats.incidents.rows import (
    LONGEST_NAME,
    LONGEST_RAW,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_ROWS,
    FoundIncident,
    IncidentFile,
    NotIncidents,
    Refusal,
    clean,
    day_in,
    names,
)

TAKEN = ("incident", "campaign")
SECTORS = {
    "aerospace": "space",
    "chemical": "chemicals",
    "communications": "digital-infrastructure",
    "telecommunications": "digital-infrastructure",
    "defense": "defence",
    "education": "education",
    "energy": "energy",
    "utilities": "energy",
    "financial-services": "banking",
    "food-agriculture": "food",
    "agriculture": "food",
    "government": "public-administration",
    "government-national": "public-administration",
    "government-local": "public-administration",
    "government-regional": "public-administration",
    "government-public-services": "public-administration",
    "healthcare": "health",
    "manufacturing": "manufacturing",
    "non-profit": "civil-society",
    "technology": "ict-services",
    "transportation": "transport",
    "water": "drinking-water",
    "dam": "energy",
    "nuclear": "energy",
    "infrastructure": "digital-infrastructure",
}
MARKINGS = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:CLEAR",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}
"""The fixed definitions of TLP 1 (STIX 2.1, section 7.2.1.4) and of TLP 2.0 (its STIX extension)."""
ORDER = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


def read_stix(bundle: Mapping[str, Any]) -> IncidentFile:
    """The incidents and campaigns of a bundle. Raises NotIncidents."""
    objects = bundle.get("objects")
    if not isinstance(objects, list) or len(objects) > 10 * MOST_ROWS:
        raise NotIncidents("The bundle has no list of objects, or more of them than are read. Export the incidents alone.")
    known = {one["id"]: one for one in objects if isinstance(one, dict) and isinstance(one.get("id"), str)}
    ties: dict[str, list[Mapping[str, Any]]] = {}
    for one in known.values():
        if one.get("type") == "relationship" and isinstance(one.get("source_ref"), str):
            ties.setdefault(one["source_ref"], []).append(one)
    found: list[FoundIncident] = []
    refused: list[Refusal] = []
    seen: set[str] = set()
    passed_over = 0
    for place, one in enumerate(objects, 1):
        if not isinstance(one, dict) or one.get("type") not in TAKEN:
            passed_over += 1
        elif why := _why_not(one, seen):
            refused.append(Refusal(place, why))
        else:
            seen.add(one["id"])
            found.append(_incident(place, one, known, ties.get(one["id"], [])))
    return IncidentFile(form="stix", found=tuple(found), refused=tuple(refused), passed_over=passed_over)


def _why_not(one: Mapping[str, Any], seen: set[str]) -> str:
    if not isinstance(one.get("id"), str) or not one["id"].startswith(f"{one['type']}--"):
        return f"its id is not that of a {one['type']}"
    if one["id"] in seen:
        return "its id stands in the bundle already: two versions of one object"
    if not clean(one.get("name"), LONGEST_TITLE):
        return "it has no name"
    return "it is revoked" if one.get("revoked") is True else ""


def _incident(place: int, one: Mapping[str, Any], known: Mapping[str, Any], ties: Iterable[Mapping[str, Any]]) -> FoundIncident:
    begins, begins_precision = day_in(one.get("first_seen"))
    ends, ends_precision = day_in(one.get("last_seen"))
    by = _name(known.get(_ref(one, "created_by_ref")))
    victims, countries, sectors, attributions = [], [], [], []
    for tie in ties:
        other = known.get(_ref(tie, "target_ref")) or {}
        kind = tie.get("relationship_type")
        if kind == "targets" and other.get("type") == "identity":
            victims.append(_name(other))
            sectors += [SECTORS[told] for told in other.get("sectors") or [] if isinstance(told, str) and told in SECTORS]
        elif kind == "targets" and other.get("type") == "location":
            countries.append(clean(other.get("country"), LONGEST_NAME) or _name(other))
        elif kind == "attributed-to" and other:
            day, _precision = day_in(tie.get("created"))
            said = {"on": day.isoformat() if day else "", "by": _name(known.get(_ref(tie, "created_by_ref"))) or by}
            attributions.append({**said, "to": _name(other), "countries": [], "basis": clean(tie.get("description"), LONGEST_NAME)})
    references = [ref for ref in one.get("external_references") or [] if isinstance(ref, dict) and isinstance(ref.get("url"), str)]
    return FoundIncident(
        place=place,
        source=by or "STIX 2.1",
        key=clean(one["id"], 100),
        title=clean(one.get("name"), LONGEST_TITLE),
        summary=clean(one.get("description"), LONGEST_SUMMARY),
        begins=begins,
        begins_precision=begins_precision,
        ends=ends,
        ends_precision=ends_precision,
        victims=names(victims),
        countries=names(countries),
        sectors=tuple(dict.fromkeys(sectors)),
        attributions=tuple(attributions),
        address=clean(references[0]["url"], 1000) if references else "",
        source_on=day_in(one.get("modified"))[0],
        marking=_marking(one),
        raw={clean(name, 80): clean(value, LONGEST_RAW) for name, value in one.items() if clean(value, LONGEST_RAW)},
    )


def _marking(one: Mapping[str, Any]) -> str:
    """The highest TLP that the object bears; empty for none."""
    refs = one.get("object_marking_refs")
    told = [MARKINGS[ref] for ref in refs if isinstance(ref, str) and ref in MARKINGS] if isinstance(refs, list) else []
    return max(told, key=ORDER.index) if told else ""


def _ref(one: Mapping[str, Any], name: str) -> str:
    ref = one.get(name)
    return ref if isinstance(ref, str) else ""


def _name(one: object) -> str:
    return clean(one.get("name"), LONGEST_NAME) if isinstance(one, dict) else ""
