"""Pages of cases: the list, one case with its clocks, and the acts on it. Every form says what was read."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, Role
from sild.kernel.casework import colleagues
from sild.kernel.casework_pages import declare_casework
from sild.kernel.listing import key_of, read_key
from sild.kernel.page import offer_undo, page
from sild.kernel.rooms import seats_for_compartment
from sild.kernel.sent import read_version, reason_of
from sild.values.marking import Marking
from sild.wings.attribution.actions import (
    OPENERS,
    WORKERS,
    CaseOpening,
    ask_input,
    deliver_input,
    end_case,
    move_case,
    reopen_case,
    waive_input,
)
from sild.wings.attribution.forms import end_of, new_case_of, new_input_of, seats_of
from sild.wings.attribution.models import AgencyInput
from sild.wings.attribution.reads import CASE, case_record, list_cases, procedure
from sild.wings.attribution.reads.cases import case_of_input
from sild.wings.attribution.rules import ENDS, AttributionState, compiled_on

ONE = {"case": CASE}
INPUT = {"owed": AgencyInput._meta.label}
SHOWN = 40


@page("attribution.list", "attribution/", roles=WORKERS)
def cases(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The cases in the reader's compartments, the newest first."""
    state = request.GET.get("state", "")
    state = state if state in {*AttributionState} else ""
    rows, after = list_cases(actor, state=state, after=read_key(request.GET.get("after", "")), limit=SHOWN)
    told = {"state": state} if state else {}
    context = {
        "rows": rows,
        "state": state,
        "states": list(AttributionState),
        "next_url": f"?{urlencode({**told, 'after': key_of(*after)})}" if after is not None else "",
        "may": bool(actor.roles & OPENERS),
    }
    return render(request, "attribution/list.html", context)


@page("attribution.procedure", "attribution/procedure/", roles=WORKERS)
def show_procedure(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The national procedure: its stages, its bodies with where that is known from, and what each owes by when."""
    told = procedure(actor)
    owed = [(one, told.agency(one.agency), told.stage(one.stage)) for one in told.inputs]
    return render(request, "attribution/procedure.html", {"told": told, "owed": owed, "compiled_on": compiled_on("agencies_ee")})


@page("attribution.new", "attribution/new/", roles=OPENERS, methods=("GET", "POST"))
def open_one(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A form that opens a case in a compartment of its own, for named seats."""
    if request.method == "POST":
        opening = CaseOpening(actor, seats_of(request.POST.getlist("reader")))
        return _done(request, opening.run(new_case_of(request.POST.dict()), reason=reason_of(request)), _("The case was opened."))
    context = {
        "seats": [seat for seat in seats_for_compartment(actor) if not seat.mine],
        "markings": [one for one in Marking if one <= actor.ceiling],
        "usual": Marking.AMBER_STRICT,
        "procedure": procedure(actor),
    }
    return render(request, "attribution/new.html", context)


@page("attribution.case", "attribution/<uuid:case>/", roles=WORKERS, subjects=ONE)
def show_one(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """A case whole: what is owed to it by when, who reads it, what was done."""
    record = case_record(actor, case)
    context = {
        "record": record,
        "tab": "case",
        "may_end": bool(actor.roles & OPENERS),
        "is_open": record.row.state == AttributionState.OPEN,
        "ends": ENDS,
        "working": True,
        "colleagues": colleagues(actor),
        "person": actor.person,
    }
    return render(request, "attribution/case.html", context)


Doing = Callable[[HttpRequest, Actor, UUID], str]


def _move(request: HttpRequest, actor: Actor, case: UUID) -> str:
    move_case(actor, case, request.POST.get("stage", ""), version=read_version(request), reason=reason_of(request))
    return _("The case was moved to another stage.")


def _end(request: HttpRequest, actor: Actor, case: UUID) -> str:
    end_case(actor, case, end_of(request.POST.get("state", "")), version=read_version(request), reason=reason_of(request))
    return _("The case is over.")


def _reopen(request: HttpRequest, actor: Actor, case: UUID) -> str:
    reopen_case(actor, case, version=read_version(request), reason=reason_of(request))
    return _("The case was taken up again.")


def _ask(request: HttpRequest, actor: Actor, case: UUID) -> str:
    ask_input(actor, case, new_input_of(request.POST.dict()), reason=reason_of(request))
    return _("It is written down that the body is asked.")


def _declare(name: str, roles: frozenset[Role], doing: Doing) -> None:
    """A page of one form about a case: one act, then back to the case."""

    @page(f"attribution.{name}", f"attribution/<uuid:case>/{name}/", roles=roles, methods=("POST",), subjects=ONE)
    def view(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
        return _done(request, case, doing(request, actor, case))


for _name, _roles, _doing in (("move", WORKERS, _move), ("end", OPENERS, _end), ("reopen", OPENERS, _reopen), ("ask", WORKERS, _ask)):
    _declare(_name, _roles, _doing)

declare_casework("case", CASE, names="attribution.", path="attribution/", back="attribution.case")


@page("attribution.deliver", "attribution/inputs/<uuid:owed>/deliver/", roles=WORKERS, methods=("POST",), subjects=INPUT)
def deliver(request: HttpRequest, actor: Actor, owed: UUID) -> HttpResponse:
    """Write down what a body delivered."""
    deliver_input(actor, owed, request.POST.get("text", ""), version=read_version(request), reason=reason_of(request))
    return _done(request, case_of_input(actor, owed), _("It is written down what the body delivered."))


@page("attribution.waive", "attribution/inputs/<uuid:owed>/waive/", roles=WORKERS, methods=("POST",), subjects=INPUT)
def waive(request: HttpRequest, actor: Actor, owed: UUID) -> HttpResponse:
    """Ask for it no more."""
    waive_input(actor, owed, version=read_version(request), reason=reason_of(request))
    return _done(request, case_of_input(actor, owed), _("The body is asked for it no more."))


def _done(request: HttpRequest, case: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("attribution.case", args=[case]))
