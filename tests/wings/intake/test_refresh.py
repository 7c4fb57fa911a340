"""After people's acts links and plan are made anew, and people see that, when, by whose click, and what became different."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.history import Act
from sild.kernel.jobs import defer
from sild.kernel.refusals import NotForRole
from sild.kernel.undertaking import DONE, RUNNING, Watched
from sild.kernel.undo import undo
from sild.wings.linkage.public import link_register
from sild.wings.planning.public import REFRESH, make_plan, newest_plan, plan_changes, record_limit, refresh_state
from sild.wings.planning.rules import LimitEntry
from sild.wings.register.public import keep_lines
from tests.cast import Cast
from tests.keeping import once
from tests.wings.readings import reading

TODAY = date(2026, 2, 10)
MINISTRY = "Ministry of Health of Ukraine"
LINES = [
    reading(1, "request", "end-user-devices", "laptops", 100, unit="laptop", beneficiary=MINISTRY, urgency="critical"),
    reading(2, "offer", "end-user-devices", "refurbished laptops", 120, unit="laptop", provider="Estonia"),
]
OBJECTION = LimitEntry.model_validate(
    {
        "source": "note verbale 7",
        "as_of": TODAY,
        "kind": "objection",
        "subject": "Estonia",
        "category": "end-user-devices",
        "state": "open",
        "authority": "France",
    }
)


@pytest.fixture
@once
def planned(cast: Cast) -> Cast:
    """The cast beside a register with a plan."""
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    make_plan(cast.run, TODAY)
    return cast


def waiting() -> int:
    """How many jobs wait."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'todo'")
        return int(cursor.fetchone()[0])


def do_all() -> None:
    """Let a worker do what waits, and end."""

    async def once() -> None:
        async with app.with_connector(PsycopgConnector(kwargs=connector_params())).open_async() as queue:
            await queue.run_worker_async(wait=False, listen_notify=False, delete_jobs="successful", install_signal_handlers=False)

    asyncio.run(once())


def test_an_act_that_the_plan_rests_on_has_the_plan_made_anew_and_its_undoing_too(planned: Cast) -> None:
    assert refresh_state(planned.officer) is None, "nothing was asked for yet"
    record_limit(planned.officer, OBJECTION, reason="France objects")
    act = last_act()
    assert act is not None
    waits = refresh_state(planned.officer)
    assert waits is not None
    assert (waits.state, waits.goes_on) == ("waiting", True)

    do_all()
    done = refresh_state(planned.officer)
    assert done is not None
    assert (done.state, done.asked_by, done.goes_on) == (DONE, planned.officer.name, False)
    [change] = plan_changes(planned.officer)
    assert (change.state_before, change.planned_before) == ("covered", Decimal(100))
    assert (change.state, change.planned) == ("unmet", Decimal(0))
    assert "laptops" in change.title

    undo(planned.officer, act, reason="it was the wrong offer")
    do_all()
    [back] = plan_changes(planned.officer)
    assert (back.state_before, back.state, back.planned) == ("unmet", "covered", Decimal(100))
    newest = newest_plan(planned.officer)
    assert newest is not None
    assert newest.answer["plan"]["matches"], "the newest plan is the one that holds again, though an older one poses the same problem"


def test_the_history_names_the_person_behind_the_run(planned: Cast) -> None:
    record_limit(planned.officer, OBJECTION, reason="France objects")
    do_all()
    with acting(planned.run):
        act = Act.objects.get(action="intake.refresh")
    assert act.started_by == planned.officer.name


def test_many_acts_wait_for_one_refresh(planned: Cast) -> None:
    for state in ("open", "lifted", "open"):
        record_limit(planned.officer, OBJECTION.model_copy(update={"state": state}), reason=state)
    assert waiting() == 1


def test_other_organisations_are_not_told_that_the_secretariat_plans_anew(planned: Cast) -> None:
    record_limit(planned.officer, OBJECTION, reason="France objects")
    strangers = (planned.donor, planned.technical, planned.seller, planned.outsider)
    assert [refresh_state(stranger) for stranger in strangers] == [None] * len(strangers)
    Watched(planned.run, REFRESH)
    assert [refresh_state(stranger) for stranger in strangers] == [None] * len(strangers)
    seen = refresh_state(planned.officer)
    assert seen is not None
    assert seen.state == RUNNING


def test_who_only_watches_does_not_start_a_refresh(planned: Cast) -> None:
    with pytest.raises(NotForRole):
        defer(REFRESH, actor=planned.auditor)


def test_the_same_register_gives_the_plan_that_is_there(planned: Cast) -> None:
    before = newest_plan(planned.officer)
    for _ in range(2):
        defer(REFRESH, actor=planned.officer)
        do_all()
    after = newest_plan(planned.officer)
    assert before is not None
    assert after is not None
    assert (after.id, plan_changes(planned.officer)) == (before.id, [])
