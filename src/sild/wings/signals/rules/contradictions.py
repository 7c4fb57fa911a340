"""Where what is told of an incident contradicts itself. Nothing is settled: each is shown beside the values that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Odd(StrEnum):
    """What is odd."""

    ENDS_BEFORE = "ends-before-it-begins"
    SAID_BEFORE = "attributed-before-it-began"
    ANSWERED_BEFORE = "answered-before-it-began"
    COUNTRIES = "attributed-to-several-countries"
    COUNTED = "count-of-attributions"
    FUTURE = "begins-after-its-source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two values that cannot both hold, as they were told."""

    what: Odd
    one: str
    other: str


def contradictions_in(
    begins: date | None, ends: date | None, source_on: date | None, told: Mapping[str, Any], attributions: Iterable[Mapping[str, Any]]
) -> tuple[Contradiction, ...]:
    """What is odd in the days, attributions and counts of one incident.

    `begins` is the first day that is possible, so that a month that is known alone contradicts nothing within it. `told` is what the
    source counts: {"attributions": how many it says, "answered_on": the days of answers}.
    """
    found = []
    said = list(attributions)
    if begins is not None and ends is not None and ends < begins:
        found.append(Contradiction(what=Odd.ENDS_BEFORE, one=begins.isoformat(), other=ends.isoformat()))
    if begins is not None and source_on is not None and source_on < begins:
        found.append(Contradiction(what=Odd.FUTURE, one=begins.isoformat(), other=source_on.isoformat()))
    for odd, days in ((Odd.SAID_BEFORE, [one.get("on") for one in said]), (Odd.ANSWERED_BEFORE, told.get("answered_on") or [])):
        early = sorted(str(day) for day in days if day and begins is not None and str(day) < begins.isoformat()[: len(str(day))])
        if early and begins is not None:
            found.append(Contradiction(what=odd, one=begins.isoformat(), other=", ".join(dict.fromkeys(early))))
    countries = sorted({str(country) for one in said for country in one.get("countries") or ()})
    if len(countries) > 1:
        found.append(Contradiction(what=Odd.COUNTRIES, one=countries[0], other=", ".join(countries[1:])))
    counted = told.get("attributions")
    if isinstance(counted, int) and counted != len(said):
        found.append(Contradiction(what=Odd.COUNTED, one=str(counted), other=str(len(said))))
    return tuple(found)
