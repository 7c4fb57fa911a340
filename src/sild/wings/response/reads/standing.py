"""What an act asks for before it writes: a response of the own organisation that is worked on, a reason."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.wings.parties.public import desk_day
from sild.wings.response.models import Response
from sild.wings.response.rules import LONGEST_REASON, LONGEST_TITLE, LONGEST_WORDS, ResponseState

R = TypeVar("R", bound=Record)


def open_one(actor: Actor, response_id: UUID, *, version: int | None = None) -> Response:
    """A response that is worked on. Raises NotThere, Stale, Refused."""
    response = own(actor, Response, response_id, version)
    if response.state != ResponseState.OPEN:
        raise Refused(_("The response is closed. Take it up again first, with the reason."))
    return response


def own(actor: Actor, kind: type[R], key: UUID, version: int | None = None) -> R:
    """A record of the actor's own organisation. Raises NotThere, Stale; Refused for another's."""
    record = kind.found(key, version=version)
    if record.owner_id != actor.organisation:
        raise Refused(_("Another organisation keeps this. Ask it to change it."))
    return record


def reason_given(reason: str) -> str:
    """The reason as it is kept. Raises Refused where there is none."""
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise Refused(_("Say why: the reason is kept."))
    return said


def short(text: str) -> str:
    """A name on one line."""
    return " ".join(text.split())[:LONGEST_TITLE]


def full(text: str) -> str:
    """Words of several lines, as they were written."""
    return text.strip()[:LONGEST_WORDS]


def past_day(actor: Actor, on: date | None) -> date | None:
    """A day on which something was done. Raises Refused for one that has not come."""
    if on is not None and on > desk_day(actor):
        raise Refused(_("{day} has not come yet. Say the day on which it was done.").format(day=on.isoformat()))
    return on


def closed_as(response: Response) -> dict[str, Any]:
    """The columns that make what belongs to a response as closed as it, from the first moment."""
    return {"marking": response.marking, "compartment_id": response.compartment_id, "embargo_until": response.embargo_until}
