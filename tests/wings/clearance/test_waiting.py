"""What of licence cases waits for whom, and a second case on one offer, which is opened only by who says that it is meant."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from sild.cores.linkage.problem import Relation
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.clearance.actions import Move, chase_case, move_case, open_case
from sild.wings.clearance.public import cases_waiting
from sild.wings.clearance.rules import CaseState
from sild.wings.linkage.actions.regrouping import join_groups
from sild.wings.linkage.public import link_register
from sild.wings.register.public import keep_lines, offers
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.clearance.conftest import Office
from tests.wings.readings import reading

S = CaseState
SPARES = reading(4, "offer", "network-security", "spare power supplies", 5, unit="unit", provider="Estonia")
"""A second line of the offer of gateways, once an officer joined the two."""


def waits(member: Actor) -> bool:
    """Whether the gateways stand among the licences on the first page."""
    text = signed_in(member).get(reverse("web.waiting")).content.decode()
    return "Licences to move on" in text and "VPN gateways" in text.split("Licences to move on")[1]


def with_two_lines(office: Office) -> None:
    keep_lines(office.cast.run, [SPARES])
    link_register(office.cast.run)
    of = {line: one.id for one in offers(office.cast.officer) for line in one.lines}
    if of[office.gateways] != of[SPARES.id]:
        both = (of[office.gateways], of[SPARES.id])
        join_groups(office.cast.officer, "offer", both, Relation.SAME_AS, keep=both[0], reason="one gift of two things")


def test_who_gives_finds_on_the_first_page_what_a_licence_waits_for_and_other_givers_do_not(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", on=date(2026, 1, 10), reason="offered")
    assert cases_waiting(office.cast.donor, most=10) == [], "the first look is the liaison's"
    assert [row.id for row in cases_waiting(office.liaison, most=10)] == [case]
    move_case(office.liaison, case, Move(state=S.CANDIDATE), reason="encryption")
    move_case(office.liaison, case, Move(state=S.LICENCE_REQUIRED), reason="their letter")
    assert [row.id for row in cases_waiting(office.cast.donor, most=10)] == [case] and waits(office.cast.donor)
    assert cases_waiting(office.liaison, most=10) == [], "nobody is late, and it is the giver's move"
    for other in (office.cast.other_donor, office.cast.maker, office.cast.seller, office.cast.asker):
        assert cases_waiting(other, most=10) == [] and not waits(other)
    move_case(office.liaison, case, Move(state=S.APPLIED), reason="sent off")
    assert cases_waiting(office.cast.donor, most=10) == [], "it lies with the authority"


def test_the_day_to_ask_again_is_told_on_that_day_and_not_before_it(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", on=date(2026, 1, 10), reason="offered")
    move_case(office.liaison, case, Move(state=S.CANDIDATE), reason="encryption")
    move_case(office.liaison, case, Move(state=S.ENQUIRY_SENT), reason="asked them")
    chase_case(office.cast.officer, case, date(2026, 2, 11), reason="asked again")
    assert cases_waiting(office.cast.officer, most=10) == [] and not waits(office.cast.officer)
    chase_case(office.cast.officer, case, date(2026, 2, 10), reason="they answer today")
    [row] = cases_waiting(office.cast.officer, most=10)
    assert row.due and not row.overdue and waits(office.cast.officer) and waits(office.liaison)


def test_a_second_case_on_one_offer_names_the_first_and_is_opened_by_who_says_that_it_is_meant(office: Office) -> None:
    with_two_lines(office)
    first = open_case(office.cast.officer, office.gateways, "EE", reason="offered")
    with pytest.raises(Refused, match="“VPN gateways” of this offer has a licence case in EE already"):
        open_case(office.cast.deputy, SPARES.id, "EE", reason="offered")
    assert open_case(office.cast.deputy, office.gateways, "EE", reason="offered") == first, "the same line's case is that one"
    assert open_case(office.cast.deputy, SPARES.id, "US", reason="offered") != first, "another state is another question"
    second = open_case(office.cast.deputy, SPARES.id, "EE", apart=True, reason="a licence of its own")
    assert second != first and open_case(office.cast.officer, SPARES.id, "EE", reason="again") == second


def test_what_was_set_aside_holds_no_second_case_back(office: Office) -> None:
    with_two_lines(office)
    first = open_case(office.cast.officer, office.gateways, "EE", reason="offered")
    move_case(office.liaison, first, Move(state=S.SET_ASIDE), reason="does not leave from there")
    assert open_case(office.cast.officer, SPARES.id, "EE", reason="this one does") != first


def test_the_page_of_an_offer_and_a_program_say_so_too(office: Office) -> None:
    with_two_lines(office)
    desk = signed_in(office.cast.officer)
    form = {"jurisdiction": "EE", "reason": "offered"}
    assert desk.post(reverse("clearance.open", args=[office.gateways]), form).status_code == 302
    refused = desk.post(reverse("clearance.open", args=[SPARES.id]), form)
    assert refused.status_code == 409 and "already" in refused.content.decode()
    offer = next(one.id for one in offers(office.cast.officer) if SPARES.id in one.lines)
    assert 'name="apart"' in desk.get(reverse("clearance.offer", args=[offer])).content.decode()
    program = program_of("drill", "officer", account_on(office.cast.officer))
    told = {"jurisdiction": "EE", "reason": "offered"}
    assert program.ask("POST", f"/lines/{SPARES.id}/licence-cases", told).status_code == 409
    assert program.ask("POST", f"/lines/{SPARES.id}/licence-cases", told | {"apart": True}).status_code == 200
