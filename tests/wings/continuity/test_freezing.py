"""What is left behind and comes back: what does not count, what was destroyed before whom, how systems come home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from sild.kernel import clock
from sild.kernel.actor import acting
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.values.redaction import pattern_of
from sild.wings.continuity.actions import (
    MoveMade,
    NewDestruction,
    NewFreeze,
    NewHomeStep,
    SystemFacts,
    confirm_destruction,
    end_home_step,
    freeze,
    lift_freeze,
    mend_system,
    note_move,
    plan_home,
    redact_continuity,
    write_destruction,
)
from sild.wings.continuity.models import Destruction
from sild.wings.continuity.reads import left_behind, left_of, points_that_catch, standby_view
from sild.wings.continuity.rules import DestructionState, HomeStepState, Point, StandbyMoveKind, catches, order_home
from tests.wings.continuity.conftest import Inventory

WAR = datetime(2022, 2, 24, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def point(territory: str = "", since: datetime = WAR, until: datetime | None = None) -> Point:
    return Point(id=uuid4(), system=SYSTEM, territory=territory, since=since, until=until)


SYSTEM = uuid4()


@pytest.mark.parametrize(
    ("points", "territory", "at", "caught"),
    [
        ([point("South")], "south", WAR, 1),
        ([point("South")], "south", WAR - HOUR, 0),
        ([point("South")], "North", WAR + HOUR, 0),
        ([point("South")], "", WAR + HOUR, 1),
        ([point()], "North", WAR + HOUR, 1),
        ([point("South", until=WAR + HOUR)], "South", WAR + HOUR, 0),
        ([point("South", until=WAR + HOUR)], "South", WAR + HOUR / 2, 1),
        ([point("South"), point()], "South", WAR + HOUR, 2),
    ],
)
def test_a_change_counts_unless_a_freeze_point_of_its_register_place_and_time_catches_it(
    points: list[Point], territory: str, at: datetime, caught: int
) -> None:
    assert len(catches(points, SYSTEM, territory, at)) == caught
    assert catches(points, uuid4(), territory, at) == ()


def test_what_others_lean_on_comes_home_first() -> None:
    assert order_home([("P", "services"), ("X", "unknown"), ("I", "identity"), ("B", "registers"), ("A", "registers")]) == list("IABPX")


def test_a_freeze_point_names_whose_decision_it_is_and_is_lifted_for_what_comes_after(inventory: Inventory) -> None:
    officer, land = inventory.officer, inventory.systems["LAND"]
    good = NewFreeze(since=WAR, decided_by="Cabinet", act="Resolution 1", territory="South")
    for broken in (
        NewFreeze(since=WAR, decided_by=" ", act="Resolution 1"),
        NewFreeze(since=WAR, decided_by="Cabinet", act=""),
        NewFreeze(since=clock.now() + HOUR, decided_by="Cabinet", act="Resolution 1"),
    ):
        with pytest.raises(Refused):
            freeze(officer, land, broken, reason="occupied")
    key = freeze(officer, land, good, reason="occupied")
    with pytest.raises(Refused, match="after it began"):
        lift_freeze(officer, key, at=WAR, reason="free")
    lift_freeze(officer, key, at=WAR + HOUR, version=1, reason="free")
    assert [one.act for one in points_that_catch(officer, land, "South", WAR)] == ["Resolution 1"]
    assert points_that_catch(officer, land, "South", WAR + HOUR) == ()
    with pytest.raises(Refused, match="already"):
        lift_freeze(officer, key, at=WAR + HOUR, reason="again")
    with pytest.raises(NotThere):
        points_that_catch(inventory.cast.donor, land, "South", WAR)


def test_a_copy_is_destroyed_before_two_witnesses_and_confirmed_by_somebody_else(inventory: Inventory) -> None:
    officer, people = inventory.officer, inventory.systems["PEOPLE"]
    when = clock.now() - HOUR
    told = NewDestruction(what="Two disks", method="shredded", destroyed_at=when, first_witness="Olha Bondar", second_witness="Ivan Koval")
    for second in ("", "olha  BONDAR"):
        with pytest.raises(Refused, match="Two witnesses"):
            write_destruction(
                officer,
                people,
                NewDestruction(what="x", method="y", destroyed_at=when, first_witness="Olha Bondar", second_witness=second),
                reason="z",
            )
    key = write_destruction(officer, people, told, reason="before we left")
    with pytest.raises(Refused, match="Somebody else"):
        confirm_destruction(officer, key, version=1, reason="yes")
    other = inventory.cast.deputy
    assert left_of(other, people).destroyed[0].may_confirm
    confirm_destruction(other, key, version=1, reason="I read the record")
    kept = left_of(officer, people).destroyed[0]
    assert (kept.state, kept.confirmed_by, kept.may_confirm) == (DestructionState.CONFIRMED, other.name, False)
    lost = write_destruction(officer, people, NewDestruction(what="A tape", method="nobody reached it"), reason="too late")
    with acting(officer):
        assert Destruction.objects.get(id=lost).state == DestructionState.NOT_POSSIBLE
    with pytest.raises(Refused, match="nothing to confirm"):
        confirm_destruction(other, lost, reason="yes")
    assert key in redact_continuity(officer, pattern_of(["Olha Bondar"]), reason="asked")


def test_a_system_abroad_without_a_way_home_says_so_and_a_step_ends_with_how_it_was_reconciled(inventory: Inventory) -> None:
    officer, people = inventory.officer, inventory.systems["PEOPLE"]
    mend_system(officer, people, SystemFacts(code="PEOPLE", name="People", host_id=inventory.hosts[0]))
    assert [one.code for one in left_behind(officer) if one.unplanned] == ["PEOPLE"]
    step = NewHomeStep(
        what="Copy the changes back", doer="The register's team", changed_abroad="3,000 births", to_reconcile="double entries"
    )
    key = plan_home(officer, people, step)
    assert not left_of(officer, people).unplanned
    with pytest.raises(Refused, match="done or dropped"):
        end_home_step(officer, key, HomeStepState.PLANNED, reason="x")
    end_home_step(officer, key, HomeStepState.DONE, version=1, reason="12 doubles were merged by hand")
    kept = left_of(officer, people).steps[0]
    assert (kept.state, kept.ended_how) == (HomeStepState.DONE, "12 doubles were merged by hand")
    assert left_behind(inventory.cast.donor) == []


def test_a_move_of_the_standby_is_written_by_the_command_alone(inventory: Inventory) -> None:
    move = MoveMade(
        kind=StandbyMoveKind.UNPLANNED, primary="abroad", person="Duty officer", how="main switch off", stopped=0.25, taken_back=None
    )
    with pytest.raises(NotForRole):
        note_move(inventory.officer, move, reason="power")
    note_move(inventory.cast.run, move, reason="power")
    view = standby_view(inventory.officer)
    assert [(one.kind, one.person, str(one.stopped)) for one in view.moves] == [("unplanned", "Duty officer", "0.250")]
    assert (view.choice, view.look) == ("", None)
