"""What people do beside a record: notes, who has it, the next step; moving a need, answering an offer. Every form says what was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.action import last_act
from sild.kernel.actor import Actor
from sild.kernel.casework import WORKERS, add_note, assign, set_next_step
from sild.kernel.page import page
from sild.kernel.refusals import NotThere, Refused
from sild.wings.register.actions import answer_offer, rule_gate, set_state
from sild.wings.register.actions.answers import REQUESTERS
from sild.wings.register.actions.gates import AT_GATES, WHO_MOVE
from sild.wings.register.rules import Answer, NeedState

KINDS = {"need": "register.Need", "offer": "register.Offer", "line": "register.Line"}


def done(request: HttpRequest, words: str, url: str) -> HttpResponseRedirect:
    """Go on to `url`, with what was done and a button that takes it back."""
    act = last_act()
    if act is not None:
        request.session["undo"] = {"act": str(act), "words": words}
    return HttpResponseRedirect(url)


def read_version(request: HttpRequest) -> int:
    """The version that the form was made from; a form without one is stale whatever the record."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def reason_of(request: HttpRequest) -> str:
    """The reason of a form."""
    return request.POST.get("reason", "").replace("\x00", "").strip()[:4000]


def _declare(kind: str, model: str) -> None:
    """The pages of casework for one kind of record: three forms, each an act."""
    subjects = {kind: model}

    def declared(name: str, doing: Callable[[HttpRequest, Actor, UUID], str]) -> None:
        @page(f"register.{kind}-{name}", f"{kind}s/<uuid:{kind}>/{name}/", roles=WORKERS, methods=("POST",), subjects=subjects)
        def view(request: HttpRequest, actor: Actor, **identifiers: UUID) -> HttpResponse:
            subject = identifiers[kind]
            words = doing(request, actor, subject)
            return done(request, words, reverse(f"register.{kind}", args=[subject]))

    def write(request: HttpRequest, actor: Actor, subject: UUID) -> str:
        add_note(actor, model, subject, request.POST.get("text", "").replace("\x00", ""))
        return _("The note was written.")

    def give(request: HttpRequest, actor: Actor, subject: UUID) -> str:
        assign(actor, model, subject, _seat(request.POST.get("assignee", "")), version=read_version(request))
        return _("It is written down who has it.")

    def step(request: HttpRequest, actor: Actor, subject: UUID) -> str:
        text = request.POST.get("text", "").replace("\x00", "")
        set_next_step(actor, model, subject, text, _day(request.POST.get("on", "")), version=read_version(request))
        return _("The next step was set.")

    declared("note", write)
    declared("assign", give)
    declared("step", step)


for _kind, _model in KINDS.items():
    _declare(_kind, _model)


@page("register.need-state", "needs/<uuid:need>/state/", roles=WHO_MOVE, methods=("POST",), subjects={"need": "register.Need"})
def move(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """Send a need to be clarified or reviewed, or withdraw it."""
    state = request.POST.get("state", "")
    if state not in {*NeedState}:
        raise Refused(_("Choose where the need goes."))
    set_state(actor, need, NeedState(state), version=read_version(request), reason=reason_of(request))
    return done(request, _("The need was moved."), reverse("register.need", args=[need]))


@page("register.need-rule", "needs/<uuid:need>/gates/<slug:gate>/", roles=AT_GATES, methods=("POST",), subjects={"need": "register.Need"})
def rule(request: HttpRequest, actor: Actor, need: UUID, gate: str) -> HttpResponse:
    """A gate passes a need on, or not."""
    if gate not in {*NeedState}:
        raise NotThere(_("There is no such gate."))
    passed = {"yes": True, "no": False}.get(request.POST.get("passed", ""))
    if passed is None:
        raise Refused(_("Choose whether the need passes."))
    rule_gate(actor, need, NeedState(gate), passed, version=read_version(request), reason=reason_of(request))
    onward = reverse("register.gates") if request.POST.get("from") == "gates" else reverse("register.need", args=[need])
    return done(request, _("The need passed the gate.") if passed else _("The need did not pass the gate."), onward)


@page("register.offer-answer", "offers/<uuid:offer>/answer/", roles=REQUESTERS, methods=("POST",), subjects={"offer": "register.Offer"})
def answer(request: HttpRequest, actor: Actor, offer: UUID) -> HttpResponse:
    """The requester accepts or declines an offer."""
    told = request.POST.get("answer", "")
    if told not in {*Answer}:
        raise Refused(_("Accept the offer or decline it. Until then it is open."))
    answer_offer(actor, offer, Answer(told), version=read_version(request), reason=reason_of(request))
    words = _("The offer was accepted.") if told == Answer.ACCEPTED else _("The offer was declined.")
    return done(request, words, reverse("register.offer", args=[offer]))


def _seat(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as fault:
        raise Refused(_("Only somebody of your own organisation who may see it can have it. Choose one of them.")) from fault


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as fault:
        raise Refused(_("{day} is no day. Write it as 2026-12-15.").format(day=text[:40])) from fault
