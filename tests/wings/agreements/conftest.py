"""An endorsed need of the ministry's, two offers for it, and everybody who has a word in it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from sild.wings.linkage.public import link_register
from sild.wings.register.public import NeedState, accept_line, keep_lines, needs, offers, rule_gate
from tests.cast import Cast
from tests.keeping import once
from tests.wings.readings import reading

MINISTRY = "Ministry of Health of Ukraine"
LINES = [
    reading(1, "request", "network-security", "VPN gateways", 20, unit="gateway", beneficiary=MINISTRY),
    reading(2, "offer", "network-security", "branch gateways of the 60 series", 12, unit="gateway", provider="Estonia"),
    reading(3, "offer", "network-security", "hardened routers from a closed office", 30, unit="gateway", provider="Kestrel Endpoint Inc."),
    reading(4, "request", "end-user-devices", "laptops", 5, unit="laptop", beneficiary=MINISTRY),
]


@dataclass(frozen=True, slots=True)
class Table:
    """The cast, and what is on the table."""

    cast: Cast
    need: UUID
    unendorsed: UUID
    estonias: UUID
    kestrels: UUID


@pytest.fixture
@once
def table(cast: Cast) -> Table:
    """The gateways endorsed, the laptops not."""
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    for line in LINES:
        accept_line(cast.officer, line.id, reason="read rightly")
    asked = {need.category: need.id for need in needs(cast.officer)}
    given = {offer.provider: offer.id for offer in offers(cast.officer)}
    need = asked["network-security"]
    rule_gate(cast.technical, need, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, need, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    return Table(cast, need, asked["end-user-devices"], given["Estonia"], given["Kestrel Endpoint Inc."])
