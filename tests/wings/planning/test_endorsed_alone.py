"""A plan can be asked for from endorsed needs alone: it says so, the others wait for their gates, and that is taken back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.refusals import NotForRole, Refused
from sild.kernel.undo import undo
from sild.wings.planning.public import PlanMade, make_plan, plan_sheet, take_in
from sild.wings.register.public import NeedState, rule_gate
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import Table, table

__all__ = ["table"]

TODAY = date(2026, 2, 10)


def planned(table: Table) -> PlanMade:
    made = make_plan(table.cast.run, TODAY)
    assert made.findings == ()
    return made


def waiting(made: PlanMade) -> dict[str, list[dict[str, Any]]]:
    return {row["need"]: row["reasons"] for row in made.answer["unmet"] if row["reasons"][0]["limit"] == "endorsement"}


def test_endorsed_needs_alone_are_planned_on_request_and_the_others_say_whose_move_it_is(table: Table) -> None:
    cast = table.cast
    before = planned(table)
    assert (before.answer["only_endorsed"], waiting(before)) == (False, {})
    assert take_in(cast.officer, only_endorsed=True, reason="the group meets")
    act, made = last_act(), planned(table)
    assert made.fresh and made.answer["only_endorsed"] and made.answer["basis"] == "endorsed"
    [reason] = waiting(made)[str(table.unendorsed)]
    assert reason["owner"].startswith("endorsing gates of ") and "endorsed needs alone" in reason["sentence"]
    assert {match["need"] for match in made.answer["matches"]} == {str(table.need)}
    assert any(
        words.startswith("Endorsed needs alone are planned here; needs that wait for their gates: 1")
        for words in made.answer["assumptions"]
    )
    sheet = plan_sheet(cast.officer)
    assert sheet is not None and sheet.only_endorsed
    assert {row.need: row.state for row in sheet.rows}[table.unendorsed] == "not-plannable"
    assert not take_in(cast.officer, only_endorsed=True, reason="again"), "it stands already"
    assert act is not None
    undo(cast.officer, act, reason="the group wants to see all")
    assert planned(table).answer["only_endorsed"] is False


def test_it_is_said_also_where_every_need_is_endorsed_and_so_the_problem_stays_the_same(table: Table) -> None:
    cast = table.cast
    rule_gate(cast.technical, table.unendorsed, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, table.unendorsed, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    assert planned(table).answer["only_endorsed"] is False
    take_in(cast.officer, only_endorsed=True, reason="the group meets")
    made = planned(table)
    assert made.fresh and made.answer["only_endorsed"] and waiting(made) == {}


def test_page_and_program_ask_for_it_and_only_officers_do(table: Table) -> None:
    cast, client = table.cast, signed_in(table.cast.officer)
    planned(table)
    assert "Plan endorsed needs alone" in client.get(reverse("planning.plan")).content.decode()
    assert client.post(reverse("planning.take-in"), {"do": "endorsed", "reason": " "}).status_code == 409
    assert client.post(reverse("planning.take-in"), {"do": "endorsed", "reason": "the group meets"}).status_code == 302
    planned(table)
    text = client.get(reverse("planning.plan")).content.decode()
    assert "It was asked for from endorsed needs alone" in text and "Plan all needs" in text
    program = program_of("drill", "officer", account_on(cast.officer))
    assert json.loads(program.ask("GET", "/plan").content)["only_endorsed"] is True
    answer = program.ask("POST", "/plan/take-in", {"only_endorsed": False, "reason": "all again"})
    assert (answer.status_code, json.loads(answer.content)) == (200, {"new": True})
    planned(table)
    assert json.loads(program.ask("GET", "/plan").content)["only_endorsed"] is False
    for other in (cast.donor, cast.technical):
        with pytest.raises(NotForRole):
            take_in(other, only_endorsed=True, reason="mine")
    with pytest.raises(Refused, match="Say why"):
        take_in(cast.officer, only_endorsed=True, reason="")
