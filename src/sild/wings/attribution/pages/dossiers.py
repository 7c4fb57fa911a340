"""Pages of dossiers: those of a case, one as its readers get it, its files, and the acts on them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.formats.report_paper import ReportPaper, ReportPart, ReportTable, shown
from sild.kernel.actor import Actor
from sild.kernel.downloads import download
from sild.kernel.page import page
from sild.kernel.sent import read_version, reason_of
from sild.wings.attribution.actions import OPENERS, WORKERS, make_dossier, recall_dossier
from sild.wings.attribution.forms import new_dossier_of
from sild.wings.attribution.reads import CASE, DOSSIER, FORMS, case_of_dossier, case_record, dossier_content, dossier_file, dossiers_of
from sild.wings.attribution.rules import LANGUAGES, EvidenceAudience

ONE = {"case": CASE}
PAPER = {"dossier": DOSSIER}
SHOWN_ROWS = 40
"""Rows of a table on the page; the files hold them all."""


@page("attribution.dossiers", "attribution/<uuid:case>/dossiers/", roles=WORKERS, subjects=ONE)
def show_dossiers(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """The dossiers of a case, and for officers the form that makes one."""
    context = {
        "row": case_record(actor, case).row,
        "tab": "dossiers",
        "found": dossiers_of(actor, case),
        "audiences": list(EvidenceAudience),
        "languages": LANGUAGES,
        "may": bool(actor.roles & OPENERS),
    }
    return render(request, "attribution/dossiers.html", context)


@page("attribution.make-dossier", "attribution/<uuid:case>/dossiers/new/", roles=OPENERS, methods=("POST",), subjects=ONE)
def make(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Make a dossier."""
    made = make_dossier(actor, case, new_dossier_of(request.POST.dict()), reason=reason_of(request))
    messages.success(request, _("The dossier was made and is kept as it is. Read it before a file of it goes anywhere."))
    return HttpResponseRedirect(reverse("attribution.dossier", args=[made]))


@page("attribution.dossier", "attribution/dossiers/<uuid:dossier>/", roles=WORKERS, subjects=PAPER)
def show_dossier(request: HttpRequest, actor: Actor, dossier: UUID) -> HttpResponse:
    """A dossier as its readers get it."""
    one, case, paper, _bundle = dossier_content(actor, dossier)
    files = [(form, reverse(f"attribution.dossier-{form}", args=[dossier])) for form in FORMS]
    context = {"row": case_record(actor, case).row, "tab": "dossier", "one": one, "paper": paper, "parts": _parts(paper), "forms": files}
    return render(request, "attribution/dossier.html", context | {"may": bool(actor.roles & OPENERS)})


def _parts(paper: ReportPaper) -> list[tuple[ReportPart, list[tuple[ReportTable, list[list[tuple[str, str]]]]]]]:
    """Each part with its tables, and of each the first rows as (head, text)."""
    return [(part, [(table, _rows(table, paper)) for table in part.tables]) for part in paper.parts]


def _rows(table: ReportTable, paper: ReportPaper) -> list[list[tuple[str, str]]]:
    return [[(head, shown(cell, paper)) for head, cell in zip(table.heads, row, strict=True)] for row in table.rows[:SHOWN_ROWS]]


def _give(form: str) -> None:
    """A page for each file of a dossier."""

    @page(f"attribution.dossier-{form}", f"attribution/dossiers/<uuid:dossier>/{form}/", roles=WORKERS, subjects=PAPER)
    def give(request: HttpRequest, actor: Actor, dossier: UUID) -> HttpResponse:
        name, kind, data = dossier_file(actor, dossier, form)
        return download(data, name, kind)


for _form in FORMS:
    _give(_form)


@page("attribution.recall-dossier", "attribution/dossiers/<uuid:dossier>/recall/", roles=OPENERS, methods=("POST",), subjects=PAPER)
def recall(request: HttpRequest, actor: Actor, dossier: UUID) -> HttpResponse:
    """Recall a dossier."""
    case = case_of_dossier(actor, dossier)
    recall_dossier(actor, dossier, version=read_version(request), reason=reason_of(request))
    messages.success(request, _("The dossier was recalled. Tell whoever has a file of it."))
    return HttpResponseRedirect(reverse("attribution.dossiers", args=[case]))
