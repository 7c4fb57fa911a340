"""Pages of incidents: the list, a form for a new one, one whole with everything that may be done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.formats.table_sheet import table_sheet
from sild.kernel import clock
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.casework import WORKERS, colleagues
from sild.kernel.casework_pages import declare_casework
from sild.kernel.downloads import download
from sild.kernel.listing import MOST_IN_A_FILE, as_csv, key_of, plain, read_key
from sild.kernel.moving import compartments_of
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking, read_version, reason_of
from sild.wings.signals.actions import (
    IMPORTERS,
    REPORTERS,
    mend_incident,
    move_incident,
    record_incident,
    tie_incidents,
    untie_incidents,
    weigh_incident,
)
from sild.wings.signals.forms import MARKINGS, facts_of, filter_of, identity_of, weighing_of, word_of
from sild.wings.signals.reads import (
    INCIDENT,
    TIE,
    IncidentFilter,
    IncidentLine,
    IncidentRow,
    all_incidents,
    incident_record,
    line_of,
    list_incidents,
)
from sild.wings.signals.rules import SECTORS, Degree, IncidentKind, IncidentState, Precision, TieKind, WhyNot

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"incident": INCIDENT}
SHOWN = 40
FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
COLUMNS = tuple(IncidentLine.__dataclass_fields__)
"""What a file of incidents holds of each."""


@page("signals.incidents", "incidents/", roles=READERS)
def incidents(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The incidents that the reader may see; as a file where the address says format=csv or xlsx."""
    wanted, form = filter_of(request.GET.dict()), request.GET.get("format", "")
    if form in FILES:
        return _file(form, all_incidents(actor, wanted, most=MOST_IN_A_FILE))
    rows, after = list_incidents(actor, wanted, after=read_key(request.GET.get("after", "")), limit=SHOWN)
    told = _address_of(wanted)
    context = {
        "rows": rows,
        "wanted": wanted,
        "in_force": [(name, value, _url({key: one for key, one in told.items() if key != name})) for name, value in told.items()],
        "clear_url": reverse("signals.incidents"),
        "next_url": _url(told | {"after": key_of(*after)}) if after is not None else "",
        "csv_url": _url(told | {"format": "csv"}),
        "xlsx_url": _url(told | {"format": "xlsx"}),
        "kinds": list(IncidentKind),
        "states": list(IncidentState),
        "sectors": SECTORS,
        "may": bool(actor.roles & REPORTERS),
        "may_import": bool(actor.roles & IMPORTERS),
    }
    return render(request, "signals/incidents.html", context)


def _address_of(wanted: IncidentFilter) -> dict[str, str]:
    """A filter as its address says it."""
    return {"q" if name == "text" else name: value for name, value in wanted.told().items()}


def _url(told: dict[str, str]) -> str:
    here = reverse("signals.incidents")
    return f"{here}?{urlencode(told)}" if told else here


def _file(form: str, rows: Iterable[IncidentRow]) -> HttpResponse:
    """Incidents as a file that spreadsheets open, made whole before it is sent."""
    found = [line_of(row) for row in rows]
    if form == "csv":
        data = as_csv(found, [(name, name) for name in COLUMNS])
    else:
        data = table_sheet(COLUMNS, ([plain(line)[name] for name in COLUMNS] for line in found), clock.now())
    return download(data, f"incidents.{form}", FILES[form])


@page("signals.new-incident", "incidents/new/", roles=REPORTERS, methods=("GET", "POST"))
def write_down(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A form to write an incident down."""
    if request.method == "POST":
        room = identity_of(request.POST.get("compartment", ""))
        marking = chosen_marking(request.POST.get("marking", ""), MARKINGS)
        made = record_incident(actor, facts_of(request.POST), marking=marking, compartment=room, reason=reason_of(request))
        return _done(request, made, _("The incident was written down."))
    return render(request, "signals/new_incident.html", _choices() | {"markings": MARKINGS, "rooms": compartments_of(actor)})


@page("signals.incident", "incidents/<uuid:incident>/", roles=READERS, subjects=ONE)
def show_one(request: HttpRequest, actor: Actor, incident: UUID) -> HttpResponse:
    """An incident whole, and what may come next."""
    record, working = incident_record(actor, incident), bool(actor.roles & WORKERS)
    context = {
        "record": record,
        "may": record.own and bool(actor.roles & REPORTERS),
        "degrees": list(Degree),
        "ties": list(TieKind),
        "why_not": list(WhyNot),
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "person": actor.person,
    }
    return render(request, "signals/incident.html", context | _choices())


def _choices() -> dict[str, object]:
    return {"kinds": list(IncidentKind), "precisions": list(Precision), "sectors": SECTORS}


Doing = Callable[[HttpRequest, Actor, UUID], str]


def _mend(request: HttpRequest, actor: Actor, incident: UUID) -> str:
    mend_incident(actor, incident, facts_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _("What is told of the incident was written down anew.")


def _weigh(request: HttpRequest, actor: Actor, incident: UUID) -> str:
    weigh_incident(actor, incident, weighing_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
    return _("The factor was written down.")


def _move(request: HttpRequest, actor: Actor, incident: UUID) -> str:
    state = word_of(IncidentState, request.POST.get("state", ""))
    told = request.POST.get("why_not", "")
    why_not = word_of(WhyNot, told) if told and state == IncidentState.NOT_PURSUED else None
    move_incident(actor, incident, state, why_not, version=read_version(request), reason=reason_of(request))
    return _("The incident was moved on.")


def _tie(request: HttpRequest, actor: Actor, incident: UUID) -> str:
    other = identity_of(request.POST.get("other", ""))
    if other is None:
        raise Refused(_("Name the other incident by the address of its page."))
    tie_incidents(actor, incident, other, word_of(TieKind, request.POST.get("kind", "")), reason=reason_of(request))
    return _("It is ruled how the two hang together.")


def _declare(name: str, doing: Doing) -> None:
    """A page of one form about an incident: one act, then back to it."""

    @page(f"signals.{name}", f"incidents/<uuid:incident>/{name}/", roles=REPORTERS, methods=("POST",), subjects=ONE)
    def view(request: HttpRequest, actor: Actor, incident: UUID) -> HttpResponse:
        return _done(request, incident, doing(request, actor, incident))


for _name, _doing in (("mend", _mend), ("weigh", _weigh), ("move", _move), ("tie", _tie)):
    _declare(_name, _doing)


@page("signals.untie", "incident-ties/<uuid:tie>/end/", roles=REPORTERS, methods=("POST",), subjects={"tie": TIE})
def untie(request: HttpRequest, actor: Actor, tie: UUID) -> HttpResponse:
    """Take a tie back."""
    untie_incidents(actor, tie, version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("The tie was taken back."))
    return HttpResponseRedirect(reverse("signals.incidents"))


declare_casework("incident", INCIDENT, names="signals.", path="incidents/", back="signals.incident")


def _done(request: HttpRequest, incident: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("signals.incident", args=[incident]))
