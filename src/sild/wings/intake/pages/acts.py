"""What an officer does with the lines of a message. Each form says which version was read, and goes on to the next item."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.kernel.refusals import NotThere
from sild.wings.intake.actions.triage import accept_lines, reject_line_of
from sild.wings.intake.pages.wanted import done, message_url, onward, posted
from sild.wings.intake.reads import LineView, Wanted, open_message
from sild.wings.register.public import LineState

OFFICERS = frozenset({Role.OFFICER})
IN_MESSAGE = {"message": "intake.Message"}
OF_LINE = {"message": "intake.Message", "line": "register.Line"}


@page("intake.accept", "inbox/<uuid:message>/accept/", roles=OFFICERS, methods=("POST",), subjects=IN_MESSAGE)
def accept(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """Accept the chosen lines: one, those that were ticked, or all that are clean."""
    chosen = _chosen(request)
    many = accept_lines(actor, message, chosen)
    told = ngettext("{count} line was accepted.", "{count} lines were accepted.", many).format(count=many)
    return done(request, told, _next(actor, message, posted(request)))


@page("intake.reject", "inbox/<uuid:message>/lines/<uuid:line>/reject/", roles=OFFICERS, methods=("POST",), subjects=OF_LINE)
def reject(request: HttpRequest, actor: Actor, message: UUID, line: UUID) -> HttpResponse:
    """Reject a line with the reason."""
    reject_line_of(actor, message, line, _number(request.POST.get("version", "")), reason=request.POST.get("reason", ""))
    return done(request, _("The line was rejected."), _next(actor, message, posted(request)))


def line_in(actor: Actor, message: UUID, line: UUID) -> LineView:
    """The line, which must be one of the message. Raises NotThere."""
    for found in open_message(actor, message).lines:
        if found.id == line:
            return found
    raise NotThere(_("There is no such line in this message."))


def _next(actor: Actor, message: UUID, wanted: Wanted) -> str:
    """The next draft of the message; when none is left, the next message of the list."""
    draft = next((line for line in open_message(actor, message).lines if line.state == LineState.DRAFT), None)
    if draft is not None:
        return message_url(message, wanted, line=draft.id) + f"#line-{draft.number}"
    return onward(actor, message, wanted)


def _chosen(request: HttpRequest) -> list[tuple[UUID, int]]:
    """The lines of a form, each written "id:version"; of a stale form that is sent again, the version that it was told."""
    told = request.POST.getlist("line")
    chosen = []
    for text in told[:500]:
        identity, _sign, version = text.partition(":")
        try:
            key = UUID(identity)
        except ValueError as fault:
            raise NotThere(_("There is no such line in this message.")) from fault
        # a form that was refused as stale is sent again with the version as it is now
        again = request.POST.get("version", "") if len(told) == 1 else ""
        chosen.append((key, _number(again or version)))
    return chosen


def _number(text: str) -> int:
    """A version; what is no number is no version of anything."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
