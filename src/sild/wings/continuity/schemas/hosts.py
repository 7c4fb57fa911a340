"""Hosts as programs are told of them, and what they may send. An amount of null is unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Amount, Name, Paging, Reason, Shape, Text, Tlp, Version, Word
from sild.wings.continuity.actions import HostFacts, SealedPlace
from sild.wings.continuity.rules import HostAgreement, HostState, Immunity
from sild.wings.continuity.schemas.inventory import Told, amounts


class WantedHosts(Paging):
    """Which hosts: in a state, in a country by its code."""

    state: Word = ""
    country: Annotated[Word, Field(max_length=2)] = ""


class HostItem(Shape):
    """A host by its country: TB, racks, kW, Mbit/s, days. `sealed`: its place is kept for those who can open it."""

    id: UUID
    version: int
    created_at: datetime
    name: str
    country: str
    state: HostState
    agreement: HostAgreement
    agreement_words: str
    immunity: Immunity
    free: Amount | None
    racks: Amount | None
    kilowatts: Amount | None
    link: Amount | None
    shipping_days: Amount | None
    shipment: Amount | None
    cloud: str
    vendor: str
    offer: UUID | None
    sealed: bool
    systems: int
    marking: Tlp


class WholeHost(Shape):
    """A host whole; `sealed_place` is an age file in ASCII armour, "" where none is kept."""

    host: HostItem
    access: str
    exit_terms: str
    note: str
    sealed_for: str
    sealed_at: datetime | None
    sealed_place: str
    objections: list[UUID]


class HostToMend(Shape):
    """All that is said of a host, anew, but for its place."""

    name: Annotated[Name, Field(min_length=1)]
    country: Name = ""
    state: HostState = HostState.CONSIDERED
    agreement: HostAgreement = HostAgreement.UNKNOWN
    agreement_words: Name = ""
    immunity: Immunity = Immunity.UNKNOWN
    access: Text = ""
    exit_terms: Text = ""
    cloud: Name = ""
    vendor: Name = ""
    free: Told | None = None
    racks: Told | None = None
    kilowatts: Told | None = None
    link: Told | None = None
    shipping_days: Told | None = None
    shipment: Told | None = None
    note: Text = ""
    version: Version | None = None
    reason: Text = ""

    def facts(self) -> HostFacts:
        """As the act takes it."""
        return HostFacts(**amounts({name: getattr(self, name) for name in HostFacts.__dataclass_fields__}))


class HostToRecord(HostToMend):
    """A host to write down, of an offer of the register or of none."""

    offer: UUID | None = None
    marking: Tlp = "TLP:AMBER+STRICT"
    compartment: UUID | None = None


class PlaceToSeal(Shape):
    """Where a host stands, as an age file in ASCII armour, and the names of those who can open it."""

    place: Annotated[Text, Field(max_length=20_000)]
    readers: Reason
    version: Version | None = None
    reason: Reason

    def sealed(self) -> SealedPlace:
        """As the act takes it."""
        return SealedPlace(text=self.place, readers=self.readers)
