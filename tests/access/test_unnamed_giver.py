"""No page and no address tells who gives, or that something is given, to those to whom the giver does not want it shown."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from sild.kernel.actor import Actor
from sild.kernel.grants import release_to
from sild.kernel.page import PAGES
from sild.kernel.refusals import Refused
from sild.wings.agreements.actions import accept_agreement, acknowledge_agreement, commit_agreement, show_agreement
from sild.wings.agreements.public import Proposal, Visibility, propose_agreement
from sild.wings.agreements.reads import agreement_record, agreements_of_offers
from sild.wings.delivery.actions import Packing, depart_consignment, prepare_consignment
from sild.wings.delivery.reads import consignment_record, delivery_of_offer
from sild.wings.linkage.public import link_register
from sild.wings.money.public import FlowFilter, FlowState, NewFlow, ShownAs, list_flows, record_flow, show_flow
from sild.wings.register.public import NeedState, accept_line, keep_lines, needs, offers, rule_gate
from tests.api.programs import program_of
from tests.cast import MECHANISM, Cast
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import MINISTRY
from tests.wings.readings import reading
from tests.worlds.programs import addresses, document

V = Visibility
LINES = [
    reading(1, "request", "network-security", "VPN gateways", 2000, unit="gateway", beneficiary=MINISTRY),
    reading(2, "offer", "network-security", "tallinn appliances", 911, unit="gateway", provider="Estonia", beneficiary=MINISTRY),
]
GIVEN = 317
PUBLIC_FACTS = ("diplomacy/", "attribution/procedure/")
FACTS_OF_PROGRAMS = ("/treaties", "/positions", "/stances")
"""What says of every State what public sources say of it, Estonia too, whoever gives here."""


@dataclass(frozen=True, slots=True)
class Given:
    """A contribution of Estonia's to the ministry that was named, and is under way, with money."""

    cast: Cast
    need: uuid.UUID
    offer: uuid.UUID
    agreement: uuid.UUID
    consignment: uuid.UUID
    flow: uuid.UUID

    def records(self) -> Mapping[str, uuid.UUID]:
        return {
            "register.Need": self.need,
            "register.Offer": self.offer,
            "agreements.Agreement": self.agreement,
            "delivery.Consignment": self.consignment,
            "money.Flow": self.flow,
            "register.Line": LINES[1].id,
        }

    def asked(self, reader: Actor) -> Iterator[tuple[str, str]]:
        """Every page and every address that a reader may open, with what it answers, as text."""
        browser, records = signed_in(reader), self.records()
        for page in PAGES.values():
            if page.path.startswith(PUBLIC_FACTS):
                continue
            if "GET" in page.methods and set(page.subjects.values()) <= set(records) and (page.roles is None or reader.roles & page.roles):
                path = "/" + page.path
                for name, label in page.subjects.items():
                    path = path.replace(f"<uuid:{name}>", str(records[label]))
                if "<" not in path:
                    for query in ("", "?format=csv"):
                        shown = browser.get(path + query)
                        yield f"{path}{query} {shown.status_code}", shown.content.decode(errors="replace")
        slug = next(one.slug for one in MECHANISM.members if one.name == reader.name)
        program = program_of("drill", slug, account_on(reader))
        for address in addresses(document()):
            labels = {label for _name, label in address.subjects}
            if address.method == "GET" and labels <= set(records) and not address.pattern.endswith(FACTS_OF_PROGRAMS):
                path = address.aimed({name: records[label] for name, label in address.subjects})
                if "{" not in path:
                    answer = program.ask("GET", path)
                    yield f"{path} {answer.status_code}", answer.content.decode(errors="replace")


@pytest.fixture
def given(cast: Cast) -> Given:
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    for line in LINES:
        accept_line(cast.officer, line.id, reason="read rightly")
    [need], [offer] = [one.id for one in needs(cast.officer)], [one.id for one in offers(cast.officer)]
    rule_gate(cast.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, need, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    one = propose_agreement(cast.officer, need, offer, Proposal(quantity=Decimal(GIVEN)), reason="it fits")
    acknowledge_agreement(cast.donor, one)
    accept_agreement(cast.asker, one)
    commit_agreement(cast.donor, one)
    moving = prepare_consignment(cast.donor, one, Packing(quantity=Decimal(GIVEN), ends_on=date(2026, 6, 1)))
    depart_consignment(cast.donor, moving)
    money = NewFlow(
        amount=Decimal(7317), currency="EUR", state=FlowState.COMMITTED, giver="Estonia", body=MINISTRY, title="money", agreement_id=one
    )
    return Given(cast, need, offer, one, moving, record_flow(cast.officer, money))


def told(given: Given, reader: Actor, words: tuple[str, ...]) -> list[str]:
    """Where something tells a reader one of the words."""
    found = []
    for where, text in given.asked(reader):
        said = text.replace("Estonia's donor desk", "").replace("Estonia&#x27;s donor desk", "")
        found += [f"{where}: {word}: …{said[max(0, said.index(word) - 80) :][:160]}" for word in words if word in said]
    return found


def narrowed(given: Given, shown: Visibility) -> None:
    """Somebody else had it released before; then the giver grew quiet."""
    for label in ("agreements.Agreement", "delivery.Consignment", "money.Flow"):
        release_to(given.cast.officer, label, given.records()[label], [given.cast.other_donor.organisation], reason="they asked")
    show_agreement(given.cast.donor, given.agreement, shown)


PUBLIC = re.compile(r"/(organisations|control-entries|licences/entries|about)")
"""What names countries and seats whatever anybody gives."""
OFFERED = re.compile(r"/(access/offers|offers|offer-states|waiting|needs-and-offers|search)|^/(\?format=csv)? ")
"""An offer that is addressed to the ministry is shown to it, with who offers: what comes of the offer is not told beside it."""


def test_those_who_asked_are_told_nowhere_who_gives(given: Given) -> None:
    words = ("Estonia", "Donor focal point", "tallinn", str(given.offer))
    before = told(given, given.cast.asker, words)
    narrowed(given, V.AMOUNT_ONLY)
    found = [one.removeprefix("/api/v1") for one in told(given, given.cast.asker, words) if not PUBLIC.search(one)]
    assert "\n".join(one for one in found if not OFFERED.match(one)) == ""
    assert len(before) > 20, "what is looked for is found where it stands"


def test_who_had_a_quiet_contribution_released_to_them_is_told_nothing_of_it_any_more(given: Given) -> None:
    words = ("Estonia", "Donor focal point", "tallinn", str(given.offer), str(given.agreement), "317")
    for shown in (V.ANONYMOUS, V.SECRET):
        narrowed(given, shown)
        found = [one for one in told(given, given.cast.other_donor, words) if not PUBLIC.search(one)]
        # an address that names it is not repeated where nothing is there
        assert found == []


def test_beside_an_offer_that_is_addressed_to_them_those_who_asked_read_nothing_of_what_comes_of_it(given: Given) -> None:
    cast = given.cast
    assert [row.id for row in delivery_of_offer(cast.asker, given.offer).agreements] == [given.agreement]
    narrowed(given, V.AMOUNT_ONLY)
    assert delivery_of_offer(cast.asker, given.offer).agreements == ()
    assert delivery_of_offer(cast.asker, given.offer).rows == ()
    assert agreements_of_offers(cast.asker, [given.offer]) == {}
    record = agreement_record(cast.asker, given.agreement)
    assert (record.row.offer_id, record.offer) == (None, None) and record.row.proposed == GIVEN
    for reader in (cast.donor, cast.officer):
        assert agreement_record(reader, given.agreement).offer == given.offer
        assert [row.id for row in delivery_of_offer(reader, given.offer).agreements] == [given.agreement]


def test_the_seats_of_a_giver_that_grew_quiet_leave_what_was_said_and_done(given: Given) -> None:
    cast = given.cast
    assert cast.donor.name in {step.by for step in agreement_record(cast.asker, given.agreement).steps}
    narrowed(given, V.ANONYMOUS)
    for reader in (cast.asker, cast.officer):
        said = [(step.word, step.by) for step in agreement_record(reader, given.agreement).steps]
        assert said == [("propose", cast.officer.name), ("acknowledge", ""), ("accept", cast.asker.name), ("commit", "")]
        assert {step.by for step in consignment_record(reader, given.consignment).steps} == {""}


def test_money_of_an_agreement_whose_giver_grew_quiet_does_not_name_it_and_is_not_made_to(given: Given) -> None:
    cast = given.cast
    narrowed(given, V.ANONYMOUS)
    [theirs], [own] = list_flows(cast.asker, FlowFilter())[0], list_flows(cast.donor, FlowFilter())[0]
    assert (theirs.giver, theirs.amount, theirs.kept_back) == ("", Decimal(7317), True)
    assert (own.giver, own.shown_as) == ("Estonia", ShownAs.AMOUNT_ONLY)
    assert list_flows(cast.other_donor, FlowFilter())[0] == []
    release_to(cast.officer, "money.Flow", given.flow, [cast.other_donor.organisation], reason="they ask again")
    assert list_flows(cast.other_donor, FlowFilter())[0] == []
    with pytest.raises(Refused, match="not told who gives"):
        show_flow(cast.officer, given.flow, ShownAs.NAMED, reason="their note")
    show_agreement(cast.donor, given.agreement, V.NAMED)
    show_flow(cast.officer, given.flow, ShownAs.NAMED, reason="their note")
    assert [row.giver for row in list_flows(cast.other_donor, FlowFilter())[0]] == ["Estonia"]
