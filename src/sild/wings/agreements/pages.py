"""Pages of agreements: the list, one agreement, and what is spoken for of one need. Every form says what was read."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.casework import WORKERS, colleagues
from sild.kernel.casework_pages import declare_casework
from sild.kernel.listing import key_of, read_key
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.agreements.actions import GIVERS, GIVING, SAYING, propose_agreement, say_no_help, show_agreement, take_no_help_back
from sild.wings.agreements.forms import filter_of, offer_of, plan_of, proposal_of, saying_of, shown_of, why_of, word_of
from sild.wings.agreements.reads import AGREEMENT, agreement_record, agreements_of_need, list_agreements
from sild.wings.agreements.reads.no_help import no_help_of
from sild.wings.agreements.rules import AgreementSide, AgreementState, NoHelpWhy, Visibility, Word
from sild.wings.parties.public import desk_day

READERS = PEOPLE - {Role.AUDITOR}
SPEAKERS = frozenset({Role.OFFICER, Role.RECIPIENT, Role.DONOR, Role.COMPANY})
ONE = {"agreement": AGREEMENT}
SHOWN = 40
WITH_AMOUNT = frozenset({Word.ACCEPT, Word.COMMIT})


@page("agreements.list", "agreements/", roles=READERS)
def agreements(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The agreements that the reader may see, the newest first, with whose move it is."""
    wanted = filter_of(request.GET.dict())
    rows, after = list_agreements(actor, wanted, after=read_key(request.GET.get("after", "")), limit=SHOWN)
    told = {"state": wanted.state, "mover": wanted.mover, "category": wanted.category, "body": wanted.body, "giver": wanted.giver}
    told = {name: text for name, text in {**told, "q": wanted.text}.items() if text}
    context = {
        "rows": rows,
        "wanted": wanted,
        "in_force": bool(told),
        "clear_url": reverse("agreements.list"),
        "next_url": f"{reverse('agreements.list')}?{urlencode({**told, 'after': key_of(*after)})}" if after is not None else "",
        "states": list(AgreementState),
        "movers": (AgreementSide.REQUESTER, AgreementSide.GIVER),
    }
    return render(request, "agreements/list.html", context)


@page("agreements.one", "agreements/<uuid:agreement>/", roles=READERS, subjects=ONE)
def show_one(request: HttpRequest, actor: Actor, agreement: UUID) -> HttpResponse:
    """An agreement whole: what was said, what may be said now, and by whom."""
    record = agreement_record(actor, agreement)
    working = bool(actor.roles & WORKERS)
    words = [*dict.fromkeys([*record.mine, *(word for _side, word in record.told)])]
    context = {
        "record": record,
        "words": words,
        "sides_of_words": {side for side, _word in record.told},
        "with_amount": any(word in WITH_AMOUNT for word in words),
        "most": record.row.proposed if record.row.accepted is None else record.row.accepted,
        "today": desk_day(actor),
        "visibilities": list(Visibility) if record.shows and actor.roles & GIVING else (),
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "person": actor.person,
    }
    return render(request, "agreements/one.html", context)


@page("agreements.need", "needs/<uuid:need>/agreements/", roles=READERS, subjects={"need": "register.Need"})
def of_need(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """What is spoken for of one need, and for its officer a form to propose an offer. A plan's match fills the form in by the address."""
    found = agreements_of_need(actor, need)
    chosen = request.GET.get("offer", "")
    context = {
        "found": found,
        "may": found.may_propose and Role.OFFICER in actor.roles,
        "chosen": chosen,
        "quantity": request.GET.get("quantity", "")[:20],
        "month": request.GET.get("month", "")[:7],
        "plan": plan_of(request.GET.get("plan", "")),
        "visibilities": list(Visibility),
        "no_help": no_help_of(actor, need),
        "gives": bool(actor.roles & GIVERS),
        "whys": list(NoHelpWhy),
    }
    return render(request, "agreements/need.html", context)


@page(
    "agreements.propose",
    "needs/<uuid:need>/agreements/propose/",
    roles=frozenset({Role.OFFICER}),
    methods=("POST",),
    subjects={"need": "register.Need"},
)
def propose(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """Put a quantity of an offer to those who asked."""
    one = propose_agreement(actor, need, offer_of(request.POST.dict()), proposal_of(request.POST), reason=reason_of(request))
    return _done(request, one, _("It was proposed. Those who asked are shown it now, and answer."))


@page("agreements.no_help", "needs/<uuid:need>/no-help/", roles=GIVERS, methods=("POST",), subjects={"need": "register.Need"})
def no_help(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """A giver says that they cannot help with a need, or that they can after all."""
    if request.POST.get("after_all"):
        take_no_help_back(actor, need, reason=reason_of(request))
        offer_undo(request, _("It was taken back: you may be asked again."))
    else:
        say_no_help(actor, need, why_of(request.POST.dict()), reason=reason_of(request))
        offer_undo(request, _("It was written down. The secretariat reads it; no other giver does."))
    return HttpResponseRedirect(reverse("agreements.need", args=[need]))


@page("agreements.show", "agreements/<uuid:agreement>/shown/", roles=GIVING, methods=("POST",), subjects=ONE)
def show_as(request: HttpRequest, actor: Actor, agreement: UUID) -> HttpResponse:
    """Say how what an agreement gives is shown to others."""
    shown, named_from = shown_of(request.POST.dict())
    if shown is None:
        raise Refused(_("Choose how it is shown to others."))
    show_agreement(actor, agreement, shown, named_from=named_from, version=read_version(request), reason=reason_of(request))
    messages.success(request, _("It was written down. Others are shown it so from now on."))
    return HttpResponseRedirect(reverse("agreements.one", args=[agreement]))


@page("agreements.say", "agreements/<uuid:agreement>/say/", roles=SPEAKERS, methods=("POST",), subjects=ONE)
def say(request: HttpRequest, actor: Actor, agreement: UUID) -> HttpResponse:
    """Say a word of one's side, or write down what a side said elsewhere."""
    word = word_of(request.POST.dict())
    SAYING[word](actor, agreement, saying_of(request.POST), version=read_version(request), reason=reason_of(request))
    return _done(request, agreement, _("It was written down."))


declare_casework("agreement", AGREEMENT, names="agreements.", path="agreements/", back="agreements.one")


def _done(request: HttpRequest, agreement: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("agreements.one", args=[agreement]))
