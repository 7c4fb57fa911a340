"""A plan obeys the known limits, names the unknown ones, and keeps its check."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sild.kernel.refusals import Refused
from sild.wings.linkage.public import link_register
from sild.wings.planning.public import import_supplement, make_plan, newest_plan, read_supplement, record_limit
from sild.wings.planning.rules import LimitEntry, SupplementFile
from sild.wings.register.public import keep_lines, needs
from tests.cast import Cast
from tests.wings.readings import reading

TODAY = date(2026, 2, 10)
MINISTRY, COUNCIL = "Ministry of Health of Ukraine", "Lviv City Council"
LINES = [
    reading(1, "request", "end-user-devices", "laptops", 100, unit="laptop", beneficiary=MINISTRY, urgency="critical"),
    reading(2, "request", "end-user-devices", "laptops for the registry", 40, unit="laptop", beneficiary=COUNCIL),
    reading(3, "offer", "end-user-devices", "refurbished laptops", 120, unit="laptop", provider="Estonia"),
    reading(4, "request", "satellite-connectivity", "terminals", 5, unit="terminal", beneficiary=COUNCIL),
    reading(5, "request", "training", "a course", None, beneficiary=COUNCIL),
    reading(6, "request", "secure-communications", "radios", 20, unit="radio", beneficiary="A brigade", channel="military"),
    reading(7, "offer", "backup-storage", "grant for backups", None, provider="Denmark"),
]


def entry(**fields: Any) -> LimitEntry:
    return LimitEntry.model_validate({"source": "capacity note 1", "as_of": date(2026, 1, 10)} | fields)


def prepared(cast: Cast, *limits: LimitEntry) -> dict[str, Any]:
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    import_supplement(cast.run, SupplementFile(limits=list(limits)))
    made = make_plan(cast.run, TODAY)
    assert made.findings == ()
    return made.answer


def given(cast: Cast, answer: dict[str, Any]) -> dict[str, int]:
    body = {str(need.id): need.beneficiary for need in needs(cast.run)}
    told: dict[str, int] = {}
    for match in answer["matches"]:
        told[body[match["need"]]] = told.get(body[match["need"]], 0) + match["quantity"]
    return told


def reasons(cast: Cast, answer: dict[str, Any], body: str, category: str) -> list[dict[str, Any]]:
    [need] = [one for one in needs(cast.run) if (one.beneficiary, one.category) == (body, category)]
    return next(row["reasons"] for row in answer["unmet"] if row["need"] == str(need.id))


def test_the_urgent_need_is_served_first_and_all_that_is_offered_is_used(cast: Cast) -> None:
    answer = prepared(cast)
    assert answer["basis"] == "provisional"
    assert given(cast, answer) == {MINISTRY: 100, COUNCIL: 20}


def test_absorption_binds_month_by_month(cast: Cast) -> None:
    months = [entry(kind="absorption", subject=MINISTRY, month=f"2026-0{month}", amount=amount) for month, amount in ((2, 10), (3, 20))]
    late = [entry(kind="absorption", subject=MINISTRY, month=f"2026-{month:02}", amount=0) for month in range(4, 13)]
    answer = prepared(cast, *months, *late)
    in_february = [match for match in answer["matches"] if match["month"] == 0 and match["quantity"] > 10]
    assert all(needs_body(cast, match["need"]) != MINISTRY for match in in_february)


def needs_body(cast: Cast, identity: str) -> str:
    return next(need.beneficiary for need in needs(cast.run) if str(need.id) == identity)


def test_a_budget_binds_and_is_named(cast: Cast) -> None:
    answer = prepared(
        cast,
        entry(kind="unit-cost", subject="Estonia", category="end-user-devices", amount=Decimal(500), currency="EUR"),
        entry(kind="budget", subject="Estonia", amount=Decimal(30_000), currency="EUR"),
    )
    assert sum(given(cast, answer).values()) == 60
    assert any("budget" in reason["limit"] for reason in reasons(cast, answer, MINISTRY, "end-user-devices"))


def test_what_nobody_offers_says_so(cast: Cast) -> None:
    answer = prepared(cast)
    told = reasons(cast, answer, COUNCIL, "satellite-connectivity")
    assert told and told[0]["owner"]
    assert told[0]["smallest_change"]


def test_a_need_without_a_quantity_waits_for_its_asker_and_a_military_one_leaves(cast: Cast) -> None:
    answer = prepared(cast)
    assert [reason["limit"] for reason in reasons(cast, answer, COUNCIL, "training")] == ["quantity-unknown"]
    assert [reason["limit"] for reason in reasons(cast, answer, "A brigade", "secure-communications")] == ["military"]


def test_an_offer_of_money_without_a_quantity_is_listed_not_lost(cast: Cast) -> None:
    answer = prepared(cast)
    [left] = answer["offers_left_out"]
    assert "ask Denmark" in left["why"]


def test_an_open_objection_stops_an_offer_and_a_lifted_one_does_not(cast: Cast) -> None:
    answer = prepared(cast, entry(kind="objection", subject="Estonia", category="end-user-devices", state="open", authority="France"))
    assert answer["matches"] == []
    told = reasons(cast, answer, MINISTRY, "end-user-devices")
    assert any("France" in reason["owner"] + reason["sentence"] for reason in told)
    lifted = entry(kind="objection", subject="Estonia", category="end-user-devices", state="lifted", authority="France", as_of=TODAY)
    record_limit(cast.officer, lifted, reason="eased")
    assert make_plan(cast.run, TODAY).answer["matches"]


def test_two_sources_that_differ_are_told_and_the_later_stands(cast: Cast) -> None:
    answer = prepared(
        cast,
        entry(kind="budget", subject="Estonia", amount=Decimal(10), currency="EUR", source="note 1"),
        entry(kind="budget", subject="Estonia", amount=Decimal(20), currency="EUR", source="note 2", as_of=date(2026, 2, 1)),
    )
    assert any("note 1" in words and "note 2" in words for words in answer["assumptions"])


def test_unknown_limits_are_named_and_do_not_bind(cast: Cast) -> None:
    answer = prepared(cast)
    assert any("Budgets unknown in EUR" in words and "Estonia" in words for words in answer["assumptions"])
    assert any("Absorption unknown" in words for words in answer["assumptions"])


def test_the_same_register_gives_the_same_plan_without_solving_again(cast: Cast) -> None:
    prepared(cast)
    first = newest_plan(cast.run)
    again = make_plan(cast.run, TODAY)
    assert first is not None
    assert (again.fresh, again.id) == (False, first.id)


def test_priority_is_printed_as_arithmetic_with_the_range_that_unknowns_leave(cast: Cast) -> None:
    answer = prepared(cast)
    assert any("unknown: severity, essential_service, so between" in words for words in answer["priorities"].values())


def test_a_malformed_supplement_is_refused_by_key() -> None:
    with pytest.raises(Refused, match=r"limits\.0.*month"):
        read_supplement(b"limits: [{kind: absorption, subject: X, amount: 3, source: s, as_of: 2026-01-01}]", "facts.yaml")
    with pytest.raises(Refused, match="is not a key of this file"):
        read_supplement(b"limmits: []", "facts.yaml")
    with pytest.raises(Refused, match="line 1"):
        read_supplement(b"limits: [", "facts.yaml")


def test_who_has_no_party_speaks_for_nobody_in_particular(cast: Cast) -> None:
    nobodys = entry(kind="objection", subject="Kestrel Endpoint Inc.", state="open")
    with pytest.raises(Refused, match="nobody in particular"):
        record_limit(cast.seller, nobodys)
    assert record_limit(cast.seller, entry(kind="unit-cost", subject="A company", amount=Decimal(3), currency="EUR"))
