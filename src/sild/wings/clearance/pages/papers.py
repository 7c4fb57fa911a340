"""Papers of a licence case: make one, attach a file that came, and have either as a download, never shown and never interpreted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.downloads import AS_BYTES, download
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.clearance.actions import OPENERS, attach_file, detach_file, make_document
from sild.wings.clearance.forms import came_of
from sild.wings.clearance.reads import CASE, DOCUMENT, document_file
from sild.wings.clearance.rules import PaperKind

READERS = PEOPLE - {Role.AUDITOR}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page("clearance.paper", "licences/papers/<uuid:paper>/", roles=READERS, subjects={"paper": DOCUMENT})
def download_paper(request: HttpRequest, actor: Actor, paper: UUID) -> HttpResponse:
    """The paper byte for byte as it was made, or as it came."""
    name, data = document_file(actor, paper)
    # a file that came is bytes that nobody interprets: a browser is told nothing of what may be in it
    return download(data, name, WORD if name.endswith(".docx") else AS_BYTES)


@page("clearance.make_paper", "licences/<uuid:case>/papers/", roles=OPENERS, methods=("POST",), subjects={"case": CASE})
def make_paper(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Make a paper of the case in two languages, and keep it."""
    kind = request.POST.get("kind", "")
    if kind not in {*PaperKind}:
        raise Refused(_("Choose which paper to make."))
    make_document(actor, case, PaperKind(kind), request.POST.get("language", ""), version=read_version(request))
    offer_undo(request, _("The paper was made. Fill its blanks before it goes out."))
    return HttpResponseRedirect(f"{reverse('clearance.case', args=[case])}#papers")


@page("clearance.attach_file", "licences/<uuid:case>/files/", roles=OPENERS, methods=("POST",), subjects={"case": CASE})
def attach(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Keep a file that came with its case."""
    attach_file(actor, case, came_of(request), version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("The file is kept with the case."))
    return HttpResponseRedirect(f"{reverse('clearance.case', args=[case])}#papers")


@page("clearance.detach_file", "licences/papers/<uuid:paper>/detach/", roles=OPENERS, methods=("POST",), subjects={"paper": DOCUMENT})
def detach(request: HttpRequest, actor: Actor, paper: UUID) -> HttpResponse:
    """Take a file that was attached by mistake away from its case."""
    detach_file(actor, paper, version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("The file was taken away from the case."))
    return HttpResponseRedirect(reverse("clearance.board"))
