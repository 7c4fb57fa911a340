"""A search for a plan tells how far it is, ends when somebody asks, and keeps the best plan; what changed meanwhile is planned anew."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sild.cores.allocation.method import Progress
from sild.kernel import undertaking
from sild.kernel.refusals import NotForRole, Refused
from sild.kernel.undertaking import DONE, Watched
from sild.wings.linkage.public import link_register
from sild.wings.planning.actions import end_search
from sild.wings.planning.public import REFRESH, make_plan, record_limit, refresh_state
from sild.wings.planning.rules import LimitEntry
from sild.wings.register.public import keep_lines
from tests.cast import Cast
from tests.keeping import once
from tests.wings.readings import reading

TODAY = date(2026, 2, 10)
LINES = [
    reading(1, "request", "end-user-devices", "laptops", 100, unit="laptop", beneficiary="Lviv City Council"),
    reading(2, "request", "end-user-devices", "laptops", 70, unit="laptop", beneficiary="Pension Fund of Ukraine"),
    reading(3, "offer", "end-user-devices", "laptops", 120, unit="laptop", provider="Estonia"),
]
BUDGET: dict[str, Any] = {"kind": "budget", "subject": "Estonia", "currency": "EUR", "source": "note", "as_of": TODAY}


@pytest.fixture
@once
def register(cast: Cast) -> Cast:
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    return cast


def test_who_plans_sees_the_gap_and_ends_the_search_with_the_best_plan_so_far(register: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undertaking, "NOTED_EVERY_S", 0.0)
    with pytest.raises(Refused, match="No plan is being made now"):
        end_search(register.officer)
    watched = Watched(register.run, REFRESH)
    watched.stage("planning", None)
    watched.step("1.25")
    told = refresh_state(register.officer)
    assert told is not None
    assert (told.gap_percent, told.ending, watched.asked_to_end()) == ("1.25", False, False)
    with pytest.raises(NotForRole):
        end_search(register.technical)
    end_search(register.officer)
    assert watched.asked_to_end()
    made = make_plan(register.run, TODAY, cancelled=watched.asked_to_end)
    assert made.findings == ()
    assert made.answer["ended_early"]
    assert sum(match["quantity"] for match in made.answer["matches"]) == 120
    watched.end(DONE)
    ended = refresh_state(register.officer)
    assert ended is not None
    assert ended.gap_percent == ""


def test_what_changes_while_a_plan_is_made_is_planned_anew(register: Cast) -> None:
    changes = iter([LimitEntry.model_validate(BUDGET | {"amount": "10"})])
    seen: list[float | None] = []

    def change_it(step: Progress) -> None:
        seen.append(step.gap)
        for entry in changes:
            assert record_limit(register.officer, entry, reason="while it is planned")

    made = make_plan(register.run, TODAY, report=change_it)
    assert made.fresh
    # the limit that came while the first one was made stands in the plan that was kept
    assert not any("Budgets unknown" in words for words in made.answer["assumptions"])
    assert seen[-1] is not None


def test_a_register_that_never_rests_is_told(register: Cast) -> None:
    amounts = iter(range(10, 1_000))

    def change_it(_step: Progress) -> None:
        record_limit(register.officer, LimitEntry.model_validate(BUDGET | {"amount": str(next(amounts))}), reason="again")

    with pytest.raises(Refused, match="changed each time"):
        make_plan(register.run, TODAY, report=change_it)
