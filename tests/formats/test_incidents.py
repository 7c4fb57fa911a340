"""Files of incidents: EuRepoC, STIX and MISP to rows; what is broken or hostile is refused with its place and reason, never half read."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sild.formats.incidents import IncidentFile, NotIncidents, read_incidents

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
HEADS = (
    *("ID", "name", "description", "start_date", "end_date", "receiver_name", "receiver_country", "receiver_category"),
    *("receiver_category_subcode", "number_of_attributions", "attribution_date", "attribution_basis", "attributing_actor"),
    *("attributing_country", "attributed_initiator", "attributed_initiator_country", "political_response_date", "sources_url"),
)


def table(*rows: dict[str, str]) -> bytes:
    """Rows of the data set as its file holds them."""
    text = io.StringIO()
    sheet = csv.DictWriter(text, HEADS)
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue().encode()


def row(**told: str) -> dict[str, str]:
    """A row of one's own, with the values given."""
    return {"ID": "7", "name": "Pages went down", "start_date": "2025-05-03", "receiver_country": "['Latvia']"} | told


def read(told: Any, name: str = "file") -> IncidentFile:
    return read_incidents(told if isinstance(told, bytes) else json.dumps(told).encode(), name)


def test_a_row_of_eurepoc_is_read_with_its_lists_and_attributions() -> None:
    told = row(
        receiver_name="[['Port of Riga'], ['Not available']]",
        receiver_category_subcode="[['Transportation', 'Energy']]",
        number_of_attributions="2",
        attribution_date="2025-06-01; 2025-01-01",
        attributing_country="Latvia; ",
        attributed_initiator_country="Unknown; Russia",
        attribution_basis="A government",
        sources_url="['https://example.invalid/a']",
    )
    (one,) = read(table(told)).found
    assert (one.begins, one.begins_precision, one.ends_precision) == (date(2025, 5, 3), "day", "unknown")
    assert (one.victims, one.countries, one.sectors) == (("Port of Riga",), ("Latvia",), ("transport", "energy"))
    assert [(two["on"], two["by"], two["countries"]) for two in one.attributions] == [
        ("2025-06-01", "Latvia", []),
        ("2025", "", ["Russia"]),
    ]
    assert (one.told["attributions"], one.address) == (2, "https://example.invalid/a")


def test_a_first_of_january_is_its_year() -> None:
    (one,) = read(table(row(start_date="2019-01-01"))).found
    assert (one.begins, one.begins_precision) == (date(2019, 1, 1), "year")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"ID": ""}, "no ID"),
        ({"name": " "}, "no name"),
        ({"start_date": "soon"}, "no day"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_place(told: dict[str, str], why: str) -> None:
    found = read(table(row(ID="1"), row(**told)))
    assert [one.key for one in found.found] == ["1"]
    assert [(one.place, why in one.why) for one in found.refused] == [(3, True)]


def test_an_id_that_comes_twice_is_taken_once() -> None:
    found = read(table(row(), row(name="another")))
    assert (len(found.found), found.refused[0].why) == (1, "its ID 7 stands in row 2 already")


@pytest.mark.parametrize("cell", ["[['a'", "__import__('os')", "[" * 5000, "{'a': 1}", "['a'] * 10**9", "[['ok'], 3, None]"])
def test_a_cell_is_read_as_a_literal_and_never_run(cell: str) -> None:
    (one,) = read(table(row(receiver_name=cell))).found
    assert one.victims in ((), ("ok",))


IDENTITY = {"type": "identity", "id": "identity--1", "name": "A hospital", "sectors": ["healthcare", "nonsense"]}
CAMPAIGN: dict[str, Any] = {
    "type": "campaign",
    "id": "campaign--1",
    "name": "Slow rain",
    "first_seen": "2025-04-02T10:00:00Z",
    "modified": "2025-06-01T00:00:00Z",
    "object_marking_refs": ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"],
}
TIES = [
    {"type": "relationship", "id": "r1", "relationship_type": "targets", "source_ref": "campaign--1", "target_ref": "identity--1"},
    {"type": "relationship", "id": "r2", "relationship_type": "targets", "source_ref": "campaign--1", "target_ref": "location--1"},
    {"type": "relationship", "id": "r3", "relationship_type": "attributed-to", "source_ref": "campaign--1", "target_ref": "set--1"},
]
PLACES = [{"type": "location", "id": "location--1", "country": "EE"}, {"type": "intrusion-set", "id": "set--1", "name": "Rainers"}]


def test_a_stix_campaign_is_read_with_its_victims_and_marking() -> None:
    found = read({"type": "bundle", "objects": [IDENTITY, CAMPAIGN, *TIES, *PLACES]})
    (one,) = found.found
    assert (one.title, one.begins, one.marking, one.source_on) == ("Slow rain", date(2025, 4, 2), "TLP:GREEN", date(2025, 6, 1))
    assert (one.victims, one.countries, one.sectors) == (("A hospital",), ("EE",), ("health",))
    assert [two["to"] for two in one.attributions] == ["Rainers"]
    assert found.passed_over == 6


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"id": "x"}, "not that of a campaign"), ({"name": ""}, "no name"), ({"revoked": True}, "revoked"), ({"name": ["a"]}, "no name")],
)
def test_a_stix_object_that_cannot_be_taken_says_why(changed: dict[str, Any], why: str) -> None:
    found = read({"type": "bundle", "objects": [CAMPAIGN | changed, None, 3]})
    assert (found.found, found.passed_over, why in found.refused[0].why) == ((), 2, True)


def test_a_misp_event_is_read_with_its_tags_and_targets() -> None:
    event = {
        "uuid": "5f0c",
        "info": "Mails to\u0000 ministries \ud800",
        "date": "2025-02-03",
        "Orgc": {"name": "A team"},
        "Tag": [{"name": "tlp:amber"}, {"name": 'misp-galaxy:threat-actor="Rainers"'}, {"name": 'misp-galaxy:sector="Health"'}],
        "Attribute": [{"type": "target-org", "value": "A ministry"}, {"type": "ip-dst", "value": "192.0.2.1"}],
    }
    for told in ({"Event": event}, [{"Event": event}], {"response": [{"Event": event}]}):
        (one,) = read(told).found
        assert (one.source, one.key, one.marking, one.sectors) == ("A team", "5f0c", "TLP:AMBER", ("health",))
        assert one.title == "Mails to ministries ?"
        assert (one.victims, [two["to"] for two in one.attributions]) == (("A ministry",), ["Rainers"])
    assert read([{"Event": None}, {"Event": {"uuid": "1"}}]).found == ()


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", b"{", b"[" * 100_000, b"\xff\xfe\x00", b'{"type": "bundle"}', b'{"a": 1}', b"[1]", b"\x00" * 20]
)
def test_what_is_no_file_of_incidents_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(NotIncidents):
        read_incidents(data, "file")


@pytest.mark.skipif(not (SHARED / "eurepoc_1_1").is_dir() and not os.environ.get("SILD_SHARED"), reason="the shared data are not here")
def test_the_whole_data_set_is_read() -> None:
    place = Path(os.environ.get("SILD_SHARED", str(SHARED))) / "eurepoc_1_1" / "EuRepoC_Global_Database_1.1.csv"
    found = read_incidents(place.read_bytes(), place.name)
    assert (len(found.found), len(found.refused)) == (1643, 0)
