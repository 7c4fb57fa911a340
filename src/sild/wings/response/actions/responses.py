"""Verbs on a response: open it for a case, an incident or neither, close it, take it up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import own_compartment
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.attribution.public import Case
from sild.wings.response.models import Response
from sild.wings.response.reads.standing import full, open_one, own, reason_given, short
from sild.wings.response.rules import ResponseState
from sild.wings.signals.public import incident_record

OPENERS = frozenset({Role.OFFICER})
WORKERS = PEOPLE - {Role.AUDITOR}
"""Whoever sees a response in the own organisation works on it: who sees one of a case is decided in the case's compartment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResponse:
    """A response to be opened. Of a case or an incident it is as closed as that; `compartment` and `marking` are for all others."""

    title: str
    summary: str = ""
    case_id: UUID | None = None
    incident_id: UUID | None = None
    compartment: UUID | None = None
    marking: Marking = Marking.AMBER


@action("response.open", roles=OPENERS)
def open_response(actor: Actor, new: NewResponse, *, reason: str) -> UUID:
    """Open a response; returns its id. Raises NotThere for a case or incident that the actor does not see, Refused."""
    title = short(new.title)
    if not title:
        raise Refused(_("Give the response a title."))
    if new.case_id is not None and new.incident_id is not None:
        raise Refused(_("A response is about a case or about an incident. A case cites its incidents."))
    reason_given(reason)
    one = Response(
        title=title,
        summary=full(new.summary),
        case_id=new.case_id,
        incident_id=new.incident_id,
        opened_at=clock.now(),
        opened_by_name=actor.name,
        **_closed(actor, new),
    )
    if one.marking > actor.ceiling:
        raise Refused(_("You could not see a response as closed as that. Choose a lower marking, or ask who may."))
    one.save()
    return one.id


def _closed(actor: Actor, new: NewResponse) -> dict[str, Any]:
    """How closed it is from the first moment: as what it is about, else as was chosen."""
    if new.case_id is not None:
        case: Case = Case.found(new.case_id)
        return {"marking": case.marking, "compartment_id": case.compartment_id, "embargo_until": case.embargo_until}
    room = own_compartment(actor, new.compartment).id if new.compartment is not None else None
    if new.incident_id is None:
        return {"marking": int(new.marking), "compartment_id": room}
    seen = incident_record(actor, new.incident_id)
    if seen.room is not None and room not in (None, seen.room):
        raise Refused(_("The incident lies in another compartment. A response to it lies where it does."))
    return {"marking": max(int(new.marking), seen.row.marking), "compartment_id": seen.room or room}


@action("response.close", roles=OPENERS)
def close_response(actor: Actor, response_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Close a response; the reason stays with it. Raises NotThere, Stale, Refused."""
    one = open_one(actor, response_id, version=version)
    one.state, one.ended_why = ResponseState.CLOSED, reason_given(reason)
    one.save()


@action("response.reopen", roles=OPENERS)
def reopen_response(actor: Actor, response_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take a response up again; why it was closed stays in its history. Raises NotThere, Stale, Refused."""
    one = own(actor, Response, response_id, version)
    if one.state == ResponseState.OPEN:
        raise Refused(_("The response is open already."))
    reason_given(reason)
    one.state, one.ended_why = ResponseState.OPEN, ""
    one.save()
