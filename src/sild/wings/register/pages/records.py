"""One need, offer or line on a page, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sild.kernel.action import ACTIONS
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import WORKERS, colleagues
from sild.kernel.page import page
from sild.wings.parties.public import asks_across_walls
from sild.wings.register.actions.gates import BY_HAND
from sild.wings.register.reads import line_record, need_record, offer_record
from sild.wings.register.reads.audiences import decides
from sild.wings.register.reads.records import Beside
from sild.wings.register.rules import NEED_MOVES, Answer, NeedState

ASKERS = frozenset({Role.OFFICER, Role.DONOR})
"""Who may ask whether something that they do not see may overlap; the page is linkage's."""
WEIGHERS = frozenset({Role.OFFICER, Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE, Role.RECIPIENT})
"""Who is shown why a need has its priority; the page is planning's."""


@page("register.need", "needs/<uuid:need>/", subjects={"need": "register.Need"})
def need(request: HttpRequest, actor: Actor, need: UUID) -> HttpResponse:
    """A need: what is asked, its lines in all languages, the gates, history, notes, who has it."""
    record = need_record(actor, need)
    moves = [state for state in BY_HAND if state in NEED_MOVES[NeedState(record.state)] and actor.roles & BY_HAND[state]]
    if record.joined_into is not None or not decides(actor, record.beside.own, record.beneficiary):
        moves = []
    sits = record.joined_into is None and _may(actor, "register.rule-gate")
    gates = [(gate, sits and gate.role in actor.roles) for gate in record.gates]
    context = {"record": record, "kind": "need", "moves": moves, "gates": gates, **beside(actor, record.beside)}
    return render(request, "register/need.html", context)


@page("register.offer", "offers/<uuid:offer>/", subjects={"offer": "register.Offer"})
def offer(request: HttpRequest, actor: Actor, offer: UUID) -> HttpResponse:
    """An offer: what is given, on what conditions, its lines, what the requester answered."""
    record = offer_record(actor, offer)
    answers = [answer for answer in (Answer.ACCEPTED, Answer.DECLINED) if answer != record.answer]
    may = record.joined_into is None and _may(actor, "register.answer-offer") and decides(actor, record.beside.own, record.beneficiary)
    context = {"record": record, "kind": "offer", "answers": answers if may else [], **beside(actor, record.beside)}
    return render(request, "register/offer.html", context)


@page("register.line", "lines/<uuid:line>/", subjects={"line": "register.Line"})
def line(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """A line: each field with the words that it was read from, and what was mended."""
    record, around = line_record(actor, line)
    context = {"record": record, "kind": "line", "acting": _may(actor, "register.mend-line"), **beside(actor, around)}
    return render(request, "register/line.html", context)


def beside(actor: Actor, around: Beside) -> Mapping[str, Any]:
    """What the parts beside a record are made from."""
    working = bool(actor.roles & WORKERS)
    return {
        "beside": around,
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "linking": Role.OFFICER in actor.roles,
        "mine": around.handling.assignee_id == actor.person,
        "may_weigh": bool(actor.roles & WEIGHERS),
        "asking": bool(actor.roles & ASKERS) and asks_across_walls(actor),
    }


def _may(actor: Actor, action: str) -> bool:
    return bool(actor.roles & ACTIONS[action])
