"""Pages of forums beside a response: what each needs and what is there, complaints written, taken back, given as a Word file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.downloads import download
from sild.kernel.page import page
from sild.kernel.sent import read_version, reason_of
from sild.wings.response.actions import WORKERS, withdraw_complaint, write_complaint
from sild.wings.response.forms import complaint_of
from sild.wings.response.pages.responses import ONE, done
from sild.wings.response.reads import COMPLAINT, complaint_file, complaint_record, forums_of, response_record
from sild.wings.response.rules import ResponseState, compiled_on

PAPER = {"complaint": COMPLAINT}


@page("response.forums", "responses/<uuid:response>/forums/", roles=WORKERS, subjects=ONE)
def show_forums(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Where a State can turn, what each forum needs, and what of it is there."""
    record = response_record(actor, response)
    context = {
        "record": record,
        "tab": "forums",
        "found": forums_of(actor, response),
        "compiled": compiled_on("forums"),
        "may": record.own and record.row.state == ResponseState.OPEN,
    }
    return render(request, "response/forums.html", context)


@page("response.complain", "responses/<uuid:response>/forums/complain/", roles=WORKERS, methods=("POST",), subjects=ONE)
def complain(request: HttpRequest, actor: Actor, response: UUID) -> HttpResponse:
    """Write a complaint."""
    write_complaint(actor, response, complaint_of(request.POST.dict()), reason=reason_of(request))
    return done(request, response, _("It is written down. The desk sends it nowhere."), "response.forums")


@page("response.withdraw-complaint", "responses/complaints/<uuid:complaint>/withdraw/", roles=WORKERS, methods=("POST",), subjects=PAPER)
def withdraw(request: HttpRequest, actor: Actor, complaint: UUID) -> HttpResponse:
    """Take a complaint back."""
    response = complaint_record(actor, complaint)[1]
    withdraw_complaint(actor, complaint, version=read_version(request), reason=reason_of(request))
    return done(request, response, _("The complaint was taken back."), "response.forums")


@page("response.complaint-docx", "responses/complaints/<uuid:complaint>/docx/", roles=WORKERS, subjects=PAPER)
def give(request: HttpRequest, actor: Actor, complaint: UUID) -> HttpResponse:
    """A complaint as a Word file."""
    name, kind, data = complaint_file(actor, complaint)
    return download(data, name, kind)
