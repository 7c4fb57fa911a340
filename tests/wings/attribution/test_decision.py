"""Decisions: what they need, what they keep of the moment, and that none is ever changed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from sild.kernel import clock
from sild.kernel.action import last_act
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.undo import undo
from sild.wings.attribution.actions import NewDecision, answer_question, record_decision, state_position, withdraw_evidence
from sild.wings.attribution.reads import decisions_of, tracks_of
from sild.wings.attribution.rules import BodyStand, DecisionKind, OpinionAnswer, track_questions
from tests.wings.attribution.conftest import NOW, Opened
from tests.wings.attribution.test_tracks import asked, item_of, said

SAID = NewDecision(
    kind=DecisionKind.ATTRIBUTE_PUBLICLY,
    body="The government",
    person="The minister",
    grounds="five bodies looked at it",
    responsible="a service of the State next door",
    likelihood="likelihood-very-likely",
    confidence="confidence-moderate",
)


def test_a_decision_keeps_who_when_on_what_and_every_dissent(opened: Opened) -> None:
    item = item_of(opened)
    state_position(opened.officer, opened.case, "ee-mod", BodyStand.DISSENT, "one source alone")
    law = answer_question(opened.officer, opened.case, said("law-organ", OpinionAnswer.UNCLEAR, item))
    new = replace(SAID, evidence=(item,), opinions=(law,), hypotheses=("a false flag", " ", "not enough is known"))
    record_decision(opened.officer, opened.case, new, reason="the government met")
    one = decisions_of(opened.deputy, opened.case).current
    assert one is not None and one.decided_at == NOW and one.person == "The minister" and one.written_by == "Secretariat officer"
    assert one.likelihood is not None and one.confidence is not None
    assert (one.likelihood.id, one.confidence.id) == ("likelihood-very-likely", "confidence-moderate")
    assert one.hypotheses == ("a false flag", "not enough is known")
    assert [(each.words, each.agency) for each in one.dissents] == [
        ("one source alone", tracks_of(opened.officer, opened.case).dissents[0].agency_name)
    ]
    assert [(each.answer, each.anew) for each in one.opinions] == [(OpinionAnswer.UNCLEAR, False)]
    assert [each.title for each in one.evidence] == ["A shared key"] and one.withdrawn == ()


def test_what_is_lacking_is_shown_forbids_nothing_and_is_kept_in_numbers(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=30))
    what = decisions_of(opened.officer, opened.case).lacking
    assert [one.agency for one in what.late] == ["ee-ria"] and what.awaited and len(what.tracks.silent) == len(what.tracks.bodies)
    with pytest.raises(Refused, match="Say why"):
        record_decision(opened.officer, opened.case, SAID, reason=" ")
    record_decision(opened.officer, opened.case, SAID, reason="the news will not wait")
    one = decisions_of(opened.officer, opened.case).current
    assert one is not None and one.missing == what.counted and one.missing["unanswered"] == len(track_questions())


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"body": " "}, "which body"),
        ({"person": ""}, "which person"),
        ({"grounds": " "}, "grounds"),
        ({"responsible": ""}, "own words"),
        ({"likelihood": "confidence-high"}, "no word of likelihood"),
        ({"confidence": "likelihood-likely"}, "no word of confidence"),
        ({"decided_at": NOW + timedelta(hours=1)}, "not before"),
    ],
)
def test_a_decision_says_enough_in_the_words_of_the_scales(opened: Opened, told: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        record_decision(opened.officer, opened.case, replace(SAID, **told), reason="asked")  # type: ignore[arg-type]  # one fault at a time
    assert decisions_of(opened.officer, opened.case).rows == ()


def test_nothing_withdrawn_carries_a_decision_and_what_is_withdrawn_later_warns(opened: Opened) -> None:
    gone, stays = item_of(opened, "A forgery"), item_of(opened, "A log")
    withdraw_evidence(opened.officer, gone, reason="forged")
    with pytest.raises(Refused, match="A forgery was taken back"):
        record_decision(opened.officer, opened.case, replace(SAID, evidence=(gone,)), reason="asked")
    with pytest.raises(NotThere):
        record_decision(opened.officer, opened.case, replace(SAID, opinions=(uuid.uuid4(),)), reason="asked")
    record_decision(opened.officer, opened.case, replace(SAID, evidence=(stays,)), reason="asked")
    withdraw_evidence(opened.officer, stays, reason="forged too")
    one = decisions_of(opened.officer, opened.case).current
    assert one is not None and [each.title for each in one.withdrawn] == ["A log"]


def test_a_decision_is_never_changed_but_a_later_one_takes_its_place(opened: Opened) -> None:
    law = answer_question(opened.officer, opened.case, said("law-organ", OpinionAnswer.YES))
    first = record_decision(opened.officer, opened.case, replace(SAID, opinions=(law,)), reason="the government met")
    act = last_act()
    assert act is not None
    with pytest.raises(Refused):
        undo(opened.officer, act, reason="a mistake")
    opinion = asked(tracks_of(opened.officer, opened.case), "law-organ").opinion
    assert opinion is not None
    clock_later = clock.now() + timedelta(hours=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: clock_later)
        answer_question(opened.officer, opened.case, said("law-organ", OpinionAnswer.NO), version=opinion.version)
    wait = replace(SAID, kind=DecisionKind.WAIT, responsible="")
    with pytest.raises(Refused, match="Another decision stands"):
        record_decision(opened.officer, opened.case, wait, reason="it met again")
    record_decision(opened.officer, opened.case, wait, supersedes=first, reason="it met again")
    with pytest.raises(Refused, match="Another decision stands"):
        record_decision(opened.officer, opened.case, wait, supersedes=first, reason="and again")
    now, before = decisions_of(opened.officer, opened.case).rows
    assert (now.kind, now.superseded_by) == (DecisionKind.WAIT, None) and before.superseded_by == now.id
    assert [(each.answer, each.anew) for each in before.opinions] == [(OpinionAnswer.YES, True)], "it keeps what the decider read"


def test_an_officer_writes_decisions_down_and_nobody_outside_reads_them(opened: Opened) -> None:
    record_decision(opened.officer, opened.case, SAID, reason="the government met")
    for other in (opened.cast.run, opened.cast.auditor, opened.cast.donor):
        with pytest.raises(NotThere):
            decisions_of(other, opened.case)
    with pytest.raises(NotForRole):
        record_decision(opened.cast.donor, opened.case, SAID, reason="asked")
