"""What the readers of incidents give: rows, and refusals with their place and reason; the limits that hold for all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 20_000
MOST_NAMES = 60
LONGEST_TITLE, LONGEST_NAME, LONGEST_SUMMARY, LONGEST_RAW = 400, 300, 4000, 2000


class NotIncidents(ValueError):
    """The file is of no form that is read, or is broken as a whole; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundIncident:
    """An incident as its source tells it. `place` is its row, from 1, or its place in the file; `key` names it at the source.

    A precision is day, month, year or unknown. `attributions` are {on, by, to, countries, basis}, `on` as far as it is told: 2017 or
    2017-05-03. `told`: {attributions: how many the source counts, answered_on: days}. `marking` is a TLP label or empty.
    """

    place: int
    source: str
    key: str
    title: str
    kind: str = "cyber"
    summary: str = ""
    begins: date | None = None
    begins_precision: str = "unknown"
    ends: date | None = None
    ends_precision: str = "unknown"
    countries: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    attributions: tuple[Mapping[str, Any], ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""
    source_on: date | None = None
    marking: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """SHA-256 of what it says: the same while its source says the same, wherever in a file it stands."""
        told = {name: value for name, value in asdict(self).items() if name != "place"}
        return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken: its place in the file, and why."""

    place: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFile:
    """What a file holds: its form, incidents, refusals, and how many objects of other kinds were passed over."""

    form: str
    found: tuple[FoundIncident, ...]
    refused: tuple[Refusal, ...] = ()
    passed_over: int = 0


def clean(value: object, most: int) -> str:
    """A text that can be kept: no NUL, no half of a pair, one line's worth of spaces, at most so long."""
    text = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    return " ".join(text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").split())[:most]


def names(values: object) -> tuple[str, ...]:
    """Names, each once, without what stands for none."""
    told = values if isinstance(values, list | tuple) else []
    found = [clean(one, LONGEST_NAME) for one in told]
    return tuple(dict.fromkeys(one for one in found if one and one not in ("Not available", "Unknown", "NaT")))[:MOST_NAMES]


def day_in(text: object) -> tuple[date | None, str]:
    """A day of an ISO text (2017-05-03, with a time or without; 2017-05; 2017) with its precision; none for what is no day."""
    said = text.strip()[:10] if isinstance(text, str) else ""
    for form, precision in ((said, "day"), (f"{said}-01", "month"), (f"{said}-01-01", "year")):
        try:
            return date.fromisoformat(form), precision
        except ValueError:
            continue
    return None, "unknown"


def loaded(data: bytes) -> Any:
    """JSON, whatever its depth. Raises NotIncidents."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise NotIncidents(f"The file is no JSON that can be read ({str(fault)[:100]}). Export it again, as UTF-8.") from fault
