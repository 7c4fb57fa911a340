"""Pages of notices before something is said: the list with a form, one with who read it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.wings.signals.actions import NOTICE_WRITERS, acknowledge_notice, give_notice, recall_notice
from sild.wings.signals.forms import MARKINGS, notice_of
from sild.wings.signals.reads import NOTICE, list_notices, list_studies, notice_record, noticeable

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"notice": NOTICE}


@page("signals.notices", "before-we-speak/", roles=READERS)
def notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The notices that the reader sees, and for officers the form that gives one."""
    may = bool(actor.roles & NOTICE_WRITERS)
    context = {
        "rows": list_notices(actor),
        "may": may,
        "markings": MARKINGS,
        "organisations": noticeable(actor) if may else (),
        "studies": list_studies(actor) if may else (),
    }
    return render(request, "signals/notices.html", context)


@page("signals.give-notice", "before-we-speak/new/", roles=NOTICE_WRITERS, methods=("POST",))
def give(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give notice."""
    made = give_notice(actor, notice_of(request.POST), reason=reason_of(request))
    messages.success(request, _("The notice was given. It stands on the first page of whoever has it; the desk sends no mail."))
    return HttpResponseRedirect(reverse("signals.notice", args=[made]))


@page("signals.notice", "before-we-speak/<uuid:notice>/", roles=READERS, subjects=ONE)
def show_notice(request: HttpRequest, actor: Actor, notice: UUID) -> HttpResponse:
    """A notice, and who read it."""
    one = notice_record(actor, notice)
    return render(request, "signals/notice.html", {"one": one, "may": one.own and bool(actor.roles & NOTICE_WRITERS)})


@page("signals.read-notice", "before-we-speak/<uuid:notice>/read/", roles=READERS, methods=("POST",), subjects=ONE)
def say_read(request: HttpRequest, actor: Actor, notice: UUID) -> HttpResponse:
    """Say that one read it."""
    acknowledge_notice(actor, notice, request.POST.get("words", ""))
    offer_undo(request, _("It is written down that you read it."))
    return HttpResponseRedirect(reverse("signals.notice", args=[notice]))


@page("signals.recall-notice", "before-we-speak/<uuid:notice>/recall/", roles=NOTICE_WRITERS, methods=("POST",), subjects=ONE)
def recall(request: HttpRequest, actor: Actor, notice: UUID) -> HttpResponse:
    """Recall a notice."""
    recall_notice(actor, notice, version=read_version(request), reason=reason_of(request))
    messages.success(request, _("The notice was recalled. Tell whoever read it."))
    return HttpResponseRedirect(reverse("signals.notices"))
