"""The inventory for programs: systems, their data and services, what leans on what, what falls."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made, Shape
from sild.values.marking import Marking
from sild.wings.continuity import schemas
from sild.wings.continuity.actions import (
    WORKERS,
    mend_dataset,
    mend_service,
    mend_system,
    mend_tie,
    record_dataset,
    record_service,
    record_system,
    retire_dataset,
    retire_service,
    retire_system,
    say_permission,
    tie,
    untie,
)
from sild.wings.continuity.forms import wanted_of
from sild.wings.continuity.reads import (
    DATASET,
    DEPENDENCY,
    SERVICE,
    SYSTEM,
    FallRow,
    falling,
    list_systems,
    system_of_dependency,
    system_record,
)
from sild.wings.continuity.routes.mount import router

ONE = {"system": SYSTEM}
DATA = {"dataset": DATASET}
GIVEN = {"service": SERVICE}
TIED = {"dependency": DEPENDENCY}
S = TypeVar("S", bound=Shape)


def told(shape: type[S], row: object) -> S:
    """A row in a shape whose fields it has by the same names."""
    return shape.model_validate({name: getattr(row, name) for name in shape.model_fields})


def _fall(row: FallRow) -> schemas.FallOf:
    alike: dict[str, Any] = {name: getattr(row, name) for name in ("kind", "hours", "told")}
    part = row.part
    return schemas.FallOf(id=part.id, system=part.system, words=part.code, service=part.service, path=list(row.path), **alike)


@route(router, "get", "/systems", roles=WORKERS, answer=Listed[schemas.SystemItem])
def list_inventory_systems(actor: Actor, wanted: Query[schemas.WantedSystems]) -> Cut:
    """The systems that you see, the newest first."""
    asked = {name: getattr(wanted, name) for name in ("text", "layer", "portability")} | {"retired": "yes" * wanted.retired}
    found, after = list_systems(actor, wanted_of(asked), after=wanted.key, limit=wanted.limit)
    return Cut(items=[told(schemas.SystemItem, row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/systems/{system}", roles=WORKERS, answer=schemas.WholeSystem, subjects=ONE)
def read_system(actor: Actor, system: UUID) -> schemas.WholeSystem:
    """A system with what belongs to it and what falls if it goes."""
    seen = system_record(actor, system)
    alike = ("purpose", "operator", "territory", "cloud", "vendor", "crew", "racks", "kilowatts", "effort_hours", "note")
    return schemas.WholeSystem(
        system=told(schemas.SystemItem, seen.row),
        **{name: getattr(seen, name) for name in alike},
        datasets=[told(schemas.DatasetOf, one) for one in seen.datasets],
        services=[told(schemas.ServiceOf, one) for one in seen.services],
        needs=[told(schemas.LeanOf, one) for one in seen.needs],
        needed_by=[told(schemas.LeanOf, one) for one in seen.needed_by],
        falls=[_fall(one) for one in seen.falls],
        ring=list(seen.circle),
    )


@route(router, "post", "/systems", roles=WORKERS, answer=Made)
def record_new_system(actor: Actor, new: schemas.SystemToRecord) -> Made:
    """Write a system down."""
    marking = Marking.parse(new.marking)
    return Made(id=record_system(actor, new.facts(), marking=marking, compartment=new.compartment, reason=new.reason))


@route(router, "put", "/systems/{system}", roles=WORKERS, answer=None, status=204, subjects=ONE)
def mend_one_system(actor: Actor, system: UUID, new: schemas.SystemToMend) -> None:
    """Say anew all that is said of a system."""
    mend_system(actor, system, new.facts(), version=new.version, reason=new.reason)


@route(router, "put", "/systems/{system}/retired", roles=WORKERS, answer=None, status=204, subjects=ONE)
def retire_one_system(actor: Actor, system: UUID, new: schemas.RetiredOrNot) -> None:
    """Take a system out of use, or put it back."""
    retire_system(actor, system, retired=new.retired, version=new.version, reason=new.reason)


@route(router, "post", "/systems/{system}/datasets", roles=WORKERS, answer=Made, subjects=ONE)
def record_new_dataset(actor: Actor, system: UUID, new: schemas.DatasetToSay) -> Made:
    """Write a dataset of a system down."""
    return Made(id=record_dataset(actor, system, new.facts(), reason=new.reason))


@route(router, "put", "/datasets/{dataset}", roles=WORKERS, answer=None, status=204, subjects=DATA)
def mend_one_dataset(actor: Actor, dataset: UUID, new: schemas.DatasetToSay) -> None:
    """Say anew what is said of a dataset, but for its permission."""
    mend_dataset(actor, dataset, new.facts(), version=new.version, reason=new.reason)


@route(router, "put", "/datasets/{dataset}/permission", roles=WORKERS, answer=None, status=204, subjects=DATA)
def say_dataset_permission(actor: Actor, dataset: UUID, new: schemas.PermissionToSay) -> None:
    """Write down where the permission for a dataset to leave the country stands."""
    say_permission(actor, dataset, new.word(), version=new.version, reason=new.reason)


@route(router, "put", "/datasets/{dataset}/retired", roles=WORKERS, answer=None, status=204, subjects=DATA)
def retire_one_dataset(actor: Actor, dataset: UUID, new: schemas.RetiredOrNot) -> None:
    """Take a dataset out of use, or put it back."""
    retire_dataset(actor, dataset, retired=new.retired, version=new.version, reason=new.reason)


@route(router, "post", "/systems/{system}/services", roles=WORKERS, answer=Made, subjects=ONE)
def record_new_service(actor: Actor, system: UUID, new: schemas.ServiceToSay) -> Made:
    """Write a service of a system down."""
    return Made(id=record_service(actor, system, new.facts(), reason=new.reason))


@route(router, "put", "/services/{service}", roles=WORKERS, answer=None, status=204, subjects=GIVEN)
def mend_one_service(actor: Actor, service: UUID, new: schemas.ServiceToSay) -> None:
    """Say anew what is said of a service."""
    mend_service(actor, service, new.facts(), version=new.version, reason=new.reason)


@route(router, "put", "/services/{service}/retired", roles=WORKERS, answer=None, status=204, subjects=GIVEN)
def retire_one_service(actor: Actor, service: UUID, new: schemas.RetiredOrNot) -> None:
    """Take a service out of use, or put it back."""
    retire_service(actor, service, retired=new.retired, version=new.version, reason=new.reason)


@route(router, "post", "/systems/{system}/dependencies", roles=WORKERS, answer=Made, subjects=ONE)
def record_dependency(actor: Actor, system: UUID, new: schemas.LeanToSay) -> Made:
    """Write down that a system leans on another."""
    return Made(id=tie(actor, system, new.facts(), reason=new.reason))


@route(router, "put", "/dependencies/{dependency}", roles=WORKERS, answer=None, status=204, subjects=TIED)
def mend_dependency(actor: Actor, dependency: UUID, new: schemas.LeanToMend) -> None:
    """Say anew how much something leans on another."""
    system = system_of_dependency(actor, dependency)
    mend_tie(actor, dependency, new.facts(system), version=new.version, reason=new.reason)


@route(router, "post", "/dependencies/{dependency}/removal", roles=WORKERS, answer=None, status=204, subjects=TIED)
def remove_dependency(actor: Actor, dependency: UUID, new: schemas.LeanToRemove) -> None:
    """Take back that something leans on another."""
    untie(actor, dependency, version=new.version, reason=new.reason)


@route(router, "post", "/systems-gone", roles=WORKERS, answer=schemas.WhatFalls)
def think_systems_gone(actor: Actor, thought: schemas.GoneSystems) -> schemas.WhatFalls:
    """What falls among your systems and services if some systems go. Nothing is written."""
    return schemas.WhatFalls(falls=[_fall(one) for one in falling(actor, thought.gone)])
