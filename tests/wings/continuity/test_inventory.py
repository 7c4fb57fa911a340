"""The inventory and hosts: kept by their own organisation, unknown where nobody told, and where a host stands is never read here."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.closing import raise_marking
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.values.redaction import pattern_of
from sild.wings.continuity.actions import (
    DatasetFacts,
    DependencyFacts,
    HostFacts,
    PermissionWord,
    SealedPlace,
    ServiceFacts,
    SystemFacts,
    mend_dataset,
    mend_system,
    record_dataset,
    record_host,
    record_service,
    record_system,
    redact_continuity,
    retire_system,
    say_permission,
    seal_place,
    tie,
    untie,
)
from sild.wings.continuity.models import Dataset, Dependency, Host, System
from sild.wings.continuity.reads import continuity_naming, system_record
from sild.wings.continuity.rules import NotSealed, Permission, readers_of
from tests.wings.attribution.test_pages import page
from tests.wings.continuity.conftest import Inventory, armoured


def held(who: Inventory, kind: type[Any], key: uuid.UUID) -> Any:
    """A record as the officer has it."""
    with acting(who.officer):
        return kind.found(key)


def test_what_nobody_told_is_unknown_and_starts_where_its_organisation_alone_reads_it(inventory: Inventory) -> None:
    cadastre = held(inventory, Dataset, inventory.datasets["Cadastre"])
    assert (cadastre.size, cadastre.rpo, cadastre.permission) == (None, None, Permission.UNKNOWN)
    for kind, key in ((System, inventory.systems["ID"]), (Dataset, cadastre.id), (Host, inventory.hosts[0])):
        assert held(inventory, kind, key).marking == Marking.AMBER_STRICT
        for stranger in (inventory.cast.donor, inventory.cast.outsider):
            with acting(stranger), pytest.raises(NotThere):
                kind.found(key)
    with pytest.raises(NotForRole):
        record_system(inventory.cast.auditor, SystemFacts(code="X", name="X"))


def test_a_system_is_mended_by_who_read_it_last_and_what_was_done_can_be_undone(inventory: Inventory) -> None:
    officer, key = inventory.officer, inventory.systems["PEOPLE"]
    facts = SystemFacts(code="PEOPLE", name="People", racks=Decimal("1.5"))
    mend_system(officer, key, facts, version=1)
    with pytest.raises(Stale):
        mend_system(officer, key, facts, version=1)
    assert held(inventory, System, key).racks == Decimal("1.5")
    for broken in (replace(facts, code=" "), replace(facts, name=""), replace(facts, racks=Decimal(-1)), replace(facts, code="land")):
        with pytest.raises(Refused):
            mend_system(officer, key, broken)
    with pytest.raises(NotThere):
        mend_system(officer, key, replace(facts, host_id=uuid.uuid4()))
    retire_system(officer, key, reason="switched off")
    with pytest.raises(Refused, match="out of use"):
        record_dataset(officer, key, DatasetFacts(name="More"))
    act = last_act()
    assert act is not None
    undo(officer, act, reason="it was not")
    assert not held(inventory, System, key).retired


def test_a_permission_says_whose_it_is_and_a_granted_one_by_which_act_and_when(inventory: Inventory) -> None:
    officer, key = inventory.officer, inventory.datasets["Population register"]
    for broken in (
        PermissionWord(permission=Permission.ASKED),
        PermissionWord(permission=Permission.GRANTED, of="Parliament"),
        PermissionWord(permission=Permission.GRANTED, of="Parliament", act="Law 7", on=date(2999, 1, 1)),
    ):
        with pytest.raises(Refused):
            say_permission(officer, key, broken, reason="x")
    with pytest.raises(Refused, match="Say why"):
        say_permission(officer, key, PermissionWord(permission=Permission.NOT_NEEDED), reason=" ")
    word = PermissionWord(permission=Permission.GRANTED, of="Parliament", act="Law 7", on=date(2026, 2, 1))
    say_permission(officer, key, word, reason="printed today")
    kept = held(inventory, Dataset, key)
    assert (kept.permission, kept.permission_of, kept.permission_act) == ("granted", "Parliament", "Law 7")
    mend_dataset(officer, key, DatasetFacts(name="Population register", size=Decimal(901)))
    assert held(inventory, Dataset, key).permission == "granted"


def test_what_leans_on_what_is_said_once_between_two_systems_in_use(inventory: Inventory) -> None:
    officer, systems = inventory.officer, inventory.systems
    for system, needs in (("ID", "ID"), ("PEOPLE", "ID")):
        with pytest.raises(Refused):
            tie(officer, systems[system], DependencyFacts(needs_id=systems[needs]))
    pensions = DependencyFacts(needs_id=systems["PEOPLE"], service_id=inventory.services["Pensions"])
    with pytest.raises(Refused, match="another system"):
        tie(officer, systems["LAND"], pensions)
    made = tie(officer, systems["PORTAL"], pensions)
    untie(officer, made, version=1, reason="it reads the exchange alone")
    with pytest.raises(NotThere):
        held(inventory, Dependency, made)


def test_what_belongs_to_a_system_is_as_closed_as_it_and_two_compartments_are_not_joined(inventory: Inventory) -> None:
    officer = inventory.officer
    secret = record_system(officer, SystemFacts(code="S", name="S"), marking=Marking.RED)
    made = tie(officer, inventory.systems["PORTAL"], DependencyFacts(needs_id=secret))
    assert held(inventory, Dependency, made).marking == Marking.RED
    with pytest.raises(Refused, match="AMBER"):
        record_host(officer, HostFacts(name="Open"), marking=Marking.AMBER)
    assert held(inventory, Dataset, record_dataset(officer, secret, DatasetFacts(name="D"))).marking == Marking.RED


def test_a_system_that_is_marked_higher_later_takes_all_that_belongs_to_it_along(inventory: Inventory) -> None:
    officer, people = inventory.officer, inventory.systems["PEOPLE"]
    raise_marking(officer, "continuity.System", people, Marking.RED, reason="it is under attack")
    assert held(inventory, Dataset, inventory.datasets["Population register"]).marking == Marking.RED
    lean = system_record(officer, people).needs[0]
    assert held(inventory, Dependency, lean.id).marking == Marking.RED
    assert "Who may see it" in page(officer, "continuity.system", people)[1]
    for name, key in (("access.system", people), ("access.host", inventory.hosts[0])):
        assert page(officer, name, key)[0] == 200 and page(inventory.cast.donor, name, key)[0] == 404


def test_points_are_points_unless_a_currency_is_told(inventory: Inventory) -> None:
    with pytest.raises(Refused, match="no currency"):
        record_service(inventory.officer, inventory.systems["ID"], ServiceFacts(name="Cards", currency="points"))
    with pytest.raises(Refused, match="of this name"):
        record_service(inventory.officer, inventory.systems["ID"], ServiceFacts(name="sign-IN"))


def test_a_place_is_kept_only_when_it_came_sealed_for_named_readers(inventory: Inventory) -> None:
    officer, host = inventory.officer, inventory.hosts[0]
    whole = armoured("X25519", "ssh-ed25519", "x-grease")
    assert readers_of(whole) == 2
    assert readers_of(whole.replace("\n", "\r\n")) == 2
    lines = whole.split("\n")
    for broken in (
        "The cellar of the embassy",
        armoured(),
        armoured("scrypt"),
        armoured("X25519", payload=b""),
        whole.replace("AGE", "PGP"),
        "\n".join([*lines[:1], *lines[2:]]),
        "\n".join([lines[0], lines[1][:-1], *lines[2:]]),
        whole + "The cellar of the embassy",
        armoured("X25519", payload=bytes(30_000)),
    ):
        with pytest.raises(NotSealed):
            readers_of(broken)
        with pytest.raises(Refused) as told:
            seal_place(officer, host, SealedPlace(text=broken, readers="Two officers"), reason="signed")
        assert "cellar" not in str(told.value)
    with pytest.raises(Refused, match="Name the people"):
        seal_place(officer, host, SealedPlace(text=whole, readers=" "), reason="signed")
    seal_place(officer, host, SealedPlace(text=whole, readers="The chief officer, her deputy"), version=1, reason="signed")
    kept = held(inventory, Host, host)
    assert kept.sealed_place == whole and kept.sealed_at is not None and kept.country == "LU"
    with pytest.raises(Refused, match="no country"):
        record_host(officer, HostFacts(name="Cellar", country="12 Embassy Street"))


def test_a_person_is_found_and_blotted_out_and_what_is_sealed_stays_whole(inventory: Inventory) -> None:
    officer, host = inventory.officer, inventory.hosts[0]
    whole = armoured("X25519")
    seal_place(officer, host, SealedPlace(text=whole, readers="Olha Melnyk"), reason="signed")
    mend_dataset(officer, inventory.datasets["Cadastre"], DatasetFacts(name="Cadastre", data_owner="Olha Melnyk"))
    assert len(continuity_naming(officer, ["Melnyk"])) == 2
    touched = redact_continuity(officer, pattern_of(["Olha Melnyk", "AAAA", "granted"]), reason="asked")
    assert {*touched} == {host, inventory.datasets["Cadastre"]}
    assert continuity_naming(officer, ["Melnyk"]) == [] and held(inventory, Host, host).sealed_place == whole
