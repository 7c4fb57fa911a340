"""The queue at a gate: the needs that wait for its ruling, each with the gate's question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.wings.register.reads import gate_queue
from sild.wings.register.rules import NeedState

READERS = frozenset({Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE, Role.OFFICER})


@page("register.gates", "gates/", roles=READERS)
def gates(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits at the reader's gates, with a form for each ruling; officers read."""
    at, after = request.GET.get("at", ""), request.GET.get("after", "")
    queues = gate_queue(actor, at=at if at in {*NeedState} else "", after=after if at else "")
    context = {"queues": queues, "whole_url": "?" if at else ""}
    return render(request, "register/gates.html", context)
