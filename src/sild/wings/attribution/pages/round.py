"""Pages of rounds: the opener's, the case's own side of them, and what an invited State sees of its part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, Role
from sild.kernel.grants import MOST_RELEASED
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.values.marking import Marking
from sild.wings.attribution.actions import (
    OPENERS,
    WORKERS,
    answer_round,
    decline_slice,
    invite_state,
    let_out_slice,
    move_t_hour,
    open_round,
    propose_slice,
    recall_invitation,
    recall_slice,
    show_joint_text,
    write_joint_text,
)
from sild.wings.attribution.forms.round import hour_of, new_answer_of, new_round_of, new_slice_of
from sild.wings.attribution.forms.tracks import ids_of
from sild.wings.attribution.reads import (
    CASE,
    INVITATION,
    PROPOSAL,
    ROUND,
    SLICE,
    case_record,
    evidence_for,
    invitation_record,
    invitations_received,
    own_rounds,
    round_record,
    rounds_of_case,
)
from sild.wings.attribution.reads.round import case_of_proposal, invitable, round_of_slice
from sild.wings.attribution.rules import EvidenceAudience, SupportLevel

MARKINGS = [one for one in Marking if one <= MOST_RELEASED]


@page("attribution.rounds", "attribution/rounds/", roles=WORKERS)
def show_rounds(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rounds of the reader's organisation, and what others ask it."""
    return render(request, "attribution/rounds.html", {"own": own_rounds(actor), "received": invitations_received(actor)})


@page("attribution.round", "attribution/rounds/<uuid:round>/", roles=WORKERS, subjects={"round": ROUND})
def show_round(request: HttpRequest, actor: Actor, round: UUID) -> HttpResponse:
    """A round as its opener keeps it."""
    context = {"one": round_record(actor, round), "states": invitable(actor), "may": bool(actor.roles & OPENERS)}
    return render(request, "attribution/round.html", context)


@page("attribution.invitation", "attribution/invitations/<uuid:invitation>/", roles=WORKERS, subjects={"invitation": INVITATION})
def show_invitation(request: HttpRequest, actor: Actor, invitation: UUID) -> HttpResponse:
    """An invitation: what a State is asked, shown, and said."""
    one = invitation_record(actor, invitation)
    may = bool(actor.roles & OPENERS) and one.own
    answers = not one.recalled and (one.mine or (may and not one.seated))
    return render(request, "attribution/invitation.html", {"one": one, "levels": list(SupportLevel), "may": may, "answers": answers})


@page("attribution.case-rounds", "attribution/<uuid:case>/rounds/", roles=WORKERS, subjects={"case": CASE})
def show_case_rounds(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """What a case let out and is to let out, for its readers."""
    context = {
        "row": case_record(actor, case).row,
        "tab": "rounds",
        "found": rounds_of_case(actor, case),
        "items": evidence_for(actor, case, EvidenceAudience.CO_ATTRIBUTING).rows,
        "markings": MARKINGS,
        "usual": MOST_RELEASED,
        "may": bool(actor.roles & OPENERS),
    }
    return render(request, "attribution/case_rounds.html", context)


Doing = Callable[[HttpRequest, Actor, UUID], str]


def _open(request: HttpRequest, actor: Actor, case: UUID) -> str:
    open_round(actor, case, new_round_of(request.POST), reason=reason_of(request))
    return _("The round was opened, outside the compartment.")


def _propose(request: HttpRequest, actor: Actor, case: UUID) -> str:
    chosen = ids_of([request.POST.get("round", "")])
    if not chosen:
        raise Refused(_("Choose the round."))
    propose_slice(actor, case, chosen[0], new_slice_of(request.POST), reason=reason_of(request))
    return _("It is proposed. Nothing leaves before a second person agrees.")


def _invite(request: HttpRequest, actor: Actor, key: UUID) -> str:
    seat = ids_of([request.POST.get("organisation", "")])
    country = request.POST.get("country", "")
    invite_state(actor, key, organisation=seat[0] if seat else None, country=country, reason=reason_of(request))
    return _("The State was invited.")


def _text(request: HttpRequest, actor: Actor, key: UUID) -> str:
    write_joint_text(actor, key, request.POST.get("text", ""), version=read_version(request), reason=reason_of(request))
    return _("The joint text was written. Nobody invited sees it before it is shown to them.")


def _hour(request: HttpRequest, actor: Actor, key: UUID) -> str:
    move_t_hour(actor, key, hour_of(request.POST.get("t_hour", "")), version=read_version(request), reason=reason_of(request))
    return _("T-hour was moved. Everybody invited is told.")


def _show(request: HttpRequest, actor: Actor, key: UUID) -> str:
    show_joint_text(actor, key, version=read_version(request), reason=reason_of(request))
    return _("The joint text was shown to this State.")


def _recall(request: HttpRequest, actor: Actor, key: UUID) -> str:
    recall_invitation(actor, key, version=read_version(request), reason=reason_of(request))
    return _("The invitation was recalled.")


def _answer(request: HttpRequest, actor: Actor, key: UUID) -> str:
    answer_round(actor, key, new_answer_of(request.POST), reason=reason_of(request))
    return _("The answer was written down.")


def _let_out(request: HttpRequest, actor: Actor, key: UUID) -> str:
    let_out_slice(actor, key, version=read_version(request), reason=reason_of(request))
    return _("The slice was let out.")


def _decline(request: HttpRequest, actor: Actor, key: UUID) -> str:
    decline_slice(actor, key, version=read_version(request), reason=reason_of(request))
    return _("The item stays inside.")


def _take_back(request: HttpRequest, actor: Actor, key: UUID) -> str:
    recall_slice(actor, key, version=read_version(request), reason=reason_of(request))
    return _("The slice was recalled.")


PLACES: Mapping[str, tuple[str, str, Callable[[Actor, UUID], UUID] | None]] = {
    "case": (CASE, "attribution.case-rounds", None),
    "round": (ROUND, "attribution.round", None),
    "invitation": (INVITATION, "attribution.invitation", None),
    "proposal": (PROPOSAL, "attribution.case-rounds", case_of_proposal),
    "slice": (SLICE, "attribution.round", round_of_slice),
}
"""What a form is about: the kind of record, the page to go back to, and how its subject is found from this one."""


def _declare(name: str, about: str, roles: frozenset[Role], doing: Doing) -> None:
    """A page of one form: one act, then back to where it was done."""
    label, back, subject = PLACES[about]
    beginning = {"case": "", "round": "rounds/", "invitation": "invitations/", "proposal": "proposals/", "slice": "slices/"}[about]

    @page(
        f"attribution.{name}",
        f"attribution/{beginning}<uuid:{about}>/{name}/",
        roles=roles,
        methods=("POST",),
        subjects={about: label},
    )
    def view(request: HttpRequest, actor: Actor, **keys: UUID) -> HttpResponse:
        [key] = keys.values()
        words = doing(request, actor, key)
        offer_undo(request, words)
        return HttpResponseRedirect(reverse(back, args=[subject(actor, key) if subject is not None else key]))


for _name, _about, _roles, _doing in (
    ("open-round", "case", OPENERS, _open),
    ("propose-slice", "case", WORKERS, _propose),
    ("invite", "round", OPENERS, _invite),
    ("joint-text", "round", OPENERS, _text),
    ("t-hour", "round", OPENERS, _hour),
    ("show-text", "invitation", OPENERS, _show),
    ("recall-invitation", "invitation", OPENERS, _recall),
    ("answer-round", "invitation", WORKERS, _answer),
    ("let-out", "proposal", WORKERS, _let_out),
    ("keep-inside", "proposal", WORKERS, _decline),
    ("recall-slice", "slice", OPENERS, _take_back),
):
    _declare(_name, _about, _roles, _doing)
