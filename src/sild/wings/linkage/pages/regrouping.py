"""Pages on which two needs or offers are joined, or lines are split off one: the effect is shown before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.cores.linkage.problem import Relation
from sild.kernel.actor import Actor, Role
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version
from sild.wings.linkage.actions.regrouping import join_groups, split_group
from sild.wings.linkage.forms import MEANINGS
from sild.wings.linkage.reads import near_lines
from sild.wings.linkage.reads.effects import Foreseen
from sild.wings.linkage.reads.pairs import sides
from sild.wings.linkage.reads.regrouping import JOINING, PARTING, Regrouped, joining_foreseen, splitting_foreseen
from sild.wings.register.public import Group, NeedFilter, NeedRow, OfferFilter, OfferRow, Stand, group, list_needs, list_offers

OFFICERS = frozenset({Role.OFFICER})
KINDS = {"need": "register.Need", "offer": "register.Offer"}
MOST_NEAR = 10
MOST_FOUND = 20


def _declare(side: str, label: str) -> None:
    """The pages for needs, or for offers."""

    @page(f"linkage.join-{side}", f"{side}s/<uuid:{side}>/join/", roles=OFFICERS, subjects={side: label})
    def choose(request: HttpRequest, actor: Actor, **identifiers: UUID) -> HttpResponse:
        return _choose(request, actor, side, identifiers[side])

    @page(
        f"linkage.join-{side}-with",
        f"{side}s/<uuid:{side}>/join/<uuid:other>/",
        roles=OFFICERS,
        methods=("GET", "POST"),
        subjects={side: label, "other": label},
    )
    def join(request: HttpRequest, actor: Actor, **identifiers: UUID) -> HttpResponse:
        return _join(request, actor, side, (identifiers[side], identifiers["other"]))

    @page(f"linkage.split-{side}", f"{side}s/<uuid:{side}>/split/", roles=OFFICERS, methods=("GET", "POST"), subjects={side: label})
    def split(request: HttpRequest, actor: Actor, **identifiers: UUID) -> HttpResponse:
        return _split(request, actor, side, identifiers[side])


for _side, _label in KINDS.items():
    _declare(_side, _label)


def _choose(request: HttpRequest, actor: Actor, side: str, key: UUID) -> HttpResponse:
    """Which one it is joined with: those near to it, and a search."""
    here = group(actor, side, key)
    text = request.GET.get("q", "")[:200]
    near = _near(actor, side, here)
    known = {here.id, *(one["id"] for one in near)}
    context = {
        "here": here,
        "side": side,
        "near": near,
        "found": [row for row in _found(actor, side, here, text) if row.id not in known],
        "text": text,
        "filters": [{"name": "q", "label": _("Search"), "kind": "search", "value": text}],
    }
    return render(request, "linkage/join_choose.html", context)


def _near(actor: Actor, side: str, here: Group) -> list[dict[str, Any]]:
    """Others to whose lines its lines are near, the surest first, each once."""
    found: dict[UUID, dict[str, Any]] = {}
    told = near_lines(actor, [line.id for line in here.lines])
    for near in sorted((one for several in told.values() for one in several), key=lambda one: -one.score):
        key = near.other.need_id if side == "need" else near.other.offer_id
        if key is not None and key != here.id and key not in found and len(found) < MOST_NEAR:
            found[key] = {"id": key, "title": near.other.belongs, "near": near}
    return list(found.values())


def _found(actor: Actor, side: str, here: Group, text: str) -> Sequence[NeedRow | OfferRow]:
    """What the words find; without words, those of the same category and body (or giver)."""
    if not text and not here.lines:
        return ()
    like = here.lines[0] if here.lines else None
    if side == "need":
        same = NeedFilter(category=like.category, beneficiary=like.beneficiary) if like and not text else NeedFilter(text=text)
        return list_needs(actor, same, limit=MOST_FOUND).rows
    given = OfferFilter(category=like.category, provider=like.provider) if like and not text else OfferFilter(text=text)
    return list_offers(actor, given, limit=MOST_FOUND).rows


def _join(request: HttpRequest, actor: Actor, side: str, keys: tuple[UUID, UUID]) -> HttpResponse:
    """Both, how the later stands to the earlier, which stays, and what it would do."""
    said = request.POST if request.method == "POST" else request.GET
    relation = next((one for one in JOINING if one == said.get("relation")), Relation.SAME_AS)
    keep = next((key for key in keys if str(key) == said.get("keep")), None)
    asked = joining_foreseen(actor, side, *keys, relation, keep)
    problem = ""
    if request.method == "POST":
        try:
            stays = join_groups(actor, side, keys, relation, keep=keep, version=read_version(request), reason=said.get("reason", ""))
        except Refused as refusal:
            problem = _told(refusal)
        else:
            offer_undo(request, _("They were joined."))
            return HttpResponseRedirect(reverse(f"register.{side}", args=[stays]))
    context = {
        **_asked(request, side, asked, problem),
        "relations": [(str(one), MEANINGS[one], one == relation) for one in JOINING],
        "keep": keep,
    }
    return render(request, "linkage/join.html", context, status=422 if problem else 200)


def _split(request: HttpRequest, actor: Actor, side: str, key: UUID) -> HttpResponse:
    """Its lines, of which some are chosen, and what splitting these off would do."""
    said = request.POST if request.method == "POST" else request.GET
    relation = next((one for one in PARTING if one == said.get("relation")), Relation.NOT_THE_SAME)
    here = group(actor, side, key)
    chosen = [line.id for line in here.lines if str(line.id) in set(said.getlist("line"))]
    problem, asked = "", None
    if chosen or request.method == "POST":
        try:
            if request.method == "POST":
                off = split_group(actor, side, key, chosen, relation, version=read_version(request), reason=said.get("reason", ""))
                offer_undo(request, _("They were split off."))
                return HttpResponseRedirect(reverse(f"register.{side}", args=[off]))
            asked = splitting_foreseen(actor, side, key, chosen, relation)
        except Refused as refusal:
            problem = _told(refusal)
    context = {
        **_asked(request, side, asked or Regrouped(groups=(here,), foreseen=Foreseen(), version=here.version), problem),
        "lines": [(line, line.id in chosen) for line in sides(here.lines)],
        "chosen": chosen,
        "looked": asked is not None,
        "relations": [(str(one), MEANINGS[one], one == relation) for one in PARTING],
        "relation": relation,
        "begin_url": f"{reverse(f'linkage.split-{side}', args=[key])}?{urlencode({'line': chosen}, doseq=True)}",
    }
    return render(request, "linkage/split.html", context, status=422 if problem else 200)


def _told(refusal: Refused) -> str:
    """The words of a refusal that the page shows beside the form; what is not there, or was changed, is answered as everywhere."""
    if type(refusal) is not Refused:
        raise refusal
    return str(refusal)


def _asked(request: HttpRequest, side: str, asked: Regrouped, problem: str) -> dict[str, Any]:
    return {
        "side": side,
        "groups": asked.groups,
        "foreseen": in_words(asked.foreseen),
        "version": asked.version,
        "problem": problem,
        "reason": request.POST.get("reason", "")[:4000],
    }


def in_words(foreseen: Foreseen) -> dict[str, Any]:
    """What rulings would do, for `linkage/foreseen.html`: every need or offer by its title, what goes where."""
    called = {one.told.id: (one.told.before or one.told.after) for one in foreseen.touched}
    touched = []
    for one in foreseen.touched:
        before, after = one.told.before, one.told.after
        touched.append(
            {
                "told": one.told,
                "title": _called(before or after),
                "into": _called(called.get(one.told.into)) if one.told.into is not None else "",
                "renamed": _called(after) if before is not None and after is not None and before.title != after.title else "",
                "raised": before is not None and after is not None and after.marking > before.marking,
                "resting": one.resting,
            }
        )
    moving = [{"item": one.item or one.message_name, "into": _called(called.get(one.into)) if one.into else ""} for one in foreseen.moving]
    losing = sorted({_called(called.get(one.out_of)) for one in foreseen.moving if one.out_of is not None})
    return {
        "refused": foreseen.refused,
        "touched": touched,
        "moving": moving,
        "moved": foreseen.moved,
        "more": foreseen.moved - len(moving),
        "losing": foreseen.losing,
        "losing_of": losing,
        "kept_from": [(one.organisation, _called(called.get(one.subject))) for one in foreseen.kept_from],
        "taken_back": foreseen.taken_back,
    }


def _called(stand: Stand | None) -> str:
    return (stand.title if stand is not None else "") or _("without a title")
