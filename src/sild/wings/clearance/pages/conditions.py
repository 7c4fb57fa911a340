"""What is said of conditions that a licence, an objection or a decision set: one form, at the address of each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import reason_of
from sild.wings.clearance.actions import TELLERS, tell_condition
from sild.wings.clearance.forms import told_condition_of
from sild.wings.clearance.rules.conditions import ConditionSource

CASE = {"case": "clearance.LicenceCase"}
OBJECTION = {"objection": "clearance.Objection"}
DONATION = {"donation": "clearance.Donation"}


@page("clearance.tell_licence", "licences/<uuid:case>/conditions/", roles=TELLERS, methods=("POST",), subjects=CASE)
def of_licence(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Say of a condition of a licence that it is met or carried on."""
    return _tell(request, actor, ConditionSource.LICENCE, case, reverse("clearance.case", args=[case]))


@page("clearance.tell_objection", "objections/<uuid:objection>/conditions/", roles=TELLERS, methods=("POST",), subjects=OBJECTION)
def of_objection(request: HttpRequest, actor: Actor, objection: UUID) -> HttpResponse:
    """Say of a condition of an objection that ended that it is met or carried on."""
    return _tell(request, actor, ConditionSource.OBJECTION, objection, reverse("clearance.objection", args=[objection]))


@page("clearance.tell_donation", "donations/<uuid:donation>/conditions/", roles=TELLERS, methods=("POST",), subjects=DONATION)
def of_donation(request: HttpRequest, actor: Actor, donation: UUID) -> HttpResponse:
    """Say of a condition of a decision that it is met or carried on."""
    return _tell(request, actor, ConditionSource.DONATION, donation, reverse("clearance.donation", args=[donation]))


def _tell(request: HttpRequest, actor: Actor, source: ConditionSource, record: UUID, back: str) -> HttpResponse:
    number, stand = told_condition_of(request.POST.dict())
    tell_condition(actor, source, record, number, stand, reason=reason_of(request))
    offer_undo(request, _("It was written down with the condition. What goes out asks for it."))
    return HttpResponseRedirect(back)
