"""A match truly becomes green, the light is one function behind every door, and what a reader may not see never passes."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse

from sild.kernel.actor import Actor, acting
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.wings.agreements.actions import SAYING
from sild.wings.agreements.public import Agreement, Proposal, Word, propose_agreement
from sild.wings.clearance.actions import Move, move_case, open_case
from sild.wings.clearance.public import CameFile, CameKind, ConditionSource, ConditionStand, attach_file, cases_of_lines, tell_condition
from sild.wings.clearance.rules import CaseState
from sild.wings.parties.public import MechanismFile, change_mechanism, import_parties
from sild.wings.planning.public import GateVerdict, Light, lights_of, lights_of_need, make_plan, record_limit
from sild.wings.planning.reads.lit import lit_matches
from sild.wings.planning.rules import Check, LimitEntry
from tests.api.programs import program_of
from tests.cast import MECHANISM, Cast
from tests.keeping import once
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import LINES, MINISTRY, Table, table
from tests.wings.screening.conftest import Desk, entity, party

__all__ = ["table"]

TODAY, MARCH = date(2026, 2, 10), date(2026, 3, 1)
GRANTED = ((CaseState.CANDIDATE, 12), (CaseState.LICENCE_REQUIRED, 14), (CaseState.APPLIED, 15))


def stated(cast: Cast, **fields: Any) -> None:
    record_limit(cast.officer, LimitEntry.model_validate({"source": "a note", "as_of": date(2026, 2, 1)} | fields), reason="as they said")


def asked(member: Actor, path: str) -> Any:
    slug = next(one.slug for one in MECHANISM.members if one.name == member.name)
    return json.loads(program_of("drill", slug, account_on(member)).ask("GET", path, None).content)


def liaison(cast: Cast) -> Actor:
    told = MECHANISM.model_dump(mode="json")
    told["organisations"].append({"slug": "transit", "name": "The back office", "office": "back-office"})
    told["members"].append({"slug": "liaison", "name": "Licence liaison", "organisation": "transit", "roles": ["licence-liaison"]})
    change_mechanism(cast.run, MechanismFile.model_validate(told))
    return actor_named("drill", "liaison")


def granted(cast: Cast, who: Actor, expires: date, *conditions: str) -> None:
    case = open_case(cast.officer, LINES[1].id, "EE", "SGC", on=date(2026, 1, 10), reason="offered")
    for state, day in GRANTED:
        move_case(who, case, Move(state=state, on=date(2026, 1, day)), reason="they said so")
    move_case(
        who, case, Move(state=CaseState.GRANTED, on=date(2026, 2, 4), expires_on=expires, conditions=list(conditions)), reason="letter"
    )


def light(table: Table, reader: Actor | None = None) -> Light:
    [row] = lights_of_need(reader or table.cast.officer, table.need).rows
    return row.light


def codes(found: Light) -> dict[Check, str]:
    return {one.check: one.code for one in found.conditions}


def agreed(table: Table, quantity: int = 12) -> None:
    one = propose_agreement(table.cast.officer, table.need, table.estonias, Proposal(quantity=Decimal(quantity), month=MARCH))
    for word in (Word.ACCEPT, Word.COMMIT):
        SAYING[word](table.cast.officer, one, reason="their letters")


@pytest.fixture
@once
def green(table: Table, home: Home) -> Table:
    """Twelve gateways of Estonia's for March, of which everything was said that has to be said."""
    agreed(table)
    import_parties(table.cast.run, (party(MINISTRY, kind="recipient-body"), party("Estonia", country="EE", kind="donor")))
    Desk(table.cast, home).take([entity("list-1", "Quite Another Holding")])
    granted(table.cast, liaison(table.cast), date(2027, 2, 4), "civil use", "a yearly report")
    [case] = cases_of_lines(table.cast.officer, [LINES[1].id])
    for number, stand in ((0, ConditionStand.MET), (1, ConditionStand.CARRIED)):
        tell_condition(table.cast.officer, ConditionSource.LICENCE, case.id, number, stand, reason="the ministry wrote so")
    stated(table.cast, kind="intended-use", subject=MINISTRY, category="network-security", uses=["own networks"])
    stated(table.cast, kind="absorption", subject=MINISTRY, month="2026-03", amount=12)
    return table


def test_with_screening_licence_end_use_and_absorption_said_the_light_is_green(green: Table) -> None:
    found = light(green)
    assert {one.check: one.verdict for one in found.conditions} == dict.fromkeys(Check, GateVerdict.PASS)
    assert (found.verdict, found.blocker, found.earliest) == (GateVerdict.PASS, None, MARCH)
    [row] = lights_of(green.cast.officer)[0].rows
    assert [(one.text, one.source, one.by) for one in row.keep] == [("civil use", "licence", "SGC"), ("a yearly report", "licence", "SGC")]
    theirs = light(green, green.cast.asker)
    assert theirs.verdict != GateVerdict.PASS, "who may not see the offer cannot know"
    assert codes(theirs)[Check.OFFERED] == "offer-not-shown"
    assert codes(theirs)[Check.OBJECTIONS] == "objections-not-shown"


def test_every_door_tells_the_same_light(green: Table) -> None:
    cast, client = green.cast, signed_in(green.cast.officer)
    [row] = lit_matches(cast.officer).rows
    assert (row.verdict, row.blocker, row.licensed, row.keep) == (
        "pass",
        "",
        "pass",
        "civil use (met)\na yearly report (carried)",
    )
    told = asked(cast.officer, "/plan/deliverability")["items"]
    one = asked(cast.officer, f"/needs/{green.need}/deliverability")["rows"]
    assert [(it["verdict"], it["licensed"]) for it in told] == [("pass", "pass")]
    assert [(it["light"]["verdict"], len(it["keep"])) for it in one] == [("pass", 2)]
    lines = list(csv.DictReader(io.StringIO(client.get(reverse("planning.lights"), {"format": "csv"}).content.decode("utf-8-sig"))))
    assert [(line["need"], line["verdict"], line["month"]) for line in lines] == [(str(green.need), "pass", "2026-03-01")]
    book = client.get(reverse("planning.lights"), {"format": "xlsx"})
    assert "deliverability.xlsx" in book.headers["Content-Disposition"]
    with ZipFile(io.BytesIO(book.content)) as archive:
        assert b"a yearly report" in archive.read("xl/sharedStrings.xml")
    text = client.get(reverse("planning.gate", args=[green.need])).content.decode()
    assert "can be delivered" in text and "Conditions to keep" in text and "a yearly report" in text
    listed = client.get(reverse("planning.lights")).content.decode()
    assert "VPN gateways" in listed and "Estonia" in listed
    assert "No match fits this filter" in client.get(reverse("planning.lights"), {"verdict": "fail"}).content.decode()
    outside = signed_in(cast.other_donor).get(reverse("planning.lights")).content.decode()
    assert "Nothing is planned or agreed that you may see" in outside
    assert asked(cast.other_donor, "/plan/deliverability")["items"] == []


def test_a_signed_end_use_statement_is_read_by_the_light(table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILD_HOME", str(tmp_path))
    Home(tmp_path).prepare()
    agreed(table)
    who = liaison(table.cast)
    granted(table.cast, who, date(2027, 2, 4))
    assert codes(light(table))[Check.END_USE] == "not-stated"
    [case] = cases_of_lines(who, [LINES[1].id])
    statement = CameFile(kind=CameKind.SIGNED, name="statement.pdf", data=b"%PDF-1.7 signed", signed_on=date(2026, 2, 5))
    attach_file(who, case.id, statement, version=case.version)
    assert codes(light(table))[Check.END_USE] == "signed"


def test_what_was_stated_against_it_stops_it_as_it_stops_the_plan(green: Table) -> None:
    stated(green.cast, kind="objection", subject="Estonia", category="network-security", state="open", authority="A neighbour")
    found = light(green)
    assert (found.blocker is not None and found.blocker.code, found.blocker is not None and found.blocker.who) == (
        "objection",
        "A neighbour",
    )
    answer = make_plan(green.cast.run, TODAY).answer
    assert str(green.estonias) not in {match["offer"] for match in answer["matches"]}


def test_all_needs_of_the_body_arrive_together(green: Table) -> None:
    laptops = next(one for one in lights_of(green.cast.officer) if one.need == green.need)
    assert codes(laptops.rows[0].light)[Check.ABSORPTION] == "room"
    propose_agreement(green.cast.officer, green.need, green.kestrels, Proposal(quantity=Decimal(3), month=MARCH))
    rows = lights_of_need(green.cast.officer, green.need).rows
    figures = {one.figures for row in rows for one in row.light.conditions if one.check == Check.ABSORPTION}
    assert figures == {(Decimal(15), Decimal(12))}
    assert {codes(row.light)[Check.ABSORPTION] for row in rows} == {"full"}


def test_a_licence_that_ends_in_the_month_does_not_pass_and_is_not_planned_with(table: Table) -> None:
    who = liaison(table.cast)
    granted(table.cast, who, date(2026, 3, 10))
    stated(table.cast, kind="absorption", subject=MINISTRY, month="2026-02", amount=0)
    propose_agreement(table.cast.officer, table.need, table.estonias, Proposal(quantity=Decimal(4), month=MARCH))
    assert codes(light(table))[Check.LICENSED] == "ends-within"
    answer = make_plan(table.cast.run, TODAY)
    assert answer.findings == ()
    assert str(table.estonias) not in {match["offer"] for match in answer.answer["matches"]}


def test_what_is_on_its_way_has_left_so_many_months_before(green: Table) -> None:
    stated(green.cast, kind="lead-time", subject="Estonia", category="network-security", amount=2)
    assert light(green).earliest == date(2026, 4, 1)


def test_what_the_plan_matched_is_proposed_by_its_name(table: Table) -> None:
    cast, client = table.cast, signed_in(table.cast.officer)
    plan = make_plan(cast.run, TODAY).id
    text = client.get(reverse("planning.plan")).content.decode()
    assert f"&amp;plan={plan}#propose" in text
    assert "not known whether it can be delivered" in text or "cannot be delivered yet" in text, "each delivery of the plan has its light"
    form = client.get(reverse("agreements.need", args=[table.need]), {"offer": str(table.estonias), "quantity": "3", "plan": str(plan)})
    assert f'name="plan" value="{plan}"' in form.content.decode()
    sent = {"offer": table.estonias, "quantity": "3", "giver_told": "yes", "plan": plan, "reason": "by the plan"}
    assert client.post(reverse("agreements.propose", args=[table.need]), sent).status_code == 302
    with acting(cast.officer):
        assert list(Agreement.objects.values_list("plan_id", flat=True)) == [plan]
    [given] = [row["given"] for row in asked(cast.officer, "/plan/needs")["items"] if row["need"] == str(table.need)]
    assert given[0]["light"]["blocker"]["check"] == "requester"
