"""The pages of lights out, the way home and the standby, as browsers get them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sild.kernel import clock, home
from sild.kernel.replicated import keep_look
from sild.wings.continuity.reads import left_of
from tests.cast import Cast
from tests.wings.attribution.test_pages import page, sent
from tests.wings.continuity.conftest import Inventory


def test_a_drill_is_done_in_a_form_and_read_with_its_paths(inventory: Inventory) -> None:
    officer = inventory.officer
    assert "There is no drill that you see" in page(officer, "continuity.lights-out")[1]
    form = {"name": "North <b>cut</b>", "territories": "north\n\n", "vendor_hours": "1,5", "reason": "yearly"}
    for broken in ({"territories": " "}, {"vendor_hours": "soon"}, {"again_by": "2020-01-01"}, {"compartment": "nowhere"}, {"reason": ""}):
        assert sent(officer, "continuity.drill-lights-out", **(form | broken))[0] == 409
    status, where = sent(officer, "continuity.drill-lights-out", **form)
    assert status == 302
    text = page(officer, "continuity.lights-out-one", where.split("/")[2])[1]
    assert "North &lt;b&gt;cut" in text and "leans on LAND" in text and "territory North is gone" in text and "4 h" in text
    assert "North &lt;b&gt;cut" in page(officer, "continuity.lights-out")[1]


def test_what_is_frozen_destroyed_and_on_its_way_home_is_written_and_read_on_one_page(inventory: Inventory) -> None:
    officer, land = inventory.officer, inventory.systems["LAND"]
    assert "Nothing is frozen, destroyed or away" in page(officer, "continuity.way-home")[1]
    freeze = {"since": "2026-01-05T03:00", "territory": "South", "decided_by": "Cabinet", "act": "Resolution 1", "reason": "occupied"}
    for broken in ({"since": "then"}, {"since": "0001-01-01T00:00+14:00"}, {"since": "2999-01-01T00:00"}, {"act": ""}):
        assert sent(officer, "continuity.freeze", land, **(freeze | broken))[0] == 409
    assert sent(officer, "continuity.freeze", land, **freeze)[0] == 302
    assert "It does not count" in page(officer, "continuity.left", land, at="2026-01-06T00:00", territory="south")[1]
    assert "no freeze point that you see catches it" in page(officer, "continuity.left", land, at="2026-01-04T00:00")[1]
    assert "is no moment" in page(officer, "continuity.left", land, at="yesterday")[1]
    copy = {"what": "A disk", "method": "shredded", "destroyed_at": "2026-01-04T00:00", "reason": "left behind"}
    assert sent(officer, "continuity.write-destruction", land, **copy)[0] == 409
    assert sent(officer, "continuity.write-destruction", land, **copy, first_witness="One", second_witness="Another")[0] == 302
    assert sent(officer, "continuity.plan-home", land, what="Compare", doer="Two of us", reason="spring")[0] == 302
    [destroyed], [step] = left_of(officer, land).destroyed, left_of(officer, land).steps
    assert (
        "Confirm it" in page(inventory.cast.deputy, "continuity.left", land)[1]
        and "Confirm it" not in page(officer, "continuity.left", land)[1]
    )
    assert sent(inventory.cast.deputy, "continuity.confirm-destruction", destroyed.id, version=1, reason="I read it")[0] == 302
    assert sent(officer, "continuity.end-home-step", step.id, version=1, state="planned", reason="x")[0] == 409
    assert sent(officer, "continuity.end-home-step", step.id, version=1, state="done", reason="all agree")[0] == 302
    assert "all agree" in page(officer, "continuity.left", land)[1] and "LAND" in page(officer, "continuity.way-home")[1]


def test_a_standby_that_is_not_well_stands_on_every_page_and_one_that_is_well_on_none(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "This desk has no standby" in page(cast.officer, "continuity.standby")[1]
    monkeypatch.setenv("SILD_STANDBY", "refuse")
    assert "no guard looks after the standby" in page(cast.donor, "register.needs")[1]
    keep_look(home.current(), "refusing", by_guard=True, at=clock.now(), behind_bytes=81920)
    assert "the standby is lost, writes are refused" in page(cast.donor, "register.needs")[1]
    text = page(cast.officer, "continuity.standby")[1]
    assert "81,920 bytes" in text and "writes are refused until it is back" in text
    keep_look(home.current(), "synchronous", by_guard=False, at=clock.now())
    assert "STANDBY" not in page(cast.donor, "register.needs")[1]
    keep_look(home.current(), "refusing", by_guard=True, at=clock.now() - timedelta(minutes=1))
    assert "no guard looks after the standby" in page(cast.donor, "register.needs")[1], "what was seen long ago is not believed"
