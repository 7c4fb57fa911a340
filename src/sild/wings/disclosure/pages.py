"""Pages of reports: the list by audience, making a draft, looking at it with what changed, issuing, files, recalling."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.formats.report_paper import shown
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.downloads import download
from sild.kernel.listing import key_of, read_key
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.disclosure.actions import MAKERS, drop_report, issue_report, make_report, recall_report, renew_report
from sild.wings.disclosure.forms import audience_asked
from sild.wings.disclosure.reads import (
    FORMS,
    REPORT,
    ReportRecord,
    list_reports,
    may_make,
    report_file,
    report_record,
    seated_organisations,
)
from sild.wings.disclosure.rules import LANGUAGES, LONGEST_SUMMARY, ReportState

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"report": REPORT}
SHOWN_ROWS = 40
"""Rows of a table on the page; the files hold them all."""


@page("disclosure.list", "reports/", roles=READERS)
def all_reports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The reports that one may see, and for officers the form that makes one."""
    wanted = audience_of_address(request.GET.get("audience", ""))
    rows, after = list_reports(actor, audience=wanted, after=read_key(request.GET.get("after", "")))
    more = {"after": key_of(*after), **({"audience": str(wanted)} if wanted else {})} if after is not None else {}
    context = {
        "rows": rows,
        "wanted": wanted,
        "next_url": f"?{urlencode(more)}" if more else "",
        "may": may_make(actor),
        "organisations": [one for one in seated_organisations(actor) if one.id != actor.organisation] if may_make(actor) else [],
        "languages": LANGUAGES,
    }
    return render(request, "disclosure/list.html", context)


@page("disclosure.make", "reports/new/", roles=MAKERS, methods=("POST",))
def make(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make the draft of a report."""
    kind, organisation = audience_asked(request.POST.get("audience", ""))
    report = make_report(actor, kind, organisation, language=request.POST.get("language", ""))
    offer_undo(request, _("The draft was made. Look at what changed, then issue it."))
    return _to(report)


@page("disclosure.one", "reports/<uuid:report>/", roles=READERS, subjects=ONE)
def show(request: HttpRequest, actor: Actor, report: UUID) -> HttpResponse:
    """A report as it is told, with its files, and for its makers what can be done with it."""
    record = report_record(actor, report)
    context = {
        "record": record,
        "row": record.row,
        "parts": _parts(record),
        "forms": [(form, reverse(f"disclosure.{form}", args=[report])) for form in FORMS],
        "draft": record.row.state == ReportState.DRAFT,
        "issued": record.row.state == ReportState.ISSUED,
        "may": may_make(actor) and record.row.own,
        "most": LONGEST_SUMMARY,
        "length": len(record.summary),
        "languages": LANGUAGES,
    }
    return render(request, "disclosure/one.html", context)


def _give(form: str) -> None:
    """A page for each file of a report."""

    @page(f"disclosure.{form}", f"reports/<uuid:report>/{form}/", roles=READERS, subjects=ONE)
    def give(request: HttpRequest, actor: Actor, report: UUID) -> HttpResponse:
        name, kind, data = report_file(actor, report, form)
        return download(data, name, kind)


for _form in FORMS:
    _give(_form)


@page("disclosure.renew", "reports/<uuid:report>/renew/", roles=MAKERS, methods=("POST",), subjects=ONE)
def renew(request: HttpRequest, actor: Actor, report: UUID) -> HttpResponse:
    """Make a draft anew from what stands now."""
    renew_report(actor, report, language=request.POST.get("language", ""), version=read_version(request))
    offer_undo(request, _("The draft was made anew."))
    return _to(report)


@page("disclosure.issue", "reports/<uuid:report>/issue/", roles=MAKERS, methods=("POST",), subjects=ONE)
def issue(request: HttpRequest, actor: Actor, report: UUID) -> HttpResponse:
    """Give the report its number and show it to its audience."""
    number = issue_report(actor, report, version=read_version(request), reason=reason_of(request))
    messages.success(
        request, _("Report No. {number} was issued. Its files stand below; it can be recalled, not undone.").format(number=number)
    )
    return _to(report)


@page("disclosure.recall", "reports/<uuid:report>/recall/", roles=MAKERS, methods=("POST",), subjects=ONE)
def recall(request: HttpRequest, actor: Actor, report: UUID) -> HttpResponse:
    """Take an issued report back, with a reason."""
    recall_report(actor, report, version=read_version(request), reason=reason_of(request))
    messages.success(request, _("The report was recalled. Its number and the reason stay."))
    return _to(report)


@page("disclosure.drop", "reports/<uuid:report>/drop/", roles=MAKERS, methods=("POST",), subjects=ONE)
def drop(request: HttpRequest, actor: Actor, report: UUID) -> HttpResponse:
    """Drop a draft that is not wanted."""
    drop_report(actor, report, version=read_version(request))
    offer_undo(request, _("The draft was dropped."))
    return HttpResponseRedirect(reverse("disclosure.list"))


def audience_of_address(text: str) -> UUID | None:
    """The audience that an address narrows the list to; None for all. Raises Refused."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as fault:
        raise Refused(_("This address names no audience.")) from fault


def _parts(record: ReportRecord) -> list[dict[str, object]]:
    """What a page shows of the paper: the first rows of each table, in words."""
    paper = record.paper
    if paper is None:
        return []
    found: list[dict[str, object]] = []
    for part in paper.parts:
        tables = [
            {
                "caption": one.caption,
                "heads": one.heads,
                "rows": [[(head, shown(cell, paper)) for head, cell in zip(one.heads, row, strict=True)] for row in one.rows[:SHOWN_ROWS]],
                "more": max(len(one.rows) - SHOWN_ROWS, 0),
            }
            for one in part.tables
        ]
        if not part.sheet_only:
            pictures = [one.told for one in part.pictures]
            found.append(
                {"heading": part.heading, "sentences": part.sentences, "listed": part.listed, "tables": tables, "pictures": pictures}
            )
    return found


def _to(report: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("disclosure.one", args=[report]))
