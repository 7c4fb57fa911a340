"""Linkage over the register: repeats are found across languages, people's judgements win for good, nothing is lost."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from sild.cores.linkage.problem import Relation
from sild.kernel.refusals import NotThere, Refused
from sild.wings.linkage.public import judge, link_register, links, withdraw_judgement
from sild.wings.parties.public import PartyRow, import_parties
from sild.wings.register.public import keep_lines, lines, needs, offers
from tests.cast import Cast
from tests.wings.readings import reading

MINISTRY = "Ministry of Health of Ukraine"
ASKED = reading(1, "request", "endpoint-protection", "EDR licences for 1,200 workstations", 1200, unit="licence", beneficiary=MINISTRY)
AGAIN = reading(
    6, "request", "endpoint-protection", "захист кінцевих точок (EDR)", 1200, unit="workstation", beneficiary=MINISTRY, language="uk"
)
OTHER = reading(9, "request", "end-user-devices", "laptops", 40, unit="laptop", beneficiary="Lviv City Council")
GIVEN = reading(11, "offer", "endpoint-protection", "EDR seats", 500, unit="seat", provider="Kestrel Endpoint Inc.")


def linked(cast: Cast) -> None:
    import_parties(
        cast.run, [PartyRow(line=2, name=MINISTRY, aliases=(("uk", "МОЗ"),), country="UA", kind="recipient-body", sector="health")]
    )
    keep_lines(cast.run, [ASKED, AGAIN, OTHER, GIVEN])
    link_register(cast.run)


def test_a_need_told_in_two_languages_is_one_need(cast: Cast) -> None:
    linked(cast)
    told = {need.beneficiary: need for need in needs(cast.run)}
    assert set(told[MINISTRY].lines) == {ASKED.id, AGAIN.id}
    assert len(told) == 2
    assert len(offers(cast.run)) == 1


def test_the_score_of_a_link_is_kept_with_its_reasons(cast: Cast) -> None:
    linked(cast)
    [link] = [one for one in links(cast.run) if one.joined]
    assert {link.line_a, link.line_b} == {ASKED.id, AGAIN.id}


def test_linking_again_gives_the_same_needs_with_the_same_ids(cast: Cast) -> None:
    linked(cast)
    before = [(need.id, need.lines) for need in needs(cast.run)]
    linked(cast)
    assert [(need.id, need.lines) for need in needs(cast.run)] == before


def test_not_the_same_outlives_every_later_run_until_it_is_taken_back(cast: Cast) -> None:
    linked(cast)
    ruling = judge(cast.officer, ASKED.id, AGAIN.id, Relation.NOT_THE_SAME, reason="another department")
    for _ in range(2):
        link_register(cast.run)
        assert len([need for need in needs(cast.run) if need.beneficiary == MINISTRY]) == 2
    withdraw_judgement(cast.officer, ruling, reason="it was the same after all")
    link_register(cast.run)
    assert len([need for need in needs(cast.run) if need.beneficiary == MINISTRY]) == 1


def test_a_person_may_join_what_the_desk_kept_apart(cast: Cast) -> None:
    linked(cast)
    judge(cast.officer, ASKED.id, OTHER.id, Relation.SAME_AS, reason="one programme")
    link_register(cast.run)
    assert len(needs(cast.run)) == 1
    assert len(lines(cast.run)) == 4


def test_a_parent_of_the_parties_file_stands_above_its_body(cast: Cast) -> None:
    """The hospital asks, the ministry passes it on as its own: by the parent alone the two are known to be one ask."""
    clinic = "Uman Regional Hospital"
    theirs = reading(1, "request", "endpoint-protection", "EDR licences", 1337, unit="licence", beneficiary=clinic, sent_by=clinic)
    passed_on = reading(6, "request", "endpoint-protection", "EDR licences", 1337, unit="licence", beneficiary=MINISTRY, sent_by=MINISTRY)
    bare = PartyRow(line=2, name=clinic, aliases=(), country="UA", kind="recipient-body", sector="hospitals")
    upper = PartyRow(line=3, name=MINISTRY, aliases=(), country="UA", kind="recipient-body", sector="health")
    import_parties(cast.run, [bare, upper])
    keep_lines(cast.run, [theirs, passed_on])
    assert link_register(cast.run).needs == 2
    import_parties(cast.run, [replace(bare, parent=MINISTRY)])
    assert link_register(cast.run).needs == 1


def test_judging_a_line_that_is_not_there_is_refused(cast: Cast) -> None:
    linked(cast)
    with pytest.raises(NotThere):
        judge(cast.officer, ASKED.id, uuid.uuid4(), Relation.SAME_AS, reason="?")


def test_a_ruling_that_contradicts_another_is_refused_and_leaves_nothing(cast: Cast) -> None:
    linked(cast)
    judge(cast.officer, ASKED.id, AGAIN.id, Relation.SAME_AS, reason="the same letter")
    judge(cast.officer, AGAIN.id, OTHER.id, Relation.SAME_AS, reason="one programme")
    with pytest.raises(Refused, match="contradicts"):
        judge(cast.officer, ASKED.id, OTHER.id, Relation.NOT_THE_SAME, reason="surely not")
    link_register(cast.run)
    assert len(needs(cast.run)) == 1
