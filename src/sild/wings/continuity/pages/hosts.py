"""Pages of hosts: the list with offers of hosting, also as a file; a form for a new one; one whole, mended, its place kept sealed."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.downloads import CSV, download
from sild.kernel.listing import MOST_IN_A_FILE, as_csv, key_of, read_key
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import NotThere
from sild.kernel.sent import read_version, reason_of
from sild.values.marking import Marking
from sild.wings.continuity.actions import WORKERS, mend_host, record_host, seal_place
from sild.wings.continuity.forms import filled, host_fields, host_of, identity_of, place_of
from sild.wings.continuity.pages.systems import closed_of, closeness
from sild.wings.continuity.reads import HOST, host_record, hosting_offers, list_hosts, map_of_hosts, sealed_place
from sild.wings.continuity.rules import HostState
from sild.wings.register.public import offer_record

ONE = {"host": HOST}
SHOWN = 100
COLUMNS = (
    "id",
    "name",
    "country",
    "state",
    "agreement",
    "agreement_words",
    "immunity",
    "free",
    "racks",
    "kilowatts",
    "link",
    "shipping_days",
    "shipment",
    "cloud",
    "vendor",
    "sealed",
    "systems",
    "marking",
)
"""What a file of hosts holds of each: never its place, nor who can open it."""


@page("continuity.hosts", "hosts/", roles=WORKERS)
def hosts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The hosts that the reader may see, and offers of hosting that could become one; as a file where the address says format=csv."""
    state = request.GET.get("state", "")
    state = state if state in {*HostState} else ""
    if request.GET.get("format") == "csv":
        rows, _rest = list_hosts(actor, state=state, limit=MOST_IN_A_FILE)
        return download(as_csv(rows, [(name, name) for name in COLUMNS]), "hosts.csv", CSV)
    rows, after = list_hosts(actor, state=state, after=read_key(request.GET.get("after", "")), limit=SHOWN)
    told = {"state": state} if state else {}
    context = {
        "may": actor.ceiling >= Marking.AMBER_STRICT,
        "ceiling": actor.ceiling,
        "rows": rows,
        "drawn": map_of_hosts(actor),
        "state": state,
        "states": list(HostState),
        "offers": [one for one in hosting_offers(actor) if one.host is None],
        "csv_url": f"?{urlencode({**told, 'format': 'csv'})}",
        "next_url": f"?{urlencode({**told, 'after': key_of(*after)})}" if after is not None else "",
    }
    return render(request, "continuity/hosts.html", context)


@page("continuity.new-host", "hosts/new/", roles=WORKERS, methods=("GET", "POST"))
def new_host(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A form that writes a host down, of an offer where the address or the form names one."""
    if request.method == "POST":
        told = request.POST.dict()
        offer = identity_of(told.get("offer", ""))
        made = record_host(actor, host_of(told), offer=offer, **closed_of(told), reason=reason_of(request))
        return _done(request, made, _("The host is written down. Seal where it stands on your own machine, and keep it here sealed."))
    offer = identity_of(request.GET.get("offer", ""))
    context = closeness(actor) | {"fields": host_fields(), "offer": offer_record(actor, offer) if offer is not None else None}
    return render(request, "continuity/new_host.html", context)


@page("continuity.host", "hosts/<uuid:host>/", roles=WORKERS, subjects=ONE)
def show_host(request: HttpRequest, actor: Actor, host: UUID) -> HttpResponse:
    """A host whole, with objections to what it came from, and its sealed place for those who can open it."""
    record = host_record(actor, host)
    return render(request, "continuity/host.html", {"record": record, "may": record.own})


@page("continuity.mend-host", "hosts/<uuid:host>/mend/", roles=WORKERS, methods=("GET", "POST"), subjects=ONE)
def mend(request: HttpRequest, actor: Actor, host: UUID) -> HttpResponse:
    """A form that says anew what is said of a host."""
    if request.method == "POST":
        mend_host(actor, host, host_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
        return _done(request, host, _("It is written down."))
    record = host_record(actor, host)
    fields = [filled([field], record if hasattr(record, field.name) else record.row)[0] for field in host_fields()]
    return render(request, "continuity/mend_host.html", {"record": record, "fields": fields})


@page("continuity.seal-place", "hosts/<uuid:host>/place/", roles=WORKERS, methods=("POST",), subjects=ONE)
def seal(request: HttpRequest, actor: Actor, host: UUID) -> HttpResponse:
    """Keep where a host stands, as it came sealed."""
    seal_place(actor, host, place_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
    return _done(request, host, _("The sealed place is kept. Only those whose keys it was sealed for can open it."))


@page("continuity.sealed-place", "hosts/<uuid:host>/place.age/", roles=WORKERS, subjects=ONE)
def give_place(request: HttpRequest, actor: Actor, host: UUID) -> HttpResponse:
    """The sealed place as a file, for sild unseal. Raises NotThere where none is kept."""
    text = sealed_place(actor, host)
    if not text:
        raise NotThere(_("No sealed place is kept of this host."))
    return download(text.encode(), "place.age")


def _done(request: HttpRequest, host: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("continuity.host", args=[host]))
