"""Pages of what belongs to a system: datasets with their permissions, services, what leans on what."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import page
from sild.kernel.sent import read_version, reason_of
from sild.wings.continuity.actions import (
    WORKERS,
    mend_dataset,
    mend_service,
    mend_tie,
    record_dataset,
    record_service,
    retire_dataset,
    retire_service,
    say_permission,
    tie,
    untie,
)
from sild.wings.continuity.forms import (
    dataset_fields,
    dataset_of,
    filled,
    permission_fields,
    permission_of,
    service_fields,
    service_of,
    tie_of,
)
from sild.wings.continuity.pages.systems import ONE, done
from sild.wings.continuity.reads import (
    DATASET,
    DEPENDENCY,
    SERVICE,
    dataset_record,
    service_record,
    system_of_dependency,
    system_record,
)

DATA = {"dataset": DATASET}
GIVEN = {"service": SERVICE}
TIED = {"dependency": DEPENDENCY}


@page("continuity.add-dataset", "systems/<uuid:system>/datasets/", roles=WORKERS, methods=("POST",), subjects=ONE)
def add_dataset(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """Write a dataset down."""
    record_dataset(actor, system, dataset_of(request.POST.dict()), reason=reason_of(request))
    return done(request, system, _("The dataset is written down. Say whether the law lets it leave the country."))


@page("continuity.dataset", "datasets/<uuid:dataset>/", roles=WORKERS, methods=("GET", "POST"), subjects=DATA)
def show_dataset(request: HttpRequest, actor: Actor, dataset: UUID) -> HttpResponse:
    """A dataset, with forms that say anew what is said of it, and where its permission stands."""
    system, row = dataset_record(actor, dataset)
    if request.method == "POST":
        mend_dataset(actor, dataset, dataset_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
        return done(request, system, _("It is written down."))
    record = system_record(actor, system)
    context = {
        "record": record,
        "one": row,
        "fields": filled(dataset_fields(), row),
        "permission_fields": filled(permission_fields(), row),
        "may": record.own,
    }
    return render(request, "continuity/dataset.html", context)


@page("continuity.permission", "datasets/<uuid:dataset>/permission/", roles=WORKERS, methods=("POST",), subjects=DATA)
def permission(request: HttpRequest, actor: Actor, dataset: UUID) -> HttpResponse:
    """Say where the permission for a dataset stands."""
    system = dataset_record(actor, dataset)[0]
    say_permission(actor, dataset, permission_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
    return done(request, system, _("It is written down."))


@page("continuity.retire-dataset", "datasets/<uuid:dataset>/retire/", roles=WORKERS, methods=("POST",), subjects=DATA)
def drop_dataset(request: HttpRequest, actor: Actor, dataset: UUID) -> HttpResponse:
    """Take a dataset out of use, or put it back."""
    system = dataset_record(actor, dataset)[0]
    retired = request.POST.get("back", "") != "yes"
    retire_dataset(actor, dataset, retired=retired, version=read_version(request), reason=reason_of(request))
    return done(request, system, _("The dataset is out of use.") if retired else _("The dataset is in use again."))


@page("continuity.add-service", "systems/<uuid:system>/services/", roles=WORKERS, methods=("POST",), subjects=ONE)
def add_service(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """Write a service down."""
    record_service(actor, system, service_of(request.POST.dict()), reason=reason_of(request))
    return done(request, system, _("The service is written down."))


@page("continuity.service", "services/<uuid:service>/", roles=WORKERS, methods=("GET", "POST"), subjects=GIVEN)
def show_service(request: HttpRequest, actor: Actor, service: UUID) -> HttpResponse:
    """A service, with a form that says anew what is said of it."""
    system, row = service_record(actor, service)
    if request.method == "POST":
        mend_service(actor, service, service_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
        return done(request, system, _("It is written down."))
    record = system_record(actor, system)
    context = {"record": record, "one": row, "fields": filled(service_fields(), row), "may": record.own}
    return render(request, "continuity/service.html", context)


@page("continuity.retire-service", "services/<uuid:service>/retire/", roles=WORKERS, methods=("POST",), subjects=GIVEN)
def drop_service(request: HttpRequest, actor: Actor, service: UUID) -> HttpResponse:
    """Take a service out of use, or put it back."""
    system = service_record(actor, service)[0]
    retired = request.POST.get("back", "") != "yes"
    retire_service(actor, service, retired=retired, version=read_version(request), reason=reason_of(request))
    return done(request, system, _("The service is out of use.") if retired else _("The service is in use again."))


@page("continuity.tie", "systems/<uuid:system>/leans/", roles=WORKERS, methods=("POST",), subjects=ONE)
def add_tie(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """Write down that a system leans on another."""
    tie(actor, system, tie_of(request.POST.dict()), reason=reason_of(request))
    return done(request, system, _("It is written down."))


@page("continuity.mend-tie", "leans/<uuid:dependency>/", roles=WORKERS, methods=("POST",), subjects=TIED)
def mend_one_tie(request: HttpRequest, actor: Actor, dependency: UUID) -> HttpResponse:
    """Say anew how something leans on another."""
    system = system_of_dependency(actor, dependency)
    facts = tie_of(request.POST.dict(), needs=system)
    mend_tie(actor, dependency, facts, version=read_version(request), reason=reason_of(request))
    return done(request, system, _("It is written down."))


@page("continuity.untie", "leans/<uuid:dependency>/removal/", roles=WORKERS, methods=("POST",), subjects=TIED)
def drop_tie(request: HttpRequest, actor: Actor, dependency: UUID) -> HttpResponse:
    """Take back that something leans on another."""
    system = system_of_dependency(actor, dependency)
    untie(actor, dependency, version=read_version(request), reason=reason_of(request))
    return done(request, system, _("It was taken back."))
