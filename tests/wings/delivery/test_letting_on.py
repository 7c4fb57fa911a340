"""Goods do not leave in silence while their light is red: one rule for all conditions, and an officer's word that is kept."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.history import Change
from sild.kernel.home import Home
from sild.kernel.refusals import NotForRole, Refused
from sild.kernel.undo import undo
from sild.wings.clearance.rules import CaseState
from sild.wings.clearance.rules.outgoing import GOES_ON, LICENCE_WORDS, STOPS, StopWord
from sild.wings.delivery.actions import Packing, depart_consignment, hand_over_consignment, let_on, prepare_consignment
from sild.wings.delivery.actions.erasing import redact_consignments
from sild.wings.delivery.actions.moving import move_consignments
from sild.wings.delivery.models import LetOn
from sild.wings.delivery.reads import consignment_record
from sild.wings.delivery.reads.naming import let_on_naming
from sild.wings.delivery.reads.stopped import letting_on
from sild.wings.parties.public import import_parties
from sild.wings.planning.public import Check, GateVerdict, light_of_agreement, record_limit
from sild.wings.planning.rules import LEAVES, Condition, Leave, LimitEntry, leave_of
from sild.wings.screening.actions import rule_hit
from sild.wings.screening.rules import HitState
from tests.api.programs import program_of
from tests.cast import MECHANISM
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import MINISTRY, table  # noqa: F401 - the fixture that depot stands on
from tests.wings.delivery.conftest import Depot
from tests.wings.screening.conftest import Desk, entity, party

TWO = Packing(quantity=Decimal(2))
WHY = "the sanctions office gave a derogation, their letter 12/3"


@dataclass(frozen=True, slots=True)
class Hit:
    """The depot, and the list that its giver stands on."""

    depot: Depot
    desk: Desk

    def rule(self, state: HitState) -> None:
        [hit] = self.desk.hits()
        rule_hit(self.depot.cast.officer, hit.id, state, reason="compared register numbers")


@pytest.fixture
def listed(depot: Depot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hit:
    """A list with an entry that is called as the giver is."""
    monkeypatch.setenv("SILD_HOME", str(tmp_path))
    import_parties(depot.cast.run, (party(MINISTRY, kind="recipient-body"), party("Estonia", country="EE", kind="donor")))
    desk = Desk(depot.cast, Home(tmp_path).prepare())
    desk.take([entity("list-1", "Estonia", country=["ee"])])
    return Hit(depot, desk)


def test_a_confirmed_hit_stops_the_goods_until_an_officer_says_why_they_go(listed: Hit) -> None:
    cast, agreement = listed.depot.cast, listed.depot.agreement
    listed.rule(HitState.CLEARED)
    one = prepare_consignment(cast.donor, agreement, TWO)
    listed.rule(HitState.OPEN)
    listed.rule(HitState.CONFIRMED)
    with pytest.raises(Refused) as told:
        depart_consignment(cast.donor, one)
    assert "not shown to you" in str(told.value) and "hit" not in str(told.value) and "sanctions" not in str(told.value)
    with pytest.raises(Refused, match=r"Estonia: a person confirmed a hit.*written word"):
        hand_over_consignment(cast.officer, one, reason="the carrier's mail of today")
    assert consignment_record(cast.officer, one).contradictions == ("stopped",)
    with pytest.raises(NotForRole):
        let_on(cast.donor, agreement, reason=WHY)
    with pytest.raises(Refused, match="the word is kept"):
        let_on(cast.officer, agreement, reason=" ")
    let_on(cast.officer, agreement, reason=WHY)
    kept = last_act()
    depart_consignment(cast.donor, one)
    assert consignment_record(cast.officer, one).contradictions == ()
    [word] = letting_on(cast.officer, agreement).words
    assert (word.by, word.on, word.reason) == (cast.officer.name, date(2026, 2, 10), WHY)
    assert letting_on(cast.donor, agreement).words == (), "what stood against it is not told to the sides"
    undo(cast.officer, kept, reason="too early")
    with pytest.raises(Refused, match="not shown to you"):
        hand_over_consignment(cast.donor, one)


def test_a_word_is_for_what_stood_against_it_and_for_nothing_that_comes_up_later(listed: Hit) -> None:
    cast, agreement = listed.depot.cast, listed.depot.agreement
    listed.rule(HitState.CONFIRMED)
    let_on(cast.officer, agreement, reason=WHY)
    with acting(cast.officer):
        [key] = LetOn.objects.get().against
    assert key == "screened:confirmed:Estonia"
    one = prepare_consignment(cast.donor, agreement, TWO)
    listed.desk.take([entity("list-1", "Estonia", country=["ee"]), entity("list-2", MINISTRY)], name="Another list")
    [theirs] = [hit for hit in listed.desk.hits() if hit.party == MINISTRY]
    rule_hit(cast.officer, theirs.id, HitState.CONFIRMED, reason="the same number")
    with pytest.raises(Refused, match="may not go out"):
        depart_consignment(cast.donor, one)


def test_a_word_goes_into_a_compartment_with_its_agreement_and_is_not_there_outside(listed: Hit) -> None:
    cast, agreement, room, inside = listed.depot.cast, listed.depot.agreement, uuid.uuid4(), uuid.uuid4()
    listed.rule(HitState.CONFIRMED)
    let_on(cast.officer, agreement, reason=WHY)
    with acting(cast.officer):
        [outside] = LetOn.objects.values_list("id", flat=True)
    insider = replace(cast.officer, compartments=frozenset({room}))
    move_consignments(insider, {agreement: inside}, room)
    for actor in (cast.officer, cast.auditor, cast.donor):
        with acting(actor):
            assert not LetOn.objects.exists()
            assert not Change.objects.filter(record_id=outside).exists(), "nor does the history tell of it"
    with acting(insider):
        [word] = LetOn.objects.all()
        assert (word.agreement_id, word.reason) == (inside, WHY) and word.id != outside


def test_who_is_named_by_what_a_word_is_against_is_found_and_erased(listed: Hit) -> None:
    officer = listed.depot.cast.officer
    listed.rule(HitState.CONFIRMED)
    let_on(officer, listed.depot.agreement, reason=WHY)
    [held] = let_on_naming(officer, ["estonia"])
    assert held["against"] == ["screened:confirmed:Estonia"]
    assert redact_consignments(officer, re.compile("Estonia"), reason="asked to")
    assert let_on_naming(officer, ["estonia"]) == []
    with acting(officer):
        assert "Estonia" not in str(LetOn.objects.get().against)


def test_what_only_those_who_made_it_can_end_is_not_let_on_by_a_word(depot: Depot) -> None:
    cast = depot.cast
    stated = {"kind": "objection", "subject": "Estonia", "category": "network-security", "state": "open", "authority": "A neighbour"}
    told = LimitEntry.model_validate(stated | {"source": "a note", "as_of": date(2026, 2, 1)})
    record_limit(cast.officer, told, reason="as they said")
    with pytest.raises(Refused, match="Nothing stands against it for which such a word can be kept"):
        let_on(cast.officer, depot.agreement, reason="we are late")
    for actor in (cast.donor, cast.officer):
        with pytest.raises(Refused, match="may not go out now"):
            prepare_consignment(actor, depot.agreement, TWO, reason="we are late")


def test_the_light_stands_on_the_pages_and_for_programs(depot: Depot) -> None:
    cast = depot.cast
    one = prepare_consignment(cast.donor, depot.agreement, TWO)
    light = light_of_agreement(cast.officer, depot.agreement)
    assert light is not None
    browser = signed_in(cast.officer)
    for page in (
        reverse("agreements.one", args=[depot.agreement]),
        reverse("delivery.agreement", args=[depot.agreement]),
        reverse("delivery.one", args=[one]),
    ):
        text = browser.get(page).content.decode()
        assert "Can it be delivered?" in text and text.count('scope="row"') >= len(Check), page
    slug = next(member.slug for member in MECHANISM.members if member.name == cast.officer.name)
    program = program_of("drill", slug, account_on(cast.officer))
    told = json.loads(program.ask("GET", f"/agreements/{depot.agreement}/deliverability", None).content)
    assert told["light"]["verdict"] == light.light.verdict and len(told["light"]["conditions"]) == len(Check)
    assert json.loads(program.ask("GET", f"/agreements/{depot.agreement}/letting-on", None).content)["needed"] is False


def test_the_officer_lets_it_go_on_the_page(listed: Hit) -> None:
    listed.rule(HitState.CONFIRMED)
    agreement, browser = listed.depot.agreement, signed_in(listed.depot.cast.officer)
    page = reverse("delivery.agreement", args=[agreement])
    assert "Let it go out" in browser.get(page).content.decode()
    assert browser.post(reverse("delivery.let_on", args=[agreement]), {"reason": WHY}).status_code == 302
    text = browser.get(page).content.decode()
    assert WHY in text and "Let it go out" not in text
    theirs = signed_in(listed.depot.cast.donor).get(page).content.decode()
    assert WHY not in theirs and "hit" not in theirs


def test_every_state_of_a_case_means_the_same_to_the_light_and_to_what_goes_out() -> None:
    codes = {"unknown": "not-assessed", "pending": "pending", "denied": "denied"}
    for state, word in LICENCE_WORDS.items():
        stop = STOPS[state]
        if stop is None:
            assert word in ("granted", "not-needed")
            continue
        leave = LEAVES[Check.LICENSED, codes[word]]
        assert (leave == Leave.REASON) == (stop in GOES_ON) and leave != Leave.GOES, state
    assert STOPS[CaseState.SET_ASIDE] is None and StopWord.UNKNOWN in GOES_ON


def test_nothing_that_fails_goes_in_silence() -> None:
    for check in Check:
        told = Condition(check=check, verdict=GateVerdict.FAIL, code="a reason that nobody has thought of yet")
        assert leave_of(told) == Leave.WORD
    assert leave_of(Condition(check=Check.SCREENED, verdict=GateVerdict.UNKNOWN, code="not-screened")) == Leave.GOES
