"""Co-attribution rounds: what leaves the compartment, by whose word, and what an invited State sees of it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.attribution.actions import (
    NewAnswer,
    NewEvidence,
    NewRound,
    NewSlice,
    NewSource,
    answer_round,
    decline_slice,
    enter_evidence,
    invite_state,
    let_out_slice,
    move_t_hour,
    name_source,
    open_round,
    propose_slice,
    recall_invitation,
    recall_slice,
    show_joint_text,
    withdraw_evidence,
    write_joint_text,
)
from sild.wings.attribution.models import CaseRound, Round, RoundAnswer, RoundInvitation, RoundSlice, SliceProposal
from sild.wings.attribution.reads import (
    invitation_record,
    invitations_received,
    own_rounds,
    round_record,
    rounds_of_case,
    rounds_waiting,
)
from sild.wings.attribution.rules import EvidenceAudience, SupportLevel, facts_of
from tests.wings.attribution.conftest import NOW, Opened
from tests.wings.attribution.test_pages import page

ASKED = NewRound(title="Will you say it with us", t_hour=NOW + timedelta(days=9), reply_by=NOW + timedelta(days=5))


def item_for(opened: Opened, *audiences: EvidenceAudience) -> uuid.UUID:
    source = name_source(opened.officer, opened.case, NewSource(name="A laboratory", reliability=SourceGrade.B))
    new = NewEvidence(
        source_id=source,
        title="A shared key",
        text="in two samples",
        aspect=Aspect.MALWARE,
        credibility=ItemGrade.PROBABLY_TRUE,
        shown_to=frozenset(audiences),
    )
    return enter_evidence(opened.officer, opened.case, new)


def opened_round(opened: Opened, *invited: Actor, names_others: bool = False) -> tuple[uuid.UUID, list[uuid.UUID]]:
    one = open_round(opened.officer, opened.case, replace(ASKED, names_others=names_others), reason="partners wait")
    return one, [invite_state(opened.officer, one, organisation=each.organisation) for each in invited]


def test_the_levels_of_support_are_those_of_the_reference() -> None:
    assert tuple(SupportLevel) == facts_of("attribution_frameworks")["support-levels"].levels


def test_a_round_lies_outside_and_where_it_came_from_is_known_inside_alone(opened: Opened) -> None:
    one, _none = opened_round(opened)
    assert [each.id for each in rounds_of_case(opened.deputy, opened.case).rounds] == [one]
    assert own_rounds(opened.cast.donor) == []
    with pytest.raises(NotThere):
        round_record(opened.cast.donor, one)
    with acting(replace(opened.officer, compartments=frozenset())):
        assert Round.objects.filter(id=one).exists() and not CaseRound.objects.exists()
    with pytest.raises(Refused, match="above TLP:AMBER"):
        open_round(opened.officer, opened.case, replace(ASKED, marking=Marking.AMBER_STRICT), reason="asked")
    with pytest.raises(Refused, match="T-hour not before"):
        open_round(opened.officer, opened.case, replace(ASKED, t_hour=NOW), reason="asked")
    with pytest.raises(NotForRole):
        open_round(opened.cast.donor, opened.case, ASKED, reason="asked")


def test_evidence_leaves_by_two_people_as_a_frozen_copy_for_the_chosen_states_alone(opened: Opened) -> None:
    donor, other = opened.cast.donor, opened.cast.other_donor
    one, (first, second) = opened_round(opened, donor, other)
    item = item_for(opened, EvidenceAudience.CO_ATTRIBUTING)
    proposal = propose_slice(
        opened.officer, opened.case, one, NewSlice(evidence_id=item, invitations=frozenset({first})), reason="they asked for it"
    )
    assert invitation_record(donor, first).slices == ()
    with pytest.raises(Refused, match="two people"):
        let_out_slice(opened.officer, proposal, reason="it is urgent")
    copy = let_out_slice(opened.deputy, proposal, reason="I agree")
    [seen] = invitation_record(donor, first).slices
    assert (seen.title, seen.text, seen.source_name, seen.marking) == ("A shared key", "in two samples", "A laboratory", Marking.AMBER)
    assert seen.stands and len(seen.digest) == 64
    assert invitation_record(other, second).slices == ()
    for each in (donor, other):
        with acting(each):
            assert not SliceProposal.objects.exists() and not CaseRound.objects.exists() and not Round.objects.exists()
    with acting(donor):
        kept = RoundSlice.objects.get(id=copy)
        assert str(item) not in str(kept.image()) and str(opened.case) not in str(kept.image())
    withdraw_evidence(opened.officer, item, reason="a forgery")
    assert [row.changed for row in rounds_of_case(opened.officer, opened.case).proposals] == [True]
    assert invitation_record(donor, first).slices == (seen,), "a copy stays as it was let out"
    recall_slice(opened.officer, copy, reason="the item was forged")
    assert invitation_record(donor, first).slices == ()


def test_what_is_not_for_those_states_or_above_their_ceiling_stays_inside(opened: Opened) -> None:
    one, (first,) = opened_round(opened, opened.cast.donor)
    kept = NewSlice(evidence_id=item_for(opened, EvidenceAudience.COURT), invitations=frozenset({first}))
    with pytest.raises(Refused, match="No such item may be shown"):
        propose_slice(opened.officer, opened.case, one, kept, reason="asked")
    item = item_for(opened, EvidenceAudience.CO_ATTRIBUTING)
    new = NewSlice(evidence_id=item, invitations=frozenset({first}))
    with pytest.raises(Refused, match="above TLP:AMBER"):
        propose_slice(opened.officer, opened.case, one, replace(new, marking=Marking.RED), reason="asked")
    with pytest.raises(NotThere):
        propose_slice(opened.officer, opened.case, one, replace(new, invitations=frozenset({uuid.uuid4()})), reason="asked")
    with pytest.raises(NotThere):
        propose_slice(opened.officer, opened.case, uuid.uuid4(), new, reason="asked")
    proposal = propose_slice(opened.officer, opened.case, one, new, reason="asked")
    withdraw_evidence(opened.officer, item, reason="a forgery")
    with pytest.raises(Refused, match="No such item may be shown"):
        let_out_slice(opened.deputy, proposal, reason="I agree")
    decline_slice(opened.deputy, proposal, reason="a forgery")
    with acting(opened.officer):
        assert not RoundSlice.objects.exists()


def test_an_invited_state_never_learns_who_else_is_unless_the_opener_tells(opened: Opened) -> None:
    donor, other = opened.cast.donor, opened.cast.other_donor
    _one, (first,) = opened_round(opened, donor)
    before = invitation_record(donor, first)
    with acting(donor):
        image = RoundInvitation.objects.get(id=first).image()
    second = invite_state(opened.officer, _one, organisation=other.organisation)
    answer_round(other, second, NewAnswer(level=SupportLevel.DECLINES, words="not now"))
    assert invitation_record(donor, first) == before
    with acting(donor):
        assert RoundInvitation.objects.get(id=first).image() == image and not RoundAnswer.objects.exists()
    with pytest.raises(NotThere):
        invitation_record(donor, second)
    with pytest.raises(NotThere):
        answer_round(donor, second, NewAnswer(level=SupportLevel.TAKES_NOTE))
    _told, (mine, theirs) = opened_round(opened, donor, other, names_others=True)
    assert invitation_record(donor, mine).others == (invitation_record(other, theirs).country,)


def test_the_joint_text_is_seen_by_whom_it_is_shown_and_t_hour_is_told_to_all(opened: Opened) -> None:
    donor, other = opened.cast.donor, opened.cast.other_donor
    one, (first, second) = opened_round(opened, donor, other)
    with pytest.raises(Refused, match="no joint text"):
        show_joint_text(opened.officer, first, reason="asked")
    write_joint_text(opened.officer, one, "It was them.")
    show_joint_text(opened.officer, first, reason="they want to read it")
    assert invitation_record(donor, first).joint_text == "It was them." and invitation_record(other, second).joint_text == ""
    write_joint_text(opened.officer, one, "It was somebody.")
    assert invitation_record(donor, first).joint_text == "It was them.", "a draft goes nowhere by itself"
    later = ASKED.t_hour + timedelta(days=1)
    with pytest.raises(Refused):
        move_t_hour(opened.officer, one, NOW, reason="sooner")
    move_t_hour(opened.officer, one, later, reason="one more asks for a day")
    assert invitation_record(donor, first).t_hour == invitation_record(other, second).t_hour == later
    act = last_act()
    assert act is not None
    with pytest.raises(Refused):
        undo(opened.officer, act, reason="a mistake")


def test_a_state_answers_for_itself_and_an_officer_for_one_without_a_seat(opened: Opened) -> None:
    donor = opened.cast.donor
    one, (first,) = opened_round(opened, donor)
    away = invite_state(opened.officer, one, country="A State without a seat")
    with pytest.raises(Refused, match="already"):
        invite_state(opened.officer, one, country="A State without a seat")
    with pytest.raises(Refused, match="for itself"):
        answer_round(opened.officer, first, NewAnswer(level=SupportLevel.JOINT_ATTRIBUTION, came_how="by telephone"))
    with pytest.raises(Refused, match="how the answer came"):
        answer_round(opened.officer, away, NewAnswer(level=SupportLevel.TAKES_NOTE))
    answer_round(opened.officer, away, NewAnswer(level=SupportLevel.TAKES_NOTE, came_how="by note of the day"))
    answer_round(donor, first, NewAnswer(level=SupportLevel.CONDEMNS_ACT, words="we name nobody"))
    act = last_act()
    said = {each.country: each.answer for each in round_record(opened.officer, one).invitations}
    levels = {each.level for each in said.values() if each is not None}
    assert levels == {SupportLevel.TAKES_NOTE, SupportLevel.CONDEMNS_ACT}
    assert act is not None
    undo(donor, act, reason="too early")
    assert invitation_record(donor, first).answers == ()
    recall_invitation(opened.officer, first, reason="asked by mistake")
    assert invitations_received(donor) == []


def test_what_wants_an_answer_or_a_second_person_waits(opened: Opened) -> None:
    donor = opened.cast.donor
    one, (first,) = opened_round(opened, donor)
    assert [(row[0], row[1]) for row in rounds_waiting(donor)] == [("attribution.RoundInvitation", first)]
    assert rounds_waiting(opened.officer) == []
    new = NewSlice(evidence_id=item_for(opened, EvidenceAudience.CO_ATTRIBUTING), invitations=frozenset({first}))
    propose_slice(opened.officer, opened.case, one, new, reason="asked")
    assert rounds_waiting(opened.officer) == [] and [row[1] for row in rounds_waiting(opened.deputy)] == [opened.case]
    answer_round(donor, first, NewAnswer(level=SupportLevel.TAKES_NOTE))
    assert rounds_waiting(donor) == []


def test_the_page_of_a_round_stands_before_anybody_answered(opened: Opened) -> None:
    asked, _invitations = opened_round(opened, opened.cast.donor)
    status, text = page(opened.officer, "attribution.round", asked)
    assert status == 200 and "Who said what" in text
