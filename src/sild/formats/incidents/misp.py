"""MISP event JSON: an event an incident, with its victims, sectors, TLP and the actors whom its galaxies or tags name.

Read are one event, a list of events, or the answer of a search. The date of an event is the day that its writer gave it.
Source of names: the MISP core format, draft-dulaunoy-misp-core-format, sections 2.2 to 2.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sild.formats.incidents.rows import (
    LONGEST_NAME,
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

VICTIMS = ("target-org", "target-external", "target-user", "target-machine")
ACTORS = ("threat-actor", "mitre-intrusion-set", "microsoft-activity-group")
GALAXY = re.compile(r'misp-galaxy:([a-z0-9-]+)="([^"]{1,300})"')
SECTORS = {
    "bank": "banking",
    "finance": "banking",
    "defense": "defence",
    "military": "defence",
    "energy": "energy",
    "electric": "energy",
    "government, administration": "public-administration",
    "health": "health",
    "hospital": "health",
    "media": "media",
    "news - media": "media",
    "education": "education",
    "universities": "education",
    "telecoms": "digital-infrastructure",
    "transport": "transport",
    "water": "drinking-water",
    "food": "food",
    "chemical": "chemicals",
    "ngo": "civil-society",
    "political party": "political",
    "diplomacy": "public-administration",
    "space": "space",
}
LABELS = {
    "white": "TLP:CLEAR",
    "clear": "TLP:CLEAR",
    "green": "TLP:GREEN",
    "amber": "TLP:AMBER",
    "amber+strict": "TLP:AMBER+STRICT",
    "red": "TLP:RED",
}


def events_in(told: Any) -> list[Any] | None:
    """The events of a file, None where it is no MISP JSON."""
    if isinstance(told, dict) and isinstance(told.get("response"), list | dict):
        told = told["response"]
    if isinstance(told, dict):
        told = [told] if "Event" in told else None
    return told if isinstance(told, list) and told and all(isinstance(one, dict) and "Event" in one for one in told) else None


def read_misp(events: list[Any]) -> IncidentFile:
    """The events. Raises NotIncidents."""
    if len(events) > MOST_ROWS:
        raise NotIncidents(f"The file has more than {MOST_ROWS} events. Take it in in parts.")
    found: list[FoundIncident] = []
    refused: list[Refusal] = []
    seen: set[str] = set()
    for place, wrapped in enumerate(events, 1):
        one = wrapped["Event"]
        key = clean(one.get("uuid"), 100) if isinstance(one, dict) else ""
        if not key or not clean(one.get("info"), LONGEST_TITLE):
            refused.append(Refusal(place, "it has no uuid or no info"))
        elif key in seen:
            refused.append(Refusal(place, f"its uuid {key} stands in the file already"))
        else:
            seen.add(key)
            found.append(_incident(place, key, one))
    return IncidentFile(form="misp", found=tuple(found), refused=tuple(refused))


def _incident(place: int, key: str, one: Mapping[str, Any]) -> FoundIncident:
    begins, precision = day_in(one.get("date"))
    tags = [clean(tag.get("name"), 400) for tag in _dicts(one.get("Tag"))]
    galaxies = [match.groups() for tag in tags for match in GALAXY.finditer(tag)]
    galaxies += [
        (clean(galaxy.get("type"), 80), clean(cluster.get("value"), LONGEST_NAME))
        for galaxy in _dicts(one.get("Galaxy"))
        for cluster in _dicts(galaxy.get("GalaxyCluster"))
    ]
    by = _org(one)
    actors = names([value for kind, value in galaxies if kind in ACTORS])
    attributes = [*_dicts(one.get("Attribute")), *(two for thing in _dicts(one.get("Object")) for two in _dicts(thing.get("Attribute")))]
    published = clean(one.get("timestamp"), 20)
    return FoundIncident(
        place=place,
        source=by or "MISP",
        key=key,
        title=clean(one.get("info"), LONGEST_TITLE),
        begins=begins,
        begins_precision=precision,
        victims=names([told.get("value") for told in attributes if told.get("type") in VICTIMS]),
        countries=names(
            [value for kind, value in galaxies if kind in ("target-information", "country")]
            + [told.get("value") for told in attributes if told.get("type") == "target-location"]
        ),
        sectors=tuple(dict.fromkeys(SECTORS[v.lower()] for kind, v in galaxies if kind == "sector" and v.lower() in SECTORS)),
        attributions=tuple({"on": "", "by": by, "to": actor, "countries": [], "basis": "MISP galaxy"} for actor in actors),
        marking=next((LABELS[tag[4:].lower()] for tag in tags if tag.lower().startswith("tlp:") and tag[4:].lower() in LABELS), ""),
        raw={
            name: text
            for name, text in (
                *((name, clean(one.get(name), 200)) for name in ("id", "threat_level_id", "analysis")),
                ("timestamp", published),
                ("tags", "; ".join(tags)[:2000]),
                ("attributes", str(len(attributes))),
            )
            if text
        },
    )


def _org(one: Mapping[str, Any]) -> str:
    for name in ("Orgc", "Org"):
        if isinstance(one.get(name), dict) and (told := clean(one[name].get("name"), LONGEST_NAME)):
            return told
    return ""


def _dicts(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
