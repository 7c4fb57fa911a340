"""A line that needs a licence goes out only on a day on which it was granted and had not run out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.wings.clearance.rules import CASE_MOVES, CaseState, Step
from sild.wings.clearance.rules.outgoing import GOES_ON, STOPS, StopWord, state_on, stop_on

S = CaseState
BEGIN = date(2026, 1, 1)


@st.composite
def ways(draw: st.DrawFn) -> list[Step]:
    """A case's steps, each to a state that may follow, on days that do not go back."""
    steps = [Step(on=BEGIN, before="", state=S.NOT_ASSESSED, by="", reason="")]
    for _move in range(draw(st.integers(min_value=0, max_value=10))):
        before = CaseState(steps[-1].state)
        state = draw(st.sampled_from(sorted(CASE_MOVES[before])))
        day = steps[-1].on + timedelta(days=draw(st.integers(min_value=0, max_value=20)))
        steps.append(Step(on=day, before=before, state=state, by="", reason=""))
    return steps


@given(ways(), st.integers(min_value=-30, max_value=250), st.none() | st.integers(min_value=-10, max_value=250))
def test_a_controlled_line_never_goes_out_without_its_licence(steps: list[Step], after: int, expiry: int | None) -> None:
    day, now = BEGIN + timedelta(days=after), CaseState(steps[-1].state)
    expires = BEGIN + timedelta(days=expiry) if expiry is not None else None
    word = stop_on(day, steps, now, expires)
    reached = [step for step in steps if step.on <= day]
    there = CaseState(reached[-1].state) if reached else None
    if word is None and there is not None:
        assert there in (S.LIKELY_NONE, S.SET_ASIDE, S.GRANTED)
        assert there != S.GRANTED or now != S.GRANTED or expires is None or expires >= day
    if there in (S.LICENCE_REQUIRED, S.APPLIED, S.INFORMATION_REQUESTED, S.RETURNED, S.DENIED):
        assert word in (StopWord.MISSING, StopWord.DENIED) and word not in GOES_ON, "nobody goes on without a licence that is needed"
    if not reached and now not in (S.LIKELY_NONE, S.SET_ASIDE):
        assert word is not None, "a licence that was granted later was not there then"


@pytest.mark.parametrize(
    ("state", "expires", "word"),
    [
        (S.NOT_ASSESSED, None, StopWord.UNKNOWN),
        (S.CANDIDATE, None, StopWord.UNKNOWN),
        (S.ENQUIRY_SENT, None, StopWord.UNKNOWN),
        (S.LIKELY_NONE, None, None),
        (S.LICENCE_REQUIRED, None, StopWord.MISSING),
        (S.APPLIED, None, StopWord.MISSING),
        (S.INFORMATION_REQUESTED, None, StopWord.MISSING),
        (S.RETURNED, None, StopWord.MISSING),
        (S.GRANTED, None, None),
        (S.GRANTED, BEGIN, None),
        (S.GRANTED, BEGIN - timedelta(days=1), StopWord.EXPIRED),
        (S.DENIED, None, StopWord.DENIED),
        (S.SET_ASIDE, None, None),
    ],
)
def test_what_each_state_means_for_what_is_to_go_out(state: CaseState, expires: date | None, word: StopWord | None) -> None:
    steps = [Step(on=BEGIN, before="", state=state, by="", reason="")]
    assert stop_on(BEGIN, steps, state, expires) == word
    assert STOPS.keys() == {*S}


def test_the_state_of_that_day_counts_and_not_that_of_today() -> None:
    steps = [
        Step(on=BEGIN, before="", state=S.APPLIED, by="", reason=""),
        Step(on=BEGIN + timedelta(days=10), before=S.APPLIED, state=S.GRANTED, by="", reason=""),
        Step(on=BEGIN + timedelta(days=12), before=S.GRANTED, state=S.GRANTED, by="", reason="asked again"),
        Step(on=BEGIN + timedelta(days=20), before=S.GRANTED, state=S.DENIED, by="", reason="taken back"),
    ]
    told = [state_on(BEGIN + timedelta(days=days), steps, S.DENIED) for days in (-1, 0, 9, 10, 19, 20, 90)]
    assert told == [S.DENIED, S.APPLIED, S.APPLIED, S.GRANTED, S.GRANTED, S.DENIED, S.DENIED]
    assert stop_on(BEGIN + timedelta(days=15), steps, S.DENIED, None) is None
