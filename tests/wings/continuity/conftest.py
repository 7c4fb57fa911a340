"""A small State's inventory: identity, two registers, an exchange and a portal; and two hosts abroad."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

import pytest

from sild.kernel.actor import Actor
from sild.wings.continuity.actions import (
    DatasetFacts,
    DependencyFacts,
    HostFacts,
    ServiceFacts,
    SystemFacts,
    record_dataset,
    record_host,
    record_service,
    record_system,
    tie,
)
from sild.wings.continuity.rules import DependencyKind, HostAgreement, HostState, Immunity, Layer, Portability
from tests.cast import Cast
from tests.worlds.continued import sealed as armoured

__all__ = ["armoured"]
LAYERS = {
    "ID": Layer.IDENTITY,
    "PEOPLE": Layer.REGISTERS,
    "LAND": Layer.REGISTERS,
    "EXCHANGE": Layer.EXCHANGE,
    "PORTAL": Layer.SERVICES,
}
LEANS = (("PEOPLE", "ID"), ("LAND", "ID"), ("EXCHANGE", "PEOPLE"), ("EXCHANGE", "LAND"), ("PORTAL", "EXCHANGE"))


@dataclass(frozen=True, slots=True)
class Inventory:
    """Who keeps it, the systems by code, the datasets and services by name, two hosts."""

    cast: Cast
    officer: Actor
    systems: dict[str, uuid.UUID]
    datasets: dict[str, uuid.UUID]
    services: dict[str, uuid.UUID]
    hosts: tuple[uuid.UUID, uuid.UUID]


@pytest.fixture
def inventory(cast: Cast) -> Inventory:
    """Five systems, of which one machine cannot be moved; nobody told yet whether the law lets the population register go."""
    officer = cast.officer
    systems = {
        code: record_system(
            officer,
            SystemFacts(
                code=code,
                name=f"The system {code.lower()}",
                layer=layer,
                portability=Portability.IMMOVABLE if code == "LAND" else Portability.CLOUD,
                territory="North" if code == "LAND" else "Capital",
            ),
        )
        for code, layer in LAYERS.items()
    }
    for one, other in LEANS:
        tie(officer, systems[one], DependencyFacts(needs_id=systems[other], kind=DependencyKind.STOPS, hours_without=Decimal(2)))
    people = DatasetFacts(name="Population register", data_owner="Ministry of Justice", size=Decimal(900), change=Decimal(3))
    datasets = {
        "Population register": record_dataset(officer, systems["PEOPLE"], people),
        "Cadastre": record_dataset(officer, systems["LAND"], DatasetFacts(name="Cadastre")),
    }
    services = {
        "Pensions": record_service(officer, systems["PORTAL"], ServiceFacts(name="Pensions", loss_per_hour=Decimal(40))),
        "Sign-in": record_service(officer, systems["ID"], ServiceFacts(name="Sign-in")),
    }
    embassy = HostFacts(
        name="Embassy one",
        country="Luxembourg",
        state=HostState.READY,
        agreement=HostAgreement.IN_FORCE,
        immunity=Immunity.BY_AGREEMENT,
        free=Decimal(40),
        link=Decimal(1000),
    )
    hosts = (record_host(officer, embassy), record_host(officer, HostFacts(name="Somebody's racks")))
    return Inventory(cast, officer, systems, datasets, services, hosts)
