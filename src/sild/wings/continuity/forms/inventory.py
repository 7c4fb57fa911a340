"""What people send about systems, datasets, services and dependencies. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.continuity.actions import DatasetFacts, DependencyFacts, PermissionWord, ServiceFacts, SystemFacts
from sild.wings.continuity.forms.fields import (
    dataset_fields,
    identity_of,
    permission_fields,
    sent,
    service_fields,
    system_fields,
    tie_fields,
)
from sild.wings.continuity.reads import Wanted
from sild.wings.continuity.rules import DependencyKind, Dongle, KeyCustody, Layer, Permission, PermissionMover, Portability


def system_of(told: Mapping[str, str], *, host: UUID | None = None) -> SystemFacts:
    """What a form says of a system. Raises Refused."""
    read = sent(system_fields(), told)
    kinds = {"layer": Layer, "portability": Portability, "custody": KeyCustody, "dongle": Dongle}
    where = identity_of(told["host"]) if "host" in told else host
    return SystemFacts(**read | {name: kind(read[name]) for name, kind in kinds.items()}, host_id=where)


def dataset_of(told: Mapping[str, str]) -> DatasetFacts:
    """What a form says of a dataset. Raises Refused."""
    read = sent(dataset_fields(), told)
    return DatasetFacts(**read | {"custody": KeyCustody(read["custody"])})


def permission_of(told: Mapping[str, str]) -> PermissionWord:
    """Where a form says that a permission stands. Raises Refused."""
    read = sent(permission_fields(), told)
    return PermissionWord(
        permission=Permission(read["permission"]), of=read["permission_of"], act=read["permission_act"], on=read["permission_on"]
    )


def service_of(told: Mapping[str, str]) -> ServiceFacts:
    """What a form says of a service. Raises Refused."""
    return ServiceFacts(**sent(service_fields(), told))


def tie_of(told: Mapping[str, str], *, needs: UUID | None = None) -> DependencyFacts:
    """What a form says of a dependency. Raises Refused."""
    read = sent(tie_fields(), told)
    on = needs or identity_of(told.get("needs", ""))
    if on is None:
        raise Refused(_("Choose what it leans on."))
    return DependencyFacts(**read | {"kind": DependencyKind(read["kind"])}, needs_id=on, service_id=identity_of(told.get("service", "")))


def wanted_of(told: Mapping[str, str]) -> Wanted:
    """What a board is narrowed to; a word that is none narrows nothing."""

    def known(kind: Any, name: str) -> str:
        return told.get(name, "") if told.get(name, "") in {*kind} else ""

    return Wanted(
        text=told.get("text", "")[:200],
        layer=known(Layer, "layer"),
        portability=known(Portability, "portability"),
        waits=known((PermissionMover.OURS, PermissionMover.THEIRS), "waits"),
        retired=told.get("retired", "") == "yes",
    )
