"""What all tests share: the framework started, one throwaway database per test process, a home and a cast where a test asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from sild.kernel import house
from sild.kernel.home import Home
from sild.postgres.supervisor import Server
from sild.postgres.throwaway import throwaway_cluster
from tests.cast import Cast, gather


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A throwaway database server with the desk's tables, the framework connected to it as the desk's own roles."""
    with throwaway_cluster() as running, house.connected(running):
        yield running


@pytest.fixture
def home(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home on an empty database."""
    tables = "kernel_act, kernel_ledgerentry, kernel_mechanism, kernel_organisation, kernel_member"
    wings = "parties_party, register_line, register_need, register_offer, register_gateruling, linkage_link, linkage_judgement"
    planning = "planning_limit, planning_assessment, planning_plan, planning_match"
    intake = "intake_message, intake_sighting, intake_replay"
    server.execute([f"TRUNCATE {tables}, {wings}, {planning}, {intake}"])
    monkeypatch.setenv("SILD_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home").prepare()


@pytest.fixture
def cast(home: Home) -> Cast:
    """The fixed cast, in a founded exercise."""
    return gather()
