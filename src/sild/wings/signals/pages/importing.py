"""Pages on which a file of incidents, or a list of public statements, is looked at and taken in."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sild.formats.incidents import MOST_BYTES, NotIncidents, read_incidents
from sild.formats.statement_rows import KNOWN, WANTED, NotStatements, read_statement_rows
from sild.formats.statement_rows import MOST_BYTES as MOST_OF_STATEMENTS
from sild.kernel.actor import Actor, Role
from sild.kernel.downloads import download
from sild.kernel.listing import as_csv
from sild.kernel.looked_at import keep_looked_at, let_go, looked_at
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking, reason_of
from sild.wings.parties.public import desk_day
from sild.wings.signals.actions import REPORTERS, import_incidents, import_statements
from sild.wings.signals.forms import MARKINGS, statements_in
from sild.wings.signals.reads import preview_import, statements_to_take

OFFICERS = frozenset({Role.OFFICER})
LONGEST_FILE_NAME = 200


@page("signals.import", "incidents/import/", roles=OFFICERS, methods=("GET", "POST"))
def take_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a file; see what would become of each row; take it in, without choosing it again."""
    context: dict[str, object] = {"most": MOST_BYTES // 1024 // 1024}
    if request.method == "POST":
        data, name = _sent(request, actor)
        try:
            found = read_incidents(data, name)
        except NotIncidents as fault:
            raise Refused(str(fault)) from fault
        sure = request.POST.get("sure", "") == "yes"
        if sure:
            digest = hashlib.sha256(data).hexdigest()
            result = import_incidents(actor, found, name, digest=digest, reason=reason_of(request))
            let_go(actor, digest)
            offer_undo(request, _("The file was taken in."))
        else:
            result = preview_import(actor, found, desk_day(actor))
            context["kept"] = keep_looked_at(actor, data)
        context |= {"result": result, "sure": sure, "name": name}
    return render(request, "signals/import.html", context)


@page("signals.import-statements", "public-statements/import/", roles=REPORTERS, methods=("GET", "POST"))
def take_in_statements(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a list; see what would become of each row; take it in, without choosing it again."""
    context: dict[str, object] = {"most": MOST_OF_STATEMENTS // 1024 // 1024, "columns": KNOWN, "wanted": WANTED, "markings": MARKINGS}
    if request.method == "POST":
        data, name = _sent(request, actor)
        try:
            told, refused = statements_in(read_statement_rows(data, name))
        except NotStatements as fault:
            raise Refused(str(fault)) from fault
        sure = request.POST.get("sure", "") == "yes"
        result = statements_to_take(actor, told, refused).outcome
        if sure:
            marking = chosen_marking(request.POST.get("marking", ""), MARKINGS)
            import_statements(actor, told, name, marking=marking, reason=reason_of(request))
            let_go(actor, hashlib.sha256(data).hexdigest())
            offer_undo(request, _("The list was taken in."))
        else:
            context["kept"] = keep_looked_at(actor, data)
        context |= {"result": result, "sure": sure, "name": name}
    return render(request, "signals/import_statements.html", context)


@page("signals.statement-sheet", "public-statements/import/empty/", roles=REPORTERS)
def empty_sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A list without rows: the headings that are read."""
    return download(as_csv([], [(name, name) for name in KNOWN]), "statements-empty.csv", "text/csv; charset=utf-8")


def _sent(request: HttpRequest, actor: Actor) -> tuple[bytes, str]:
    """The bytes and the name of the file that comes with the form, or of the one that was looked at before. Raises Refused."""
    sent, kept = request.FILES.get("file"), request.POST.get("kept", "")
    if sent is None and kept:
        return looked_at(actor, kept), request.POST.get("name", "")[:LONGEST_FILE_NAME]
    if sent is None or sent.size is None or sent.size > MOST_BYTES:
        raise Refused(_("Choose a file of at most {most} MiB.").format(most=MOST_BYTES // 1024 // 1024))
    return sent.read(), (sent.name or "")[:LONGEST_FILE_NAME]
