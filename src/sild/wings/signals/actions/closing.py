"""Moving an incident or a public statement into a compartment later, with the other readings of it and all that hangs on it.

Its identifier is drawn at random and nothing asks that it be there once: it stays where it lies, and whoever takes the same list in
outside meets nothing. Other organisations that saw it see it no more.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.grants import recall_all
from sild.kernel.inheritance import begin_closing
from sild.kernel.moving import close_into, own_compartment
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.kernel.subjects import own_subject
from sild.wings.signals.models import Incident, PublicStatement

MOVERS = PEOPLE - {Role.AUDITOR}


@action("signals.close-incident-into", roles=MOVERS, recalled=True)
def close_incident_into(actor: Actor, incident_id: UUID, compartment_id: UUID, *, version: int | None = None, reason: str) -> int:
    """Move an incident of one's own organisation into a compartment that one is in; returns how many readings of it went.

    Ties, touched norms, responses and studies that count it go along by inheritance. Raises NotThere, Stale; Refused where it lies in a
    compartment already, or where something that hangs on it lies in another one.
    """
    room, one = own_compartment(actor, compartment_id), own_subject(actor, "signals.Incident", incident_id, version=version)
    assert isinstance(one, Incident)
    root = one.reading_of or one.id
    family = Incident.objects.filter(Q(id=one.id) | Q(id=root) | Q(reading_of=root), owner_id=actor.organisation, compartment_id=None)
    return _close(one, list(family), room.id)


@action("signals.close-statement-into", roles=MOVERS, recalled=True)
def close_statement_into(actor: Actor, statement_id: UUID, compartment_id: UUID, *, version: int | None = None, reason: str) -> int:
    """Move a public statement into a compartment as an incident is moved; returns 1. Raises as `close_incident_into` does."""
    room, one = own_compartment(actor, compartment_id), own_subject(actor, "signals.PublicStatement", statement_id, version=version)
    assert isinstance(one, PublicStatement)
    return _close(one, [one], room.id)


def _close(one: Record, family: list[Incident] | list[PublicStatement], room: UUID) -> int:
    if one.compartment_id is not None:
        raise Refused(_("It lies in a compartment already. It leaves it by a lowering of two people."))
    # what is tied to it at this moment waits, and finds it closed
    begin_closing()
    recall_all(one._meta.label, [each.id for each in family])
    close_into(room, family)
    return len(family)
