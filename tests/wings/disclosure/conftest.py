"""A ministry's endorsed need with an agreement, a need that no donor may see, and who reads reports of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pytest

from sild.wings.agreements.public import SAYING, Proposal, Word, propose_agreement
from sild.wings.linkage.public import link_register
from sild.wings.register.public import NeedState, accept_line, keep_lines, needs, offers, rule_gate
from tests.cast import Cast
from tests.keeping import once
from tests.wings.readings import reading

MINISTRY = "Ministry of Health of Ukraine"
LINES = [
    reading(1, "request", "network-security", "VPN gateways", 20, unit="gateway", beneficiary=MINISTRY),
    reading(2, "offer", "network-security", "branch gateways of the 60 series", 12, unit="gateway", provider="Estonia"),
    reading(3, "request", "end-user-devices", "secret laptops", 5, unit="laptop", beneficiary="A quiet court"),
    reading(4, "offer", "end-user-devices", "hidden tablets", 7, unit="tablet", provider="Kestrel Endpoint Inc."),
]


@dataclass(frozen=True, slots=True)
class Table:
    """The cast, and what is on the table: `hidden` is endorsed by nobody, so no donor sees it."""

    cast: Cast
    need: UUID
    hidden: UUID
    offer: UUID
    agreement: UUID


@pytest.fixture
@once
def table(cast: Cast) -> Table:
    """The gateways endorsed and committed in part, the laptops not endorsed."""
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    for line in LINES:
        accept_line(cast.officer, line.id, reason="read rightly")
    asked = {need.category: need.id for need in needs(cast.officer)}
    given = {offer.provider: offer.id for offer in offers(cast.officer)}
    need = asked["network-security"]
    rule_gate(cast.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, need, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    agreement = propose_agreement(cast.officer, need, given["Estonia"], Proposal(quantity=Decimal(8)), reason="it fits")
    for word in (Word.ACCEPT, Word.COMMIT):
        SAYING[word](cast.officer, agreement, reason="told by telephone")
    return Table(cast, need, asked["end-user-devices"], given["Estonia"], agreement)
