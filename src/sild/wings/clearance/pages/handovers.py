"""Hand-overs of military lines: the list with what waits to go, one line with its ruling and a form, and one hand-over whole."""

from __future__ import annotations

from datetime import timedelta
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
from sild.wings.clearance.actions import answer_handover, hand_over, rule_line
from sild.wings.clearance.forms import answer_of, channel_of
from sild.wings.clearance.reads import HANDOVER, handover_record, handovers_of, list_handovers, military_lines
from sild.wings.clearance.rules import ASK_AFTER_DAYS, HandoverState
from sild.wings.parties.public import desk_day, mechanism_file
from sild.wings.register.public import Channel, line_record

READERS = PEOPLE - {Role.AUDITOR}
OFFICERS = frozenset({Role.OFFICER})
LINE = {"line": "register.Line"}
ONE = {"handover": HANDOVER}
URLS = {
    "assign": "clearance.handover_assign",
    "step": "clearance.handover_step",
    "note": "clearance.handover_note",
    "access": "access.handover",
}
MOST_SHOWN = 200


@page("clearance.handovers", "handovers/", roles=READERS)
def all_handovers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The hand-overs that the reader may see, and the military lines that wait to go."""
    state, overdue = request.GET.get("state", "")[:16], request.GET.get("overdue") == "yes"
    rows, after = list_handovers(actor, state=state, overdue=overdue, limit=MOST_SHOWN)
    context = {
        "rows": rows,
        "cut": after is not None,
        "state": state,
        "overdue": overdue,
        "in_force": bool(state or overdue),
        "states": tuple(HandoverState),
        "waiting": military_lines(actor),
    }
    return render(request, "clearance/handovers.html", context)


@page("clearance.line_handover", "lines/<uuid:line>/handover/", roles=READERS, subjects=LINE)
def of_line(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """Whether a line is civil or military, and its hand-overs."""
    record, beside = line_record(actor, line)
    rows, today = handovers_of(actor, [line]), desk_day(actor)
    rules = beside.own and bool(actor.roles & OFFICERS)
    with_them = any(row.with_them for row in rows)
    context = {
        "line": record,
        "rows": rows,
        "may_rule": rules and not with_them,
        "may_send": rules and not with_them and record.channel == Channel.MILITARY,
        "channels": tuple(Channel),
        "to": mechanism_file(actor).scope.handed_over_to or "",
        "today": today,
        "ask_on": today + timedelta(days=ASK_AFTER_DAYS),
    }
    return render(request, "clearance/line_handover.html", context)


@page("clearance.rule_line", "lines/<uuid:line>/handover/ruling/", roles=OFFICERS, methods=("POST",), subjects=LINE)
def rule(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """Rule a line civil or military."""
    rule_line(actor, line, channel_of(request.POST), version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("The line was ruled."))
    return HttpResponseRedirect(reverse("clearance.line_handover", args=[line]))


@page("clearance.hand_over", "lines/<uuid:line>/handover/new/", roles=OFFICERS, methods=("POST",), subjects=LINE)
def send(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """Write down that a line was sent to the other mechanism."""
    told = request.POST
    on, due_on = day_of(told.get("on", "")), day_of(told.get("due_on", ""))
    handover = hand_over(actor, line, told.get("to", ""), on=on, due_on=due_on, reason=reason_of(request))
    return HttpResponseRedirect(reverse("clearance.handover", args=[handover]))


@page("clearance.handover", "handovers/<uuid:handover>/", roles=READERS, subjects=ONE)
def show_handover(request: HttpRequest, actor: Actor, handover: UUID) -> HttpResponse:
    """A hand-over whole: the stub that stays here."""
    working = bool(actor.roles & WORKERS)
    context = {
        "record": handover_record(actor, handover),
        "today": desk_day(actor),
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "person": actor.person,
        "urls": URLS,
    }
    return render(request, "clearance/handover.html", context)


@page("clearance.answer_handover", "handovers/<uuid:handover>/answers/", roles=OFFICERS, methods=("POST",), subjects=ONE)
def answer(request: HttpRequest, actor: Actor, handover: UUID) -> HttpResponse:
    """Write down that it was acknowledged, returned or recalled."""
    answer_handover(actor, handover, answer_of(request.POST), version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("The answer was written down."))
    return HttpResponseRedirect(reverse("clearance.handover", args=[handover]))


declare_casework("handover", HANDOVER, names="clearance.handover_", path="handovers/", back="clearance.handover")
