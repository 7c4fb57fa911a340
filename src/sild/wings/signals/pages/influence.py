"""Pages of influence studies: what was asked with a form for a new one, and one study whole."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.wings.parties.public import desk_day
from sild.wings.signals.actions import ASKERS, ask_study, end_study
from sild.wings.signals.forms import study_of
from sild.wings.signals.reads import STUDY, list_studies, study_record
from sild.wings.signals.rules import LONGEST_WINDOW, SECTORS, IncidentKind, StatementKind, StudyState

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"study": STUDY}
USUAL_DAYS = 730
MOST_ROWS = 500
"""Incidents that a page of a study lists."""


@page("signals.studies", "influence-studies/", roles=READERS, methods=("GET", "POST"))
def studies(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The studies that the reader may see, and a form that asks for one."""
    if request.method == "POST":
        made = ask_study(actor, study_of(request.POST.dict()), reason=reason_of(request))
        return _done(request, made, _("It was asked. The answer is worked out behind; load its page anew in a minute."))
    today = desk_day(actor)
    context = {
        "rows": list_studies(actor),
        "may": bool(actor.roles & ASKERS),
        "statement_kinds": list(StatementKind),
        "incident_kinds": list(IncidentKind),
        "sectors": SECTORS,
        "first": today - timedelta(days=USUAL_DAYS),
        "last": today,
        "most": LONGEST_WINDOW,
    }
    return render(request, "signals/studies.html", context)


@page("signals.study", "influence-studies/<uuid:study>/", roles=READERS, subjects=ONE)
def show_study(request: HttpRequest, actor: Actor, study: UUID) -> HttpResponse:
    """A study with its finding, the rows behind each sum and what it cannot say."""
    record = study_record(actor, study)
    context = {
        "record": record,
        "shown": record.incidents[:MOST_ROWS],
        "waiting": record.row.state == StudyState.WAITING,
        "may": record.own and bool(actor.roles & ASKERS),
    }
    return render(request, "signals/study.html", context)


@page("signals.end-study", "influence-studies/<uuid:study>/end/", roles=ASKERS, methods=("POST",), subjects=ONE)
def end_one(request: HttpRequest, actor: Actor, study: UUID) -> HttpResponse:
    """End a study that still waits."""
    end_study(actor, study, version=read_version(request), reason=reason_of(request))
    return _done(request, study, _("The study was ended."))


def _done(request: HttpRequest, study: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("signals.study", args=[study]))
