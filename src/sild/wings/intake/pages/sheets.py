"""Excel as a door: fetch the template, send it filled in or paste rows, see what became of each row, take the answer along."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sild.formats.template import TEMPLATE, pasted_sheet, write_template
from sild.formats.template.checking import say_note
from sild.kernel import home as homes
from sild.kernel.actor import Actor, Role
from sild.kernel.downloads import download
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.values.reference import spelled
from sild.wings.intake.actions.arriving import receive
from sild.wings.intake.actions.sheet_changes import take_change
from sild.wings.intake.forms import PasteForm, SheetForm
from sild.wings.intake.pages.words import inert
from sild.wings.intake.reads.sheets import (
    SheetRow,
    answer_name,
    differences_in_words,
    known_bodies,
    returned_sheet,
    sheet_of,
    template_name,
)
from sild.wings.intake.rules import Door

OFFICERS = frozenset({Role.OFFICER})
MESSAGE = {"message": "intake.Message"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = {"en": "English", "uk": "Українська", "et": "Eesti", "pl": "Polski"}
MOST_SHOWN = 200
"""Rows of one kind on the page; the file that is given back holds them all."""
TINTS = {"taken": "green", "known": "grey", "mended": "green", "changed": "yellow", "spoiled": "red", "mend": "red"}


@page("intake.sheets", "inbox/sheets/", roles=OFFICERS, methods=("GET", "POST"))
def show_sheets(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The template in its languages, and the two forms: a file, or rows that were copied out of a sheet."""
    pasting = request.method == "POST" and request.POST.get("then") == "paste"
    sending = request.method == "POST" and not pasting
    sheet = SheetForm(request.POST, request.FILES) if sending else SheetForm()
    paste = PasteForm(request.POST) if pasting else PasteForm()
    if sending and sheet.is_valid():
        file = sheet.cleaned_data["file"]
        return _received(request, actor, file.name, file.read())
    if pasting and paste.is_valid():
        told = paste.cleaned_data
        try:
            rows = pasted_sheet(TEMPLATE, told["rows"], told["side"], _language())
        except ValueError:
            paste.add_error("rows", _("These are no cells of a sheet: a quotation mark is opened and not closed. Copy them again."))
        else:
            return _received(request, actor, _("pasted rows") + ".tsv", rows.data)
    form = paste if pasting else sheet
    context = {
        "form": form,
        "sheet": sheet,
        "paste": paste,
        "languages": LANGUAGES.items(),
        "sheets": [
            (
                one.name[_language()],
                [(column.heading[_language()], column.help[_language()], one.side in column.must) for column in one.columns],
            )
            for one in TEMPLATE.sheets
        ],
        "version": TEMPLATE.version,
    }
    return render(request, "intake/sheets.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, actor: Actor, name: str, data: bytes) -> HttpResponse:
    received = receive(actor, name, data, homes.current(), Door.SHEET)
    messages.success(request, _("Received as {reference}. It is read in a moment.").format(reference=spelled(received.reference)))
    return HttpResponseRedirect(reverse("intake.sheet", args=[received.message]))


@page("intake.sheet-template", "inbox/sheets/template/")
def download_template(request: HttpRequest, actor: Actor) -> HttpResponse:
    """An empty template; with `bodies` the names that the register knows are a drop-down in it."""
    language = TEMPLATE.language(request.GET.get("language", _language()))
    bodies = known_bodies(actor) if request.GET.get("bodies") else ()
    return _workbook(write_template(language, book=uuid.uuid4().hex, bodies=bodies), template_name(language))


@page("intake.sheet", "inbox/<uuid:message>/sheet/", subjects=MESSAGE)
def show_sheet(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """What became of each row of a filled-in template, cell by cell; what is to be done first."""
    view = sheet_of(actor, message)
    acting = view.own and bool(actor.roles & OFFICERS)
    waiting = [row for row in view.rows if row.outcome in ("mend", "changed", "spoiled")]
    done = [row for row in view.rows if row.outcome not in ("mend", "changed", "spoiled")]
    context = {
        "view": view,
        "name": inert(view.name),
        "reference": spelled(view.reference),
        "acting": acting,
        "counts": [(TEMPLATE.say("outcomes", outcome, _language()), many) for outcome, many in view.counts.items()],
        "notes": [inert(say_note(TEMPLATE, code, told, _language())) for code, told in view.notes],
        "tables": [
            (title, [_shown(row) for row in rows[:MOST_SHOWN]], max(0, len(rows) - MOST_SHOWN))
            for title, rows in ((_("What is to be mended or decided"), waiting), (_("What was taken"), done))
            if rows
        ],
        "languages": LANGUAGES.items(),
        "file_language": view.language,
    }
    return render(request, "intake/sheet.html", context)


@page("intake.sheet-answer", "inbox/<uuid:message>/sheet/answer/", subjects=MESSAGE)
def download_answer(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """The sheet given back: the rows as they stand, with a column that says what became of each."""
    view = sheet_of(actor, message)
    language = TEMPLATE.language(request.GET.get("language", view.language))
    return _workbook(returned_sheet(view, language), answer_name(view))


@page(
    "intake.take-change",
    "inbox/<uuid:message>/sheet/<int:number>/take/",
    roles=OFFICERS,
    methods=("POST",),
    subjects=MESSAGE,
)
def take_change_of_row(request: HttpRequest, actor: Actor, message: UUID, number: int) -> HttpResponse:
    """Mend the line of a row that was taken before, as the row says now."""
    try:
        version = int(request.POST.get("version", ""))
    except ValueError as fault:
        raise Refused(_("The page was sent without the version of the line. Open it again.")) from fault
    changed = take_change(actor, message, number, version)
    told = ngettext("The change was taken over into the line.", "{many} changes were taken over into the line.", changed)
    offer_undo(request, told.format(many=changed))
    return HttpResponseRedirect(reverse("intake.sheet", args=[message]))


def _shown(one: SheetRow) -> dict[str, Any]:
    """A row as the page shows it."""
    language, row = _language(), one.row
    columns = {column.name: column for column in TEMPLATE.sheet(row.side).columns}
    faults = [
        {
            "cell": row.cell(fault.column),
            "column": columns[fault.column].heading[language],
            "says": inert(fault.say(TEMPLATE, row.side, language)),
        }
        for fault in row.faults
    ]
    return {
        "one": one,
        "sheet": TEMPLATE.sheet(row.side).name[language],
        "row": row.row,
        "item": inert(" ".join(row.cells.get("item", "").split())[:200]),
        "outcome": TEMPLATE.say("outcomes", one.outcome, language),
        "tint": TINTS[one.outcome],
        "faults": faults,
        "differs": [inert(said) for said in differences_in_words(one, language)],
        "before": inert(one.before.name) if one.before is not None else "",
        "before_row": f"{TEMPLATE.sheet(one.before.side).name[language]}, {one.before.row}" if one.before is not None else "",
    }


def _language() -> str:
    return TEMPLATE.language((get_language() or "en").partition("-")[0])


def _workbook(data: bytes, name: str) -> HttpResponse:
    return download(data, name, XLSX)
