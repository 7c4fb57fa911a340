"""What bodies take things in with: hours of people, places, racks and power are told by month, used by pieces, and kept to by the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from sild.kernel.action import read
from sild.kernel.refusals import Refused
from sild.wings.linkage.public import link_register
from sild.wings.parties.public import mechanism_file
from sild.wings.parties.rules import ResourceName, UseEntry
from sild.wings.planning.public import import_supplement, lights_of, make_plan, newest_plan, record_limit
from sild.wings.planning.reads.granting import filled_from_ask
from sild.wings.planning.reads.limits import known_limits
from sild.wings.planning.reads.particulars import uses_of
from sild.wings.planning.reads.wording import RESOURCE_WORDS, in_english
from sild.wings.planning.rules import RESOURCES, LimitEntry, LimitKind, SupplementFile, with_untold
from sild.wings.register.public import keep_lines
from tests.cast import Cast
from tests.wings.readings import reading

TODAY = date(2026, 2, 10)
MINISTRY = "Ministry of Health of Ukraine"
LINES = [
    reading(1, "request", "server-hardware", "servers", 30, unit="server", beneficiary=MINISTRY),
    reading(2, "offer", "server-hardware", "rack servers", 30, unit="server", provider="Estonia"),
]


def entry(**fields: Any) -> LimitEntry:
    return LimitEntry.model_validate({"source": "capacity note 1", "as_of": date(2026, 1, 10)} | fields)


def people(*months: tuple[int, int | str]) -> list[LimitEntry]:
    return [entry(kind="absorption-people", subject=MINISTRY, month=f"2026-{month:02}", amount=hours) for month, hours in months]


def planned(cast: Cast, *limits: LimitEntry) -> dict[str, Any]:
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    import_supplement(cast.run, SupplementFile(limits=list(limits)))
    made = make_plan(cast.run, TODAY)
    assert made.findings == ()
    return made.answer


def by_month(answer: Mapping[str, Any]) -> dict[str, int]:
    told: dict[str, int] = {}
    for match in answer["matches"]:
        told[match["month"]] = told.get(match["month"], 0) + match["quantity"]
    return told


TWO_HOURS = entry(kind="use-people", subject="Estonia", category="server-hardware", amount="2.5")
NONE_LATER = [(month, 0) for month in range(4, 13)]


def closed() -> list[LimitEntry]:
    later = [entry(kind="absorption-people", subject=MINISTRY, month=f"2027-{month:02}", amount=0) for month in (1,)]
    return [*people(*NONE_LATER), *later]


def test_hours_of_people_bind_and_the_ask_names_them(cast: Cast) -> None:
    answer = planned(cast, TWO_HOURS, *people((2, 10), (3, 20)), *closed())
    assert by_month(answer) == {"2026-02": 4, "2026-03": 8}
    [unmet] = answer["unmet"]
    said = [in_english(one) for reason in unmet["reasons"] for one in reason["said"]]
    assert f"{MINISTRY}: 2.5 more hours of people in February 2026" in said
    [ask] = [ask for ask in answer["asks"] if ask["about"]["month"] == "2026-03"]
    assert (ask["about"]["resource"], ask["about"]["amount"]) == ("people", "45")
    assert ask["smallest_change"] == "45 hours of people" and ask["quantity"] == 18


def test_what_was_granted_is_told_on_top_of_what_stands(cast: Cast) -> None:
    answer = planned(cast, TWO_HOURS, *people((2, 10), (3, 20)), *closed())
    place = next(at for at, ask in enumerate(answer["asks"]) if ask["about"]["month"] == "2026-03")
    plan = newest_plan(cast.officer)
    assert plan is not None
    filled = filled_from_ask(cast.officer, plan.id, place)
    assert filled is not None
    assert (filled["kind"], filled["subject"], filled["month"], filled["amount"]) == ("absorption-people", MINISTRY, "2026-03", 65)
    told = {name: filled[name] for name in ("kind", "subject", "month", "amount")}
    record_limit(cast.officer, entry(**told, source="the ministry, by telephone", as_of=TODAY), reason="they hired")
    assert sum(by_month(make_plan(cast.run, TODAY).answer).values()) == 30


def test_racks_stay_taken(cast: Cast) -> None:
    racks = [
        entry(kind="absorption-racks", subject=MINISTRY, month=month, amount=units) for month, units in (("2025-11", 20), ("2026-04", 50))
    ]
    answer = planned(cast, entry(kind="use-racks", subject="Estonia", amount=2), *racks)
    assert by_month(answer) == {"2026-02": 10, "2026-04": 15}


def test_without_a_figure_the_use_is_unknown_and_said(cast: Cast) -> None:
    answer = planned(cast, *people((2, 10), (3, 20)), *closed())
    assert sum(by_month(answer).values()) == 30
    assert any(
        said.startswith("What a piece of “rack servers” by Estonia takes of hours of people is not known") for said in answer["assumptions"]
    )


def test_the_mechanisms_figure_counts_where_none_was_told_of_the_offer(cast: Cast) -> None:
    spec = mechanism_file(cast.officer)
    usual = [UseEntry(category="server-hardware", resource="people", amount=3, source="the desk's reckoning")]
    spec = spec.model_copy(update={"uses": usual})
    known = known_limits_of(cast)
    assert {name: use.amount for name, use in uses_of("Estonia", "server-hardware", known, spec).items()} == {"people": 3}
    record_limit(cast.officer, TWO_HOURS, reason="the giver says so")
    found = uses_of("Estonia", "server-hardware", known_limits_of(cast), spec)
    assert (found["people"].amount, found["people"].source) == (Decimal("2.5"), "capacity note 1")
    assert uses_of("Estonia", "training", known_limits_of(cast), spec) == {}


def known_limits_of(cast: Cast) -> Any:
    return read(lambda _actor: known_limits())(cast.officer)


def test_every_resource_of_the_mechanisms_file_can_be_told_and_used() -> None:
    assert set(RESOURCES) == set(get_args(ResourceName)) == set(RESOURCE_WORDS)
    assert {one.capacity for one in RESOURCES.values()} | {one.use for one in RESOURCES.values()} <= set(get_args(LimitKind))


def test_untold_months_are_counted_as_the_best_told_one_and_said() -> None:
    assert with_untold({}, 3) == {}
    assert with_untold({1: 0}, 3) == {1: 0}, "a month of nothing says nothing of the others"
    assert with_untold({1: 5, 2: 9, 6: 0}, 4) == {0: 9, 1: 5, 2: 9, 3: 9, 4: 9, 6: 0}


def test_a_tight_spring_pushes_nothing_into_a_summer_that_nobody_spoke_of(cast: Cast) -> None:
    answer = planned(cast, *(entry(kind="absorption", subject=MINISTRY, month=f"2026-0{month}", amount=2) for month in (2, 3)))
    assert max(by_month(answer).values()) == 2 and sum(by_month(answer).values()) == 24
    assert any("best month" in said and MINISTRY in said for said in answer["assumptions"])


def test_the_light_names_the_resource_that_is_short(cast: Cast) -> None:
    planned(cast, TWO_HOURS, *people((2, 10), (3, 20)), *closed())
    record_limit(cast.officer, entry(kind="absorption-people", subject=MINISTRY, month="2026-03", amount=15, as_of=TODAY), reason="ill")
    lights = {row.month: row.light for need in lights_of(cast.officer) for row in need.rows}
    conditions = {month: next(one for one in light.conditions if one.check == "absorption") for month, light in lights.items()}
    assert (conditions[date(2026, 3, 1)].code, conditions[date(2026, 3, 1)].figures) == ("full-people", (20, 15))
    assert conditions[date(2026, 2, 1)].code == "room-people"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "absorption-people", "subject": MINISTRY, "amount": 3}, "give month"),
        ({"kind": "absorption-power", "subject": MINISTRY, "month": "2026-03", "category": "training", "amount": 3}, "no category"),
        ({"kind": "use-racks", "subject": "Estonia"}, "needs an amount"),
        ({"kind": "use-racks", "subject": "Estonia", "amount": "0.001"}, "hundredths"),
    ],
)
def test_what_is_told_of_a_resource_has_its_form(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        entry(**fields)


def test_the_authority_speaks_for_its_bodies_and_a_giver_for_its_own_pieces(cast: Cast) -> None:
    [told] = people((3, 20))
    assert record_limit(cast.authority, told, reason="as they said")
    with pytest.raises(Refused):
        record_limit(cast.donor, told, reason="guessed")
    with pytest.raises(Refused):
        record_limit(cast.other_donor, replace_subject(TWO_HOURS), reason="guessed")


def replace_subject(one: LimitEntry) -> LimitEntry:
    return one.model_copy(update={"subject": "Estonia"})
