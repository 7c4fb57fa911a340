"""A plan of what people endorsed says so; an officer adopts one, the one before is superseded, and that can be taken back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.undo import undo
from sild.wings.planning.models import Plan
from sild.wings.planning.public import PlanSheet, adopt_plan, make_plan, newest_plan, plan_sheet, record_limit
from sild.wings.planning.reads.problem import posed_problem
from sild.wings.planning.rules import LimitEntry
from sild.wings.register.public import NeedState, rule_gate
from tests.cast import Cast
from tests.web.signed import signed_in
from tests.wings.agreements.conftest import Table, table
from tests.worlds.stillness import still

__all__ = ["table"]

TODAY = date(2026, 2, 10)


def sheet_of(cast: Cast) -> PlanSheet:
    found = plan_sheet(cast.officer)
    assert found is not None
    return found


def another(cast: Cast) -> UUID:
    """A newer plan: something else is known by now."""
    told = {"kind": "lead-time", "subject": "Estonia", "amount": 1, "source": "a note", "as_of": date(2026, 2, 1)}
    record_limit(cast.officer, LimitEntry.model_validate(told), reason="as they said")
    return make_plan(cast.run, TODAY).id


def standing(cast: Cast) -> list[UUID]:
    with acting(cast.officer):
        return list(Plan.objects.filter(superseded_on=None).exclude(adopted_by="").values_list("id", flat=True))


def test_a_plan_in_which_all_is_endorsed_and_accepted_is_an_endorsed_one(table: Table) -> None:
    cast = table.cast
    posed = posed_problem(cast.run, TODAY)
    assert posed.problem.basis == "provisional", "the laptops have passed no gate"
    assert any("Nothing here is endorsed" in said["text"] for said in posed.assumptions)
    rule_gate(cast.technical, table.unendorsed, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, table.unendorsed, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    posed = posed_problem(cast.run, TODAY)
    assert posed.problem.basis == "endorsed"
    assert not any("Nothing here is endorsed" in said["text"] for said in posed.assumptions)
    made = make_plan(cast.run, TODAY)
    assert (made.answer["basis"], made.findings, sheet_of(cast).basis) == ("endorsed", (), "endorsed")
    assert "both gates passed every need" in signed_in(cast.officer).get(reverse("planning.plan")).content.decode()


def test_one_plan_stands_adopted_at_a_time_and_adopting_is_taken_back(table: Table) -> None:
    cast = table.cast
    first = make_plan(cast.run, TODAY).id
    for other in (cast.donor, cast.run):
        with pytest.raises(NotForRole):
            adopt_plan(other, first, reason="mine")
    adopt_plan(cast.officer, first, reason="agreed in the group")
    assert (sheet_of(cast).adopted_by, sheet_of(cast).adopted_on) == (cast.officer.name, TODAY)
    with pytest.raises(Refused, match="adopted already"):
        adopt_plan(cast.officer, first, reason="again")
    second = another(cast)
    assert (sheet_of(cast).plan, sheet_of(cast).adopted_by) == (second, "")
    assert sheet_of(cast).adopted_before is not None
    adopt_plan(cast.officer, second, reason="the lead time is known now")
    act = last_act()
    assert standing(cast) == [second]
    assert act is not None
    undo(cast.officer, act, reason="too early")
    assert standing(cast) == [first], "what was superseded stands again"
    with pytest.raises(NotThere):
        adopt_plan(cast.outsider, first, reason="not there")


def test_of_two_plans_of_one_moment_the_newest_is_the_same_wherever_their_rows_lie(table: Table) -> None:
    """The order of rows on the disk is moved by records that a reader may not see: it decides nothing."""
    cast = table.cast
    with still(1, 0):
        plans = [make_plan(cast.run, TODAY).id, another(cast)]
    for plan in (*plans, plans[0]):
        adopt_plan(cast.officer, plan, reason="agreed in the group")
        told = newest_plan(cast.officer)
        assert told is not None
        assert (told.id, sheet_of(cast).plan) == (max(plans), max(plans))


def test_the_page_asks_for_a_reason_and_says_who_adopted(table: Table) -> None:
    cast, client = table.cast, signed_in(table.cast.officer)
    plan = make_plan(cast.run, TODAY).id
    assert "Adopt this plan" in client.get(reverse("planning.plan")).content.decode()
    address = reverse("planning.adopt", args=[plan])
    assert client.post(address, {"reason": " "}).status_code == 409
    assert client.post(address, {"reason": "agreed in the group"}).status_code == 302
    text = client.get(reverse("planning.plan")).content.decode()
    assert f"Adopted by {cast.officer.name}" in text and "Adopt this plan" not in text
    assert signed_in(cast.donor).post(address, {"reason": "mine"}).status_code == 403
