"""The cast with a back office beside it, and a few lines: two offers, one repeated, and a request."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.wings.linkage.public import link_register
from sild.wings.parties.public import MechanismFile, change_mechanism
from sild.wings.register.public import keep_lines
from tests.cast import MECHANISM, Cast
from tests.keeping import once
from tests.wings.readings import reading

MINISTRY = "Ministry of Health of Ukraine"
LINES = [
    reading(1, "request", "network-security", "VPN gateways", 20, unit="gateway", beneficiary=MINISTRY, urgency="critical"),
    reading(2, "offer", "network-security", "VPN gateways", 20, unit="gateway", provider="Estonia"),
    reading(3, "offer", "end-user-devices", "laptops", 30, unit="laptop", provider="Kestrel Endpoint Inc."),
]


@dataclass(frozen=True, slots=True)
class Office:
    """The cast, the liaison of the back office, and the lines by name."""

    cast: Cast
    liaison: Actor
    asked: UUID
    gateways: UUID
    laptops: UUID


@pytest.fixture
@once
def office(cast: Cast) -> Office:
    """A back office with a licence liaison, and lines that were read."""
    told = MECHANISM.model_dump(mode="json")
    told["organisations"].append({"slug": "transit", "name": "The back office", "office": "back-office"})
    told["members"].append({"slug": "liaison", "name": "Licence liaison", "organisation": "transit", "roles": ["licence-liaison"]})
    change_mechanism(cast.run, MechanismFile.model_validate(told))
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    return Office(cast, actor_named("drill", "liaison"), *(line.id for line in LINES))
