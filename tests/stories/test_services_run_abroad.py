"""Attack day goes on: a plan, the permission that was missing, a copy in custody that really comes back, services that run abroad."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from sild.custody.copies import make_copy, restore_copy
from sild.custody.manifest import difference, manifest_of
from sild.custody.restic import Repository
from sild.wings.continuity.jobs.evacuation import work_evacuation_out
from tests.cast import Cast
from tests.custody.conftest import KEY, register, restic
from tests.stories.test_a_state_that_goes_on import KEEPER, LISTENING, OUTSIDE, found_hosts, took_inventory
from tests.stories.test_an_attribution import Told

__all__ = ["register", "restic"]
WHY = {"reason": "attack day"}
SUPPOSED = {"hours": 480, "seconds": 1, "chance_day": 60, "chance_end": 99}
"""The front is near: at milder odds standing still for days would lose more than is saved, and the plan says so."""


@pytest.fixture
def told(cast: Cast) -> Told:
    """Who acts."""
    return Told(cast)


def planned(cast: Cast, told: Told, name: str) -> dict[str, Any]:
    """A plan that the worker has worked out, with the fate of each system by code."""
    plan = told.do(KEEPER, "POST", "/evacuations", {"name": name, **SUPPOSED, **WHY})
    work_evacuation_out(cast.authority, uuid.UUID(plan))
    whole: dict[str, Any] = told.do(KEEPER, "GET", f"/evacuations/{plan}")
    assert (whole["state"], whole["faults"]) == ("done", []), whole["faults"]
    return whole | {"by": {one["system"]: one for one in whole["fates"]}}


def test_services_run_abroad_once_the_permission_came_and_the_machine_that_stays_is_named(
    cast: Cast, told: Told, restic: str, register: Path, tmp_path: Path
) -> None:
    before = {who: told.everything(who) for who in LISTENING}
    systems, hosts = took_inventory(told), found_hosts(told)
    data = {one["name"]: one for system in systems.values() for one in system["datasets"]}
    exchange = told.do(KEEPER, "POST", f"/systems/{systems['XCH']['system']['id']}/datasets", {"name": "Routes", "size": "5", **WHY})
    told.do(KEEPER, "PUT", f"/datasets/{exchange}/permission", {"permission": "not-needed", **WHY})
    # crates leave for the embassy: the machines of identity cannot go by a line
    whole = told.do(KEEPER, "GET", f"/hosts/{hosts['embassy']}")["host"]
    room = {
        "state": "ready",
        "agreement": "in-force",
        "immunity": "by-agreement",
        "free": "40",
        "racks": "4",
        "kilowatts": "20",
        "link": "1000",
    }
    crates = {"name": "The embassy", "country": "LU", "shipping_days": "1", "shipment": "20", "version": whole["version"], **room, **WHY}
    told.do(KEEPER, "PUT", f"/hosts/{hosts['embassy']}", crates)
    # first night: parliament has not answered, and one machine stays whatever is decided
    first = planned(cast, told, "First night")["by"]
    assert not first["POP"]["goes"] and "Parliament" in first["POP"]["reasons"]
    assert not first["LAND"]["goes"] and "moved" in first["LAND"]["reasons"]
    granted = {"permission": "granted", "of": "Parliament", "act": "Act 7", "on": "2026-02-10", **WHY}
    told.do(KEEPER, "PUT", f"/datasets/{data['Residents']['id']}/permission", granted)
    second = planned(cast, told, "Second night")
    assert second["by"]["POP"]["goes"] and second["by"]["PORTAL"]["goes"] and not second["by"]["LAND"]["goes"]
    assert second["by"]["POP"]["live"] <= second["by"]["XCH"]["live"] <= second["by"]["PORTAL"]["live"], (
        "registers before exchange, before services"
    )
    told.do(KEEPER, "POST", f"/evacuations/{second['id']}/adoption", {"version": second["version"], "reason": "the cabinet met"})
    # the register is copied, lost, and comes back from custody alone; the desk has the receipts
    place = Repository(str(tmp_path / "abroad"), KEY)
    copied = make_copy(place, register, "residents")
    terms = {"keeper": "A friend", "needed": 2, "holders": ["The minister's seat", "The head's seat", "The deputy's seat"]}
    taken = {"dataset": data["Residents"]["id"], "host": hosts["embassy"], "receipt": copied.as_json(), **terms}
    custody = told.do(KEEPER, "POST", "/custody-copies", taken)
    was = manifest_of(register)
    for one in sorted(register.rglob("*"), reverse=True):
        one.rmdir() if one.is_dir() and not one.is_symlink() else one.unlink()
    back = restore_copy(place, "residents", tmp_path / "embassy")
    told.do(KEEPER, "POST", f"/custody-copies/{custody}/receipts", {"receipt": back.as_json()})
    assert not difference(was, manifest_of(tmp_path / "embassy"))
    [kept] = told.do(KEEPER, "GET", "/custody-copies")["copies"]
    assert (kept["sound"], kept["host"], kept["overdue"]) == (True, "The embassy", False) and kept["restored_on"]
    # what runs abroad lives when the north falls; what could not be moved is gone
    for code in ("EID", "POP", "XCH", "PORTAL"):
        one = told.do(KEEPER, "GET", f"/systems/{systems[code]['system']['id']}")["system"]
        stays = {name: one[name] for name in ("code", "name", "layer", "portability")}
        told.do(KEEPER, "PUT", f"/systems/{one['id']}", {**stays, "host": hosts["embassy"], "version": one["version"], **WHY})
    drill = told.do(KEEPER, "POST", "/lights-out", {"name": "The north falls", "territories": ["north"], **WHY})
    fates = {one["service"] or one["code"]: one["verdict"] for one in told.do(KEEPER, "GET", f"/lights-out/{drill}")["fates"]}
    assert (fates["Signing"], fates["Pensions"], fates["Sales of land"]) == ("lives", "lives", "gone")
    # nobody outside the State's own office learns of the plan, the copy or the place
    for who in OUTSIDE:
        for path in (f"/evacuations/{second['id']}", f"/custody-copies/{custody}", f"/hosts/{hosts['embassy']}"):
            assert told.ask(who, "GET", path)[0] == 404
    for who in LISTENING:
        assert told.everything(who) == before[who], who
