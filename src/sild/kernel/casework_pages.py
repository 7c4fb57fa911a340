"""Pages of casework beside a record: a note, who has it, the next step. One form, one act, declared for each kind of record."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.casework import WORKERS, add_note, assign, colleagues, set_next_step
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import day_of, read_version

Doing = Callable[[HttpRequest, Actor, str, UUID], str]


def _note(request: HttpRequest, actor: Actor, label: str, key: UUID) -> str:
    add_note(actor, label, key, request.POST.get("text", ""))
    return _("The note was written.")


def _give(request: HttpRequest, actor: Actor, label: str, key: UUID) -> str:
    seats = {str(seat): seat for seat, _name in colleagues(actor)}
    told = request.POST.get("assignee", "")
    if told and told not in seats:
        raise Refused(_("Only somebody of your own organisation who may see it can have it. Choose one of them."))
    assign(actor, label, key, seats.get(told), version=read_version(request))
    return _("It is written down who has it.")


def _next_step(request: HttpRequest, actor: Actor, label: str, key: UUID) -> str:
    set_next_step(actor, label, key, request.POST.get("text", ""), day_of(request.POST.get("on", "")), version=read_version(request))
    return _("The next step was set.")


DOINGS: tuple[tuple[str, Doing], ...] = (("note", _note), ("assign", _give), ("step", _next_step))


def declare_casework(word: str, label: str, *, names: str, path: str, back: str) -> None:
    """Declare the pages of casework beside a kind of record.

    `word` is its identifier in the address, `label` the kind ("register.Need"), `names` begins the names of the pages
    ("clearance.objection_"), `path` their addresses; `back` is the record's own page, to which each leads back.
    """
    for name, doing in DOINGS:
        _declare((word, label), f"{names}{name}", f"{path}<uuid:{word}>/{name}/", doing, back)


def _declare(subject: tuple[str, str], name: str, path: str, doing: Doing, back: str) -> None:
    word, label = subject

    @page(name, path, roles=WORKERS, methods=("POST",), subjects={word: label})
    def view(request: HttpRequest, actor: Actor, **identifiers: UUID) -> HttpResponse:
        key = identifiers[word]
        offer_undo(request, doing(request, actor, label, key))
        return HttpResponseRedirect(reverse(back, args=[key]))
