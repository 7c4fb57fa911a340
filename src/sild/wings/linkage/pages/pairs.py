"""Pages of linkage: pairs that wait for a person's word, two lines side by side with why, the lines of one need or offer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.cores.linkage.problem import Relation
from sild.kernel.action import last_act
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.casework import HandlingView, add_note, assign, colleagues, handling_of, notes_on
from sild.kernel.page import page
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.sent import read_version
from sild.wings.linkage.actions import rule_pair, withdraw_and_link
from sild.wings.linkage.forms import MEANINGS, ONE, TWO, RulingForm
from sild.wings.linkage.pages.regrouping import in_words
from sild.wings.linkage.reads import (
    PairView,
    Proposed,
    Side,
    apart_in_words,
    candidates,
    line_side,
    lines_of_group,
    links_within,
    near_lines,
    pair,
    queue,
    reason_in_words,
)
from sild.wings.linkage.reads.pairs import RULING, in_order, link_ends
from sild.wings.linkage.reads.telling import changed_between, linking_under_way, surely
from sild.wings.register.public import need_record, offer_record

OFFICERS = frozenset({Role.OFFICER})
LINK = "linkage.Link"
PAIR = {"first": "register.Line", "second": "register.Line"}
SHOWN = {
    "": noop("Everything open"),
    "links": noop("Proposed links"),
    "look-alikes": noop("Look-alikes"),
    "ruled": noop("Ruled by people"),
    "conflicts": noop("Evidence against a ruling"),
}
COMPARED = (
    "kind", "category", "item", "quantity", "unit", "beneficiary", "provider", "sent_by", "needed_by", "available_from",
    "channel", "urgency", "reference", "language",
)  # fmt: skip


@page("linkage.links", "links/", roles=OFFICERS)
def show_links(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Pairs that wait for a person's word, the most consequential first."""
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    found = queue(actor, shown, after=request.GET.get("after", "")[:100])
    context = {
        "shown": shown,
        "choices": [
            (name, _(words), f"{reverse('linkage.links')}?{urlencode({'show': name})}" if name else reverse("linkage.links"))
            for name, words in SHOWN.items()
        ],
        "pairs": [_in_words(one) for one in found.pairs],
        "next_url": f"?{urlencode({'show': shown, 'after': found.after})}" if found.after else "",
        "previous_url": f"?{urlencode({'show': shown})}" if request.GET.get("after") else "",
    }
    return render(request, "linkage/links.html", context)


@page("linkage.pair", "links/<uuid:first>/<uuid:second>/", roles=OFFICERS, methods=("GET", "POST"), subjects=PAIR)
def show_pair(request: HttpRequest, actor: Actor, first: UUID, second: UUID) -> HttpResponse:
    """Two lines side by side; a ruling about them moves their lines at once."""
    early, late = in_order(actor, first, second)
    if first == second:
        raise NotThere(_("There is no such pair of lines."))
    form = RulingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        rule_pair(actor, early, late, Relation(said["relation"]), version=said["version"], reason=said["reason"])
        return _done(request, _("Ruled: {words}.").format(words=MEANINGS[Relation(said["relation"])]), _next_pair(actor))
    found = pair(actor, early, late)
    evidence = [reason for reason in found.reasons if reason["comparison"] != RULING]
    context = {
        "pair": found,
        "form": form,
        "rows": _compared(found.early, found.late),
        # of two that hardly speak of one nothing changed: they differ
        "changed": changed_between(found.early, found.late) if found.joined or found.evidence >= 0 else [],
        "left_title": _("Earlier: {name}").format(name=found.early.message_name),
        "right_title": _("Later: {name}").format(name=found.late.message_name),
        "reasons": [{"text": reason_in_words(reason), "weight": reason["weight"]} for reason in evidence if reason["weight"]],
        "silent": [reason_in_words(reason) for reason in evidence if not reason["weight"]],
        "surely": surely(found.evidence),
        "mine": found.ruling is not None and found.ruling.judged_by == actor.name,
        "why_apart": apart_in_words(found.why_apart, tuple(evidence)) if found.why_apart else "",
        "groups": _choices(found),
        "chosen": request.POST.get("relation", ""),
        **_casework(actor, found.link),
        "under_way": linking_under_way(actor),
    }
    return render(request, "linkage/pair.html", context, status=200 if request.method == "GET" or form.is_valid() else 422)


def _choices(found: PairView) -> list[dict[str, Any]]:
    """What may be ruled, each with its digit, and what either kind of ruling would do."""
    digits = {relation: number for number, relation in enumerate((*ONE, *TWO), start=1)}
    return [
        {
            "joined": effect.joined,
            "refused": effect.refused,
            "foreseen": in_words(effect.foreseen),
            "relations": [(str(one), MEANINGS[one], digits[one]) for one in (ONE if effect.joined else TWO)],
        }
        for effect in found.effects
    ]


def _casework(actor: Actor, link: UUID | None) -> dict[str, Any]:
    """Who of the organisation has the pair, and what was noted beside it; a pair that the desk keeps no link of has neither."""
    if link is None:
        return {"notes": (), "handling": None, "colleagues": ()}
    handling = handling_of(actor, LINK, [link]).get(link, HandlingView())
    return {"notes": notes_on(actor, LINK, link), "handling": handling, "colleagues": colleagues(actor), "person": actor.person}


@page("linkage.pair-note", "links/<uuid:link>/note/", roles=OFFICERS, methods=("POST",), subjects={"link": LINK})
def note_on_pair(request: HttpRequest, actor: Actor, link: UUID) -> HttpResponse:
    """Write a note beside a pair, for one's own organisation."""
    ends = link_ends(actor, link)
    add_note(actor, LINK, link, request.POST.get("text", ""))
    return _done(request, _("The note was written."), reverse("linkage.pair", args=ends))


@page("linkage.pair-assign", "links/<uuid:link>/assign/", roles=OFFICERS, methods=("POST",), subjects={"link": LINK})
def assign_pair(request: HttpRequest, actor: Actor, link: UUID) -> HttpResponse:
    """Say who of one's own organisation has a pair."""
    ends = link_ends(actor, link)
    seats = {str(seat): seat for seat, _name in colleagues(actor)}
    told = request.POST.get("assignee", "")
    if told and told not in seats:
        raise Refused(_("Only somebody of your own organisation who may see it can have it. Choose one of them."))
    assign(actor, LINK, link, seats.get(told), version=read_version(request))
    return _done(request, _("It is written down who has it."), reverse("linkage.pair", args=ends))


@page(
    "linkage.withdraw",
    "links/rulings/<uuid:judgement>/withdraw/",
    roles=OFFICERS,
    methods=("POST",),
    subjects={"judgement": "linkage.Judgement"},
)
def withdraw(request: HttpRequest, actor: Actor, judgement: UUID) -> HttpResponse:
    """Take a ruling back; the evidence speaks again."""
    withdraw_and_link(actor, judgement, reason=request.POST.get("reason", ""))
    return _done(request, _("The ruling was taken back."), reverse("linkage.links") + "?show=ruled")


@page("linkage.line", "links/lines/<uuid:line>/", roles=OFFICERS, subjects={"line": "register.Line"})
def show_line(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """Lines to link a line with: those near to it, and a search."""
    here = line_side(actor, line)
    text = request.GET.get("q", "")[:200]
    near = near_lines(actor, [line]).get(line, ())
    known = {one.other.id for one in near}
    context = {
        "here": here,
        "near": near,
        "text": text,
        "found": [one for one in candidates(actor, line, text) if one.id not in known],
        "filters": [{"name": "q", "label": _("Search"), "kind": "search", "value": text}],
    }
    return render(request, "linkage/line.html", context)


@page("linkage.why", "needs/<uuid:need>/links/", roles=PEOPLE, subjects={"need": "register.Need"})
def why_need(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """Why the lines of a need were linked."""
    return _why(request, actor, "need", need_record(actor, need).title, lines_of_group(actor, need=need))


@page("linkage.why-offer", "offers/<uuid:offer>/links/", roles=PEOPLE, subjects={"offer": "register.Offer"})
def why_offer(request: HttpRequest, actor: Actor, offer: UUID) -> HttpResponse:
    """Why the lines of an offer were linked."""
    return _why(request, actor, "offer", offer_record(actor, offer).title, lines_of_group(actor, offer=offer))


def _why(request: HttpRequest, actor: Actor, side: str, title: str, lines: list[Side]) -> HttpResponse:
    found = links_within(actor, [line.id for line in lines])
    context = {
        "lines": lines,
        "title": title,
        "side": side,
        "pairs": [_in_words(one) for one in found],
        "acting": Role.OFFICER in actor.roles,
    }
    return render(request, "linkage/why.html", context)


def _in_words(one: Proposed) -> dict[str, Any]:
    """A pair for a list: the strongest reasons for and against in words."""
    weighed = sorted((reason for reason in one.reasons if reason["comparison"] != "prior" and reason["weight"]), key=_weight)
    return {
        "pair": one,
        "for": [reason_in_words(reason) for reason in reversed(weighed) if _weight(reason) > 0][:3],
        "against": [reason_in_words(reason) for reason in weighed if _weight(reason) < 0][:2],
        "why_apart": apart_in_words(one.why_apart, one.reasons) if one.why_apart else "",
        "surely": surely(one.evidence),
        # the hundred bits of a ruling would hide what the others weigh: it is told beside them
        "reasons": [
            {"text": reason_in_words(reason), "weight": reason["weight"]}
            for reason in one.reasons
            if reason["weight"] and reason["comparison"] != RULING
        ],
        "ruled": [reason_in_words(reason) for reason in one.reasons if reason["comparison"] == RULING],
    }


def _weight(reason: Any) -> float:
    return float(reason["weight"])


def _compared(early: Side, late: Side) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name in COMPARED:
        left, right = getattr(early, name), getattr(late, name)
        if left not in (None, "") or right not in (None, ""):
            rows.append({"name": name, "left": left, "right": right})
    rows.append({"name": "evidence", "left": " … ".join(early.words), "right": " … ".join(late.words)})
    return rows


def _next_pair(actor: Actor) -> str:
    """The next pair of the queue, or the queue where it is empty."""
    for one in queue(actor, most=1).pairs:
        return reverse("linkage.pair", args=[one.early.id, one.late.id])
    return reverse("linkage.links")


def _done(request: HttpRequest, words: str, url: str) -> HttpResponseRedirect:
    act = last_act()
    if act is not None:
        request.session["undo"] = {"act": str(act), "words": words}
    return HttpResponseRedirect(url)
