"""What a giver wants shown as anonymous or secret: no report for anybody holds its amount, its giver or its thing, in any form of it."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from sild.formats.report_paper import paper_as_data
from sild.wings.agreements.actions import show_agreement
from sild.wings.agreements.public import SAYING, Proposal, Visibility, Word, propose_agreement
from sild.wings.clearance.public import open_case
from sild.wings.delivery.actions import Packing, prepare_consignment
from sild.wings.disclosure.actions import issue_report, make_report
from sild.wings.disclosure.reads import report_record
from sild.wings.disclosure.rules import AudienceKind
from sild.wings.disclosure.rules.quiet import TOLD
from sild.wings.linkage.public import link_register
from sild.wings.money.public import FlowState, NewFlow, record_flow
from sild.wings.register.public import NeedState, accept_line, keep_lines, needs, offers, rule_gate
from tests.cast import Cast
from tests.keeping import once
from tests.web.signed import signed_in
from tests.wings.disclosure import test_reports
from tests.wings.disclosure.conftest import MINISTRY
from tests.wings.disclosure.conftest import Table as Reported
from tests.wings.readings import reading

V = Visibility
ASKED, NAMED = 5000, 53
GIVEN = {V.SECRET: 317, V.ANONYMOUS: 419}
LINES = [
    reading(1, "request", "network-security", "VPN gateways", ASKED, unit="gateway", beneficiary=MINISTRY),
    reading(2, "offer", "network-security", "hushed appliances", 911, unit="gateway", provider="Estonia"),
    reading(3, "offer", "network-security", "muffled appliances", 823, unit="gateway", provider="Kestrel Endpoint Inc."),
    reading(4, "offer", "network-security", "open appliances", 700, unit="gateway", provider="Latvia"),
]
QUIET_WORDS = ("hushed", "muffled", "Quiet Commission", "Estonia", "Kestrel Endpoint Inc.", "quiet money")
SEATS = ("Estonia's donor desk",)
"""Names of audiences, which stand on covers."""


def sums() -> Iterator[int]:
    """Every number that tells of a quiet amount: itself, with others in a sum, and what would be left of the need."""
    quiet = (*GIVEN.values(), NAMED)
    for size in range(1, len(quiet) + 1):
        for some in itertools.combinations(quiet, size):
            if set(some) - {NAMED}:
                yield from (sum(some), ASKED - sum(some))
    yield from (911, 823, 7317, 7419)


@dataclass(frozen=True, slots=True)
class Desk:
    """A need with a named contribution and two that may be quiet, each with a consignment, money, and a licence case."""

    cast: Cast
    agreements: dict[Visibility, UUID]

    def audiences(self) -> Iterator[tuple[AudienceKind, UUID | None]]:
        """Everybody for whom a report can be made."""
        cast = self.cast
        yield AudienceKind.OWN, None
        for reader in (cast.asker, cast.authority, cast.donor, cast.maker, cast.other_donor):
            yield AudienceKind.ORGANISATION, reader.organisation
        yield AudienceKind.MECHANISM, None

    def told(self, kind: AudienceKind, organisation: UUID | None) -> str:
        """Everything that a new report says: its page, its files, its words and pictures as they are kept, the text for a chat."""
        officer = self.cast.officer
        report = make_report(officer, kind, organisation)
        issue_report(officer, report, reason="for the meeting")
        record = report_record(officer, report)
        assert record.paper is not None
        page = signed_in(officer).get(reverse("disclosure.one", args=[report])).content.decode()
        table = Reported(self.cast, report, report, report, report)
        said = [
            test_reports.words_of(table, report),
            record.summary,
            json.dumps(paper_as_data(record.paper)),
            html.unescape(re.sub(r"<[^>]*>", " ", page)),
        ]
        return "\n".join(said)


@pytest.fixture
@once
def desk(cast: Cast) -> Desk:
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    for line in LINES:
        accept_line(cast.officer, line.id, reason="read rightly")
    [need] = [one.id for one in needs(cast.officer)]
    rule_gate(cast.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, need, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    given = {offer.provider: offer for offer in offers(cast.officer)}
    agreements = {}
    for shown, provider, amount in (
        (V.SECRET, "Estonia", GIVEN[V.SECRET]),
        (V.ANONYMOUS, "Kestrel Endpoint Inc.", GIVEN[V.ANONYMOUS]),
        (V.NAMED, "Latvia", NAMED),
    ):
        one = propose_agreement(cast.officer, need, given[provider].id, Proposal(quantity=Decimal(amount)), reason="it fits")
        for word in (Word.ACCEPT, Word.COMMIT):
            SAYING[word](cast.officer, one, reason="told by telephone")
        packing = Packing(quantity=Decimal(amount), due=date(2026, 3, 1), ends_on=date(2026, 6, 1))
        prepare_consignment(cast.officer, one, packing, reason="told by telephone")
        [told] = given[provider].lines
        open_case(cast.officer, told, "DE" if shown != V.NAMED else "FR", "Quiet Commission" if shown != V.NAMED else "", reason="offered")
        title = "quiet money" if shown != V.NAMED else "open money"
        money = NewFlow(amount=Decimal(7000 + amount), currency="EUR", state=FlowState.COMMITTED, giver=provider, title=title)
        for about in ({"agreement_id": one}, {"offer_id": given[provider].id}):
            record_flow(cast.officer, NewFlow(**{name: getattr(money, name) for name in money.__dataclass_fields__} | about))
        agreements[shown] = one
    return Desk(cast, agreements)


def quieted(desk: Desk) -> None:
    """The givers say how their contributions are shown."""
    show_agreement(desk.cast.donor, desk.agreements[V.SECRET], V.SECRET)
    show_agreement(desk.cast.maker, desk.agreements[V.ANONYMOUS], V.ANONYMOUS)


def leaks(said: str) -> list[str]:
    """What stands in a report that may not."""
    for seat in SEATS:
        said = said.replace(seat, "")
    said = re.sub(r"(?<=\d)[,\u00a0\u202f](?=\d{3})", "", said)
    found = [word for word in QUIET_WORDS if word in said]
    # a number alone: an identifier drawn by chance may hold any three digits
    return found + [str(number) for number in sums() if re.search(rf"(?<![\w.]){number}(?!\w)", said)]


def test_without_a_word_of_the_givers_it_all_stands_there(desk: Desk) -> None:
    said = desk.told(AudienceKind.OWN, None)
    assert set(QUIET_WORDS) <= set(leaks(said))
    assert {"317", "419", "4211"} <= set(leaks(said)), "what the next tests look for is found where it stands"


def test_no_report_for_anybody_tells_what_a_quiet_contribution_is(desk: Desk) -> None:
    quieted(desk)
    for kind, organisation in desk.audiences():
        said = desk.told(kind, organisation)
        assert leaks(said) == [], kind
    own = desk.told(AudienceKind.OWN, None)
    assert "open appliances" in own and str(ASKED - NAMED) in own.replace(",", ""), "what is named is told and counted"


def test_a_report_after_the_giver_grew_quiet_does_not_tell_what_the_one_before_said(desk: Desk) -> None:
    whose = [(AudienceKind.OWN, None), *((AudienceKind.ORGANISATION, one.organisation) for one in (desk.cast.asker, desk.cast.donor))]
    for kind, organisation in whose:
        desk.told(kind, organisation)
    quieted(desk)
    for kind, organisation in whose:
        assert leaks(desk.told(kind, organisation)) == [], kind


def test_of_an_anonymous_contribution_a_report_tells_that_there_is_one_for_whom_and_how_far(desk: Desk) -> None:
    quieted(desk)
    report = make_report(desk.cast.officer, AudienceKind.OWN)
    paper = report_record(desk.cast.officer, report).paper
    assert paper is not None
    [rows] = [part.tables[0].rows for part in paper.parts if part.heading == "Agreements"]
    assert sorted((row[0], row[1], row[2], row[7]) for row in rows) == [
        (MINISTRY, "", "not named", "committed"),
        (MINISTRY, "VPN gateways", "Latvia", "committed"),
    ]
    [goods] = [part.tables[0].rows for part in paper.parts if part.heading == "Consignments"]
    assert sorted((row[0], row[1]) for row in goods) == [(MINISTRY, ""), (MINISTRY, "VPN gateways")]


def test_of_what_is_shown_without_its_giver_a_report_tells_the_amount_and_nowhere_who_gives(desk: Desk) -> None:
    show_agreement(desk.cast.donor, desk.agreements[V.SECRET], V.AMOUNT_ONLY)
    for kind, reader in ((AudienceKind.OWN, None), (AudienceKind.ORGANISATION, desk.cast.donor)):
        said = desk.told(kind, reader.organisation if reader is not None else None)
        for seat in SEATS:
            said = said.replace(seat, "")
        assert "Estonia" not in said
        assert "317" in said


def test_the_rule_speaks_of_every_way_in_which_a_contribution_is_shown() -> None:
    assert set(TOLD) == {str(one) for one in Visibility}
