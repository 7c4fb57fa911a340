"""Lights out: which services live on, for how long, by which path; what nobody told is never taken for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sild.kernel.actor import acting
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.waiting import declared
from sild.values.marking import Marking
from sild.wings.continuity.actions import Drill, SystemFacts, drill_lights_out, mend_system, record_system, say_lesson
from sild.wings.continuity.models import LightsOut
from sild.wings.continuity.reads import drill_record, list_drills, names_that_can_go
from sild.wings.continuity.rules import NEVER, DependencyKind, Gone, LeanHours, LightsVerdict, Loss, Offered, Stand, fates, folded
from sild.wings.parties.public import desk_day
from tests.drawing import drawn
from tests.wings.continuity.conftest import Inventory

STOPS, WORSE, UNTOLD = DependencyKind.STOPS, DependencyKind.WORSE, DependencyKind.UNKNOWN
NORTH = Gone(names={Loss.TERRITORY: frozenset({"north"})})


def stand(code: str, place: str = "South") -> Stand:
    return Stand(code=code, on={Loss.TERRITORY: (place,) if place else ()})


def lean(code: str, needs: str, hours: int | None = 2, kind: DependencyKind = STOPS, service: str = "") -> LeanHours:
    return LeanHours(code=code, needs=needs, kind=kind, hours=None if hours is None else Decimal(hours), service=service)


CASES = {
    "stands where nothing is gone": ([stand("A")], [], (LightsVerdict.LIVES, NEVER, NEVER)),
    "stands on what is gone": ([stand("A", " north ")], [], (LightsVerdict.GONE, 0, 0)),
    "nobody told where it stands": ([stand("A", "")], [], (LightsVerdict.UNKNOWN, 0, NEVER)),
    "leans on what is gone": ([stand("A"), stand("B", "North")], [lean("A", "B", 6)], (LightsVerdict.FOR_A_TIME, 6, 6)),
    "leans through another": (
        [stand("A"), stand("B"), stand("C", "North")],
        [lean("A", "B", 6), lean("B", "C", 1)],
        (LightsVerdict.FOR_A_TIME, 7, 7),
    ),
    "nobody told for how long": ([stand("A"), stand("B", "North")], [lean("A", "B", None)], (LightsVerdict.UNKNOWN, 0, NEVER)),
    "nobody told how much": ([stand("A"), stand("B", "North")], [lean("A", "B", 3, UNTOLD)], (LightsVerdict.UNKNOWN, 3, NEVER)),
    "only worse without it": ([stand("A"), stand("B", "North")], [lean("A", "B", 3, WORSE)], (LightsVerdict.LIVES, NEVER, NEVER)),
    "a ring that nothing strikes": ([stand("A"), stand("B")], [lean("A", "B"), lean("B", "A")], (LightsVerdict.LIVES, NEVER, NEVER)),
    "a ring that is struck": ([stand("A"), stand("B", "North")], [lean("A", "B", 5), lean("B", "A")], (LightsVerdict.FOR_A_TIME, 5, 5)),
    "certain late, perhaps sooner": (
        [stand("A"), stand("B", "North"), stand("C", "")],
        [lean("A", "B", 9), lean("A", "C", 4)],
        (LightsVerdict.FOR_A_TIME, 4, 9),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_a_service(name: str) -> None:
    stands, leans, told = CASES[name]
    [fate] = fates(stands, leans, [Offered(key="s", code="A")], NORTH)
    assert (fate.verdict, fate.low, fate.high) == told
    assert bool(fate.path) == (fate.verdict != LightsVerdict.LIVES)


def test_the_path_leads_from_the_service_to_what_is_gone_and_names_what_it_runs_worse_without() -> None:
    stands = [stand("A"), stand("B"), stand("C", "North"), stand("D", "North")]
    leans = [lean("A", "B", 6), lean("B", "C", 1), lean("A", "D", 0, WORSE)]
    [fate] = fates(stands, leans, [Offered(key="s", code="A")], NORTH)
    assert [(step.code, step.needs, step.loss, step.name) for step in fate.path] == [
        ("A", "B", None, ""),
        ("B", "C", None, ""),
        ("C", "", Loss.TERRITORY, "North"),
    ]
    assert fate.worse == ("D",)


def test_one_service_leans_where_the_other_of_its_system_does_not() -> None:
    leans = [lean("A", "B", 1, service="one")]
    one, other = fates([stand("A"), stand("B", "North")], leans, [Offered(key="one", code="A"), Offered(key="two", code="A")], NORTH)
    assert (one.verdict, other.verdict) == (LightsVerdict.FOR_A_TIME, LightsVerdict.LIVES)


def test_without_its_vendor_a_system_goes_on_for_as_long_as_was_told_and_else_nobody_can_say() -> None:
    here = [Stand(code="A", on={Loss.VENDOR: ("Acme",)})]
    for hours, verdict in ((Decimal(72), LightsVerdict.FOR_A_TIME), (None, LightsVerdict.UNKNOWN)):
        gone = Gone(names={Loss.VENDOR: frozenset({folded("ACME")})}, hours={Loss.VENDOR: hours})
        [fate] = fates(here, [], [Offered(key="s", code="A")], gone)
        assert fate.verdict == verdict


@settings(max_examples=drawn(80), deadline=None)
@given(st.data())
def test_both_moments_are_those_of_the_shortest_chain_of_all(data: st.DataObject) -> None:
    codes = "ABCD"
    stands = [stand(code, data.draw(st.sampled_from(("North", "South", "")))) for code in codes]
    pairs = [(one, other) for one in codes for other in codes if one != other]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=7))
    leans = [
        lean(*pair, data.draw(st.sampled_from((None, 0, 1, 5))), data.draw(st.sampled_from((STOPS, WORSE, UNTOLD)))) for pair in chosen
    ]
    told = fates(stands, leans, [Offered(key=code, code=code) for code in codes], NORTH)
    for fate in told:
        assert (fate.low, fate.high) == (_shortest(stands, leans, fate.code, False), _shortest(stands, leans, fate.code, True))


def _shortest(stands: Sequence[Stand], leans: Sequence[LeanHours], code: str, certain: bool) -> Decimal:
    """By walking every chain of systems without repetition."""
    place = {one.code: one.on[Loss.TERRITORY] for one in stands}
    best = NEVER
    for length in range(1, len(stands) + 1):
        for chain in permutations(place, length):
            if chain[0] != code:
                continue
            hours: Decimal | None = Decimal(0)
            for one, other in pairwise(chain):
                steps = [
                    each.hours or Decimal(0)
                    for each in leans
                    if (each.code, each.needs) == (one, other)
                    and each.kind != WORSE
                    and (not certain or (each.kind == STOPS and each.hours is not None))
                ]
                hours = None if hours is None or not steps else hours + min(steps)
            struck = place[chain[-1]] == ("North",) or (not certain and not place[chain[-1]])
            if hours is not None and struck:
                best = min(best, hours)
    return best


def test_a_drill_is_kept_as_it_was_that_day_and_nags_when_its_day_is_over(inventory: Inventory) -> None:
    officer, day = inventory.officer, desk_day(inventory.officer)
    assert names_that_can_go(officer)["territories"] == ["Capital", "North"]
    for broken in (Drill(name="North falls"), Drill(name=" ", territories=("North",)), Drill(name="x", crews=("a",), again_by=day)):
        with pytest.raises(Refused):
            drill_lights_out(officer, broken, reason="yearly")
    drill = Drill(name="North falls", territories=("north", " North "), again_by=day + timedelta(days=30))
    key = drill_lights_out(officer, drill, reason="yearly")
    kept = drill_record(officer, key)
    assert {(row["service"], row["verdict"]) for row in kept.rows if row["service"]} == {("Pensions", "for-a-time"), ("Sign-in", "lives")}
    pensions = next(row for row in kept.rows if row["service"] == "Pensions")
    assert [step["code"] for step in pensions["path"]] == ["PORTAL", "EXCHANGE", "LAND"]
    assert (pensions["low"], kept.counts["gone"], kept.systems) == ("4.000", 1, 5)
    mend_system(officer, inventory.systems["LAND"], SystemFacts(code="LAND", name="Land", territory="Capital"))
    assert drill_record(officer, key).rows == kept.rows, "a result is of its day"
    assert declared(officer, "drills", 5) == []
    with acting(officer):
        LightsOut.objects.get(id=key)
    say_lesson(officer, key, "Move the land register.", again_by=day + timedelta(days=1), version=1)
    one = drill_record(officer, key)
    assert (one.lesson, one.overdue, one.latest) == ("Move the land register.", False, True)
    for stranger in (inventory.cast.donor, inventory.cast.outsider):
        with pytest.raises(NotThere):
            drill_record(stranger, key)
        assert list_drills(stranger) == []


def test_an_overdue_drill_waits_for_its_organisation_until_it_is_done_again(inventory: Inventory, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, day = inventory.officer, desk_day(inventory.officer)
    drill = Drill(name="Cloud gone", clouds=("One",), again_by=day + timedelta(days=1))
    key = drill_lights_out(officer, drill, reason="first")
    later = "sild.wings.continuity.reads.lights_out.desk_day"
    monkeypatch.setattr(later, lambda actor: day + timedelta(days=2))
    assert [(item.title, item.urgent) for item in declared(officer, "drills", 5)] == [("Cloud gone", True)]
    assert declared(inventory.cast.donor, "drills", 5) == []
    drill_lights_out(officer, Drill(name="cloud GONE", clouds=("One",)), reason="again")
    assert declared(officer, "drills", 5) == []
    assert not drill_record(officer, key).latest


def test_a_drill_is_as_closed_as_the_most_closed_system_that_it_takes_in(inventory: Inventory) -> None:
    officer = inventory.officer
    record_system(officer, SystemFacts(code="S", name="S", territory="North"), marking=Marking.RED)
    key = drill_lights_out(officer, Drill(name="n", territories=("North",)), reason="x")
    assert drill_record(officer, key).marking == Marking.RED
