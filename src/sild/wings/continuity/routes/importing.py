"""Sheets of the inventory for programs: looked at, and taken in whole."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.kernel.route import FILES, FORM, BadRequest, WrongMedia, route, takes_files
from sild.wings.continuity import schemas
from sild.wings.continuity.actions import WORKERS, import_inventory
from sild.wings.continuity.forms.sheets import MOST_BYTES, read_sheets
from sild.wings.continuity.reads import preview_sheets
from sild.wings.continuity.routes.mount import router


@route(router, "post", "/inventory-imports", roles=WORKERS, answer=schemas.InventoryImport)
@takes_files
def import_inventory_sheet(actor: Actor, request: HttpRequest, told: Query[schemas.WantedInventoryImport]) -> schemas.InventoryImport:
    """Take in a workbook of the inventory: in a form (field `file`) or bare with `name`. All of it or nothing, in one act."""
    if request.content_type not in FILES:
        raise WrongMedia(_("Send the file as one of {media}.").format(media=", ".join(sorted(FILES))))
    sent = request.FILES.get("file") if request.content_type == FORM else None
    if request.content_type == FORM and sent is None:
        raise BadRequest(_("The form has no field `file` with a file in it."))
    data = sent.read() if sent is not None else request.body
    if len(data) > MOST_BYTES:
        raise Refused(_("Choose a file of at most {most} MiB.").format(most=MOST_BYTES // 1024 // 1024))
    name = told.name or (sent.name if sent is not None else "") or "sheet.xlsx"
    found = read_sheets(data, name)
    look = preview_sheets(actor, found.rows) if told.preview else import_inventory(actor, found.rows, reason=name[:200])
    cells = [
        schemas.CellToMend(sheet=sheet, row=number, column=column, why=words)
        for (sheet, number), columns in look.told.items()
        for column, words in columns.items()
    ]
    counts = {one: getattr(look, one) for one in ("rows", "fresh", "known", "changed", "mend", "taken")}
    return schemas.InventoryImport(**counts, cells=cells, strange=list(found.strange))
