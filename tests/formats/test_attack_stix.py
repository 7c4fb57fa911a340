"""Catalogues of intrusion sets in STIX 2.1, whole and as a package cuts them."""

from __future__ import annotations

from typing import Any

import pytest

from sild.formats.attack_stix import read_attack


def thing(kind: str, number: str, **more: Any) -> dict[str, Any]:
    reference = {"source_name": "mitre-attack", "external_id": number}
    return {"type": kind, "id": f"{kind}--{number}", "name": f"the {number}", "external_references": [reference], **more}


def link(source: str, target: str, text: str = "", kind: str = "uses", **more: Any) -> dict[str, Any]:
    return {
        "type": "relationship",
        "id": f"relationship--{source}-{target}",
        "relationship_type": kind,
        "source_ref": source,
        "target_ref": target,
        "description": text,
        **more,
    }


BUNDLE = [
    {"type": "x-mitre-collection", "id": "x-mitre-collection--1"},
    thing("intrusion-set", "G0001", aliases=["the G0001", "Heron"]),
    thing("intrusion-set", "G0002", revoked=True),
    thing("attack-pattern", "T1001"),
    thing("attack-pattern", "T1001.002"),
    thing("attack-pattern", "T1009", x_mitre_deprecated=True),
    thing("malware", "S0001"),
    thing("campaign", "C0001", first_seen="2021-03-01T00:00:00.000Z", aliases=["Operation"], description="As told.(Citation: Lab 2021)"),
    link("intrusion-set--G0001", "attack-pattern--T1001.002", "It hides.(Citation: Lab 2020)(Citation: Other)"),
    link("intrusion-set--G0001", "malware--S0001", external_references=[{"source_name": "Third"}]),
    link("intrusion-set--G0001", "attack-pattern--T1009", "(Citation: Lab 2020)"),
    link("intrusion-set--G0002", "attack-pattern--T1001", "(Citation: Lab 2020)"),
    link("malware--S0001", "attack-pattern--T1001"),
    link("campaign--C0001", "attack-pattern--T1001", "(Citation: Lab 2021)"),
    link("campaign--C0001", "intrusion-set--G0001", "(Citation: Fourth)", kind="attributed-to"),
]


def test_groups_traits_and_uses_come_with_the_sources_of_each() -> None:
    read = read_attack(BUNDLE)
    assert read.groups == (("G0001", "the G0001", ("the G0001", "Heron")),)
    assert dict(read.uses) == {("G0001", "T1001.002"): {"Lab 2020", "Other"}, ("G0001", "S0001"): {"Third"}}
    traits = {one.id: one for one in read.traits}
    assert sorted(traits) == ["S0001", "T1001", "T1001.002"]
    assert traits["T1001.002"].parent == "T1001"
    assert traits["T1001"].parent is None
    assert traits["S0001"].is_software
    assert traits["S0001"].brings == {"T1001"}


def test_a_campaign_comes_with_its_sources_and_the_groups_it_is_attributed_to() -> None:
    (campaign,) = read_attack(BUNDLE).campaigns
    assert (campaign.id, campaign.first_seen, campaign.groups) == ("C0001", "2021-03-01", {"G0001"})
    assert campaign.sources == {"Lab 2021", "Fourth", "C0001"}
    assert dict(campaign.uses) == {"T1001": {"Lab 2021"}}


def test_uses_of_a_campaign_join_those_of_its_group_unless_it_is_the_one_asked_about() -> None:
    read = read_attack(BUNDLE)
    assert read.uses_with_campaigns()["G0001", "T1001"] == {"Lab 2021"}
    assert ("G0001", "T1001") not in read.uses_with_campaigns(frozenset({"C0001"}))


def test_the_order_of_objects_does_not_matter_and_entries_of_a_lookup_read_alike() -> None:
    cut = [
        {
            **{name: value for name, value in one.items() if name not in ("id", "type", "external_references")},
            "stix_id": one["id"],
            "external_id": next((each["external_id"] for each in one.get("external_references", []) if "external_id" in each), None),
            "deprecated": one.get("x_mitre_deprecated", False),
            "description": one.get("description", "")
            + "".join(f"(Citation: {each['source_name']})" for each in one.get("external_references", []) if "external_id" not in each),
        }
        for one in BUNDLE
    ]
    assert read_attack(BUNDLE) == read_attack(BUNDLE[::-1]) == read_attack(cut)


def test_a_bundle_without_groups_is_refused_with_what_to_give() -> None:
    with pytest.raises(ValueError, match=r"enterprise-attack\.json"):
        read_attack([thing("malware", "S0001")])
