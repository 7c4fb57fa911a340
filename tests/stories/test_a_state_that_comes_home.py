"""The day after attack day: what lives when the north is cut off, what no longer counts from there, how work comes home: by the API."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.stories.test_a_state_that_goes_on import KEEPER, OUTSIDE, found_hosts, took_inventory
from tests.stories.test_an_attribution import Told

WHY = {"reason": "the north is occupied"}


@pytest.fixture
def told(cast: Cast) -> Told:
    """Who acts."""
    return Told(cast)


def test_the_north_is_cut_off_its_changes_do_not_count_and_the_registers_come_home_in_order(told: Told) -> None:
    systems = {code: one["system"]["id"] for code, one in took_inventory(told).items()}
    found_hosts(told)
    drill = told.do(KEEPER, "POST", "/lights-out", {"name": "The north is cut off", "territories": ["north"], **WHY})
    whole = told.do(KEEPER, "GET", f"/lights-out/{drill}")
    fates = {one["service"] or one["code"]: one for one in whole["fates"]}
    assert (fates["Sales of land"]["verdict"], fates["Sales of land"]["path"][0]["name"]) == ("gone", "North")
    # nobody told where identity stands: what leans on it may stop, and nobody is told that it lives
    assert (fates["Signing"]["verdict"], fates["Pensions"]["verdict"], fates["Pensions"]["high"]) == ("unknown", "unknown", None)
    assert (whole["loss"], whole["loss_told"]) == ("0", 0), "what is gone for certain has no told loss: it is not counted as nought"
    land = f"/way-home/{systems['LAND']}"
    freeze = {"since": "2026-01-05T03:00:00Z", "territory": "North", "decided_by": "The cabinet", "act": "Resolution 12", **WHY}
    point = told.do(KEEPER, "POST", f"{land}/freeze-points", freeze)
    asked = f"{land}/counts?territory=north&at=2026-01-06T00:00:00Z"
    assert told.do(KEEPER, "GET", asked)["caught_by"][0]["act"] == "Resolution 12"
    assert told.do(KEEPER, "GET", asked.replace("north", "South"))["counts"]
    copy = {"what": "Two disks", "method": "shredded", "destroyed_at": "2026-01-04T10:00:00Z"}
    assert told.ask(KEEPER, "POST", f"{land}/destroyed-copies", {**copy, "first_witness": "One", **WHY})[0] == 409
    lost = told.do(KEEPER, "POST", f"{land}/destroyed-copies", {**copy, "first_witness": "One", "second_witness": "Another", **WHY})
    confirmed = told.ask(KEEPER, "POST", f"/destroyed-copies/{lost}/confirmation", {"version": 1, **WHY})
    assert confirmed[0] == 409, "who wrote it down does not confirm it"
    told.do(KEEPER, "POST", f"/freeze-points/{point}/lifting", {"at": "2026-02-01T00:00:00Z", "version": 1, "reason": "the north is free"})
    assert told.do(KEEPER, "GET", asked)["caught_by"], "what it caught stays caught"
    step = {"what": "Compare with the copy of January", "doer": "The register", "to_reconcile": "double entries", **WHY}
    made = told.do(KEEPER, "POST", f"{land}/steps", step)
    told.do(KEEPER, "POST", f"/home-steps/{made}/end", {"state": "done", "version": 1, "reason": "12 doubles were merged"})
    order = [one["code"] for one in told.do(KEEPER, "GET", "/way-home")["systems"]]
    assert order == ["EID", "LAND", "POP", "XCH", "PORTAL"]
    for who in OUTSIDE:
        for path in (f"/lights-out/{drill}", land):
            assert told.ask(who, "GET", path)[0] == 404
        assert told.do(who, "GET", "/lights-out")["drills"] == []
    assert told.do("officer", "GET", "/standby")["state"] is None
