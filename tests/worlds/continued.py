"""An inventory in the base world: systems that lean on each other in a ring and out of it, data in every state of permission, hosts.

The officer keeps it, and another organisation keeps one of its own; one system lies above what most may see.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sild.cores.evacuation import Disruption
from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.values.marking import Marking
from sild.wings.continuity.actions import (
    DatasetFacts,
    DependencyFacts,
    Drill,
    HostFacts,
    MoveMade,
    NewDestruction,
    NewFreeze,
    NewHomeStep,
    PermissionWord,
    SealedPlace,
    ServiceFacts,
    SystemFacts,
    adopt_evacuation,
    ask_evacuation,
    ask_evacuation_again,
    drill_lights_out,
    end_home_step,
    freeze,
    lift_freeze,
    note_move,
    plan_home,
    record_dataset,
    record_host,
    record_service,
    record_system,
    retire_system,
    say_permission,
    seal_place,
    tie,
    write_destruction,
)
from sild.wings.continuity.actions.custody import CustodyTerms, add_receipt, end_custody, take_custody
from sild.wings.continuity.jobs.evacuation import work_evacuation_out
from sild.wings.continuity.rules import (
    Circumstances,
    DependencyKind,
    HomeStepState,
    HostAgreement,
    HostState,
    Immunity,
    Layer,
    Permission,
    Portability,
    StandbyMoveKind,
)
from sild.wings.continuity.rules.custody import FORM as RECEIPT_FORM
from sild.wings.continuity.rules.custody import CustodyState
from sild.wings.parties.public import desk_day
from sild.wings.register.public import OfferFilter, list_offers

TOLD = "for the worlds"


def carry_on(slug: str, others: list[Actor]) -> None:
    """The officer's inventory and hosts, and a system and a host of each of some others."""
    officer = actor_named(slug, "officer")
    systems = _inventory(officer)
    _left(officer, actor_named(slug, "run"), systems)
    _custody(officer, systems["REG"])
    _hosts(officer)
    _evacuations(officer)
    for other in others:
        if other.ceiling < Marking.AMBER_STRICT:
            # they could not see what they write down
            continue
        system = record_system(other, SystemFacts(code="OWN", name="Their own", layer=Layer.SERVICES))
        record_dataset(other, system, DatasetFacts(name="Their data", size=Decimal(5)))
        record_host(other, HostFacts(name="Their racks", country="EE", racks=Decimal(2)))


def _inventory(officer: Actor) -> dict[str, UUID]:
    day = desk_day(officer)
    layers = zip(("ID", "REG", "XCH", "WEB"), (Layer.IDENTITY, Layer.REGISTERS, Layer.EXCHANGE, Layer.SERVICES), strict=True)
    made = {
        code: record_system(
            officer,
            SystemFacts(code=code, name=f"System {code}", layer=layer, portability=way, note=TOLD, racks=Decimal(1)),
            reason=TOLD,
        )
        for (code, layer), way in zip(layers, Portability, strict=False)
    }
    for number, permission in enumerate(Permission):
        data = record_dataset(officer, made["REG"], DatasetFacts(name=f"Data {number}", size=Decimal(10) if number else None))
        word = PermissionWord(permission=permission, of="The cabinet", act="Act 1", on=day)
        say_permission(officer, data, word, reason=TOLD)
    service = record_service(officer, made["WEB"], ServiceFacts(name="Applications", loss_per_hour=Decimal(7)))
    record_service(officer, made["WEB"], ServiceFacts(name="Fees", loss_per_hour=Decimal(9), currency="EUR"))
    for one, other, kind in (
        ("REG", "ID", DependencyKind.STOPS),
        ("XCH", "REG", DependencyKind.STOPS),
        ("REG", "XCH", DependencyKind.UNKNOWN),
        ("WEB", "XCH", DependencyKind.WORSE),
    ):
        tie(officer, made[one], DependencyFacts(needs_id=made[other], kind=kind, hours_without=Decimal(2)))
    tie(officer, made["WEB"], DependencyFacts(needs_id=made["REG"], service_id=service, kind=DependencyKind.STOPS))
    retire_system(officer, record_system(officer, SystemFacts(code="OLD", name="Long gone")), reason=TOLD)
    if officer.ceiling >= Marking.RED:
        record_system(officer, SystemFacts(code="RED", name="Nobody's business"), marking=Marking.RED)
    return made


def _left(officer: Actor, run: Actor, systems: dict[str, UUID]) -> None:
    """Drills of which one is overdue, what is frozen, destroyed and on its way home, and how the standby was moved."""
    day = desk_day(officer)
    drill = Drill(name="North falls", territories=("North",), crews=("Team",), crew_hours=Decimal(8), again_by=day + timedelta(days=90))
    drill_lights_out(officer, drill, reason=TOLD)
    since = datetime(2026, 1, 5, tzinfo=UTC)
    for system in (systems["REG"], systems["ID"]):
        freeze(officer, system, NewFreeze(since=since, decided_by="The cabinet", act="Act 2", territory="North"), reason=TOLD)
        plan_home(officer, system, NewHomeStep(what="Copy back", doer="The team", changed_abroad=TOLD, to_reconcile=TOLD), reason=TOLD)
    lifted = freeze(officer, systems["REG"], NewFreeze(since=since, decided_by="The cabinet", act="Act 3"), reason=TOLD)
    lift_freeze(officer, lifted, at=since + timedelta(days=1), reason=TOLD)
    end_home_step(officer, plan_home(officer, systems["REG"], NewHomeStep(what="Count", doer="Two")), HomeStepState.DONE, reason=TOLD)
    two = {"first_witness": "One", "second_witness": "Another"}
    write_destruction(officer, systems["REG"], NewDestruction(what="A disk", method="Shredded", destroyed_at=since, **two), reason=TOLD)
    write_destruction(officer, systems["REG"], NewDestruction(what="A tape", method="Out of reach"), reason=TOLD)
    note_move(run, MoveMade(kind=StandbyMoveKind.PLANNED, primary="abroad", person="Duty officer", stopped=0.5, taken_back=0), reason=TOLD)


def _evacuations(officer: Actor) -> None:
    """A plan that is worked out and adopted, one planned anew after it, and one that still waits."""
    told = Circumstances(hours=72, seconds=1, asked_hour=9)
    done = ask_evacuation(officer, "Attack day", told, reason=TOLD)
    work_evacuation_out(officer, done)
    adopt_evacuation(officer, done, reason=TOLD)
    ask_evacuation_again(officer, done, Disruption(hour=9, refused=("REG",)), reason=TOLD)
    ask_evacuation(officer, "Another", told, reason=TOLD)


def _custody(officer: Actor, system: UUID) -> None:
    """A copy of each state, one of them verified and restored, one found damaged."""
    data = record_dataset(officer, system, DatasetFacts(name="Data in custody"))
    terms = CustodyTerms(keeper="The keeper", needed=2, holders=("One", "Two", "Three"), readers=("Four",))
    kept, damaged, *ended = (take_custody(officer, data, None, _receipt("copied", number), terms, reason=TOLD) for number in range(4))
    for deed in ("verified", "restored"):
        add_receipt(officer, kept, _receipt(deed, 0), reason=TOLD)
    add_receipt(officer, damaged, _receipt("verified", 1, sound=False, found=TOLD), reason=TOLD)
    for one, state in zip(ended, (CustodyState.RETURNED, CustodyState.DESTROYED), strict=True):
        end_custody(officer, one, state, reason=TOLD)


def _receipt(deed: str, number: int, **changed: object) -> bytes:
    told: dict[str, object] = {
        "form": RECEIPT_FORM,
        "deed": deed,
        "name": f"copy {number}",
        "copy": f"{number:064x}",
        "manifest": f"{number + 9:064x}",
    }
    told |= {"files": 3, "bytes": 900, "key": "ab" * 16, "began": "2026-01-05T10:00:00+00:00", "ended": "2026-01-05T10:00:09+00:00"}
    return json.dumps(told | {"seconds": 9, "sound": True, "found": "", "checked_by": ""} | changed).encode()


def _hosts(officer: Actor) -> None:
    embassy = HostFacts(
        name="Embassy",
        country="LU",
        state=HostState.READY,
        agreement=HostAgreement.IN_FORCE,
        immunity=Immunity.BY_AGREEMENT,
        access=TOLD,
        exit_terms=TOLD,
        free=Decimal(40),
    )
    host = record_host(officer, embassy)
    seal_place(officer, host, SealedPlace(text=sealed("X25519"), readers="Two officers"), reason=TOLD)
    offered = [row for row in list_offers(officer, OfferFilter(withdrawn=False), limit=200).rows if row.joined_into is None]
    record_host(officer, HostFacts(name="Offered"), offer=offered[0].id)
    record_host(officer, HostFacts(name="Closed", state=HostState.CLOSED))


def sealed(*kinds: str, payload: bytes = bytes(60)) -> str:
    """An age file as its form asks for, sealed by nobody: one stanza for each kind of reader."""
    stanzas = "".join(f"-> {kind} {'A' * 43}\n{'B' * 43}\n" for kind in kinds)
    binary = f"age-encryption.org/v1\n{stanzas}--- {'C' * 43}\n".encode() + payload
    text = base64.b64encode(binary).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""])
