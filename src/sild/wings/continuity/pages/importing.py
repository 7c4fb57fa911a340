"""The page on which a sheet of the inventory is fetched, looked at, given back and taken in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.downloads import download
from sild.kernel.looked_at import keep_looked_at, let_go, looked_at
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import reason_of
from sild.wings.continuity.actions import WORKERS, import_inventory
from sild.wings.continuity.forms.sheets import MOST_BYTES, SHEET_TYPE, filled_sheet, given_back, read_sheets, sheets, template
from sild.wings.continuity.reads import preview_sheets

LONGEST_FILE_NAME = 200
MOST_TOLD = 100


@page("continuity.import", "systems/import/", roles=WORKERS, methods=("GET", "POST"))
def take_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a sheet; see what would become of each row; take it in whole, without choosing it again."""
    context: dict[str, object] = {"most": MOST_BYTES // 1024 // 1024}
    if request.method == "POST":
        data, name = _sent(request, actor)
        found = read_sheets(data, name)
        sure = request.POST.get("sure", "") == "yes"
        kept = keep_looked_at(actor, data)
        if sure:
            look = import_inventory(actor, found.rows, reason=reason_of(request) or name)
            let_go(actor, kept)
            offer_undo(request, _("The sheet was taken in."))
        else:
            look = preview_sheets(actor, found.rows)
        names = {sheet.key: sheet.names[0] for sheet in sheets()}
        headings = {(sheet.key, column.key): column.headings[0] for sheet in sheets() for column in sheet.columns}
        told = [
            (names[sheet], number, headings.get((sheet, column), column), words)
            for (sheet, number), cells in look.told.items()
            for column, words in cells.items()
        ]
        context |= {"look": look, "found": found, "sure": sure, "name": name, "kept": kept, "told": told[:MOST_TOLD], "all": len(told)}
    return render(request, "continuity/import.html", context)


@page("continuity.import-back", "systems/import/back/", roles=WORKERS, methods=("POST",))
def give_back(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The sheet that was looked at, with what is to be mended beside each row."""
    found = read_sheets(looked_at(actor, request.POST.get("kept", "")), "sheet.xlsx")
    return download(given_back(found, preview_sheets(actor, found.rows)), "inventory-to-mend.xlsx", SHEET_TYPE)


@page("continuity.template", "systems/template/", roles=WORKERS)
def give_template(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The empty sheet to fill in."""
    return download(template(), "inventory.xlsx", SHEET_TYPE)


@page("continuity.sheet", "systems/sheet/", roles=WORKERS)
def give_sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The own inventory as the workbook that it can be taken in from."""
    return download(filled_sheet(actor), "inventory.xlsx", SHEET_TYPE)


def _sent(request: HttpRequest, actor: Actor) -> tuple[bytes, str]:
    """The bytes and the name of the file that comes with the form, or of the one that was looked at before. Raises Refused."""
    sent, kept = request.FILES.get("file"), request.POST.get("kept", "")
    if sent is None and kept:
        return looked_at(actor, kept), request.POST.get("name", "")[:LONGEST_FILE_NAME] or "sheet.xlsx"
    if sent is None or sent.size is None or sent.size > MOST_BYTES:
        raise Refused(_("Choose a file of at most {most} MiB.").format(most=MOST_BYTES // 1024 // 1024))
    return sent.read(), (sent.name or "")[:LONGEST_FILE_NAME] or "sheet.xlsx"
