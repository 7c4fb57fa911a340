"""Pages of tracks: guided questions with the own State's word beside, positions of bodies, the incidents that a case is about."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.attribution.actions import WORKERS, answer_question, cite_incident, state_position, uncite_incident
from sild.wings.attribution.forms.tracks import ids_of, new_opinion_of, stand_of
from sild.wings.attribution.reads import CASE, CITED, case_record, tracks_of
from sild.wings.attribution.reads.tracks import case_of_cited
from sild.wings.attribution.rules import AttributionState, BodyStand, OpinionAnswer
from sild.wings.signals.public import IncidentFilter, list_incidents

ONE = {"case": CASE}
MOST_OFFERED = 200


@page("attribution.tracks", "attribution/<uuid:case>/tracks/", roles=WORKERS, subjects=ONE)
def show_tracks(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """The four tracks of a case."""
    record, found = case_record(actor, case), tracks_of(actor, case)
    cited = {one.incident.id for one in found.incidents}
    offered, _after = list_incidents(actor, IncidentFilter(), limit=MOST_OFFERED)
    context = {
        "row": record.row,
        "tab": "tracks",
        "found": found,
        "answers": list(OpinionAnswer),
        "stands": list(BodyStand),
        "items": [one for one in found.items if not one.withdrawn],
        "offered": [one for one in offered if one.id not in cited],
        "may": record.row.state == AttributionState.OPEN,
    }
    return render(request, "attribution/tracks.html", context)


Doing = Callable[[HttpRequest, Actor, UUID], str]


def _answer(request: HttpRequest, actor: Actor, case: UUID) -> str:
    answer_question(actor, case, new_opinion_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _("The answer was written down.")


def _position(request: HttpRequest, actor: Actor, case: UUID) -> str:
    sent = request.POST
    state_position(actor, case, sent.get("agency", ""), stand_of(sent.get("stand", "")), sent.get("words", ""), reason=reason_of(request))
    return _("How the body stands was written down. It stays.")


def _cite(request: HttpRequest, actor: Actor, case: UUID) -> str:
    chosen = ids_of([request.POST.get("incident", "")])
    if not chosen:
        raise Refused(_("Choose the incident."))
    cite_incident(actor, case, chosen[0], reason=reason_of(request))
    return _("The case is about this incident.")


def _declare(name: str, doing: Doing) -> None:
    """A page of one form about a case: one act, then back to its tracks."""

    @page(f"attribution.{name}", f"attribution/<uuid:case>/{name}/", roles=WORKERS, methods=("POST",), subjects=ONE)
    def view(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
        return _back(request, case, doing(request, actor, case))


for _name, _doing in (("answer", _answer), ("position", _position), ("cite", _cite)):
    _declare(_name, _doing)


@page("attribution.uncite", "attribution/cited/<uuid:cited>/uncite/", roles=WORKERS, methods=("POST",), subjects={"cited": CITED})
def uncite(request: HttpRequest, actor: Actor, cited: UUID) -> HttpResponse:
    """The case is not about an incident after all."""
    case = case_of_cited(actor, cited)
    uncite_incident(actor, cited, version=read_version(request), reason=reason_of(request))
    return _back(request, case, _("The case is not about this incident any more."))


def _back(request: HttpRequest, case: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("attribution.tracks", args=[case]))
