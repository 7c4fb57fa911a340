"""What the reading missed or took apart: add a line from words of the message, make one line of two."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.kernel.refusals import NotThere, Refused
from sild.wings.intake.actions.triage import add_line_to, join_lines_of
from sild.wings.intake.forms import AddForm, JoinForm, joined_of
from sild.wings.intake.pages.acts import line_in, next_draft
from sild.wings.intake.pages.inbox import head_of, line_context, spans_of
from sild.wings.intake.pages.wanted import done, message_url, posted, query_of, wanted_of
from sild.wings.intake.pages.words import inert, parts_of
from sild.wings.intake.reads import LineView, Opened, hints_of, open_message, suggested
from sild.wings.register.public import LineState

OFFICERS = frozenset({Role.OFFICER})
LONGEST_ASKED = 20_000
NEW = "new-evidence"
"""The name that lights up the words of a line that is being added."""


@page("intake.add", "inbox/<uuid:message>/add/", roles=OFFICERS, methods=("GET", "POST"), subjects={"message": "intake.Message"})
def add(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """A line that the reading missed: its words beside the message, its fields as far as they are understood."""
    opened = open_message(actor, message)
    if not opened.own:
        raise NotThere(_("There is no such message of yours."))
    asked = request.POST if request.method == "POST" else request.GET
    words, hints = asked.get("words", "")[:LONGEST_ASKED], asked.get("hints", "")[:1000]
    then = request.POST.get("then", "")
    form = AddForm(request.POST) if request.method == "POST" and then != "look" else None
    if form is not None and form.is_valid():
        values, accept = form.said(), then == "accept"
        try:
            line = add_line_to(
                actor, message, words, values, hints=hints_of(hints), accept=accept, reason=form.cleaned_data["reason"]
            )  # fmt: skip
        except Refused as refusal:
            if type(refusal) is not Refused:
                raise
            form.add_error("words", str(refusal))
        else:
            told = _("The line was added and accepted.") if accept else _("The line was added.")
            wanted = posted(request)
            return done(request, told, next_draft(actor, message, wanted) if accept else message_url(message, wanted, line=line))
    fields, places = suggested(actor, message, words, hints_of(hints))
    if form is None:
        form = AddForm(initial={"kind": "request", "channel": "undetermined"} | fields | {"words": words, "hints": hints})
    context = {
        **_beside(request, opened),
        "form": form,
        "words": form["words"].value() or "",
        "parts": parts_of(opened.document, {NEW: places.spans}) if opened.document is not None else (),
        "found": len(places.spans),
        "missing": [inert(piece) for piece in places.missing],
        "mark": NEW,
    }
    return render(request, "intake/add.html", context, status=422 if form.errors else 200)


@page(
    "intake.join",
    "inbox/<uuid:message>/lines/<uuid:line>/join/",
    roles=OFFICERS,
    methods=("GET", "POST"),
    subjects={"message": "intake.Message", "line": "register.Line"},
)
def join(request: HttpRequest, actor: Actor, message: UUID, line: UUID) -> HttpResponse:
    """Make one line of two: choose the other, then see both as one, each field to be corrected."""
    opened, kept = line_in(actor, message, line)
    others = [one for one in opened.lines if one.id != kept.id and one.state != LineState.REJECTED]
    asked = request.POST.get("other", "") if request.method == "POST" else request.GET.get("with", "")
    gone = next((one for one in others if str(one.id) == asked), others[0] if len(others) == 1 and request.method == "GET" else None)
    if request.method == "POST" and gone is None:
        raise NotThere(_("There is no such line in this message."))
    beside = _beside(request, opened) | {"kept": kept, "title": inert(kept.item or opened.subject or opened.name)}
    if gone is None:
        choice = [(one, message_url(message, posted(request) if request.method == "POST" else wanted_of(request.GET))) for one in others]
        parts = parts_of(opened.document, spans_of(opened.lines)) if opened.document is not None else ()
        return render(request, "intake/join_which.html", {**beside, "others": choice, "parts": parts})
    form = JoinForm(request.POST if request.method == "POST" else None, initial=joined_of(kept, gone))
    if request.method == "POST" and form.is_valid():
        said, accept = form.cleaned_data, request.POST.get("then") == "accept"
        changes = {name: said[name] for name in {*form.changes(), *form.changes_from(kept)}}
        pair = ((kept.id, said["version"]), (gone.id, said["other_version"]))
        join_lines_of(actor, message, pair, changes, accept=accept, reason=said["reason"])
        told = _("The lines were joined and accepted.") if accept else _("The lines were joined.")
        wanted = posted(request)
        return done(request, told, next_draft(actor, message, wanted) if accept else message_url(message, wanted, line=line))
    context = {
        **beside,
        "form": form,
        "gone": gone,
        "one": line_context(kept),
        "theirs": _differing(kept, gone),
        "parts": parts_of(opened.document, spans_of([kept, gone])) if opened.document is not None else (),
    }
    return render(request, "intake/join.html", context, status=422 if form.errors else 200)


def _differing(kept: LineView, gone: LineView) -> dict[str, Any]:
    """What the other line says where it says something else, by field, as a field of a line is shown."""
    mine = {found.name: found.value for found in kept.fields}
    theirs = {found["name"]: found for found in line_context(gone)["fields"]}
    return {name: found for name, found in theirs.items() if found["plain"] not in (None, "", []) and found["plain"] != mine.get(name)}


def _beside(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    wanted = posted(request) if request.method == "POST" else wanted_of(request.GET)
    return {
        **head_of(opened),
        "list": query_of(wanted),
        "back_url": message_url(opened.id, wanted),
    }
