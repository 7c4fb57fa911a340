"""Pages of planning: the plan, need by need, with what blocks it and whose move it is; sharing it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.formats.table_sheet import table_sheet
from sild.kernel import clock
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.downloads import download
from sild.kernel.listing import MOST_IN_A_FILE, as_csv, plain
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.sent import reason_of
from sild.kernel.undertaking import RUNNING
from sild.wings.clearance.public import TELLERS
from sild.wings.planning.actions import adopt_plan, end_search, recall_plan, share_plan, take_in
from sild.wings.planning.actions.assessing import WHO_MAY_ASSESS
from sild.wings.planning.reads import PlanChange, plan_changes, plan_sheet, refresh_state
from sild.wings.planning.reads.gate import lights_of_need
from sild.wings.planning.reads.lit import LitMatch, lit_matches, with_lights
from sild.wings.planning.reads.picture import ROW, bars_of, months_of
from sild.wings.planning.reads.pictures import picture_of_supply
from sild.wings.planning.reads.scope import takes_endorsed_alone
from sild.wings.planning.reads.sheet import STATES
from sild.wings.planning.rules import Check, GateVerdict

READERS = PEOPLE - {Role.AUDITOR}
SHOWN = 20
LIGHTS_SHOWN = 50
MONTH_STEP = 64
FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
NO_CATEGORY = "none"
"""How the address of a page names the needs that have no category yet."""


@page("planning.plan", "plan/", roles=READERS)
def plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The newest plan: counts, pictures, needs by state with what reaches them and what blocks them."""
    sheet = plan_sheet(actor)
    state = request.GET.get("state", "")
    about = request.GET.get("category", "")
    rows = [row for row in (sheet.rows if sheet else ()) if state in ("", row.state) and about in ("", row.category or NO_CATEGORY)]
    start = _start(request.GET.get("from", ""), len(rows))
    months = months_of(sheet.rows) if sheet else ()
    bars = bars_of(sheet.rows) if sheet else ()
    context = {
        "sheet": sheet,
        "state": state,
        "about": about,
        "states": STATES,
        "categories": sorted({row.category for row in sheet.rows}) if sheet else [],
        "rows": with_lights(actor, rows[start : start + SHOWN]),
        "found": len(rows),
        "first": start + 1,
        "last": min(start + SHOWN, len(rows)),
        "previous_url": _link(state, about, start - SHOWN) if start else "",
        "next_url": _link(state, about, start + SHOWN) if start + SHOWN < len(rows) else "",
        "bars": bars,
        "bars_height": max(len(bars) * ROW, ROW),
        "months": months,
        "months_width": max(len(months) * MONTH_STEP, MONTH_STEP),
        "changed": [_change(one) for one in plan_changes(actor)[:SHOWN]] if sheet else [],
        "refresh": refresh_state(actor),
        "may_end": Role.OFFICER in actor.roles and _may_end(actor),
        "may_weigh": bool(actor.roles & WHO_MAY_ASSESS),
        "endorsed_alone": takes_endorsed_alone(actor) if Role.OFFICER in actor.roles else False,
        "may_share": Role.OFFICER in actor.roles and sheet is not None and sheet.whole,
    }
    return render(request, "planning/plan.html", context)


def _may_end(actor: Actor) -> bool:
    """Whether a plan is being made that nobody has asked to end yet."""
    state = refresh_state(actor)
    return state is not None and state.state == RUNNING and not state.ending


def _change(change: PlanChange) -> dict[str, object]:
    """A change as the page tells it: both states in words, and which way it went."""
    better = change.planned > change.planned_before
    return {"change": change, "way": "better" if better else "worse" if change.planned < change.planned_before else "other"}


def _start(text: str, rows: int) -> int:
    """The first row shown, from a page's address; anything else is the beginning."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return number if number < rows else 0


def _link(state: str, about: str, start: int) -> str:
    return f"{reverse('planning.plan')}?state={state}&category={about}&from={max(start, 0)}"


@page("planning.supply", "plan/supply/", roles=READERS)
def supply(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Need by supply: categories or needs against givers, with what is missing."""
    by_need, category = request.GET.get("by", "") == "need", request.GET.get("category", "")[:40]
    sheet = plan_sheet(actor)
    context = {
        "drawn": picture_of_supply(actor, by_need=by_need, category=category),
        "by_need": by_need,
        "category": category,
        "categories": sorted({row.category for row in sheet.rows if row.category}) if sheet is not None else [],
    }
    return render(request, "planning/supply.html", context)


@page("planning.share", "plan/<uuid:plan>/share/", roles=frozenset({Role.OFFICER}), methods=("POST",), subjects={"plan": "planning.Plan"})
def share(request: HttpRequest, actor: Actor, plan: object) -> HttpResponse:
    """Share the plan, or take it back from everybody else."""
    sheet = plan_sheet(actor)
    if sheet is None or sheet.plan != plan:
        raise NotThere(_("There is no such plan any more. Look at the newest one."))
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise Refused(_("Say why in a few words; the reason is kept with the decision."))
    if request.POST.get("do") == "recall":
        recall_plan(actor, sheet.plan, reason=reason)
        messages.success(request, _("Nobody else is shown this plan any more. What was read cannot be unread."))
    else:
        told = share_plan(actor, sheet.plan, reason=reason)
        messages.success(
            request, _("The plan is shared: each organisation sees its own part. Records that travel now: {count}.").format(count=told)
        )
    return HttpResponseRedirect(reverse("planning.plan"))


@page("planning.adopt", "plan/<uuid:plan>/adopt/", roles=frozenset({Role.OFFICER}), methods=("POST",), subjects={"plan": "planning.Plan"})
def adopt(request: HttpRequest, actor: Actor, plan: UUID) -> HttpResponse:
    """Adopt the plan by which the group goes."""
    reason = reason_of(request)
    if not reason:
        raise Refused(_("Say why in a few words; the reason is kept with the decision."))
    adopt_plan(actor, plan, reason=reason)
    offer_undo(request, _("The plan is adopted. Whatever was adopted before is superseded."))
    return HttpResponseRedirect(reverse("planning.plan"))


@page("planning.gate", "needs/<uuid:need>/deliverability/", roles=READERS, subjects={"need": "register.Need"})
def gate(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """The lights of what is planned and agreed for a need."""
    return render(request, "planning/gate.html", {"found": lights_of_need(actor, need), "tells": bool(actor.roles & TELLERS)})


@page("planning.lights", "deliverability/", roles=READERS)
def lights(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The lights of all matches, what cannot be delivered first; as a file where the address says format=csv or xlsx."""
    verdict, blocker = (_one_of(request.GET.get(name, ""), words) for name, words in (("verdict", GateVerdict), ("blocker", Check)))
    found = lit_matches(actor, verdict=verdict, blocker=blocker)
    form, told = request.GET.get("format", ""), {name: word for name, word in (("verdict", verdict), ("blocker", blocker)) if word}
    if form in FILES:
        return _file_of_lights(form, found.rows)
    start = _start(request.GET.get("from", ""), len(found.rows))
    end = start + LIGHTS_SHOWN
    context = {
        "found": found,
        "rows": found.rows[start:end],
        "verdict": verdict,
        "blocker": blocker,
        "checks": [check.value for check in Check],
        "first": start + 1,
        "last": min(end, len(found.rows)),
        "previous_url": _lights_url(told | {"from": str(max(start - LIGHTS_SHOWN, 0))}) if start else "",
        "next_url": _lights_url(told | {"from": str(end)}) if end < len(found.rows) else "",
        "csv_url": _lights_url(told | {"format": "csv"}),
        "xlsx_url": _lights_url(told | {"format": "xlsx"}),
    }
    return render(request, "planning/lights.html", context)


def _one_of(text: str, words: type[StrEnum]) -> str:
    return text if text in {word.value for word in words} else ""


def _lights_url(told: dict[str, str]) -> str:
    return f"{reverse('planning.lights')}?{urlencode(told)}"


def _file_of_lights(form: str, rows: Sequence[LitMatch]) -> HttpResponse:
    """The rows as a file that spreadsheets open: codes and ids as programs know them."""
    heads = list(LitMatch.__dataclass_fields__)
    if form == "csv":
        data = as_csv(rows[:MOST_IN_A_FILE], [(name, name) for name in heads])
    else:
        data = table_sheet(heads, ([plain(row)[name] for name in heads] for row in rows[:MOST_IN_A_FILE]), clock.now())
    return download(data, f"deliverability.{form}", FILES[form])


@page("planning.take-in", "plan/take-in/", roles=frozenset({Role.OFFICER}), methods=("POST",))
def taking(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Plan endorsed needs alone from now on, or all needs."""
    alone = request.POST.get("do") == "endorsed"
    if take_in(actor, only_endorsed=alone, reason=reason_of(request)):
        told = _("The next plan takes in endorsed needs alone, and says so.") if alone else _("The next plan takes in all needs.")
        offer_undo(request, told)
    return HttpResponseRedirect(reverse("planning.plan"))


@page("planning.end", "plan/end/", roles=frozenset({Role.OFFICER}), methods=("POST",))
def end(request: HttpRequest, actor: Actor) -> HttpResponse:
    """End the making of the plan with the best one so far."""
    end_search(actor)
    messages.success(request, _("The search ends now; the best plan so far is explained, checked and kept."))
    return HttpResponseRedirect(reverse("planning.plan"))
