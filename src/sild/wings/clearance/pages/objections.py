"""Objections: the list, those of one line with a form to raise one, and one whole with what may be said and done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.casework import WORKERS, colleagues
from sild.kernel.casework_pages import declare_casework
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import day_of, read_version, reason_of
from sild.wings.clearance.actions import (
    RAISERS,
    SPEAKERS,
    WRITES_FOR_OTHERS,
    begin_silence,
    close_objection,
    object_in_case,
    raise_objection,
    reopen_objection,
    reply_to_objection,
)
from sild.wings.clearance.forms import closing_of, objection_filter_of, raised_of
from sild.wings.clearance.reads import (
    CASE,
    OBJECTION,
    case_record,
    line_conditions,
    list_objections,
    objection_record,
    objections_of,
)
from sild.wings.clearance.rules import Ground, ObjectionState, Severity, grounds
from sild.wings.parties.public import desk_day
from sild.wings.register.public import line_record

READERS = PEOPLE - {Role.AUDITOR}
OFFICERS = frozenset({Role.OFFICER})
ONE = {"objection": OBJECTION}
URLS = {
    "assign": "clearance.objection_assign",
    "step": "clearance.objection_step",
    "note": "clearance.objection_note",
    "access": "access.objection",
}
MOST_SHOWN = 200


@page("clearance.objections", "objections/", roles=READERS)
def all_objections(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The objections that the reader may see, the newest first."""
    wanted = objection_filter_of(request.GET.dict())
    rows, after = list_objections(actor, wanted, limit=MOST_SHOWN)
    context = {
        "rows": rows,
        "cut": after is not None,
        "wanted": wanted,
        "in_force": any((wanted.state, wanted.severity, wanted.ground, wanted.text, wanted.over)),
        "states": tuple(ObjectionState),
        "severities": tuple(Severity),
        "grounds": tuple(Ground),
    }
    return render(request, "clearance/objections.html", context)


@page("clearance.line_objections", "lines/<uuid:line>/objections/", roles=READERS, subjects={"line": "register.Line"})
def of_line(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """The objections to a line and the conditions on it, and a form to object."""
    record, _beside = line_record(actor, line)
    back = (reverse("register.line", args=[line]), record.item)
    return _those_of(request, actor, line, back, reverse("clearance.object", args=[line]))


@page("clearance.case_objections", "licences/<uuid:case>/objections/", roles=READERS, subjects={"case": CASE})
def of_case(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """The same for the line of a licence case."""
    row = case_record(actor, case).row
    back = (reverse("clearance.case", args=[case]), row.item)
    return _those_of(request, actor, row.line_id, back, reverse("clearance.object_in_case", args=[case]))


def _those_of(request: HttpRequest, actor: Actor, line: UUID, back: tuple[str, str], raise_url: str) -> HttpResponse:
    context = {
        "rows": objections_of(actor, [line]),
        "conditions": line_conditions(actor, [line]).get(line, ()),
        "back_url": back[0],
        "item": back[1],
        "raise_url": raise_url if actor.roles & RAISERS else "",
        "grounds": grounds(),
        "severities": tuple(Severity),
        "names_others": bool(actor.roles & WRITES_FOR_OTHERS),
    }
    return render(request, "clearance/line_objections.html", context)


@page("clearance.object", "lines/<uuid:line>/objections/new/", roles=RAISERS, methods=("POST",), subjects={"line": "register.Line"})
def object_to_line(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """Object to a line."""
    return _raised(request, raise_objection(actor, line, raised_of(request.POST), reason=reason_of(request)))


@page("clearance.object_in_case", "licences/<uuid:case>/objections/new/", roles=RAISERS, methods=("POST",), subjects={"case": CASE})
def object_to_case(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Object to the line of a licence case."""
    return _raised(request, object_in_case(actor, case, raised_of(request.POST), reason=reason_of(request)))


def _raised(request: HttpRequest, objection: UUID) -> HttpResponse:
    return _done(request, objection, _("The objection was raised. Everybody whom it concerns sees it."))


@page("clearance.objection", "objections/<uuid:objection>/", roles=READERS, subjects=ONE)
def show_objection(request: HttpRequest, actor: Actor, objection: UUID) -> HttpResponse:
    """An objection whole."""
    record = objection_record(actor, objection)
    working = bool(actor.roles & WORKERS)
    is_open = record.row.state == ObjectionState.OPEN
    context = {
        "record": record,
        "today": desk_day(actor),
        "may_speak": bool(actor.roles & SPEAKERS),
        "may_break": is_open and record.row.silence_until is not None and not record.row.silence_over,
        "may_begin": is_open and record.keeps_line and record.row.silence_until is None,
        "endings": record.endings if actor.roles & RAISERS else (),
        "may_reopen": not is_open and bool(actor.roles & RAISERS) and (record.own or record.keeps_line),
        "overruled": ObjectionState.OVERRULED,
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "person": actor.person,
        "urls": URLS,
    }
    return render(request, "clearance/objection.html", context)


@page("clearance.reply", "objections/<uuid:objection>/replies/", roles=SPEAKERS, methods=("POST",), subjects=ONE)
def reply(request: HttpRequest, actor: Actor, objection: UUID) -> HttpResponse:
    """Say something to an objection, or break the silence."""
    breaks = request.POST.get("breaks") == "yes"
    reply_to_objection(actor, objection, breaks_silence=breaks, version=read_version(request), reason=reason_of(request))
    return _done(request, objection, _("The silence procedure was broken.") if breaks else _("The reply was written."))


@page("clearance.silence", "objections/<uuid:objection>/silence/", roles=OFFICERS, methods=("POST",), subjects=ONE)
def silence(request: HttpRequest, actor: Actor, objection: UUID) -> HttpResponse:
    """Begin a silence procedure."""
    until = day_of(request.POST.get("until", ""))
    if until is None:
        raise Refused(_("Choose the day until which everybody may speak."))
    begin_silence(actor, objection, until, version=read_version(request), reason=reason_of(request))
    return _done(request, objection, _("The silence procedure began. When its day is over, you close the objection."))


@page("clearance.close_objection", "objections/<uuid:objection>/closing/", roles=RAISERS, methods=("POST",), subjects=ONE)
def close(request: HttpRequest, actor: Actor, objection: UUID) -> HttpResponse:
    """End an objection: lifted, mitigated or overruled."""
    close_objection(actor, objection, closing_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _done(request, objection, _("The objection was closed. Its conditions stay with the line."))


@page("clearance.reopen_objection", "objections/<uuid:objection>/reopening/", roles=RAISERS, methods=("POST",), subjects=ONE)
def reopen(request: HttpRequest, actor: Actor, objection: UUID) -> HttpResponse:
    """Open a closed objection again."""
    reopen_objection(actor, objection, version=read_version(request), reason=reason_of(request))
    return _done(request, objection, _("The objection is open again."))


def _done(request: HttpRequest, objection: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("clearance.objection", args=[objection]))


declare_casework("objection", OBJECTION, names="clearance.objection_", path="objections/", back="clearance.objection")
