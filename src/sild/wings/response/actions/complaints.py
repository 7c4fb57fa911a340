"""Verbs on complaints: write down what is asked of a forum, take it back. The desk sends nothing anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.response.actions.responses import WORKERS
from sild.wings.response.models import Complaint
from sild.wings.response.reads.standing import closed_as, full, open_one, own, reason_given
from sild.wings.response.rules import MOST_COMPLAINTS, forum_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComplaint:
    """What is asked of a forum, and which norms are said to be broken."""

    forum: str
    asked: str
    norms: str = ""


@action("response.write-complaint", roles=WORKERS)
def write_complaint(actor: Actor, response_id: UUID, new: NewComplaint, *, reason: str = "") -> UUID:
    """Write down what is asked of a forum; returns the id. Raises NotThere, Refused."""
    response = open_one(actor, response_id)
    if forum_of(new.forum) is None:
        raise Refused(_("There is no such forum. Choose one of the list."))
    if not new.asked.strip():
        raise Refused(_("Say what the forum is asked to do."))
    if Complaint.objects.filter(response_id=response.id).count() >= MOST_COMPLAINTS:
        raise Refused(_("The response has {most} complaints, the most there are.").format(most=MOST_COMPLAINTS))
    one = Complaint(
        response_id=response.id,
        forum=new.forum,
        asked=full(new.asked),
        norms=full(new.norms),
        written_by_name=actor.name,
        written_at=clock.now(),
        **closed_as(response),
    )
    one.save()
    return one.id


@action("response.withdraw-complaint", roles=WORKERS)
def withdraw_complaint(actor: Actor, complaint_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take a complaint back; it stays with its reason. Raises NotThere, Stale, Refused."""
    one = own(actor, Complaint, complaint_id, version)
    open_one(actor, one.response_id)
    if one.withdrawn:
        raise Refused(_("The complaint was taken back already."))
    one.withdrawn, one.withdrawn_why = True, reason_given(reason)
    one.save()
