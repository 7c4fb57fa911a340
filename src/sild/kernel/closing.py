"""Closing a record further: a higher marking, a later embargo. One person may; what hangs on the record is closed with it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.grants import MOST_RELEASED, recall_all
from sild.kernel.refusals import Refused
from sild.kernel.subjects import own_subject
from sild.values.marking import Marking

MARKERS = PEOPLE - {Role.AUDITOR}


@action("access.raise-marking", roles=MARKERS, recalled=True)
def raise_marking(actor: Actor, subject_model: str, subject_id: UUID, marking: Marking, *, reason: str, version: int | None = None) -> None:
    """Mark a record of one's own organisation higher, and all that was made from it; above AMBER nobody else sees it any more.

    Raises NotThere, Stale; Refused above the actor's own ceiling, and for a marking that is not higher.
    """
    record = own_subject(actor, subject_model, subject_id, version=version)
    if marking > actor.ceiling:
        told = _("{marking} is above what you may see yourself ({ceiling}). Ask a colleague with a higher ceiling to mark it.")
        raise Refused(told.format(marking=marking.label, ceiling=actor.ceiling.label))
    if marking <= record.marking:
        told = _("The record is marked {now} already. A marking is lowered by two people: propose that instead.")
        raise Refused(told.format(now=Marking(record.marking).label))
    record.marking = int(marking)
    if marking > MOST_RELEASED:
        recall_all(subject_model, [subject_id])
        record.releasable_to = []
    record.save()


@action("access.set-embargo", roles=MARKERS, recalled=True)
def set_embargo(actor: Actor, subject_model: str, subject_id: UUID, until: datetime, *, reason: str, version: int | None = None) -> None:
    """Keep a record of one's own organisation from all others until a moment. Raises NotThere, Stale; Refused for an earlier end."""
    record = own_subject(actor, subject_model, subject_id, version=version)
    if until.tzinfo is None:
        raise Refused(_("Say in which time zone the embargo ends."))
    if until <= clock.now():
        raise Refused(_("The embargo would be over already. Name a moment to come."))
    if record.embargo_until is not None and until < record.embargo_until:
        told = _("The embargo lasts until {when}. It is ended sooner by two people: propose that instead.")
        raise Refused(told.format(when=date_format(record.embargo_until, "j M Y H:i e")))
    record.embargo_until = until
    record.save()
