"""Pages of consignments: the list, one, those of an agreement with the form that prepares one. Every form says what was read."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.casework import WORKERS, colleagues
from sild.kernel.casework_pages import declare_casework
from sild.kernel.listing import key_of, read_key
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import day_of, read_version, reason_of
from sild.wings.agreements.public import AgreementState
from sild.wings.delivery.actions import DOING, GIVING, RECEIVING, let_on, plan_route, prepare_consignment, receive_consignment
from sild.wings.delivery.forms import Used, done_of, filter_of, legs_of_form, packing_of, receipt_of
from sild.wings.delivery.reads import CONSIGNMENT, consignment_record, consignments_of_agreement, list_consignments
from sild.wings.delivery.reads.stopped import letting_on
from sild.wings.delivery.rules.consignments import IMMATERIAL, WITH_AMOUNT, ConsignmentDeed, ConsignmentKind, Renewal, State, written
from sild.wings.delivery.rules.legs import Leg
from sild.wings.parties.public import desk_day

READERS = PEOPLE - {Role.AUDITOR}
OFFICERS = frozenset({Role.OFFICER})
ONE = {"consignment": CONSIGNMENT}
AGREEMENT = {"agreement": "agreements.Agreement"}
SHOWN = 40
BLANK_LEGS = 2


@page("delivery.list", "consignments/", roles=READERS)
def consignments(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The consignments that the reader may see, the newest first, with whose move it is."""
    wanted = filter_of(request.GET.dict())
    rows, after = list_consignments(actor, wanted, after=read_key(request.GET.get("after", "")), limit=SHOWN)
    told = {name: getattr(wanted, name) for name in ("state", "kind", "category", "body", "giver")}
    told |= {"q": wanted.text, "overdue": "yes" if wanted.overdue else ""}
    told = {name: text for name, text in told.items() if text}
    context = {
        "rows": rows,
        "wanted": wanted,
        "in_force": bool(told),
        "clear_url": reverse("delivery.list"),
        "next_url": f"{reverse('delivery.list')}?{urlencode({**told, 'after': key_of(*after)})}" if after is not None else "",
        "states": list(State),
        "kinds": list(ConsignmentKind),
    }
    return render(request, "delivery/list.html", context)


@page("delivery.one", "consignments/<uuid:consignment>/", roles=READERS, subjects=ONE)
def show_one(request: HttpRequest, actor: Actor, consignment: UUID) -> HttpResponse:
    """A consignment whole: its pieces, its way, what was said, what may be done now, and by whom."""
    record = consignment_record(actor, consignment)
    working = bool(actor.roles & WORKERS)
    told = [deed for _speaker, deed in record.told]
    may = {*record.mine, *told}
    deeds = [deed for deed in (*record.mine, *told) if deed in DOING]
    row = record.row
    context = {
        "record": record,
        "deeds": list(dict.fromkeys(deeds)),
        "with_amount": any(deed in WITH_AMOUNT for deed in deeds),
        "may_extend": ConsignmentDeed.EXTEND in deeds or ConsignmentDeed.ASK_LONGER in deeds,
        "letting": letting_on(actor, record.agreement) if record.agreement is not None and record.own else None,
        "may_hand_over": ConsignmentDeed.HAND_OVER in deeds,
        "may_route": ConsignmentDeed.ROUTE in may and row.kind not in IMMATERIAL,
        "may_receive": ConsignmentDeed.RECEIVE in may,
        "receives": ConsignmentDeed.RECEIVE in record.mine,
        "ahead": _numbered([leg for leg in record.legs if leg.ahead]),
        "expected": written(row.quantity - row.lost),
        "in_use": written(row.in_use) if row.in_use is not None else "",
        "uses": [one for one in Used if one],
        "renewals": list(Renewal),
        "renewal": row.renewal,
        "today": desk_day(actor),
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "person": actor.person,
    }
    return render(request, "delivery/one.html", context)


def _numbered(legs: list[Leg]) -> list[tuple[int, Leg | None]]:
    return list(enumerate([*legs, *[None] * BLANK_LEGS]))


@page("delivery.agreement", "agreements/<uuid:agreement>/consignments/", roles=READERS, subjects=AGREEMENT)
def of_agreement(request: HttpRequest, actor: Actor, agreement: UUID) -> HttpResponse:
    """What moves of one agreement, and for its giver and its officer a form to prepare more."""
    found = consignments_of_agreement(actor, agreement)
    context = {
        "found": found,
        "may": found.may_prepare and bool(actor.roles & GIVING) and found.left > 0,
        "committed": found.state == AgreementState.COMMITTED,
        "kinds": list(ConsignmentKind),
        "left": written(found.left),
        "letting": letting_on(actor, agreement) if found.may_prepare else None,
        "ahead": _numbered([]),
        "today": desk_day(actor),
    }
    return render(request, "delivery/agreement.html", context)


@page("delivery.prepare", "agreements/<uuid:agreement>/consignments/prepare/", roles=GIVING, methods=("POST",), subjects=AGREEMENT)
def prepare(request: HttpRequest, actor: Actor, agreement: UUID) -> HttpResponse:
    """Prepare a part of what was committed."""
    one = prepare_consignment(actor, agreement, packing_of(request.POST), reason=reason_of(request))
    return _done(request, one, _("The consignment is prepared. Those who receive it see it now."))


@page("delivery.let_on", "agreements/<uuid:agreement>/consignments/let-on/", roles=OFFICERS, methods=("POST",), subjects=AGREEMENT)
def let_it_go_on(request: HttpRequest, actor: Actor, agreement: UUID) -> HttpResponse:
    """An officer lets what an agreement gives go out although its light fails; the word is kept."""
    let_on(actor, agreement, reason=reason_of(request))
    offer_undo(request, _("The word is kept: it may go out. The giver is not told what stood against it."))
    return HttpResponseRedirect(reverse("delivery.agreement", args=[agreement]))


@page("delivery.do", "consignments/<uuid:consignment>/do/", roles=GIVING | RECEIVING, methods=("POST",), subjects=ONE)
def do_something(request: HttpRequest, actor: Actor, consignment: UUID) -> HttpResponse:
    """Write down what one's side did, or what a side did elsewhere."""
    told = done_of(request.POST.dict())
    how = {"on": told.on, "version": read_version(request), "reason": reason_of(request)}
    DOING[told.deed](actor, consignment, told, how)
    return _done(request, consignment, _("It was written down."))


@page("delivery.route", "consignments/<uuid:consignment>/route/", roles=GIVING, methods=("POST",), subjects=ONE)
def route(request: HttpRequest, actor: Actor, consignment: UUID) -> HttpResponse:
    """Plan the legs ahead anew."""
    legs, due = legs_of_form(request.POST.dict()), day_of(request.POST.get("due", ""))
    plan_route(actor, consignment, legs, due=due, version=read_version(request), reason=reason_of(request))
    return _done(request, consignment, _("The way was kept."))


@page("delivery.receive", "consignments/<uuid:consignment>/receive/", roles=RECEIVING, methods=("POST",), subjects=ONE)
def receive(request: HttpRequest, actor: Actor, consignment: UUID) -> HttpResponse:
    """The recipient's three answers."""
    told = receipt_of(request.POST.dict())
    receive_consignment(actor, consignment, told, version=read_version(request), reason=reason_of(request))
    return _done(request, consignment, _("Thank you. The giver and the secretariat see your answer."))


declare_casework("consignment", CONSIGNMENT, names="delivery.", path="consignments/", back="delivery.one")


def _done(request: HttpRequest, consignment: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("delivery.one", args=[consignment]))
