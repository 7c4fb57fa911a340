"""Pages of the inventory: the board of systems, also as a file; a form for a new one; one whole, mended, taken out of use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.downloads import CSV, download
from sild.kernel.listing import MOST_IN_A_FILE, as_csv
from sild.kernel.moving import compartments_of
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import chosen_marking, read_version, reason_of
from sild.values.marking import Marking
from sild.wings.continuity.actions import WORKERS, mend_system, record_system, retire_system
from sild.wings.continuity.forms import (
    dataset_fields,
    filled,
    identity_of,
    service_fields,
    system_fields,
    system_of,
    tie_fields,
    wanted_of,
)
from sild.wings.continuity.reads import (
    SYSTEM,
    falling,
    hosts_named,
    own_leaning,
    picture_of_leaning,
    system_board,
    system_record,
    systems_named,
)
from sild.wings.continuity.rules import DependencyKind, Layer, PermissionMover, Portability

ONE = {"system": SYSTEM}
MOST_GONE = 200
COLUMNS = (
    "id",
    "code",
    "name",
    "layer",
    "portability",
    "custody",
    "dongle",
    "datasets",
    "size",
    "unsized",
    "waiting",
    "services",
    "loss",
    "untold",
    "retired",
    "marking",
)
"""What a file of systems holds of each."""
CLOSED = tuple(one for one in Marking if one >= Marking.AMBER_STRICT)
"""How closed a part of the inventory can be from the start."""


@page("continuity.board", "systems/", roles=WORKERS)
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The systems that the reader may see, layer by layer; as a file where the address says format=csv."""
    wanted = wanted_of(request.GET.dict())
    if request.GET.get("format") == "csv":
        rows = system_board(actor, wanted, limit=MOST_IN_A_FILE).rows
        return download(as_csv(rows, [(name, name) for name in COLUMNS]), "systems.csv", CSV)
    told = {name: getattr(wanted, name) for name in ("text", "layer", "portability", "waits")} | {"retired": "yes" * wanted.retired}
    told = {name: value for name, value in told.items() if value}
    own = own_leaning(actor)
    context = {
        "board": system_board(actor, wanted),
        "rings": [[own.parts[key].code for key in ring] for ring in own.rings],
        "wanted": wanted,
        "narrowed": bool(told),
        "may": actor.ceiling >= Marking.AMBER_STRICT,
        "ceiling": actor.ceiling,
        "layers": list(Layer),
        "ways": list(Portability),
        "movers": [PermissionMover.OURS, PermissionMover.THEIRS],
        "csv_url": f"?{urlencode({**told, 'format': 'csv'})}",
    }
    return render(request, "continuity/board.html", context)


@page("continuity.leaning", "systems/leaning/", roles=WORKERS)
def show_leaning(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What leans on what, layer by layer; what falls if the systems go that the address names."""
    systems = systems_named(actor)
    named = set(request.GET.getlist("gone")[:MOST_GONE])
    gone = [key for key in systems if str(key) in named]
    context = {
        "drawn": picture_of_leaning(actor),
        "systems": systems,
        "gone": gone,
        "falls": falling(actor, gone) if gone else (),
    }
    return render(request, "continuity/leaning.html", context)


@page("continuity.new-system", "systems/new/", roles=WORKERS, methods=("GET", "POST"))
def new_system(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A form that writes a system down."""
    if request.method == "POST":
        told = request.POST.dict()
        closed = closed_of(told)
        made = record_system(actor, system_of(told), **closed, reason=reason_of(request))
        return done(request, made, _("The system is written down. Say which data it holds, what it gives and what it leans on."))
    context = closeness(actor) | {"fields": system_fields(), "hosts": hosts_named(actor)}
    return render(request, "continuity/new_system.html", context)


@page("continuity.system", "systems/<uuid:system>/", roles=WORKERS, subjects=ONE)
def show_system(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """A system whole: data with whose permission they wait for, services, what it leans on, what falls if it goes."""
    record = system_record(actor, system)
    working = record.own and not record.row.retired
    context = {
        "record": record,
        "may": working,
        "may_retire": record.own,
        "dataset_fields": dataset_fields() if working else (),
        "service_fields": service_fields() if working else (),
        "tie_fields": tie_fields() if working else (),
        "kinds": list(DependencyKind),
        "others": {key: words for key, words in systems_named(actor).items() if key != system} if working else {},
    }
    return render(request, "continuity/system.html", context)


@page("continuity.mend-system", "systems/<uuid:system>/mend/", roles=WORKERS, methods=("GET", "POST"), subjects=ONE)
def mend(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """A form that says anew what is said of a system."""
    if request.method == "POST":
        mend_system(actor, system, system_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
        return done(request, system, _("It is written down."))
    record = system_record(actor, system)
    context = {
        "record": record,
        "fields": [filled([field], record if hasattr(record, field.name) else record.row)[0] for field in system_fields()],
        "hosts": hosts_named(actor),
    }
    return render(request, "continuity/mend_system.html", context)


@page("continuity.retire-system", "systems/<uuid:system>/retire/", roles=WORKERS, methods=("POST",), subjects=ONE)
def retire(request: HttpRequest, actor: Actor, system: UUID) -> HttpResponse:
    """Take a system out of use, or put it back."""
    retired = request.POST.get("back", "") != "yes"
    retire_system(actor, system, retired=retired, version=read_version(request), reason=reason_of(request))
    return done(request, system, _("The system is out of use.") if retired else _("The system is in use again."))


def closeness(actor: Actor) -> dict[str, Any]:
    """What a form offers of how closed something begins."""
    return {
        "markings": [one for one in CLOSED if one <= actor.ceiling],
        "usual": Marking.AMBER_STRICT,
        "rooms": compartments_of(actor),
    }


def closed_of(told: dict[str, str]) -> dict[str, Any]:
    """How closed a form wants something to begin. Raises Refused."""
    marking = chosen_marking(told["marking"], CLOSED) if told.get("marking") else Marking.AMBER_STRICT
    return {"marking": marking, "compartment": identity_of(told.get("compartment", ""))}


def done(request: HttpRequest, system: UUID, words: str) -> HttpResponse:
    """Offer undo, and go to the page of a system."""
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("continuity.system", args=[system]))
