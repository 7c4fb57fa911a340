"""Accept many lines at once: the clean drafts of a list above a confidence that the officer chooses, seen first, taken back as one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.wings.intake.actions.triage import accept_sure
from sild.wings.intake.pages.acts import chosen_in
from sild.wings.intake.pages.inbox import head_words
from sild.wings.intake.pages.wanted import done, inbox_url, list_fields, message_url, posted, query_of, wanted_of
from sild.wings.intake.pages.words import inert
from sild.wings.intake.reads import SureLines, Wanted, sure_lines

OFFICERS = frozenset({Role.OFFICER})
USUAL = 0.9
MOST_PICKED = 50


@page("intake.sure", "inbox/sure/", roles=OFFICERS, methods=("GET", "POST"))
def accept_surest(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which lines would be accepted, the least sure first; then all of them, or none."""
    if request.method == "POST":
        wanted = posted(request)
        many = accept_sure(actor, chosen_in(request), _least(request.POST.get("least", "")))
        told = ngettext("{count} line was accepted.", "{count} lines were accepted.", many).format(count=many)
        return done(request, told, inbox_url(wanted))
    wanted = wanted_of(request.GET)
    least = _least(request.GET.get("least", ""))
    picked = _picked(request.GET.getlist("message"))
    found = sure_lines(actor, wanted, least, only=picked)
    return render(request, "intake/sure.html", _context(found, wanted, least, picked))


def _context(found: SureLines, wanted: Wanted, least: float, picked: list[UUID]) -> dict[str, Any]:
    here = reverse("intake.sure")
    more = [("message", str(key)) for key in picked]
    return {
        "found": found,
        "percent": _percent(least),
        "least": least,
        "rows": [
            {
                "line": one.line,
                "percent": _percent(one.line.sureness),
                "message": inert(one.message),
                "url": message_url(one.message_id, wanted, line=one.line.id) + f"#line-{one.line.number}",
                "values": {found.name: found.value for found in one.line.fields},
            }
            for one in found.chosen
        ],
        "levels": [
            (f"{here}?{query_of(wanted, least=level, message=[value for _name, value in more])}", _percent(level), many, level == least)
            for level, many in found.at_level
        ],
        "in_list": head_words(wanted),
        "list": query_of(wanted),
        "kept": [*list_fields(wanted), *more],
        "back_url": inbox_url(wanted),
        "begin": _("Begin with the first message of the list, or choose a lower confidence."),
    }


def _least(text: str) -> float:
    """A confidence from 0.5 to 1, written as a share or in percent; the usual one for anything else."""
    try:
        told = float(text.replace(",", ".").rstrip("% "))
    except ValueError:
        return USUAL
    told = told / 100 if told > 1 else told
    return round(min(max(told, 0.5), 1.0), 4) if told == told else USUAL


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"


def _picked(texts: list[str]) -> list[UUID]:
    picked = []
    for text in texts[:MOST_PICKED]:
        try:
            picked.append(UUID(text))
        except ValueError:
            continue
    return picked
