"""Evacuations of a few systems: plans keep every limit, bounds hold, reasons name what they should, and the check finds planted faults."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.evacuation import (
    HOME,
    BadProblem,
    Crew,
    Departure,
    Disruption,
    Effort,
    EvacuationProblem,
    Fate,
    Host,
    Line,
    Permission,
    ShapeRefused,
    System,
    Way,
    answer_from,
    answer_to,
    check,
    disrupted,
    evacuate,
    problem_from,
    problem_to,
)

HOURS = 48
LINE = Way(kind="line", crew="movers", people=1, work_hours=2, settle_hours=1)
MACHINE = Way(kind="machine", crew="movers", people=2, work_hours=4, settle_hours=2, still_hours=None)


def system(name: str, gb: int | None = 45, weight: int = 10, needs: tuple[str, ...] = (), **more: object) -> System:
    given_ways = {"ways": (LINE,), **more}
    return System(id=name, gb=gb, points_per_hour=weight, needs=needs, rack_units=1, watts=100, **given_ways)  # type: ignore[arg-type]  # as told


def problem(*systems: System, **more: object) -> EvacuationProblem:
    told: dict[str, object] = {
        "hours": HOURS,
        "hazard": ((0, 0), (24, 200_000), (HOURS, 900_000)),
        "hosts": (Host(id="tallinn", country="EE", gb=1000, rack_units=10, watts=2000),),
        "crews": (Crew(id="movers", people=2),),
        "lines": (Line(id="north", hosts=("tallinn",), mbit_s=100),),
        "departures": (Departure(id="lorry", host="tallinn", hour=8, arrives_hour=11, crates=1, gb_per_crate=500, machine_places=1),),
        **more,
    }
    return EvacuationProblem(systems=systems, **told)  # type: ignore[arg-type]  # as told


def planned(asked: EvacuationProblem, rounds: int = 60) -> dict[str, Fate]:
    answer = evacuate(asked, Effort(seconds=5, bound_share=0.1, rounds=rounds))
    assert check(asked, answer) == []
    return {fate.system: fate for fate in answer.fates}


@st.composite
def problems(draw: st.DrawFn) -> EvacuationProblem:
    count = draw(st.integers(1, 5))
    systems = []
    for at in range(count):
        media = Way(
            kind="media",
            crew="movers",
            people=1,
            work_hours=1,
            copy_hours=2,
            settle_hours=draw(st.integers(0, 5)),
            still_hours=draw(st.integers(0, 9)),
        )
        ways = draw(st.sampled_from([(), (LINE,), (MACHINE,), (media,), (LINE, media)]))
        permission = draw(st.sampled_from([Permission(), Permission(state="expected", hour=9, whose="X"), Permission(state="refused")]))
        needs = tuple(f"s{other}" for other in range(at) if draw(st.booleans()) and draw(st.booleans()))
        gb = draw(st.sampled_from([None, 1, 45, 300, 700]))
        changing = draw(st.sampled_from([0, 900, 40_000]))
        systems.append(
            system(
                f"s{at}",
                gb,
                draw(st.integers(0, 30)),
                needs,
                ways=ways,
                permission=permission,
                change_mb_per_hour=changing,
                points_if_lost=at * 7,
            )
        )
    small = Host(
        id="warsaw",
        country="PL",
        gb=draw(st.integers(0, 800)),
        rack_units=2,
        watts=500,
        ready_hour=6,
        reaches=draw(st.sampled_from([(), (HOME,), ("tallinn",)])),
    )
    hosts = (Host(id="tallinn", country="EE", gb=1000, rack_units=3, watts=2000), small)
    lines = (
        Line(
            id="north",
            hosts=("tallinn", "warsaw"),
            mbit_s=draw(st.sampled_from([80, 200])),
            changes=draw(st.sampled_from([(), ((20, 0),)])),
        ),
    )
    return problem(*systems, hosts=hosts, lines=lines)


@settings(max_examples=drawn(60), deadline=None)
@given(problems(), st.integers(0, 30))
def test_every_plan_and_every_plan_after_a_disruption_keeps_the_limits_and_stays_above_its_bound(
    asked: EvacuationProblem, hour: int
) -> None:
    answer = evacuate(asked, Effort(seconds=5, bound_share=0.2, rounds=15))
    assert check(asked, answer) == []
    again = disrupted(asked, answer.moves, Disruption(hour=hour, lines_cut=("north",), people_lost=(("movers", 1),), refused=("s0",)))
    assert check(again, evacuate(again, Effort(seconds=5, bound_share=0.2, rounds=15))) == []


def test_the_bound_is_at_most_the_best_plan_of_all_and_the_search_finds_that_plan() -> None:
    """Three systems over one line, one crew: by trying every order and every pace of each."""
    asked = problem(system("a", 100, 5), system("b", 40, 9), system("c", 90, 30), crews=(Crew(id="movers", people=1),), departures=())
    best = min(_by_turns(asked, turns) for turns in product(range(3), repeat=3) if len(set(turns)) == 3)
    answer = evacuate(asked, Effort(seconds=8, bound_share=0.5, rounds=300))
    assert answer.bound <= best
    assert answer.loss <= best
    assert answer.gap < 0.5


def _by_turns(asked: EvacuationProblem, turns: tuple[int, ...]) -> int:
    """One after the other over the whole line, the crew working ahead."""
    chance = [-(-200_000 * hour // 24) if hour <= 24 else 200_000 + -(-700_000 * (hour - 24) // 24) for hour in range(HOURS + 1)]
    crew = line = total = 0
    for at in turns:
        one = asked.systems[at]
        hours = -(-(one.gb or 0) * 8000 // (100 * 3600))
        leave = max(crew + 2, line)
        crew, line = leave, leave + hours
        live = line + 1
        total += one.points_per_hour * (sum(chance[1 : live + 1]) + (HOURS - live) * chance[line])
    return total


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    asked = problem(*(system(f"s{at}", 20 * at + 5, at + 1) for at in range(8)))
    one, two = (evacuate(asked, Effort(seconds=30, bound_share=0, rounds=80, seed=3)) for _ in range(2))
    assert one.moves == two.moves


def test_reasons_say_what_each_waits_for_and_why_some_stay() -> None:
    asked = problem(
        system("identity", permission=Permission(state="expected", hour=20, whose="the ministry")),
        system("register", 45, 20, ("identity",)),
        system("mainframe", ways=(), stays_because="it is built into the building"),
        system("leaning", needs=("mainframe",)),
        system("unsized", None),
        system("refused", permission=Permission(state="refused", whose="the court")),
        system("asked", permission=Permission(state="unknown", whose="the bank")),
        system("special", ways=(MACHINE,)),
        system("far", countries=("PL",)),
        system("huge", 900, 1, ways=(replace(LINE, people=2),)),
    )
    told = planned(asked)
    causes = {name: [reason.cause for reason in fate.reasons] for name, fate in told.items()}
    assert causes["identity"] == ["permission"] and "the ministry" in told["identity"].reasons[0].sentence
    assert causes["register"][0] == "needs" and told["register"].reasons[0].by == ("identity",)
    assert causes["mainframe"] == ["immovable"] and causes["leaning"] == ["needs-stay"] and causes["unsized"] == ["size-unknown"]
    assert causes["refused"] == ["refused"] and causes["asked"] == ["permission-unknown"] and causes["far"] == ["no-host"]
    assert causes["special"] == ["departure"]
    assert causes["huge"] == ["host-full"]


def test_what_is_done_stays_and_what_is_under_way_is_planned_anew_only_where_it_must_be() -> None:
    asked = problem(*(system(f"s{at}", 60, 10 + at) for at in range(6)))
    answer = evacuate(asked, Effort(seconds=5, bound_share=0, rounds=50))
    begun = [move for move in answer.moves if move.start < 8]
    still = disrupted(asked, answer.moves, Disruption(hour=8, people_lost=(("movers", 1),)))
    assert {move.system for move in still.held} == {move.system for move in begun}
    cut = disrupted(asked, answer.moves, Disruption(hour=8, lines_cut=("north",)))
    assert all(move.safe <= 8 for move in cut.held)
    told = planned(cut)
    assert all(fate.move is None or fate.move.safe <= 8 for fate in told.values())
    same = disrupted(asked, answer.moves, Disruption(hour=8))
    assert evacuate(same, Effort(seconds=5, bound_share=0, rounds=50)).changes == ()


def test_the_check_finds_each_planted_fault() -> None:
    asked = problem(system("identity"), system("register", 45, 20, ("identity",)), system("special", ways=(MACHINE,)))
    answer = evacuate(asked, Effort(seconds=5, bound_share=0, rounds=30))
    assert check(asked, answer) == []
    for at, fate in enumerate(answer.fates):
        move = fate.move
        assert move is not None
        for bent in (
            replace(move, live=move.live - 30),
            replace(move, start=move.start + 1),
            replace(move, host="nowhere"),
            replace(move, safe=move.safe - 1),
        ):
            fates = (*answer.fates[:at], replace(fate, move=bent), *answer.fates[at + 1 :])
            assert check(asked, replace(answer, fates=fates)), bent
    tight = replace(
        asked, crews=(Crew(id="movers", people=1),), hosts=(replace(asked.hosts[0], gb=50),), lines=(replace(asked.lines[0], mbit_s=10),)
    )
    found = " ".join(check(tight, answer))
    assert "people of the crew" in found and "holds 135 GB" in found and "which carries 10" in found
    assert check(asked, replace(answer, bound=answer.charged + 1)) and check(asked, replace(answer, loss=answer.loss + 1))


def test_a_cancelled_search_returns_a_plan_that_keeps_every_limit() -> None:
    asked = problem(*(system(f"s{at}", 20, at + 1) for at in range(8)))
    answer = evacuate(asked, Effort(seconds=30, cancelled=lambda: True))
    assert answer.stopped == "cancelled" and check(asked, answer) == [] and len(answer.moves) == 8


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"hazard": ((0, 500), (9, 400))}, "falls or goes back"),
        ({"hazard": ((1, 0),)}, "begin with hour 0"),
        ({"crews": ()}, "which the problem does not hold"),
        ({"now_hour": HOURS}, "must lie within"),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(BadProblem, match=words):
        problem(system("a"), **wrong)


def test_systems_that_need_each_other_in_a_circle_are_refused() -> None:
    with pytest.raises(BadProblem, match="in a circle"):
        problem(system("a", needs=("b",)), system("b", needs=("a",)))


def test_problem_and_answer_come_back_from_json_as_they_were() -> None:
    asked = problem(system("a"), system("b", None))
    answer = evacuate(asked, Effort(seconds=5, bound_share=0, rounds=5))
    assert problem_from(json.loads(json.dumps(problem_to(asked)))) == asked
    assert answer_from(json.loads(json.dumps(answer_to(answer)))) == answer
    with pytest.raises(ShapeRefused, match="unknown key"):
        problem_from({**problem_to(asked), "hors": 3})
    with pytest.raises(ShapeRefused, match="must be int"):
        problem_from({**problem_to(asked), "hours": "3"})


def test_what_weighs_nothing_goes_where_others_need_it() -> None:
    told = planned(problem(system("identity", 45, 0), system("register", 45, 20, ("identity",))))
    assert told["identity"].move is not None and told["register"].move is not None
