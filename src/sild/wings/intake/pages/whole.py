"""What an officer does with a message as a whole: take it, write a note, set it aside, take it up again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, Role
from sild.kernel.casework import add_note, assign
from sild.kernel.page import page
from sild.wings.intake.actions.triage import set_aside, take_up_again
from sild.wings.intake.pages.reasons import SETTING_ASIDE, reason_in
from sild.wings.intake.pages.wanted import done, message_url, onward, posted, version_in
from sild.wings.intake.reads import open_message

OFFICERS = frozenset({Role.OFFICER})
IN_MESSAGE = {"message": "intake.Message"}
MODEL = "intake.Message"


@page("intake.claim", "inbox/<uuid:message>/claim/", roles=OFFICERS, methods=("POST",), subjects=IN_MESSAGE)
def claim(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """Take a message, so that colleagues see who is at it; or give it back."""
    open_message(actor, message)
    taking = request.POST.get("do") != "leave"
    assign(actor, MODEL, message, actor.person if taking else None, version=version_in(request))
    told = _("You have the message now.") if taking else _("Nobody has the message now.")
    return done(request, told, message_url(message, posted(request)))


@page("intake.note", "inbox/<uuid:message>/note/", roles=OFFICERS, methods=("POST",), subjects=IN_MESSAGE)
def note(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """Write a note beside a message, for one's own organisation."""
    add_note(actor, MODEL, message, request.POST.get("text", ""))
    return done(request, _("The note was written."), message_url(message, posted(request)))


@page("intake.set-aside", "inbox/<uuid:message>/set-aside/", roles=OFFICERS, methods=("POST",), subjects=IN_MESSAGE)
def put_aside(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """Nothing is asked or offered in it; on to the next message."""
    set_aside(actor, message, version_in(request), reason=reason_in(request, SETTING_ASIDE))
    return done(request, _("It was noted that nothing is asked or offered in it."), onward(actor, message, posted(request)))


@page("intake.take-up", "inbox/<uuid:message>/take-up/", roles=OFFICERS, methods=("POST",), subjects=IN_MESSAGE)
def take_up(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """Something is asked or offered in it after all."""
    take_up_again(actor, message, version_in(request), reason=request.POST.get("reason", ""))
    return done(request, _("The message is taken up again."), message_url(message, posted(request)))
