"""Bundles, substitutes, hosting, smallest orders, handing on, end uses and regions come from what was stated, and bind the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from sild.wings.agreements.actions import SAYING
from sild.wings.agreements.public import Proposal, Word, propose_agreement
from sild.wings.linkage.public import link_register
from sild.wings.planning.public import import_supplement, make_plan, plan_sheet
from sild.wings.planning.reads import posed_problem
from sild.wings.planning.reads.particulars import any_of
from sild.wings.planning.reads.wording import CHANGES
from sild.wings.planning.rules import LimitEntry, SupplementFile
from sild.wings.register.public import NeedState, keep_lines, needs, offers, rule_gate
from tests.cast import Cast
from tests.wings.readings import reading

TODAY = date(2026, 2, 10)
HOSPITAL, COUNCIL, FUND = "Sumy Hospital", "Lviv City Council", "Pension Fund of Ukraine"
LINES = [
    reading(1, "request", "network-security", "firewalls", 2, unit="firewall", beneficiary=HOSPITAL),
    reading(2, "request", "network-equipment", "switches", 14, unit="switch", beneficiary=HOSPITAL),
    reading(3, "offer", "network-security", "firewalls", 2, unit="firewall", provider="Canada"),
    reading(4, "offer", "network-equipment", "switches", 7, unit="switch", provider="Poland"),
    reading(5, "request", "end-user-devices", "desktop computers", 10, unit="computer", beneficiary=COUNCIL),
    reading(6, "offer", "end-user-devices", "laptops", 10, unit="laptop", provider="Estonia"),
    reading(7, "request", "backup-storage", "storage", 40, unit="TB", beneficiary=FUND),
    reading(8, "offer", "backup-storage", "storage", 60, unit="TB", provider="Talpa Data"),
    reading(9, "request", "endpoint-protection", "EDR seats", 30, unit="licence", beneficiary=FUND),
    reading(10, "offer", "endpoint-protection", "EDR seats", 30, unit="licence", provider="Kestrel"),
    reading(11, "request", "vulnerability-management", "scanner", 20, unit="host", beneficiary=COUNCIL),
    reading(12, "offer", "vulnerability-management", "scanner", 20, unit="host", provider="Nordvarn"),
]
STATED: list[dict[str, Any]] = [
    {"kind": "bundle", "subject": HOSPITAL, "category": "network-security", "parts": {"network-security": 1, "network-equipment": 7}},
    {"kind": "bundle", "subject": COUNCIL, "category": "training", "parts": {"training": 1, "end-user-devices": 1}},
    {"kind": "substitute", "subject": COUNCIL, "category": "end-user-devices", "accepts": {"end-user-devices": "0.6"}},
    {"kind": "site", "subject": FUND, "category": "backup-storage", "place": "Fund's hall"},
    {"kind": "hosting", "subject": "Fund's hall", "month": "2025-12", "amount": 90},
    {"kind": "hosting", "subject": "Fund's hall", "month": "2026-01", "amount": 25},
    {"kind": "footprint", "subject": "Talpa Data", "category": "backup-storage", "amount": 1},
    {"kind": "minimum-order", "subject": "Talpa Data", "category": "backup-storage", "amount": 20},
    {"kind": "re-export", "subject": "Kestrel", "category": "endpoint-protection", "state": "no"},
    {"kind": "hand-on", "subject": FUND, "category": "endpoint-protection", "state": "yes"},
    {"kind": "end-use", "subject": "Nordvarn", "uses": ["own networks"]},
    {"kind": "intended-use", "subject": COUNCIL, "category": "vulnerability-management", "uses": ["networks of others"]},
    {"kind": "region", "subject": HOSPITAL, "place": "Sumy"},
]


def entry(**fields: Any) -> LimitEntry:
    return LimitEntry.model_validate({"source": "note 1", "as_of": date(2026, 1, 10)} | fields)


def prepared(cast: Cast) -> dict[str, Any]:
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    import_supplement(cast.run, SupplementFile(limits=[entry(**fields) for fields in STATED]))
    made = make_plan(cast.run, TODAY)
    assert made.findings == ()
    return made.answer


def delivered(cast: Cast, answer: dict[str, Any]) -> dict[tuple[str, str], int]:
    asked = {str(need.id): (need.beneficiary, need.category) for need in needs(cast.run)}
    told: dict[tuple[str, str], int] = {}
    for match in answer["matches"]:
        told[asked[match["need"]]] = told.get(asked[match["need"]], 0) + match["quantity"]
    return told


def blocked_by(cast: Cast, answer: dict[str, Any], body: str, category: str) -> set[str]:
    [need] = [one for one in needs(cast.run) if (one.beneficiary, one.category) == (body, category)]
    row = next(row for row in answer["unmet"] if row["need"] == str(need.id))
    return {limit for reason in row["reasons"] for limit in reason["limit"].split(" + ")}


def test_every_stated_particular_binds_the_plan_and_is_named(cast: Cast) -> None:
    answer = prepared(cast)
    assert delivered(cast, answer) == {
        # seven switches are one set, so one of the two firewalls waits for the other seven
        (HOSPITAL, "network-security"): 1,
        (HOSPITAL, "network-equipment"): 7,
        (COUNCIL, "end-user-devices"): 10,
        # the hall's newest figure of before today holds: room for 25
        (FUND, "backup-storage"): 25,
    }
    assert "bundle" in blocked_by(cast, answer, HOSPITAL, "network-security")
    assert "hosting" in blocked_by(cast, answer, FUND, "backup-storage")
    assert "re-export" in blocked_by(cast, answer, FUND, "endpoint-protection")
    assert "end-use" in blocked_by(cast, answer, COUNCIL, "vulnerability-management")
    assert any("of which a piece counts 0.6" in words for words in answer["assumptions"])
    assert any("a bundle is not planned" in words and "training" in words for words in answer["assumptions"])
    assert answer["orders"] == [{"offer": "“storage” by Talpa Data", "minimum": 20, "quantity": 25, "bodies": [FUND]}]
    posed = posed_problem(cast.run, TODAY).problem
    assert {need.region for need in posed.needs if need.body == HOSPITAL} == {"Sumy"}
    assert {offer.categories[-1] for offer in posed.offers if offer.donor == "Estonia"} == {any_of("end-user-devices")}
    sheet = plan_sheet(cast.officer)
    assert sheet is not None
    assert [name for name, _worth in sheet.weighing.parts] == ["value"]
    assert "40" in sheet.weighing.sentences[0] or "30" in sheet.weighing.sentences[0]


def endorsed(cast: Cast, body: str, category: str) -> UUID:
    [need] = [one for one in needs(cast.run) if (one.beneficiary, one.category) == (body, category)]
    rule_gate(cast.technical, need.id, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, need.id, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    return need.id


def test_what_was_committed_is_kept_and_what_was_refused_is_not_planned_again(cast: Cast) -> None:
    before = prepared(cast)
    council, estonia = endorsed(cast, COUNCIL, "end-user-devices"), next(one.id for one in offers(cast.run) if one.provider == "Estonia")
    # one piece is below what is of use, and was promised all the same
    told = Proposal(quantity=Decimal(1), month=date(2026, 1, 1))
    one = propose_agreement(cast.officer, council, estonia, told, reason="by the plan")
    for word in (Word.ACCEPT, Word.COMMIT):
        SAYING[word](cast.officer, one, reason="their letter")
    after = make_plan(cast.run, TODAY)
    assert after.findings == ()
    assert after.fresh
    assert delivered(cast, after.answer) == delivered(cast, before)
    posed = posed_problem(cast.run, TODAY).problem
    assert [one.lots for one in posed.committed] == [1]
    assert sum(one.lots for one in posed.planned) == sum(delivered(cast, after.answer).values())
    recall = SAYING[Word.RECALL]
    recall(cast.officer, one, reason="their second letter")
    again = propose_agreement(cast.officer, council, estonia, told, reason="once more")
    SAYING[Word.DECLINE](cast.officer, again, reason="they have some by now")
    last = make_plan(cast.run, TODAY)
    assert last.findings == ()
    assert (COUNCIL, "end-user-devices") not in delivered(cast, last.answer)
    assert "declined" in blocked_by(cast, last.answer, COUNCIL, "end-user-devices")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"kind": "bundle", "category": "training", "parts": {"training": 1}}, "at least two parts"),
        ({"kind": "bundle", "category": "training", "parts": {"exercises": 1, "end-user-devices": 2}}, "one of them"),
        ({"kind": "substitute", "category": "training"}, "accepted instead"),
        ({"kind": "substitute", "category": "training", "accepts": {"exercises": 0}}, "greater than 0"),
        ({"kind": "hosting"}, "whole amount"),
        ({"kind": "footprint", "amount": "1.5"}, "whole amount"),
        ({"kind": "minimum-order", "amount": 10**9}, "whole amount"),
        ({"kind": "hand-on", "state": "granted"}, "yes or no"),
        ({"kind": "end-use"}, "uses that are allowed"),
        ({"kind": "intended-use", "uses": ["a", "b"]}, "one use"),
        ({"kind": "site"}, "needs a place"),
    ],
)
def test_a_particular_that_says_too_little_is_refused(fields: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        entry(subject="A body", **fields)


def test_every_limit_that_the_core_can_name_has_words() -> None:
    from_core = {"bundle", "hosting", "re-export", "end-use", "minimum-order"}
    assert from_core <= CHANGES.keys()


def test_the_plan_says_why_this_offer_and_how_another_would_fit(cast: Cast) -> None:
    keep_lines(
        cast.run,
        [
            reading(1, "request", "end-user-devices", "laptops", 10, unit="laptop", beneficiary=COUNCIL),
            reading(2, "request", "end-user-devices", "laptops", 30, unit="laptop", beneficiary=FUND),
            reading(3, "offer", "end-user-devices", "laptops", 10, unit="laptop", provider="Estonia"),
            reading(4, "offer", "end-user-devices", "laptops", 20, unit="laptop", provider="Sweden"),
        ],
    )
    link_register(cast.run)
    limits = [entry(kind="earmark", subject="Sweden", bodies=["Odesa"]), entry(kind="lead-time", subject="Sweden", amount=2)]
    import_supplement(cast.run, SupplementFile(limits=limits))
    answer = make_plan(cast.run, TODAY).answer
    [row] = answer["choices"]
    assert [said["with"]["misfits"] for said in row["instead"]] == ["earmark"]
    sheet = plan_sheet(cast.officer)
    assert sheet is not None
    [varied] = sheet.varied
    assert (varied.quantity, varied.owner) == (20, "donor Sweden")
    assert "waiver of the earmark" in varied.changes[0]
    [given] = [one for planned in sheet.rows for one in planned.given]
    assert given.instead == ("“laptops” by Sweden: it is meant for somebody else.",)
    named = [ask for ask in sheet.asks if ask.owner == "donor Sweden"]
    assert named and all(ask.exact and ask.gain > 0 for ask in named)
    assert sheet.weighing.above_first_come is not None and sheet.weighing.above_first_come >= 0
