"""Originals and attachments, as downloads alone: never shown, never interpreted, under a name that no system trips over."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from sild.formats import Unreadable
from sild.formats.sandbox import CannotStart, Sandbox
from sild.kernel import home as homes
from sild.kernel import originals
from sild.kernel.actor import Actor
from sild.kernel.originals import safe_name
from sild.kernel.page import page
from sild.kernel.refusals import NotThere, Refused
from sild.wings.intake.reads import original_of, text_of

MESSAGE = {"message": "intake.Message"}
HEADERS = {
    "Content-Type": "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""A browser that opens it all the same runs nothing of it."""


@page("intake.original", "inbox/<uuid:message>/original/", subjects=MESSAGE)
def download_original(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponseBase:
    """The message byte for byte as it arrived."""
    name, digest = original_of(actor, message)
    place = originals.place_of(homes.current().originals, digest)
    try:
        file = place.open("rb")
    except OSError as fault:
        raise Refused(_("The original of {name} is not in the store. Put the file into the inbox again.").format(name=name)) from fault
    response = FileResponse(file)
    for header, value in HEADERS.items():
        response.headers[header] = value
    response.headers["Content-Disposition"] = _disposition(name)
    return response


@page("intake.attachment", "inbox/<uuid:message>/attachments/<int:number>/", subjects=MESSAGE)
def download_attachment(request: HttpRequest, actor: Actor, message: UUID, number: int) -> HttpResponse:
    """One attachment byte for byte, taken out of the original behind the sandbox."""
    document = text_of(actor, message)
    if document is None or not 0 < number < len(document.parts):
        raise NotThere(_("There is no such attachment."))
    part = document.parts[number]
    name, digest = original_of(actor, message)
    try:
        data = originals.place_of(homes.current().originals, digest).read_bytes()
        with Sandbox() as sandbox:
            taken = sandbox.attachment(name, data, part.name)
    except OSError as fault:
        raise Refused(_("The original of {name} is not in the store. Put the file into the inbox again.").format(name=name)) from fault
    except (Unreadable, CannotStart) as fault:
        told = _("The attachment cannot be taken out of {name}: {why}. Download the original instead.")
        raise Refused(told.format(name=name, why=str(fault).rstrip("."))) from fault
    response = HttpResponse(taken, headers=HEADERS)
    response.headers["Content-Disposition"] = _disposition(part.name.removeprefix("attachment:"))
    return response


def _disposition(name: str) -> str:
    return str(content_disposition_header(as_attachment=True, filename=safe_name(name)))
