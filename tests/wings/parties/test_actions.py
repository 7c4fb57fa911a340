"""A mechanism is founded once, a parties file taken in as often as it comes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sild.kernel.actor import Role
from sild.kernel.identity import actor_named, mechanism_slugs
from sild.kernel.refusals import Refused
from sild.wings.parties.public import PartyRow, change_mechanism, import_parties, keep_for_review, mechanism_file, parties
from sild.wings.parties.rules import MemberEntry, OrganisationEntry
from tests.cast import MECHANISM, Cast

ROW = PartyRow(line=2, name="Lviv City Council", aliases=(("uk", "ЛМР"),), country="UA", kind="recipient-body", sector="local government")


def test_everybody_in_the_file_can_act_with_the_roles_of_the_file(cast: Cast) -> None:
    assert cast.technical.roles == {Role.TECHNICAL_GATE}
    assert cast.run.roles == {Role.SERVICE}
    assert cast.technical.organisation != cast.officer.organisation


def test_a_member_that_is_not_there_is_refused_in_one_line(cast: Cast) -> None:
    with pytest.raises(Refused, match="has no member 'ghost'"):
        actor_named("drill", "ghost")


def test_two_mechanisms_live_in_one_home_and_see_nothing_of_each_other(cast: Cast) -> None:
    assert mechanism_slugs() == ["drill", "strangers"]
    import_parties(cast.officer, [ROW])
    assert parties(cast.outsider) == []
    assert mechanism_file(cast.outsider).mechanism == "strangers"


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    assert import_parties(cast.officer, [ROW]) == (1, 0)
    assert import_parties(cast.officer, [ROW]) == (0, 0)
    assert import_parties(cast.officer, [replace(ROW, sector="health")]) == (0, 1)
    assert import_parties(cast.officer, [replace(ROW, sector="health", parent="Lviv Region")]) == (0, 1)
    assert [party.parent for party in parties(cast.officer)] == ["Lviv Region"]


def test_an_unknown_body_waits_for_review_until_a_file_names_it(cast: Cast) -> None:
    assert keep_for_review(cast.run, {"Poltava City Council": ["a.eml"]}) == 1
    assert keep_for_review(cast.run, {"Poltava City Council": ["b.eml"]}) == 0
    assert [(party.name, party.known) for party in parties(cast.officer)] == [("Poltava City Council", False)]
    import_parties(cast.officer, [replace(ROW, name="Poltava City Council")])
    assert [(party.name, party.known) for party in parties(cast.officer)] == [("Poltava City Council", True)]


def test_a_changed_mechanism_file_adds_members_and_loses_none(cast: Cast) -> None:
    assert change_mechanism(cast.officer, MECHANISM) is False
    fresh = MemberEntry(slug="second", name="Second officer", organisation="desk", roles=["officer"])
    assert change_mechanism(cast.officer, MECHANISM.model_copy(update={"members": [fresh]})) is True
    assert actor_named("drill", "second").roles == {Role.OFFICER}
    assert actor_named("drill", "officer").roles == {Role.OFFICER}


def test_a_real_mechanism_never_becomes_an_exercise_by_a_file(cast: Cast) -> None:
    with pytest.raises(Refused, match="is an exercise and stays so"):
        change_mechanism(cast.officer, MECHANISM.model_copy(update={"exercise": False}))
    assert mechanism_file(cast.officer).exercise


def test_a_role_that_the_file_takes_away_is_gone(cast: Cast) -> None:
    lowered = MemberEntry(slug="officer", name="Secretariat officer", organisation="desk", roles=["auditor"])
    change_mechanism(cast.run, MECHANISM.model_copy(update={"members": [lowered]}))
    assert actor_named("drill", "officer").roles == {Role.AUDITOR}


def test_a_new_organisation_of_a_changed_file_finds_its_mechanism(cast: Cast) -> None:
    organisations = [*MECHANISM.organisations, OrganisationEntry(slug="canada", name="Canada's desk", office="donor")]
    member = MemberEntry(slug="maple", name="Donor focal point", organisation="canada", roles=["donor"])
    change_mechanism(cast.officer, MECHANISM.model_copy(update={"organisations": organisations, "members": [member]}))
    assert mechanism_file(actor_named("drill", "maple")).mechanism == "drill"
