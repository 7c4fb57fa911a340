"""Tracks: guided questions with the own State's word, positions that stay, incidents that a case is about."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.attribution.actions import (
    NewEvidence,
    NewOpinion,
    NewSource,
    answer_question,
    cite_incident,
    end_case,
    enter_evidence,
    name_source,
    state_position,
    uncite_incident,
    withdraw_evidence,
)
from sild.wings.attribution.models import BodyPosition, CitedIncident, TrackOpinion
from sild.wings.attribution.reads import cases_about, tracks_of
from sild.wings.attribution.reads.tracks import QuestionRow, TracksView
from sild.wings.attribution.rules import AttributionState, BodyStand, OpinionAnswer, Track, facts_of, track_questions
from sild.wings.diplomacy.public import topics
from sild.wings.signals.public import IncidentFacts, IncidentKind, record_incident
from tests.wings.attribution.conftest import Opened


def item_of(opened: Opened, title: str = "A shared key") -> uuid.UUID:
    source = name_source(opened.officer, opened.case, NewSource(name=f"For {title}", reliability=SourceGrade.B))
    new = NewEvidence(source_id=source, title=title, aspect=Aspect.MALWARE, credibility=ItemGrade.PROBABLY_TRUE)
    return enter_evidence(opened.officer, opened.case, new)


def asked(found: TracksView, key: str) -> QuestionRow:
    return next(one for one in found.questions if one.asked.id == key)


def said(key: str, answer: OpinionAnswer = OpinionAnswer.YES, *evidence: uuid.UUID) -> NewOpinion:
    return NewOpinion(question=key, answer=answer, reasoning="seen by two", evidence=evidence)


def test_each_track_has_questions_that_say_where_they_are_from() -> None:
    questions = track_questions()
    assert {one.track for one in questions} == {*Track} and len({one.id for one in questions}) == len(questions)
    known = {one.id for one in topics()}
    for one in questions:
        assert one.text.endswith("?") and one.text_uk.endswith("?") and one.as_of
        assert one.sources or one.from_memory or one.own, one.id
        assert (one.topic in known) == (one.track == Track.LEGAL), one.id
    assert any(one.from_memory for one in questions) and any(one.own for one in questions)


def test_the_words_of_the_scales_come_with_their_source() -> None:
    facts = facts_of("estimative_language")
    assert sum(one.startswith("likelihood-") for one in facts) == 7 and sum(one.startswith("confidence-") for one in facts) == 3
    assert all(one.sources for one in facts.values())


def test_a_legal_question_stands_beside_what_the_own_state_said(opened: Opened) -> None:
    found = tracks_of(opened.officer, opened.case)
    assert found.unanswered == len(track_questions())
    assert all((one.ours is not None) == bool(one.asked.topic) for one in found.questions)
    assert all(one.opinion is None for one in found.questions), "the desk answers nothing by itself"


def test_an_answer_is_reasoned_cites_what_counts_and_is_taken_back(opened: Opened) -> None:
    item = item_of(opened)
    with pytest.raises(Refused, match="no such question"):
        answer_question(opened.officer, opened.case, said("law-verdict"))
    with pytest.raises(Refused, match="reasoned"):
        answer_question(opened.officer, opened.case, NewOpinion(question="law-organ", answer=OpinionAnswer.NO, reasoning=" "))
    with pytest.raises(NotThere):
        answer_question(opened.officer, opened.case, said("law-organ", OpinionAnswer.YES, uuid.uuid4()))
    answer_question(opened.deputy, opened.case, said("law-organ", OpinionAnswer.UNCLEAR, item))
    one = asked(tracks_of(opened.officer, opened.case), "law-organ").opinion
    assert one is not None and (one.answer, one.said_by) == (OpinionAnswer.UNCLEAR, "Secretariat deputy")
    assert [(cited.title, cited.withdrawn) for cited in one.evidence] == [("A shared key", False)]
    with pytest.raises(Stale):
        answer_question(opened.officer, opened.case, said("law-organ"))
    answer_question(opened.officer, opened.case, said("law-organ"), version=one.version)
    act = last_act()
    assert act is not None
    undo(opened.officer, act, reason="a mistake")
    after = asked(tracks_of(opened.officer, opened.case), "law-organ").opinion
    assert after is not None and after.answer == OpinionAnswer.UNCLEAR


def test_nothing_new_rests_on_what_was_taken_back_and_what_rests_on_it_is_warned_of(opened: Opened) -> None:
    item = item_of(opened)
    answer_question(opened.officer, opened.case, said("tech-planted", OpinionAnswer.NO, item))
    withdraw_evidence(opened.officer, item, reason="a forgery")
    with pytest.raises(Refused, match="taken back"):
        answer_question(opened.officer, opened.case, said("tech-access", OpinionAnswer.YES, item))
    one = asked(tracks_of(opened.officer, opened.case), "tech-planted").opinion
    assert one is not None and [cited.withdrawn for cited in one.evidence] == [True]


def test_a_dissent_stays_whatever_the_body_says_later(opened: Opened) -> None:
    with pytest.raises(Refused, match="no such body"):
        state_position(opened.officer, opened.case, "nobody", BodyStand.AGREE)
    with pytest.raises(Refused, match="in the body's words"):
        state_position(opened.officer, opened.case, "ee-mod", BodyStand.DISSENT, " ")
    state_position(opened.officer, opened.case, "ee-mod", BodyStand.DISSENT, "one source alone")
    state_position(opened.deputy, opened.case, "ee-mod", BodyStand.AGREE)
    found = tracks_of(opened.officer, opened.case)
    assert [(one.stand, one.newest) for one in found.positions] == [(BodyStand.AGREE, True), (BodyStand.DISSENT, False)]
    assert [one.words for one in found.dissents] == ["one source alone"]
    assert "ee-mod" not in {one.code for one in found.silent}
    act = last_act()
    assert act is not None
    with pytest.raises(Refused):
        undo(opened.deputy, act, reason="a mistake")


def test_a_case_is_about_incidents_only_for_those_who_see_both(opened: Opened) -> None:
    facts = IncidentFacts(title="Mail read", kind=IncidentKind.CYBER, begins=date(2026, 1, 5))
    open_one = record_incident(opened.officer, facts)
    cited = cite_incident(opened.officer, opened.case, open_one, reason="it began there")
    with pytest.raises(Refused, match="already"):
        cite_incident(opened.deputy, opened.case, open_one, reason="again")
    with pytest.raises(NotThere):
        cite_incident(opened.officer, opened.case, uuid.uuid4(), reason="none")
    assert [one.incident.title for one in tracks_of(opened.deputy, opened.case).incidents] == ["Mail read"]
    assert cases_about(opened.officer, open_one) == [(opened.case, "The ministries' mail")]
    assert cases_about(opened.cast.run, open_one) == []
    uncite_incident(opened.officer, cited, version=1, reason="another one")
    assert tracks_of(opened.officer, opened.case).incidents == ()
    act = last_act()
    assert act is not None
    undo(opened.officer, act, reason="a mistake")
    assert len(tracks_of(opened.officer, opened.case).incidents) == 1


def test_nobody_outside_the_compartment_sees_a_track(opened: Opened) -> None:
    answer_question(opened.officer, opened.case, said("law-organ"))
    state_position(opened.officer, opened.case, "ee-mod", BodyStand.DISSENT, "no")
    for other in (opened.cast.run, opened.cast.auditor, opened.cast.donor, opened.cast.outsider):
        with pytest.raises(NotThere):
            tracks_of(other, opened.case)
        with acting(other):
            assert not TrackOpinion.objects.exists() and not BodyPosition.objects.exists() and not CitedIncident.objects.exists()
    with acting(opened.deputy):
        assert {one.marking for one in TrackOpinion.objects.all()} == {int(Marking.AMBER_STRICT)}


def test_a_case_that_is_over_is_answered_no_more(opened: Opened) -> None:
    end_case(opened.officer, opened.case, AttributionState.CLOSED, reason="done")
    with pytest.raises(Refused, match="over"):
        answer_question(opened.officer, opened.case, said("law-organ"))
    with pytest.raises(Refused, match="over"):
        state_position(opened.officer, opened.case, "ee-mod", BodyStand.AGREE)
