"""Verbs on norms that incidents touch: say it, say it otherwise, take it back. The desk finds nobody in breach."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.diplomacy.public import norms
from sild.wings.response.actions.responses import OPENERS
from sild.wings.response.models import TouchedNorm
from sild.wings.response.reads.standing import own, reason_given
from sild.wings.response.rules import LONGEST_TITLE, NormTouch
from sild.wings.signals.public import incident_record


@action("response.touch-norm", roles=OPENERS)
def touch_norm(
    actor: Actor, incident_id: UUID, norm: str, touch: NormTouch, *, source: str = "", version: int | None = None, reason: str
) -> UUID:
    """Say how an incident touches a norm, or otherwise than was said at `version`; returns the word's id.

    Raises NotThere, Stale, Refused.
    """
    incident = incident_record(actor, incident_id)
    if norm not in {one.id for one in norms()}:
        raise Refused(_("That is none of the norms. Choose from the list."))
    found = TouchedNorm.objects.filter(incident_id=incident_id, norm=norm, owner_id=actor.organisation).first()
    if found is not None and found.version != version:
        raise found.stale()
    one = found or TouchedNorm(incident_id=incident_id, norm=norm, marking=incident.row.marking, compartment_id=incident.room)
    one.touch, one.why, one.source = touch, reason_given(reason), source.strip()[:LONGEST_TITLE]
    one.said_by_name, one.said_at = actor.name, clock.now()
    one.save()
    return one.id


@action("response.untouch-norm", roles=OPENERS)
def untouch_norm(actor: Actor, touched_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take back that an incident touches a norm. Raises NotThere, Stale, Refused."""
    one = own(actor, TouchedNorm, touched_id, version)
    reason_given(reason)
    one.delete()
