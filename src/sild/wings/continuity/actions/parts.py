"""Verbs on what belongs to a system: datasets with whose permission they wait for, services, what leans on what."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.continuity.actions.systems import WORKERS
from sild.wings.continuity.models import Dataset, Dependency, Service
from sild.wings.continuity.reads.standing import (
    closed_as,
    currency_of,
    full,
    own,
    own_system,
    positive,
    reason_given,
    refuse_permission,
    short,
)
from sild.wings.continuity.rules import MOST_PARTS, DependencyKind, KeyCustody, Permission
from sild.wings.parties.public import desk_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetFacts:
    """What is said of a dataset: `size` in GB, `change` in GB a day, `rpo` and `rto` in hours, `loss_if_gone` in points; None: unknown."""

    name: str
    data_owner: str = ""
    size: Decimal | None = None
    change: Decimal | None = None
    rpo: Decimal | None = None
    rto: Decimal | None = None
    loss_if_gone: Decimal | None = None
    custody: KeyCustody = KeyCustody.UNKNOWN
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionWord:
    """Where the permission to let a dataset go abroad stands: whose it is, by which act, on which day."""

    permission: Permission
    of: str = ""
    act: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """What is said of a service: its loss for each hour of standing still, in points of its owner or in `currency`; `rto` in hours."""

    name: str
    users: str = ""
    loss_per_hour: Decimal | None = None
    currency: str = ""
    rto: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DependencyFacts:
    """What leans on what: a system, or one service of it, needs another; `hours_without` it goes on alone, None unknown."""

    needs_id: UUID
    service_id: UUID | None = None
    kind: DependencyKind = DependencyKind.UNKNOWN
    hours_without: Decimal | None = None
    note: str = ""


@action("continuity.record-dataset", roles=WORKERS)
def record_dataset(actor: Actor, system_id: UUID, facts: DatasetFacts, *, reason: str = "") -> UUID:
    """Write a dataset of a system down; returns its id. Raises NotThere, Refused."""
    system = own_system(actor, system_id)
    if Dataset.objects.filter(system_id=system.id).count() >= MOST_PARTS:
        raise Refused(_("The system has {most} datasets, the most there are.").format(most=MOST_PARTS))
    one = Dataset(system_id=system.id, **closed_as(system))
    _say_dataset(one, facts)
    one.save()
    return one.id


@action("continuity.mend-dataset", roles=WORKERS)
def mend_dataset(actor: Actor, dataset_id: UUID, facts: DatasetFacts, *, version: int | None = None, reason: str = "") -> None:
    """Say anew what is said of a dataset, but for its permission. Raises NotThere, Stale, Refused."""
    one = own(actor, Dataset, dataset_id, version)
    _say_dataset(one, facts)
    one.save()


@action("continuity.say-permission", roles=WORKERS)
def say_permission(actor: Actor, dataset_id: UUID, word: PermissionWord, *, version: int | None = None, reason: str) -> None:
    """Write down where the permission for a dataset stands; the desk judges no law. Raises NotThere, Stale, Refused."""
    one = own(actor, Dataset, dataset_id, version)
    reason_given(reason)
    of, act = short(word.of), short(word.act)
    refuse_permission(word.permission, of, act, word.on, desk_day(actor))
    one.permission, one.permission_of, one.permission_act, one.permission_on = word.permission, of, act, word.on
    one.save()


@action("continuity.retire-dataset", roles=WORKERS)
def retire_dataset(actor: Actor, dataset_id: UUID, *, retired: bool = True, version: int | None = None, reason: str) -> None:
    """Take a dataset out of use, or put it back. Raises NotThere, Stale, Refused."""
    one = own(actor, Dataset, dataset_id, version)
    reason_given(reason)
    one.retired = retired
    one.save()


@action("continuity.record-service", roles=WORKERS)
def record_service(actor: Actor, system_id: UUID, facts: ServiceFacts, *, reason: str = "") -> UUID:
    """Write a service of a system down; returns its id. Raises NotThere, Refused."""
    system = own_system(actor, system_id)
    if Service.objects.filter(system_id=system.id).count() >= MOST_PARTS:
        raise Refused(_("The system has {most} services, the most there are.").format(most=MOST_PARTS))
    one = Service(system_id=system.id, **closed_as(system))
    _say_service(one, facts)
    one.save()
    return one.id


@action("continuity.mend-service", roles=WORKERS)
def mend_service(actor: Actor, service_id: UUID, facts: ServiceFacts, *, version: int | None = None, reason: str = "") -> None:
    """Say anew what is said of a service. Raises NotThere, Stale, Refused."""
    one = own(actor, Service, service_id, version)
    _say_service(one, facts)
    one.save()


@action("continuity.retire-service", roles=WORKERS)
def retire_service(actor: Actor, service_id: UUID, *, retired: bool = True, version: int | None = None, reason: str) -> None:
    """Take a service out of use, or put it back. Raises NotThere, Stale, Refused."""
    one = own(actor, Service, service_id, version)
    reason_given(reason)
    one.retired = retired
    one.save()


@action("continuity.tie", roles=WORKERS)
def tie(actor: Actor, system_id: UUID, facts: DependencyFacts, *, reason: str = "") -> UUID:
    """Write down that a system leans on another; returns the id. Raises NotThere, Refused."""
    system, needed = own_system(actor, system_id), own_system(actor, facts.needs_id)
    if system.id == needed.id:
        raise Refused(_("A system does not lean on itself."))
    if Dependency.objects.filter(system_id=system.id).count() >= MOST_PARTS:
        raise Refused(_("The system leans on {most} others, the most there are.").format(most=MOST_PARTS))
    if Dependency.objects.filter(system_id=system.id, needs_id=needed.id, service_id=facts.service_id).exists():
        raise Refused(_("This is written down already. Mend it there."))
    one = Dependency(system_id=system.id, needs_id=needed.id, **closed_as(system, needed))
    if facts.service_id is not None:
        service = own(actor, Service, facts.service_id)
        if service.system_id != system.id:
            raise Refused(_("The service belongs to another system."))
        one.service_id = service.id
    _say_dependency(one, facts)
    one.save()
    return one.id


@action("continuity.mend-tie", roles=WORKERS)
def mend_tie(actor: Actor, dependency_id: UUID, facts: DependencyFacts, *, version: int | None = None, reason: str = "") -> None:
    """Say anew how something leans on another; on which and for which service stays. Raises NotThere, Stale, Refused."""
    one = own(actor, Dependency, dependency_id, version)
    _say_dependency(one, facts)
    one.save()


@action("continuity.untie", roles=WORKERS)
def untie(actor: Actor, dependency_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take back that something leans on another. Raises NotThere, Stale, Refused."""
    one = own(actor, Dependency, dependency_id, version)
    reason_given(reason)
    one.delete()


def _say_dataset(one: Dataset, facts: DatasetFacts) -> None:
    told = asdict(facts) | {"name": short(facts.name), "data_owner": short(facts.data_owner), "note": full(facts.note)}
    if not told["name"]:
        raise Refused(_("Give the dataset a name."))
    positive(facts.size, facts.change, facts.rpo, facts.rto, facts.loss_if_gone)
    for name, value in told.items():
        setattr(one, name, value)
    if Dataset.objects.filter(system_id=one.system_id, name__iexact=one.name).exclude(id=one.id).exists():
        raise Refused(_("The system has a dataset of this name."))


def _say_service(one: Service, facts: ServiceFacts) -> None:
    currency = currency_of(facts.currency)
    told = asdict(facts) | {"name": short(facts.name), "users": short(facts.users), "note": full(facts.note), "currency": currency}
    if not told["name"]:
        raise Refused(_("Give the service a name."))
    positive(facts.loss_per_hour, facts.rto)
    for name, value in told.items():
        setattr(one, name, value)
    if Service.objects.filter(system_id=one.system_id, name__iexact=one.name).exclude(id=one.id).exists():
        raise Refused(_("The system has a service of this name."))


def _say_dependency(one: Dependency, facts: DependencyFacts) -> None:
    positive(facts.hours_without)
    one.kind, one.hours_without, one.note = facts.kind, facts.hours_without, full(facts.note)
