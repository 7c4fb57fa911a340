"""What an officer does with the lines of a message. Each form says which version was read, and goes on to the next item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.kernel.refusals import NotThere
from sild.wings.intake.actions.triage import accept_lines, ask_back, mend_line_of, reject_line_of, split_line_of
from sild.wings.intake.forms import PARTS, MendForm, PartForm, VersionForm, initial_of
from sild.wings.intake.pages.inbox import head_of, line_context, spans_of
from sild.wings.intake.pages.reasons import REJECTING, reason_in
from sild.wings.intake.pages.wanted import done, message_url, number_in, onward, posted, query_of, version_in, wanted_of
from sild.wings.intake.pages.words import inert, parts_of
from sild.wings.intake.reads import LineView, Opened, Wanted, open_message
from sild.wings.register.public import LineState, Part

OFFICERS = frozenset({Role.OFFICER})
IN_MESSAGE = {"message": "intake.Message"}
OF_LINE = {"message": "intake.Message", "line": "register.Line"}


@page("intake.accept", "inbox/<uuid:message>/accept/", roles=OFFICERS, methods=("POST",), subjects=IN_MESSAGE)
def accept(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """Accept the chosen lines: one, those that were ticked, or all that are clean."""
    chosen = chosen_in(request)
    many = accept_lines(actor, message, chosen)
    told = ngettext("{count} line was accepted.", "{count} lines were accepted.", many).format(count=many)
    return done(request, told, next_draft(actor, message, posted(request)))


@page("intake.reject", "inbox/<uuid:message>/lines/<uuid:line>/reject/", roles=OFFICERS, methods=("POST",), subjects=OF_LINE)
def reject(request: HttpRequest, actor: Actor, message: UUID, line: UUID) -> HttpResponse:
    """Reject a line with the reason."""
    reject_line_of(actor, message, line, version_in(request), reason=reason_in(request, REJECTING))
    return done(request, _("The line was rejected."), next_draft(actor, message, posted(request)))


@page("intake.ask", "inbox/<uuid:message>/lines/<uuid:line>/ask/", roles=OFFICERS, methods=("POST",), subjects=OF_LINE)
def ask(request: HttpRequest, actor: Actor, message: UUID, line: UUID) -> HttpResponse:
    """Note what is to be asked of the sender."""
    ask_back(actor, message, line, version_in(request), reason=request.POST.get("question", ""))
    return done(request, _("The question was noted as the next step."), next_draft(actor, message, posted(request), after=line))


@page("intake.mend", "inbox/<uuid:message>/lines/<uuid:line>/mend/", roles=OFFICERS, methods=("GET", "POST"), subjects=OF_LINE)
def mend(request: HttpRequest, actor: Actor, message: UUID, line: UUID) -> HttpResponse:
    """The fields of a line, each to be corrected, beside the message."""
    opened, found = line_in(actor, message, line)
    form = MendForm(request.POST if request.method == "POST" else None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        accept = request.POST.get("then") == "accept"
        changed = mend_line_of(actor, message, line, said["version"], form.changes(), accept=accept, reason=said["reason"])
        wanted = posted(request)
        if not changed:
            return HttpResponseRedirect(message_url(message, wanted, line=line))
        told = _("The line was mended and accepted.") if accept else _("The line was mended.")
        return done(request, told, next_draft(actor, message, wanted) if accept else message_url(message, wanted, line=line))
    return _beside(request, "intake/mend.html", opened, found, {"form": form})


@page("intake.split", "inbox/<uuid:message>/lines/<uuid:line>/split/", roles=OFFICERS, methods=("GET", "POST"), subjects=OF_LINE)
def split(request: HttpRequest, actor: Actor, message: UUID, line: UUID) -> HttpResponse:
    """Make several lines of one that speaks of several things."""
    opened, found = line_in(actor, message, line)
    told = initial_of(found)
    first = {name: told[name] for name in ("item", "quantity", "unit", "category")}
    parts = formset_factory(PartForm, extra=PARTS - 1, max_num=PARTS)(
        request.POST if request.method == "POST" else None, initial=[first], prefix="part"
    )
    form = VersionForm(request.POST if request.method == "POST" else None, initial=told)
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        pieces = [_part(part.cleaned_data) for part in parts if part.cleaned_data.get("item")]
        many = split_line_of(actor, message, line, form.cleaned_data["version"], pieces, reason=form.cleaned_data["reason"])
        words = ngettext("The line was made {count} line.", "The line was made {count} lines.", many).format(count=many)
        return done(request, words, message_url(message, posted(request), line=line))
    return _beside(request, "intake/split.html", opened, found, {"form": form, "parts_form": parts})


def _part(said: Mapping[str, Any]) -> Part:
    return Part(item=said["item"], quantity=said["quantity"], unit=said["unit"] or None, category=said["category"] or None)


def _beside(request: HttpRequest, template: str, opened: Opened, line: LineView, more: dict[str, Any]) -> HttpResponse:
    """A form about a line beside the message with the line's own words marked."""
    wanted = wanted_of(request.GET) if request.method == "GET" else posted(request)
    context = {
        **head_of(opened),
        "line": line,
        "one": line_context(line),
        "title": inert(line.item or opened.subject or opened.name),
        "parts": parts_of(opened.document, spans_of([line])) if opened.document is not None else (),
        "list": query_of(wanted),
        "back_url": message_url(opened.id, wanted, line=line.id),
        **more,
    }
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def line_in(actor: Actor, message: UUID, line: UUID) -> tuple[Opened, LineView]:
    """The message and the line, which must be one of it and one's own to act on. Raises NotThere."""
    opened = open_message(actor, message)
    for found in opened.lines:
        if found.id == line and opened.own:
            return opened, found
    raise NotThere(_("There is no such line in this message."))


def next_draft(actor: Actor, message: UUID, wanted: Wanted, *, after: UUID | None = None) -> str:
    """The next draft of the message (after `after`, where that stays a draft); when none is left, the next message of the list."""
    lines = open_message(actor, message).lines
    passed = next((line.number for line in lines if line.id == after), 0)
    draft = next((line for line in lines if line.state == LineState.DRAFT and line.number > passed), None)
    if draft is not None:
        return message_url(message, wanted, line=draft.id) + f"#line-{draft.number}"
    return onward(actor, message, wanted)


def chosen_in(request: HttpRequest) -> list[tuple[UUID, int]]:
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
        chosen.append((key, number_in(again or version)))
    return chosen
