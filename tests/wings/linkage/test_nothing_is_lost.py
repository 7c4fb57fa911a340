"""Joining, splitting and ruling lose nothing: whoever was kept from a need is kept from its lines elsewhere; what passed a gate is told."""

from __future__ import annotations

import html
import uuid

import pytest

from sild.cores.linkage.problem import Relation
from sild.kernel.access import access_of
from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.grants import Grant, recall_release, release_to
from sild.kernel.undo import undo
from sild.wings.linkage.actions.regrouping import join_groups, split_group
from sild.wings.linkage.public import link_register, rule_pair
from sild.wings.linkage.reads import pair
from sild.wings.linkage.reads.regrouping import joining_foreseen, splitting_foreseen
from sild.wings.register.public import NeedState, need_record, needs, rule_gate
from tests.cast import Cast
from tests.web.signed import signed_in
from tests.wings.linkage.test_regrouping import AGAIN, ASKED, COURSE, LAPTOPS, SEATS, SWITCHES, linked, of, register

__all__ = ["linked"]

NEED, OFFER = "register.Need", "register.Offer"


def endorsed(cast: Cast, need: uuid.UUID) -> None:
    rule_gate(cast.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, need, NeedState.INTERAGENCY_REVIEW, True, reason="important")


def withheld(cast: Cast, key: uuid.UUID, model: str = NEED) -> list[tuple[str, str]]:
    """From whom a need is kept, and by whose word."""
    return [(reader.name, reader.by) for reader in access_of(cast.officer, model, key).withheld]


def grants(cast: Cast) -> list[tuple[object, ...]]:
    """All that people released and withheld, as it stands."""
    names = ("subject_id", "organisation_id", "withholds", "why", "carried_by")
    with acting(cast.officer):
        return sorted((tuple(row) for row in Grant.objects.filter(recalled=False).values_list(*names)), key=str)


def kept_from_the_technical_gate(cast: Cast, line: uuid.UUID) -> uuid.UUID:
    need = of(cast, line)
    recall_release(cast.officer, NEED, need, [cast.technical.organisation], reason="not for that office")
    assert need not in {one.id for one in needs(cast.technical)}
    return need


def test_a_need_that_is_joined_brings_along_from_whom_it_was_kept_and_takes_it_along_when_it_parts(linked: Cast) -> None:
    stays, goes = of(linked, LAPTOPS.id), kept_from_the_technical_gate(linked, SWITCHES.id)
    assert stays in {one.id for one in needs(linked.technical)}
    before, said = register(linked), grants(linked)
    told = joining_foreseen(linked.officer, "need", stays, goes, Relation.PART_OF).foreseen
    assert [one.subject for one in told.kept_from] == [stays]
    join_groups(linked.officer, "need", (stays, goes), Relation.PART_OF, reason="one order")
    act = last_act()
    assert stays not in {one.id for one in needs(linked.technical)}
    assert withheld(linked, stays) == withheld(linked, goes) == [(told.kept_from[0].organisation, linked.officer.name)]
    link_register(linked.run)
    assert stays not in {one.id for one in needs(linked.technical)}, "nor does a later run show it"
    assert split_group(linked.officer, "need", stays, [SWITCHES.id], Relation.NOT_THE_SAME, reason="two orders") == goes
    parting = last_act()
    assert (withheld(linked, stays), len(withheld(linked, goes))) == ([], 1)
    assert {stays, goes} & {one.id for one in needs(linked.technical)} == {stays}
    for one, why in ((parting, "one order"), (act, "two orders after all")):
        assert one is not None
        undo(linked.officer, one, reason=why)
    assert (register(linked), grants(linked)) == (before, said)


def test_a_line_that_is_split_off_stays_kept_from_whom_its_need_was_kept(linked: Cast) -> None:
    need = kept_from_the_technical_gate(linked, ASKED.id)
    before, said = register(linked), grants(linked)
    told = splitting_foreseen(linked.officer, "need", need, [AGAIN.id], Relation.SECOND_BATCH).foreseen
    off = split_group(linked.officer, "need", need, [AGAIN.id], Relation.SECOND_BATCH, reason="another department")
    act = last_act()
    assert [one.subject for one in told.kept_from] == [off]
    assert {off, need}.isdisjoint(one.id for one in needs(linked.technical))
    assert act is not None
    undo(linked.officer, act, reason="one department after all")
    assert (register(linked), grants(linked)) == (before, said)


def test_what_somebody_said_of_the_one_that_stays_does_not_leave_with_the_lines_of_another(linked: Cast) -> None:
    stays, goes = of(linked, LAPTOPS.id), kept_from_the_technical_gate(linked, SWITCHES.id)
    join_groups(linked.officer, "need", (stays, goes), Relation.SAME_AS, reason="one order")
    recall_release(linked.officer, NEED, stays, [linked.technical.organisation], reason="whatever comes with it")
    split_group(linked.officer, "need", stays, [SWITCHES.id], Relation.NOT_THE_SAME, reason="two orders")
    assert stays not in {one.id for one in needs(linked.technical)}
    release_to(linked.officer, NEED, stays, [linked.technical.organisation], reason="for them too")
    assert {stays, goes} & {one.id for one in needs(linked.technical)} == {stays}


def test_an_offer_brings_it_along_likewise(linked: Cast) -> None:
    one, other = of(linked, SEATS.id), of(linked, COURSE.id)
    recall_release(linked.officer, OFFER, other, [linked.donor.organisation], reason="not for that state")
    assert join_groups(linked.officer, "offer", (one, other), Relation.SAME_AS, reason="one gift") == one
    assert len(withheld(linked, one, OFFER)) == 1


def test_a_line_that_leaves_an_endorsed_need_is_told_before_asks_for_a_reason_and_comes_back(linked: Cast) -> None:
    need = of(linked, ASKED.id)
    endorsed(linked, need)
    before = register(linked)
    told = next(one.foreseen for one in pair(linked.officer, ASKED.id, AGAIN.id).effects if not one.joined)
    assert (told.losing, [one.out_of for one in told.moving]) == (1, [need])
    officer, path = signed_in(linked.officer), f"/links/{ASKED.id}/{AGAIN.id}/"
    text = html.unescape(officer.get(path).content.decode())
    assert "1 line leaves a need that passed a gate, for one that passed none:" in text
    version = {"version": str(pair(linked.officer, ASKED.id, AGAIN.id).version), "relation": "not-the-same"}
    assert officer.post(path, version | {"reason": ""}).status_code == 422
    assert register(linked) == before
    rule_pair(linked.officer, ASKED.id, AGAIN.id, Relation.NOT_THE_SAME, reason="two departments")
    act = last_act()
    groups = {of(linked, line.id) for line in (ASKED, AGAIN)}
    assert need in groups
    assert [need_record(linked.officer, one).state for one in groups - {need}] == [NeedState.CAPTURED]
    assert act is not None
    undo(linked.officer, act, reason="one department after all")
    assert register(linked) == before


@pytest.mark.parametrize("keep", ["endorsed", "new"])
def test_joining_tells_whether_what_was_ruled_stays(linked: Cast, keep: str) -> None:
    need, other = of(linked, LAPTOPS.id), of(linked, SWITCHES.id)
    endorsed(linked, need)
    told = joining_foreseen(linked.officer, "need", need, other, Relation.SAME_AS, need if keep == "endorsed" else other).foreseen
    # what comes to an endorsed need may bring it back to its gates, and is told as such; nothing leaves it
    assert told.losing == (0 if keep == "endorsed" else 1)
