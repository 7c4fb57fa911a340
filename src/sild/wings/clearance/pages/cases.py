"""One licence case: where it stands, its clocks and its history, and what may be done with it. Every form says what was read."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.casework import WORKERS, colleagues
from sild.kernel.casework_pages import declare_casework
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import day_of, read_version, reason_of
from sild.wings.clearance.actions import LIAISONS, OPENERS, chase_case, describe_case, move_case, open_case
from sild.wings.clearance.forms import FILE_MARKINGS, description_of, move_of
from sild.wings.clearance.reads import CASE, candidates_for, case_record, documents_of, line_conditions, objections_of, typical_of
from sild.wings.clearance.rules import (
    CHASE_AFTER,
    LANGUAGES,
    LOOKED_AT,
    OPEN_STATES,
    REMINDS,
    Candidate,
    CaseState,
    Entry,
    Mover,
    control_list,
    language_of,
    papers_for,
)
from sild.wings.clearance.rules.came import CameKind
from sild.wings.parties.public import desk_day

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"case": CASE}
URLS = {"assign": "clearance.assign", "step": "clearance.step", "note": "clearance.note", "access": "access.case"}


@page("clearance.case", "licences/<uuid:case>/", roles=READERS, subjects=ONE)
def show_case(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """A case whole."""
    record = case_record(actor, case)
    today = desk_day(actor)
    working = bool(actor.roles & WORKERS)
    proposed = candidates_for(actor, case)
    chosen = {entry.id for entry in record.entries}
    context = {
        "record": record,
        "today": today,
        "following": [(state, _asked_after(state, today)) for state in record.following] if actor.roles & LIAISONS else [],
        "may_grant": CaseState.GRANTED in record.following,
        "may_chase": bool(actor.roles & OPENERS) and record.row.state in OPEN_STATES,
        "may_describe": bool(actor.roles & LIAISONS),
        "candidates": proposed,
        "others": _others(proposed),
        "chosen": chosen,
        "list_version": control_list().version,
        "typical": typical_of(actor, case),
        "papers": documents_of(actor, case),
        "may_make": bool(actor.roles & OPENERS),
        "paper_kinds": papers_for(Mover(record.row.mover)),
        "reminder": next((kind for kind, mover in REMINDS.items() if mover == record.row.mover), None),
        "came_kinds": tuple(CameKind),
        "markings": FILE_MARKINGS,
        "languages": LANGUAGES,
        "language": language_of(record.row.jurisdiction),
        "objections": objections_of(actor, [record.row.line_id]),
        "conditions": line_conditions(actor, [record.row.line_id]).get(record.row.line_id, ()),
        "objections_url": reverse("clearance.case_objections", args=[case]),
        "urls": URLS,
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "person": actor.person,
    }
    return render(request, "clearance/case.html", context)


def _others(proposed: tuple[Candidate, ...]) -> list[Entry]:
    """The entries that may be looked at besides those that are proposed."""
    there = {one.entry.id for one in proposed}
    return [entry for entry in control_list().entries if entry.kind in LOOKED_AT and entry.id not in there]


def _asked_after(state: CaseState, today: date) -> date | None:
    """The day on which desks usually ask again; None where nobody has to do anything."""
    days = CHASE_AFTER.get(state)
    return today + timedelta(days=days) if days is not None else None


@page("clearance.open", "lines/<uuid:line>/licences/", roles=OPENERS, methods=("POST",), subjects={"line": "register.Line"})
def open_one(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """Open the case of a line in a jurisdiction; the one that is there is shown."""
    authority, apart = request.POST.get("authority", ""), request.POST.get("apart") == "yes"
    case = open_case(actor, line, request.POST.get("jurisdiction", ""), authority, apart=apart, reason=reason_of(request))
    return _done(request, case, _("The licence case was opened."))


@page("clearance.move", "licences/<uuid:case>/move/", roles=LIAISONS, methods=("POST",), subjects=ONE)
def move(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Write down into which state the case came."""
    move_case(actor, case, move_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _done(request, case, _("The licence case was moved."))


@page("clearance.chase", "licences/<uuid:case>/chase/", roles=OPENERS, methods=("POST",), subjects=ONE)
def chase(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Write down that somebody was asked again."""
    chase_case(actor, case, day_of(request.POST.get("due_on", "")), version=read_version(request), reason=reason_of(request))
    return _done(request, case, _("It is written down that you asked again."))


@page("clearance.describe", "licences/<uuid:case>/details/", roles=LIAISONS, methods=("POST",), subjects=ONE)
def describe(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Say what is known of the case: authority, file number, term, entries that were looked at."""
    describe_case(actor, case, description_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _done(request, case, _("The details were kept."))


declare_casework("case", CASE, names="clearance.", path="licences/", back="clearance.case")


def _done(request: HttpRequest, case: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("clearance.case", args=[case]))
