"""The page on which a file of incidents is looked at and taken in."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sild.formats.incidents import MOST_BYTES, NotIncidents, read_incidents
from sild.kernel.actor import Actor, Role
from sild.kernel.looked_at import keep_looked_at, let_go, looked_at
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import reason_of
from sild.wings.parties.public import desk_day
from sild.wings.signals.actions import import_incidents
from sild.wings.signals.reads import preview_import

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


def _sent(request: HttpRequest, actor: Actor) -> tuple[bytes, str]:
    """The bytes and the name of the file that comes with the form, or of the one that was looked at before. Raises Refused."""
    sent, kept = request.FILES.get("file"), request.POST.get("kept", "")
    if sent is None and kept:
        return looked_at(actor, kept), request.POST.get("name", "")[:LONGEST_FILE_NAME]
    if sent is None or sent.size is None or sent.size > MOST_BYTES:
        raise Refused(_("Choose a file of at most {most} MiB.").format(most=MOST_BYTES // 1024 // 1024))
    return sent.read(), (sent.name or "")[:LONGEST_FILE_NAME]
