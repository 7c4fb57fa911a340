"""A ministry with an endorsed need, two offers, a plan over them, and what bodies said they can take in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from sild.wings.linkage.public import link_register
from sild.wings.parties.public import PartyRow, import_parties
from sild.wings.planning.public import make_plan
from sild.wings.register.public import accept_line, keep_lines
from tests.cast import Cast
from tests.keeping import once
from tests.wings.readings import reading

MINISTRY, COURT = "Ministry of Health of Ukraine", "A court"
TODAY = date(2026, 2, 10)
LINES = [
    reading(1, "request", "network-security", "VPN gateways", 20, unit="gateway", beneficiary=MINISTRY),
    reading(2, "offer", "network-security", "Kestrel branch gateways", 40, unit="gateway", provider="Estonia"),
    reading(3, "request", "network-security", "gateways for the court", 10, unit="gateway", beneficiary=COURT),
    reading(4, "offer", "network-security", "routers of another maker", 5, unit="gateway", provider="Latvia"),
]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The cast, with a plan."""

    cast: Cast


@pytest.fixture
@once
def ahead(cast: Cast) -> Ahead:
    """What was read, linked and planned."""
    rows = [(MINISTRY, "recipient-body"), (COURT, "recipient-body"), ("Estonia", "donor-state"), ("Latvia", "donor-state")]
    parties = [PartyRow(line=1, name=name, aliases=(), country="UA", kind=kind, sector="") for name, kind in rows]
    kestrel = PartyRow(line=1, name="Kestrel Endpoint Inc.", aliases=(("en", "Kestrel"),), country="US", kind="company", sector="")
    import_parties(cast.run, [*parties, kestrel])
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    for line in LINES:
        accept_line(cast.officer, line.id, reason="read rightly")
    make_plan(cast.run, TODAY, seconds=1.0)
    return Ahead(cast)
