"""Needs and offers are joined and split by people: told before, as it was told, for good, and taken back to the last letter."""

from __future__ import annotations

import html
import re
import uuid
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sild.cores.linkage.problem import Relation
from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.casework import add_note
from sild.kernel.moving import open_compartment
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.linkage import rules as linkage_rules
from sild.wings.linkage.actions.regrouping import join_groups, split_group
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.public import link_register, links, rule_pair, take_links, withdraw_and_link
from sild.wings.linkage.reads import pair, queue, sides
from sild.wings.linkage.reads.queue import SUREST
from sild.wings.linkage.reads.regrouping import joining_foreseen, splitting_foreseen
from sild.wings.linkage.reads.telling import changed_between
from sild.wings.planning.public import REFRESH
from sild.wings.register.public import (
    NeedState,
    accept_line,
    joined_of_lines,
    keep_lines,
    lines,
    list_needs,
    move_lines,
    need_record,
    needs,
    offers,
    reject_line,
    rule_gate,
    rulings,
)
from tests.api.programs import account_on, program_of
from tests.cast import Cast
from tests.keeping import once
from tests.web.signed import signed_in
from tests.wings.readings import reading

MINISTRY = "Ministry of Health of Ukraine"
CITY = "Lviv City Council"
ASKED = reading(1, "request", "endpoint-protection", "EDR licences for workstations", 1200, unit="licence", beneficiary=MINISTRY)
AGAIN = reading(6, "request", "endpoint-protection", "захист точок (EDR)", 1200, unit="licence", beneficiary=MINISTRY, language="uk")
LAPTOPS = reading(9, "request", "end-user-devices", "laptops", 40, unit="laptop", beneficiary=CITY)
SWITCHES = reading(10, "request", "network-equipment", "network switches", 9, unit="switch", beneficiary=CITY)
SEATS = reading(11, "offer", "endpoint-protection", "EDR seats", 500, unit="seat", provider="Kestrel Endpoint Inc.")
COURSE = reading(12, "offer", "training", "a course on phishing", 3, unit="course", provider="Talpa Ltd")
EVERY = [ASKED, AGAIN, LAPTOPS, SWITCHES, SEATS, COURSE]


@pytest.fixture
@once
def linked(cast: Cast) -> Cast:
    keep_lines(cast.run, EVERY)
    link_register(cast.run)
    assert len(needs(cast.run)) == 3
    return cast


def of(cast: Cast, line: uuid.UUID) -> uuid.UUID:
    """The need or the offer that a line speaks of."""
    [found] = [one for one in lines(cast.officer) if one.id == line]
    group = found.need_id or found.offer_id
    assert group is not None
    return group


def register(cast: Cast) -> dict[str, Any]:
    """All that the register and the links say, whole."""
    with acting(cast.officer):
        ruled = sorted(Judgement.objects.filter(withdrawn=False).values_list("line_a_id", "line_b_id", "relation"))
    images = [{name: value for name, value in line.image().items() if name != "version"} for line in lines(cast.officer)]
    return {
        "needs": needs(cast.officer),
        "offers": offers(cast.officer),
        "listed": [(row.id, row.title, row.quantity, row.state) for row in list_needs(cast.officer).rows],
        "lines": images,
        "gates": rulings(cast.officer),
        "links": sorted(links(cast.officer), key=lambda link: (link.line_a, link.line_b)),
        "ruled": ruled,
    }


def test_two_needs_become_one_as_foretold_and_the_one_that_goes_keeps_its_page(linked: Cast) -> None:
    stays, goes = of(linked, LAPTOPS.id), of(linked, SWITCHES.id)
    before = register(linked)
    told = joining_foreseen(linked.officer, "need", stays, goes, Relation.PART_OF).foreseen
    assert (told.refused, told.moved) == ("", 1)
    foretold = {one.told.id: one.told for one in told.touched}
    assert foretold[goes].into == stays
    assert join_groups(linked.officer, "need", (stays, goes), Relation.PART_OF, reason="one order of the council") == stays
    act = last_act()
    joined = need_record(linked.officer, stays)
    after = foretold[stays].after
    assert after is not None
    assert (joined.quantity, joined.title, len(joined.lines)) == (after.quantity, after.title, after.lines)
    gone = need_record(linked.officer, goes)
    assert gone.joined_into is not None
    assert gone.joined_into.id == stays
    assert [line.id for line in gone.lines] == [SWITCHES.id]
    assert [one.id for one in joined.joined] == [goes]
    assert goes not in {need.id for need in needs(linked.officer)}
    assert goes not in {row.id for row in list_needs(linked.officer).rows}
    link_register(linked.run)
    assert of(linked, SWITCHES.id) == stays
    assert act is not None
    undo(linked.officer, act, reason="another order after all")
    assert register(linked) == before


def test_of_two_needs_the_one_that_people_took_furthest_stays_and_rulings_stay_where_they_were_ruled(linked: Cast) -> None:
    early, late = of(linked, LAPTOPS.id), of(linked, SWITCHES.id)
    accept_line(linked.officer, SWITCHES.id, reason="read and right")
    rule_gate(linked.technical, late, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    told = joining_foreseen(linked.officer, "need", early, late, Relation.SAME_AS).foreseen
    assert {one.told.id: one.told.into for one in told.touched}[early] == late
    # it asks for laptops too now: what the technical gate passed were switches
    assert {one.told.id: one.told.reopened for one in told.touched}[late]
    assert join_groups(linked.officer, "need", (early, late), Relation.SAME_AS, reason="one order") == late
    assert need_record(linked.officer, late).state == NeedState.TECHNICAL_REVIEW
    assert [one.reason for one in need_record(linked.officer, late).rulings] == ["feasible"]
    with pytest.raises(Refused, match="was joined into another one"):
        rule_gate(linked.technical, early, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    assert join_groups_again(linked, early, late) == "was joined"


def join_groups_again(cast: Cast, one: uuid.UUID, other: uuid.UUID) -> str:
    with pytest.raises(Refused, match="was joined"):
        join_groups(cast.officer, "need", (one, other), Relation.SAME_AS, reason="again")
    return "was joined"


def test_an_endorsement_of_another_quantity_goes_back_as_foretold(linked: Cast) -> None:
    need = of(linked, LAPTOPS.id)
    rule_gate(linked.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(linked.interagency, need, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    told = joining_foreseen(linked.officer, "need", need, of(linked, SWITCHES.id), Relation.SUPERSEDES).foreseen
    assert [one.told.reopened for one in told.touched if one.told.id == need] == [True]
    join_groups(linked.officer, "need", (need, of(linked, SWITCHES.id)), Relation.SUPERSEDES, reason="they changed their order")
    assert need_record(linked.officer, need).state == NeedState.TECHNICAL_REVIEW


def test_chosen_lines_leave_a_need_for_good_and_the_rest_stays_what_it_was(linked: Cast) -> None:
    need = of(linked, ASKED.id)
    assert of(linked, AGAIN.id) == need
    before = register(linked)
    told = splitting_foreseen(linked.officer, "need", need, [ASKED.id], Relation.SECOND_BATCH).foreseen
    assert [(one.told.before is None, one.told.id == need) for one in told.touched] == [(False, True), (True, False)]
    off = split_group(linked.officer, "need", need, [ASKED.id], Relation.SECOND_BATCH, reason="another department asks")
    act = last_act()
    assert off != need
    assert (of(linked, ASKED.id), of(linked, AGAIN.id)) == (off, need)
    for _run in range(2):
        link_register(linked.run)
        assert (of(linked, ASKED.id), of(linked, AGAIN.id)) == (off, need)
    assert act is not None
    undo(linked.officer, act, reason="one department after all")
    assert register(linked) == before


def test_what_was_split_is_joined_again_at_any_time_and_what_was_joined_is_split_into_what_it_was(linked: Cast) -> None:
    one, other = of(linked, LAPTOPS.id), of(linked, SWITCHES.id)
    join_groups(linked.officer, "need", (one, other), Relation.SAME_AS, reason="one order")
    assert split_group(linked.officer, "need", one, [SWITCHES.id], Relation.NOT_THE_SAME, reason="two orders") == other
    assert need_record(linked.officer, other).joined_into is None
    assert join_groups(linked.officer, "need", (other, one), Relation.SAME_AS, keep=other, reason="one order, we asked") == other
    link_register(linked.run)
    assert (of(linked, LAPTOPS.id), of(linked, SWITCHES.id)) == (other, other)


def test_offers_told_twice_are_joined_and_split_likewise(linked: Cast) -> None:
    one, other = of(linked, SEATS.id), of(linked, COURSE.id)
    before = register(linked)
    assert join_groups(linked.officer, "offer", (one, other), Relation.SAME_AS, reason="one gift, told twice") == one
    act = last_act()
    assert [offer.id for offer in offers(linked.officer)] == [one]
    assert act is not None
    undo(linked.officer, act, reason="two gifts")
    assert register(linked) == before


def test_what_cannot_be_joined_or_split_is_refused_with_the_reason(linked: Cast) -> None:
    need, offer = of(linked, LAPTOPS.id), of(linked, SEATS.id)
    with pytest.raises(NotThere):
        join_groups(linked.officer, "need", (need, offer), Relation.SAME_AS, reason="?")
    with pytest.raises(NotThere):
        split_group(linked.officer, "need", need, [SWITCHES.id], Relation.NOT_THE_SAME, reason="?")
    with pytest.raises(Refused, match="not none and not all"):
        split_group(linked.officer, "need", need, [LAPTOPS.id], Relation.NOT_THE_SAME, reason="?")
    with pytest.raises(Refused, match="Say why"):
        join_groups(linked.officer, "need", (need, of(linked, SWITCHES.id)), Relation.SAME_AS, reason=" ")
    with pytest.raises(Stale):
        join_groups(linked.officer, "need", (need, of(linked, SWITCHES.id)), Relation.SAME_AS, version=1, reason="late")
    with pytest.raises(Refused, match="how the later one stands"):
        join_groups(linked.officer, "need", (need, of(linked, SWITCHES.id)), Relation.NOT_THE_SAME, reason="?")


def test_a_click_leaves_the_register_as_a_whole_linking_would(linked: Cast) -> None:
    rule_pair(linked.officer, ASKED.id, AGAIN.id, Relation.NOT_THE_SAME, reason="two departments")
    rule_pair(linked.officer, LAPTOPS.id, SWITCHES.id, Relation.PART_OF, reason="one order")
    for again in ("rule", "take back"):
        clicked = register(linked)
        link_register(linked.run)
        assert register(linked) == clicked, again
        ruling = pair(linked.officer, LAPTOPS.id, SWITCHES.id).ruling
        if ruling is not None:
            withdraw_and_link(linked.officer, ruling.id, reason="two orders")
    assert of(linked, LAPTOPS.id) != of(linked, SWITCHES.id)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return html.unescape(answer.content.decode())


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the last form of a page."""
    form = text.rpartition('<form method="post" data-save-next')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(version|relation|keep)" value="([^"]*)"', form))


def test_two_needs_are_joined_and_split_on_their_pages(linked: Cast) -> None:
    officer = signed_in(linked.officer)
    one, other = of(linked, LAPTOPS.id), of(linked, SWITCHES.id)
    assert f"/needs/{one}/join/" in page(officer, f"/needs/{one}/")
    assert f"/needs/{one}/join/{other}/" in page(officer, f"/needs/{one}/join/?q=switches")
    path = f"/needs/{one}/join/{other}/"
    text = page(officer, f"{path}?relation=part-of")
    assert "joined into “laptops”" in text
    assert officer.post(path, hidden(text) | {"reason": ""}).status_code == 422
    assert officer.post(path, {"relation": "part-of", "version": "1", "reason": "one order"}).status_code == 409
    answer = officer.post(path, hidden(text) | {"reason": "one order"})
    assert (answer.status_code, answer["Location"]) == (302, f"/needs/{one}/")
    assert "This need was joined into another." in page(officer, f"/needs/{other}/")
    assert f"/needs/{other}/" in page(officer, f"/needs/{one}/")
    split = f"/needs/{one}/split/?line={SWITCHES.id}"
    text = page(officer, split)
    assert "1 earlier ruling is taken back by it." in text
    told = hidden(text) | {"line": str(SWITCHES.id), "reason": "two orders"}
    assert officer.post(f"/needs/{one}/split/", told)["Location"] == f"/needs/{other}/"
    assert officer.get(f"/needs/{one}/join/{of(linked, SEATS.id)}/").status_code == 404


def test_a_pair_says_what_changed_who_ruled_what_and_that_the_evidence_says_otherwise(linked: Cast) -> None:
    officer, path = signed_in(linked.officer), f"/links/{ASKED.id}/{AGAIN.id}/"
    rule_pair(linked.officer, ASKED.id, AGAIN.id, Relation.NOT_THE_SAME, reason="two departments")
    text = page(officer, path)
    assert re.search(r"The evidence says \+\d+\.\d bits; you ruled “is not the same as” on", text)
    assert "two departments" in text
    shown = pair(linked.officer, ASKED.id, AGAIN.id)
    assert shown.ruling is not None
    assert (shown.conflict, round(shown.score - shown.evidence)) == (True, -100)
    assert path in page(officer, "/links/?show=conflicts")
    assert officer.post(f"/links/{shown.link}/note/", {"text": "asked them by phone"}).status_code == 302
    seat = str(linked.deputy.person)
    assert officer.post(f"/links/{shown.link}/assign/", {"assignee": seat, "version": "0"}).status_code == 302
    withdraw_and_link(linked.officer, shown.ruling.id, reason="one department")
    text = page(officer, path)
    assert "asked them by phone" in text
    assert linked.deputy.name in text
    assert [(deed.relation, deed.withdrawn, deed.reason) for deed in pair(linked.officer, ASKED.id, AGAIN.id).history] == [
        ("not-the-same", True, "one department"),
        ("not-the-same", False, "two departments"),
    ]
    assert path not in page(officer, "/links/?show=conflicts")


def test_changes_from_one_telling_to_the_next_are_told_in_sentences(linked: Cast) -> None:
    early, late = sides([one for one in lines(linked.officer) if one.id in (ASKED.id, LAPTOPS.id)])
    later = replace(late, id=early.id, quantity=Decimal(36), unit=early.unit, needed_by=date(2026, 4, 1), urgency="critical")
    told = changed_between(replace(early, quantity=Decimal(24), needed_by=date(2026, 5, 1), urgency="high"), later)
    assert [(one.name, one.step) for one in told] == [
        ("quantity", Decimal(12)),
        ("needed_by", -30),
        ("urgency", None),
        ("beneficiary", None),
    ]
    assert changed_between(early, replace(early, quantity=None)) == []


def test_pairs_wait_where_a_decision_would_change_most(linked: Cast) -> None:
    need = of(linked, ASKED.id)
    before = queue(linked.officer).pairs
    assert [one.stakes for one in before]
    rule_gate(linked.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    accept_line(linked.officer, ASKED.id, reason="read and right")
    [first] = [one for one in queue(linked.officer).pairs if {one.early.id, one.late.id} == {ASKED.id, AGAIN.id}]
    assert first.stakes is not None
    assert (first.stakes.gate, first.stakes.accepted, first.stakes.moved) == (True, 1, 1)
    with acting(linked.officer), CaptureQueriesContext(connection) as asked:
        queue(linked.officer)
    assert len(asked) <= 12


def test_pairs_come_one_by_one_in_the_order_in_which_they_come_together(linked: Cast) -> None:
    more = [replace(LAPTOPS, id=uuid.uuid4(), message_id=uuid.uuid4(), message_name=f"{n}.eml", quantity=Decimal(40 + n)) for n in range(5)]
    keep_lines(linked.run, more)
    link_register(linked.run)
    whole = [(one.early.id, one.late.id) for one in queue(linked.officer).pairs]
    assert len(whole) > 5
    found, after = [], ""
    for _pair in whole:
        page_of_one = queue(linked.officer, after=after, most=1)
        found += [(one.early.id, one.late.id) for one in page_of_one.pairs]
        after = page_of_one.after
    assert (found, after) == (whole, "")


def test_of_pairs_with_equal_stakes_the_least_sure_waits_first(linked: Cast) -> None:
    more = [replace(LAPTOPS, id=uuid.uuid4(), message_id=uuid.uuid4(), message_name=f"{n}.eml", quantity=Decimal(40 + n)) for n in range(3)]
    keep_lines(linked.run, more)
    link_register(linked.run)
    doubts: dict[tuple[bool, ...], list[float]] = defaultdict(list)
    for one in queue(linked.officer).pairs:
        assert one.stakes is not None
        at_stake = (one.stakes.endorsed, one.stakes.planned, one.stakes.gate, one.stakes.accepted, one.stakes.urgent)
        doubts[*at_stake, one.stakes.twice is not None].append(min(abs(one.score), SUREST))
    assert max(len(set(found)) for found in doubts.values()) > 1
    assert all(found == sorted(found) for found in doubts.values())


def test_the_job_that_linking_waits_for_is_the_one_that_planning_declares() -> None:
    assert linkage_rules.REFRESH == REFRESH


def test_programs_look_at_joining_and_splitting_and_do_it(linked: Cast) -> None:
    program = program_of("drill", "officer", account_on(linked.run, linked.officer, "officer@drill.example"))

    def ask(method: str, path: str, body: object = None) -> Any:
        answer = program.ask(method.upper(), path, body)
        assert answer.status_code == 200, answer.content
        return answer.json()

    one, other = str(of(linked, LAPTOPS.id)), str(of(linked, SWITCHES.id))
    looked = ask("get", f"/needs/{one}/joining/{other}")
    assert (looked["foreseen"]["moved"], looked["foreseen"]["refused"]) == (1, "")
    told = {"other": other, "relation": "part-of", "version": looked["version"], "reason": "one order"}
    assert ask("post", f"/needs/{one}/join", told) == {"id": one}
    assert ask("get", f"/needs/{other}")["joined_into"]["id"] == one
    looked = ask("get", f"/needs/{one}/splitting?line={SWITCHES.id}")
    told = {"lines": [str(SWITCHES.id)], "version": looked["version"], "reason": "two orders"}
    assert ask("post", f"/needs/{one}/split", told) == {"id": other}
    assert ask("get", f"/links/{LAPTOPS.id}/{SWITCHES.id}")["history"][0]["relation"] == "not-the-same"


def test_a_pair_that_somebody_works_on_stays_when_the_desk_proposes_it_no_more(linked: Cast) -> None:
    kept = pair(linked.officer, ASKED.id, AGAIN.id).link
    assert kept is not None
    add_note(linked.officer, "linkage.Link", kept, "asked them by phone")
    reject_line(linked.officer, AGAIN.id, reason="nobody sent this")
    link_register(linked.run)
    told = pair(linked.officer, ASKED.id, AGAIN.id)
    assert (told.link, told.joined, told.proposed) == (kept, False, False)


def test_what_was_joined_goes_into_a_compartment_with_its_lines(linked: Cast) -> None:
    one, other = of(linked, LAPTOPS.id), of(linked, SWITCHES.id)
    join_groups(linked.officer, "need", (one, other), Relation.SAME_AS, reason="one order")
    room = open_compartment(linked.officer, "A room", [], reason="the switches are for a closed place")
    inside = replace(linked.officer, compartments=frozenset({room}))
    assert joined_of_lines(inside, [SWITCHES.id]) == {other}
    take_links(inside, {SWITCHES.id}, room)
    moved = move_lines(inside, SWITCHES.message_id, uuid.uuid4(), room)
    gone = need_record(inside, moved.needs[other])
    assert [line.id for line in gone.lines] == [moved.lines[SWITCHES.id]]
    with pytest.raises(NotThere):
        need_record(linked.officer, other)
    assert "switch" not in str(need_record(linked.officer, one))
