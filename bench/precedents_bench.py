"""Do neighbours of an event show how it was answered? Tried on the desk's own precedents and on EuRepoC, each event left out in turn.

    python bench/precedents_bench.py                                  # the desk's precedents
    python bench/precedents_bench.py --eurepoc EuRepoC_Global_Database_1.1.csv

Asked of each event: how much do the kinds of response of its five likest others overlap with its own (shared kinds over all kinds of
both, mean of five)? Chance is the mean over all others. Intervals: events drawn again 2,000 times, 2.5 to 97.5 %. Of EuRepoC also
whether an answered event's neighbours are answered more often than chance, and how many dates contradict each other.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sild.wings.response.rules.likeness import FACTORS, likeness
from sild.wings.response.rules.precedents import LIKEST, precedents

DRAWS, SEED = 2000, 7
FULL = 7
CODES = (
    "data_theft",
    "disruption",
    "hijacking",
    "physical_effects_spatial",
    "physical_effects_temporal",
    "target_multiplier",
    "functional_impact",
    "intelligence_impact",
    "political_impact_affected_entities",
    "political_impact_third_countries",
    "economic_impact",
)
"""Severity codes of EuRepoC, compared for being the same."""
NOTHING = {"", "not available", "unknown"}


@dataclass(frozen=True)
class Event:
    """An event: what is coded of it, the countries of its victims, and how it was answered."""

    codes: Mapping[str, tuple[str, ...]]
    countries: frozenset[str]
    answers: frozenset[str]


Alike = Callable[[Event, Event], float]


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Shared over all."""
    whole = {*one} | {*other}
    return len({*one} & {*other}) / len(whole) if whole else 0.0


def neighbours(event: Event, among: Sequence[Event], alike: Alike, chance: random.Random) -> list[Event]:
    """The likest others; of those alike, any."""
    others = [(alike(event, other), chance.random(), number) for number, other in enumerate(among) if other is not event]
    others.sort(key=lambda one: (-one[0], one[1]))
    return [among[number] for _score, _chance, number in others[:LIKEST]]


def told(values: Sequence[float], chance: random.Random) -> str:
    """A mean with its interval."""
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _draw in range(DRAWS))
    return f"{sum(values) / len(values):.3f} [{means[round(0.025 * DRAWS)]:.3f}, {means[round(0.975 * DRAWS) - 1]:.3f}]"


def kinds(events: Sequence[Event], ways: Mapping[str, Alike]) -> None:
    """Print how much answers of neighbours overlap, way by way, beside chance and the difference from it."""
    chance = random.Random(SEED)
    usual = [sum(overlap(one.answers, other.answers) for other in events if other is not one) / (len(events) - 1) for one in events]
    print(f"  overlap of kinds of response at {LIKEST}, {len(events)} events: chance {told(usual, chance)}")
    for name, alike in ways.items():
        found = [sum(overlap(one.answers, other.answers) for other in neighbours(one, events, alike, chance)) / LIKEST for one in events]
        print(f"    {name}: {told(found, chance)}, less chance {told([a - b for a, b in zip(found, usual, strict=True)], chance)}")


def answered(events: Sequence[Event], alike: Alike, name: str) -> None:
    """Print how many neighbours of answered events were answered, beside chance."""
    chance = random.Random(SEED)
    asked = [one for one in events if one.answers]
    shares = [sum(bool(other.answers) for other in neighbours(one, events, alike, chance)) / LIKEST for one in asked]
    base = (len(asked) - 1) / (len(events) - 1)
    print(f"  {name}: of {len(events)} events {len(asked)} answered; among the {LIKEST} likest {told(shares, chance)}, chance {base:.3f}")


def own_precedents() -> None:
    """The desk's precedents, by all that is coded and by each factor alone."""
    events = [Event(one.coded, frozenset(one.coded["country"]), frozenset(one.responses)) for one in precedents()]
    print(f"precedents: {len(events)}")
    ways: dict[str, Alike] = {"all that is coded": lambda one, other: likeness(one.codes, other.codes).evidence}
    for factor in FACTORS:
        ways[factor] = lambda one, other, factor=factor: (
            likeness(  # type: ignore[misc]  # the default binds the factor of this round
                {factor: one.codes[factor]}, {factor: other.codes[factor]}
            ).evidence
        )
    kinds(events, ways)


def same_codes(one: Event, other: Event) -> float:
    """The share of codes known of both that are the same."""
    known = one.codes.keys() & other.codes.keys()
    return sum(one.codes[name] == other.codes[name] for name in known) / len(known) if known else 0.0


def eurepoc(path: Path) -> None:
    """EuRepoC 1.1: answers of neighbours by severity codes and by country, and dates that contradict each other."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    events = [_event(row) for row in rows]
    print(f"EuRepoC: {len(rows)} incidents, {sum(bool(one.answers) for one in events)} with a political or legal response")
    early = sum(_before(row, "attribution_date") for row in rows)
    print(f"  attributed before they began: {early}; answered before they began: {sum(_before(row, *RESPONSE_DATES) for row in rows)}")
    by_country: Alike = lambda one, other: overlap(one.countries, other.countries)  # noqa: E731 - a way among others
    kinds([one for one in events if one.answers], {"severity codes": same_codes, "country of the victims": by_country})
    answered(events, same_codes, "by severity codes")
    answered(events, by_country, "by country")
    full = [one for one in events if len(one.codes) >= FULL]
    answered(full, same_codes, f"by severity codes, where {FULL} or more are known")


RESPONSE_DATES = ("political_response_date", "legal_response_date")


def _event(row: Mapping[str, str]) -> Event:
    codes = {name: (row[name].strip(),) for name in CODES if row[name].strip().lower() not in NOTHING}
    countries = frozenset(re.findall(r"'([^']+)'", row["receiver_country"] or "")) - {"Not available", "Unknown"}
    said = {part.strip() for name in ("political_response_type", "legal_response_type") for part in (row[name] or "").split(";")}
    return Event(codes, countries, frozenset(part for part in said if part.lower() not in NOTHING))


def _before(row: Mapping[str, str], *columns: str) -> bool:
    """Whether a day of the columns is before the day on which the incident began; 1 January stands for a year there and is left out."""
    start = re.match(r"\d{4}-\d\d-\d\d", row["start_date"] or "")
    days = [day for name in columns for day in re.findall(r"\d{4}-\d\d-\d\d", row[name] or "") if not day.endswith("-01-01")]
    return start is not None and any(day < start.group() for day in days)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Do neighbours of an event show how it was answered?")
    asked.add_argument("--eurepoc", type=Path, help="the CSV of the EuRepoC Global Database 1.1")
    given = asked.parse_args()
    own_precedents()
    if given.eurepoc is not None:
        eurepoc(given.eurepoc)
