"""A State is attacked and has to go on. Told through the API alone, from the inventory on.

One dataset may not leave yet, one machine cannot be moved, and a host's place is sealed. Those outside the State's own office see no
difference, byte for byte.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.programs import ROOT
from tests.cast import Cast
from tests.stories.test_an_attribution import Told
from tests.wings.continuity.test_importing import Rows, book
from tests.worlds.continued import sealed

KEEPER = "authority"
OUTSIDE = ("officer", "donor", "seller", "asker")
LISTENING = ("officer", "donor")
"""Who is asked for everything that they are told, before and after."""
SHEET: Rows = {
    "systems": [
        {"code": "EID", "name": "Electronic identity", "layer": "identity", "portability": "special-hardware", "racks": "2"},
        {"code": "POP", "name": "Population register", "layer": "registers", "portability": "rehost", "effort_hours": "30"},
        {"code": "LAND", "name": "Land register", "layer": "registers", "portability": "immovable", "territory": "North"},
        {"code": "XCH", "name": "Exchange", "layer": "exchange", "portability": "cloud", "effort_hours": "8"},
        {"code": "PORTAL", "name": "Portal", "layer": "services", "portability": "cloud", "effort_hours": "12"},
    ],
    "datasets": [
        {"system": "EID", "name": "Certificates", "size": "40", "change": "1", "rpo": "1", "rto": "4", "permission": "not-needed"},
        {"system": "POP", "name": "Residents", "size": "900", "change": "3", "rpo": "4", "rto": "24", "data_owner": "Ministry of Justice"}
        | {"permission": "asked", "permission_of": "Parliament"},
        {"system": "LAND", "name": "Parcels", "data_owner": "Ministry of Agriculture"},
        {"system": "PORTAL", "name": "Applications", "size": "60", "permission": "not-needed"},
    ],
    "services": [
        {"system": "EID", "name": "Signing", "loss_per_hour": "90"},
        {"system": "PORTAL", "name": "Pensions", "loss_per_hour": "40"},
        {"system": "LAND", "name": "Sales of land"},
    ],
    "dependencies": [
        {"system": "POP", "needs": "EID", "kind": "stops", "hours_without": "2"},
        {"system": "LAND", "needs": "EID", "kind": "stops"},
        {"system": "XCH", "needs": "POP", "kind": "stops", "hours_without": "1"},
        {"system": "XCH", "needs": "LAND", "kind": "worse"},
        {"system": "PORTAL", "needs": "XCH", "kind": "stops", "hours_without": "0"},
    ],
}


@pytest.fixture
def told(cast: Cast) -> Told:
    """Who acts."""
    return Told(cast)


def took_inventory(told: Told) -> dict[str, dict[str, Any]]:
    """The State's office takes its sheet in; returns each system whole, by code."""
    program = told._programs[KEEPER]
    where = f"{ROOT}/inventory-imports?name=attack-day.xlsx"
    answer = program._client.post(where, book(SHEET), content_type="application/octet-stream", headers=program.headers)
    assert answer.status_code == 200 and answer.json()["taken"], answer.content
    systems = told.do(KEEPER, "GET", "/systems?limit=50")["items"]
    return {one["code"]: told.do(KEEPER, "GET", f"/systems/{one['id']}") for one in systems}


def found_hosts(told: Told) -> dict[str, str]:
    """An embassy of data with a sealed place, and racks that are only considered."""
    agreed = {"state": "ready", "agreement": "in-force", "immunity": "by-agreement", "free": "40", "racks": "4", "link": "1000"}
    hosts = {
        "embassy": told.do(KEEPER, "POST", "/hosts", {"name": "The embassy", "country": "LU", "shipping_days": "2", **agreed}),
        "racks": told.do(KEEPER, "POST", "/hosts", {"name": "Racks", "country": "EE", "racks": "2", "marking": "TLP:AMBER+STRICT"}),
    }
    place = {"place": sealed("X25519", "X25519"), "readers": "the head of the office, her deputy", "reason": "the agreement is in force"}
    told.do(KEEPER, "PUT", f"/hosts/{hosts['embassy']}/place", place)
    return hosts


def test_on_attack_day_the_inventory_says_what_falls_what_waits_and_what_cannot_be_moved(told: Told) -> None:
    before = {who: told.everything(who) for who in LISTENING}
    systems = took_inventory(told)
    hosts = found_hosts(told)
    # the machine that cannot be moved, and whose size nobody knows
    land = systems["LAND"]
    assert land["system"]["portability"] == "immovable" and (land["system"]["size"], land["system"]["unsized"]) == ("0", 1)
    # the permission that is missing, and whose move it is
    [residents] = systems["POP"]["datasets"]
    assert (residents["permission"], residents["mover"], residents["permission_of"]) == ("asked", "theirs", "Parliament")
    assert {code for code, one in systems.items() if one["system"]["waiting"]} == {"POP", "LAND"}
    # identity goes: what falls when, and by which way
    falls = told.do(KEEPER, "POST", "/systems-gone", {"gone": [systems["EID"]["system"]["id"]]})["falls"]
    ways = {one["words"]: (one["kind"], one["hours"], one["told"], one["path"]) for one in falls}
    assert ways["PORTAL / Pensions"] == ("falls", "3", True, ["EID", "POP", "XCH", "PORTAL", "PORTAL / Pensions"])
    assert ways["LAND"] == ("falls", "0", False, ["EID", "LAND"])
    # where the embassy stands came sealed, goes out sealed, and is in no list
    whole = told.do(KEEPER, "GET", f"/hosts/{hosts['embassy']}")
    assert whole["sealed_place"].startswith("-----BEGIN AGE ENCRYPTED FILE-----")
    assert "AGE ENCRYPTED" not in json.dumps(told.do(KEEPER, "GET", "/hosts"))
    # nobody outside the State's own office learns that any of it is there
    for who in OUTSIDE:
        for path in (f"/systems/{land['system']['id']}", f"/hosts/{hosts['embassy']}"):
            assert told.ask(who, "GET", path)[0] == 404
    for who in LISTENING:
        assert told.everything(who) == before[who], who
