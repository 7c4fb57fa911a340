"""The inbox in three panes: the list, the message, what was read from it with what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.cores.extraction.fields.languages import language_name, languages
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import HandlingView, handling_of, notes_on
from sild.kernel.page import page
from sild.kernel.refusals import NotThere
from sild.values.span import Span
from sild.wings.intake.pages.carried import carried_by
from sild.wings.intake.pages.doubts import in_words
from sild.wings.intake.pages.reasons import REJECTING, SETTING_ASIDE, choices
from sild.wings.intake.pages.second import second_of
from sild.wings.intake.pages.wanted import inbox_url, list_fields, message_url, onward, query_of, wanted_of
from sild.wings.intake.pages.words import inert, is_cut, parts_of
from sild.wings.intake.reads import (
    FieldView,
    InboxPage,
    LineView,
    Opened,
    Wanted,
    inbox,
    is_sealed,
    note_opening,
    open_message,
    question_for,
)
from sild.wings.intake.reads.inbox import Key, bodies_of
from sild.wings.intake.rules import Waiting
from sild.wings.linkage.public import likely_repeats
from sild.wings.register.public import LineState

OFFICERS = frozenset({Role.OFFICER})
LINES = 20
"""Lines on one page of a message."""

AT_ONCE = 200
"""Lines that one button accepts."""

STATES = {
    Waiting.WAITING: noop("Waiting"),
    Waiting.ARRIVED: noop("Arrived, not read yet"),
    Waiting.ACCEPTED: noop("Accepted"),
    Waiting.REJECTED: noop("Rejected"),
    Waiting.QUARANTINED: noop("Quarantined"),
    Waiting.NOISE: noop("Nothing asked or offered"),
    Waiting.EMPTY: noop("Read, and no line found"),
    Waiting.ARCHIVE: noop("Archives, taken apart"),
    Waiting.ARRIVED: noop("Arrived, not read yet"),
    Waiting.ALL: noop("All messages"),
}
CHANNELS = {
    "mail": noop("Mail"),
    "letter": noop("Letter"),
    "sheet": noop("Sheet"),
    "form": noop("Form"),
    "chat": noop("Chat"),
    "text": noop("Text"),
}
MOST_AGAIN = 24
"""How often a page that waits for its message to be read loads itself anew, every five seconds."""

UNSURE = 0.8
"""A field that was read less surely comes before the others, and says how surely."""


_EMPTY = {
    Waiting.WAITING: noop(
        "Nothing waits: every line that was read is accepted or rejected. New messages come by mailbox, folder, form or upload."
    ),
    Waiting.QUARANTINED: noop("Nothing is quarantined: every file that came could be read."),
    Waiting.ARRIVED: noop("Nothing waits to be read: every message that came was read, or its file stands in quarantine."),
    Waiting.ALL: noop("Look into another list. New messages come by mailbox, folder, form or upload."),
}
NOTHING_FITS = noop("Take a filter away, or search by another word: words are found in their usual forms, in head, text and lines.")


@page("intake.inbox", "inbox/", roles=OFFICERS)
def show_inbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list of messages by what is to be done with them."""
    wanted = wanted_of(request.GET)
    found = inbox(actor, wanted, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {
        "wanted": wanted,
        "rows": _held(actor, _rows(found, wanted)),
        "states": [(state, _(words), inbox_url(_only(wanted, state=state))) for state, words in STATES.items()],
        "filters": _filters(wanted),
        "hidden": {"state": wanted.state},
        "in_force": _in_force(wanted),
        "clear_url": inbox_url(Wanted(state=wanted.state)),
        "previous_url": inbox_url(wanted, before=found.before) if found.before else "",
        "next_url": inbox_url(wanted, after=found.after) if found.after else "",
        "first_url": message_url(found.rows[0].id, wanted) if found.rows else "",
        "sure_url": reverse("intake.sure") + (f"?{query_of(wanted)}" if query_of(wanted) else ""),
        "kept": list_fields(wanted),
        "empty": _(_EMPTY.get(wanted.state, _EMPTY[Waiting.ALL]) if not _in_force(wanted) else NOTHING_FITS),
    }
    return render(request, "intake/inbox.html", context)


@page("intake.message", "inbox/<uuid:message>/", subjects={"message": "intake.Message"})
def show_message(request: HttpRequest, actor: Actor, message: UUID) -> HttpResponse:
    """A message beside what was read from it. Officers of its owner act on its lines; others, to whom it is released, read."""
    wanted = wanted_of(request.GET)
    try:
        opened = open_message(actor, message)
    except NotThere:
        if Role.OFFICER in actor.roles and is_sealed(actor, message):
            # who sent it in waits here for it to be read, and is one of those who are asked
            messages.info(request, _("The message bears a classification line and was sealed unread. You are asked about it here."))
            return HttpResponseRedirect(reverse("intake.sealed"))
        raise
    acting = Role.OFFICER in actor.roles and opened.own
    start = _start(request.GET.get("from", ""), len(opened.lines))
    shown = opened.lines[start : start + LINES]
    whole = request.GET.get("whole") == "1"
    here = _here(shown, request.GET.get("line", ""))
    parts = parts_of(opened.document, spans_of(shown), whole=whole) if opened.document is not None else ()
    current = next((line for line in shown if line.id == here), None)
    context = {
        **head_of(opened),
        "parts": parts,
        "cut": is_cut(parts) and not whole,
        **carried_by(opened.document),
        "lines": [line_context(line, opened) for line in shown],
        "current": current,
        "here": here,
        "acting": acting,
        "wanted": wanted,
        "list": query_of(wanted),
        "clean": [line for line in opened.lines if line.state == LineState.DRAFT and line.clean][:AT_ONCE],
        "drafts": sum(line.state == LineState.DRAFT for line in opened.lines),
        "remarks": [inert(remark) for remark in opened.remarks],
        "first_line": start + 1,
        "last_line": start + len(shown),
        "previous_url": message_url(message, wanted, **{"from": start - LINES}) if start else "",
        "next_url": message_url(message, wanted, **{"from": start + LINES}) if start + LINES < len(opened.lines) else "",
        "whole_url": message_url(message, wanted, whole=1),
        "again_url": _again(request, opened, wanted),
        "inbox_url": inbox_url(wanted),
    }
    if acting:
        context |= {
            "others": note_opening(actor, message),
            "onward_url": onward(actor, message, wanted),
            "rows": _beside(actor, opened, wanted),
            "repeats": _repeats(actor, shown, current),
            "second": second_of(actor, opened),
            "handling": handling_of(actor, "intake.Message", [message]).get(message, HandlingView()),
            "mine": actor.person,
            "notes": notes_on(actor, "intake.Message", message),
            "rejecting": choices(REJECTING),
            "setting_aside": choices(SETTING_ASIDE),
            "may_set_aside": opened.state in (Waiting.WAITING, Waiting.EMPTY, Waiting.REJECTED, Waiting.QUARANTINED),
            "others_to_join": sum(line.state != LineState.REJECTED for line in opened.lines) > 1,
        }
    return render(request, "intake/message.html", context)


def _again(request: HttpRequest, opened: Opened, wanted: Wanted) -> str:
    """Where the page loads itself anew while the message waits to be read; nowhere after so many times."""
    times = _start(request.GET.get("again", ""), MOST_AGAIN)
    tried = request.GET.get("again", "") == str(MOST_AGAIN)
    return message_url(opened.id, wanted, again=times + 1) if opened.state == Waiting.ARRIVED and not tried else ""


def head_of(opened: Opened) -> dict[str, Any]:
    """What stands above a message, in the reader's words."""
    return {
        "opened": opened,
        "title": inert(opened.subject.strip() or opened.name or _("An erased message")),
        "state_words": _(STATES[opened.state]),
        "channel_words": _(CHANNELS[opened.channel]) if opened.channel in CHANNELS else opened.channel,
    }


def line_context(line: LineView, opened: Opened | None = None) -> dict[str, Any]:
    """A line for its card: fields with the names that light up their words, the doubtful first, doubts in words, what may be asked."""
    doubts = in_words(line.doubts)
    doubted = {name for name, _words in doubts}
    ordered = sorted(line.fields, key=lambda found: (found.name not in doubted, not _unsure(found)))
    return {
        "line": line,
        "percent": f"{line.sureness * 100:.0f}" if opened is None or opened.erased_at is None else "",
        "question": question_for(opened, line) if opened is not None else "",
        "fields": [
            {
                "name": found.name,
                "mark": f"l{line.number}-{found.name}",
                "value": inert(found.value) if isinstance(found.value, str) else found.value,
                "plain": found.value,
                "spans": found.spans,
                "doubts": [words for name, words in doubts if name == found.name],
                "mended": _mended(found) if not line.added_by else "",
                "percent": f"{(found.confidence or 0) * 100:.0f}" if _unsure(found) else "",
            }
            for found in ordered
        ],
        "doubts": [words for name, words in doubts if name not in {found.name for found in line.fields}],
        "title": inert(line.item),
        "id_end": str(line.number),
    }


def _unsure(found: FieldView) -> bool:
    """Whether a field was read, by the desk and not by a person, with less confidence than most."""
    return found.own and not found.mended_by and found.confidence is not None and found.confidence < UNSURE


def _repeats(actor: Actor, lines: Sequence[LineView], current: LineView | None) -> list[dict[str, Any]]:
    """What the lines may repeat, those of the current line first."""
    standing = [line for line in lines if line.state != LineState.REJECTED]
    ordered = sorted(standing, key=lambda line: (line is not current, line.number))
    found = likely_repeats(actor, [line.id for line in ordered])
    return [{"line": line, "repeats": found[line.id]} for line in ordered if line.id in found]


def _mended(found: FieldView) -> str:
    if not found.mended_by:
        return ""
    return _("Mended by {who}; it was read as: {value}").format(who=found.mended_by, value=found.mended_from or _("not said"))


def spans_of(lines: Sequence[LineView]) -> dict[str, tuple[Span, ...]]:
    """The spans of each field of each line by the name that lights them up."""
    told = {f"l{line.number}-{found.name}": found.spans for line in lines for found in line.fields}
    return told | {f"l{line.number}-evidence": line.evidence for line in lines}


def _here(lines: Sequence[LineView], asked: str) -> UUID | None:
    """The line that keys act on: the one asked for, else the first draft."""
    for line in lines:
        if str(line.id) == asked:
            return line.id
    return next((line.id for line in lines if line.state == LineState.DRAFT), lines[0].id if lines else None)


def _start(text: str, many: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    return number if number < many else 0


def _only(wanted: Wanted, **changed: Any) -> Wanted:
    told: dict[str, Any] = {"state": wanted.state, "channel": wanted.channel, "language": wanted.language, "text": wanted.text}
    return Wanted(**(told | changed))


def _rows(found: InboxPage, wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "title": inert(row.title or _("An erased message")),
            "sender": inert(row.sender),
            "bodies": inert(bodies_of(row)),
            "url": message_url(row.id, wanted),
            "state": _(STATES[row.state]),
            "channel": _(CHANNELS[row.channel]) if row.channel in CHANNELS else "",
        }
        for row in found.rows
    ]


def _beside(actor: Actor, opened: Opened, wanted: Wanted) -> list[dict[str, Any]]:
    """The list around the message: a few before it, itself, and what comes after it."""
    key = str(Key(opened.sent_at or opened.arrived_at, opened.id))
    before = inbox(actor, wanted, before=key, limit=3)
    after = inbox(actor, wanted, after=key, limit=12)
    itself = {
        "row": {"id": opened.id, "moment": opened.sent_at or opened.arrived_at},
        "title": inert(opened.subject.strip() or opened.name or _("An erased message")),
    }
    return [*_rows(before, wanted), {**itself, "url": message_url(opened.id, wanted), "here": True}, *_rows(after, wanted)]


def _held(actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with who of one's own organisation has each message."""
    held = handling_of(actor, "intake.Message", [one["row"].id for one in rows])
    return [{**one, "held_by": held[one["row"].id].assignee_name if one["row"].id in held else ""} for one in rows]


def head_words(wanted: Wanted) -> str:
    """The list in words: its state, and what it is narrowed to."""
    return "; ".join([_(STATES[wanted.state]), *(one["label"] for one in _in_force(wanted))])


def _filters(wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {"name": "q", "label": _("Search"), "kind": "search", "value": wanted.text},
        {
            "name": "channel",
            "label": _("Channel"),
            "kind": "select",
            "value": wanted.channel,
            "options": [{"value": value, "label": _(words)} for value, words in CHANNELS.items()],
        },
        {
            "name": "language",
            "label": _("Language"),
            "kind": "select",
            "value": wanted.language,
            "options": [{"value": value, "label": _language(value)} for value in languages()],
        },
    ]


def _language(code: str) -> str:
    words = {
        "uk": _("Ukrainian"),
        "en": _("English"),
        "et": _("Estonian"),
        "pl": _("Polish"),
        "fr": _("French"),
        "de": _("German"),
        "sv": _("Swedish"),
        "ru": _("Russian"),
    }
    return words.get(code) or language_name(code)


def _in_force(wanted: Wanted) -> list[dict[str, str]]:
    told = []
    if wanted.text:
        told.append({"label": _("Search: {words}").format(words=wanted.text), "url": inbox_url(_only(wanted, text=""))})
    if wanted.channel:
        label = _(CHANNELS[wanted.channel]) if wanted.channel in CHANNELS else wanted.channel
        told.append({"label": _("Channel: {name}").format(name=label), "url": inbox_url(_only(wanted, channel=""))})
    if wanted.language:
        told.append({"label": _("Language: {name}").format(name=_language(wanted.language)), "url": inbox_url(_only(wanted, language=""))})
    return told
