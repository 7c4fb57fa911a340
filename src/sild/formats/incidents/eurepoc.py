"""The EuRepoC Global Database 1.1 (CSV): a row an incident, with who was attributed and when as the row tells it.

Lists stand in cells as Python writes them; they are read as literals, never run. A first of January counts as its year: the data set
holds eight times as many of them as of other days. Source: European Repository of Cyber Incidents, doi:10.5281/zenodo.7848941.
"""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sild.formats.incidents.rows import (
    LONGEST_NAME,
    LONGEST_RAW,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_NAMES,
    MOST_ROWS,
    FoundIncident,
    IncidentFile,
    NotIncidents,
    Refusal,
    clean,
    day_in,
    names,
)

SOURCE = "EuRepoC Global Database 1.1"
NEEDED = ("ID", "name", "start_date", "receiver_country", "attribution_date")
LONGEST_LIST = 20_000
_SEVERAL = frozenset(map(str, range(2, 100)))
SECTORS = {
    "Government / ministries": "public-administration",
    "Civil service / administration": "public-administration",
    "Judiciary": "public-administration",
    "Police": "public-administration",
    "Election infrastructure / related systems": "public-administration",
    "Legislative": "political",
    "Political parties": "political",
    "Political opposition / dissidents / expats": "political",
    "Military": "defence",
    "Defence industry": "defence",
    "Intelligence agencies": "defence",
    "Telecommunications": "digital-infrastructure",
    "Energy": "energy",
    "Finance": "banking",
    "Transportation": "transport",
    "Health": "health",
    "Chemicals": "chemicals",
    "Water": "drinking-water",
    "Food": "food",
    "Space": "space",
    "Critical Manufacturing": "manufacturing",
    "Advocacy / activists (e.g. human rights organizations)": "civil-society",
    "Other social groups": "civil-society",
    "Religious": "civil-society",
    "Ethnic": "civil-society",
    "Media": "media",
    "Science": "research",
}
"""Categories and subcategories of victims, and the sectors that they are; the rest has none."""


def is_eurepoc(head: str) -> bool:
    """Whether a file's first line is that of the data set."""
    columns = head.lstrip("\ufeff").split(",")
    return all(name in columns for name in NEEDED)


def read_eurepoc(text: str) -> IncidentFile:
    """The rows of the data set; each that cannot be read is refused with its reason. Raises NotIncidents."""
    found: list[FoundIncident] = []
    refused: list[Refusal] = []
    seen: dict[str, int] = {}
    try:
        for place, row in enumerate(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")), 2):
            if place > MOST_ROWS + 1:
                raise NotIncidents(f"The file has more than {MOST_ROWS} rows. Take it in in parts.")
            key, title = clean(row.get("ID"), 100), clean(row.get("name"), LONGEST_TITLE)
            if why := _why_not(row, key, title, seen):
                refused.append(Refusal(place, why))
                continue
            seen[key] = place
            found.append(_incident(place, key, title, row))
    except csv.Error as fault:
        raise NotIncidents(f"The table cannot be read ({fault}). Download it again.") from fault
    return IncidentFile(form="eurepoc", found=tuple(found), refused=tuple(refused))


def _why_not(row: Mapping[str, Any], key: str, title: str, seen: Mapping[str, int]) -> str:
    if None in row:
        return "it has more cells than the table has columns"
    if not key or not title:
        return "it has no ID or no name"
    if key in seen:
        return f"its ID {key} stands in row {seen[key]} already"
    start = (row.get("start_date") or "").strip()
    return f"its start_date is no day: {clean(start, 40)}" if start and day_in(start)[0] is None else ""


def _incident(place: int, key: str, title: str, row: Mapping[str, Any]) -> FoundIncident:
    (begins, begins_precision), (ends, ends_precision) = _day(row.get("start_date")), _day(row.get("end_date"))
    addresses = listed(row.get("sources_url"))
    counted = (row.get("number_of_attributions") or "").strip()
    answered = [told for one in (row.get("political_response_date") or "").split(";") if (told := _told(one))]
    return FoundIncident(
        place=place,
        source=SOURCE,
        key=key,
        title=title,
        summary=clean(row.get("description"), LONGEST_SUMMARY),
        begins=begins,
        begins_precision=begins_precision,
        ends=ends,
        ends_precision=ends_precision,
        countries=names(listed(row.get("receiver_country"))),
        victims=names(listed(row.get("receiver_name"))),
        sectors=_sectors(row),
        attributions=tuple(_attributions(row)),
        told={"answered_on": answered} | ({"attributions": int(counted)} if counted in _SEVERAL else {}),
        address=clean(addresses[0], 1000) if addresses else "",
        raw={clean(name, 80): clean(value, LONGEST_RAW) for name, value in row.items() if value and value != "[]"},
    )


def _day(text: object) -> tuple[date | None, str]:
    day, precision = day_in(text)
    return (day, "year") if day is not None and (day.month, day.day) == (1, 1) else (day, precision)


def _told(text: object) -> str:
    """A day as far as it is told: its year alone for a first of January; empty for none."""
    day, precision = _day(text)
    return "" if day is None else str(day.year) if precision == "year" else day.isoformat()


def _attributions(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Who was named, cut where the row's cells part their values by semicolons; a cell with one value speaks of all."""
    columns = ("attribution_date", "attributing_country", "attributing_actor", "attributed_initiator")
    cells = {name: [part.strip() for part in (row.get(name) or "").split(";")] for name in (*columns, "attributed_initiator_country")}
    basis = [part.strip() for part in (row.get("attribution_basis") or "").split(";")]
    days = cells["attribution_date"]
    for at in range(min(max(len(days), 1), MOST_NAMES)):
        one = {name: parts[at] if at < len(parts) else parts[0] if len(parts) == 1 else "" for name, parts in cells.items()}
        by = names([one["attributing_actor"], one["attributing_country"]])
        to, countries = names([one["attributed_initiator"]]), names([one["attributed_initiator_country"]])
        if not (by or to or countries or one["attribution_date"]):
            continue
        yield {
            "on": _told(one["attribution_date"]),
            "by": clean(", ".join(by), LONGEST_NAME),
            "to": to[0] if to else "",
            "countries": list(countries),
            "basis": clean(basis[at] if at < len(basis) else basis[0], LONGEST_NAME),
        }


def _sectors(row: Mapping[str, Any]) -> tuple[str, ...]:
    told = [*listed(row.get("receiver_category")), *listed(row.get("receiver_category_subcode"))]
    found = [SECTORS[one] for one in told if one in SECTORS]
    if not found and "State institutions / political system" in told:
        found = ["public-administration"]
    return tuple(dict.fromkeys(found))


def listed(cell: object) -> list[str]:
    """The texts of a cell that holds a Python list, in lists or not; a cell that is none holds nothing."""
    if not isinstance(cell, str) or len(cell) > LONGEST_LIST or not cell.strip().startswith("["):
        return []
    try:
        told = ast.literal_eval(cell.strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return []
    flat: list[str] = []
    waiting = list(told) if isinstance(told, list) else []
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting = [*one, *waiting]
        elif isinstance(one, str):
            flat.append(one)
    return flat
