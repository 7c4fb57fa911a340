"""Moving records into a compartment under new, random identifiers, so that the same bytes may come again outside and meet nothing.

Closed where they lie, copied under new identifiers, and the old rows removed: an identifier that is derived from content, or a rule that
something be there once, would tell those outside that there is something inside.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from sild.kernel.action import action, read
from sild.kernel.actor import PEOPLE, Actor, Role, current_actor, on_behalf_of
from sild.kernel.identity import Compartment, Member, Organisation
from sild.kernel.inheritance import begin_closing, close_history, models_of_records
from sild.kernel.journal import current_journal
from sild.kernel.record import Record
from sild.kernel.refusals import NotThere, Refused

R = TypeVar("R", bound=Record)
KEEPERS = PEOPLE - {Role.AUDITOR}


def open_compartment(actor: Actor, name: str, members: Collection[UUID], *, reason: str) -> UUID:
    """Open a compartment for some seats of one's own organisation, one's own among them. Returns its id. Raises NotThere, Refused."""
    identity = uuid.uuid4()
    # the act is the compartment's own, done from inside: those outside see neither that it is there nor that it was opened
    _open(replace(actor, compartments=actor.compartments | {identity}), identity, name, members, reason=reason)
    return identity


@action("access.open-compartment", roles=KEEPERS, recalled=True)
def _open(actor: Actor, identity: UUID, name: str, members: Collection[UUID], *, reason: str) -> None:
    if not name.strip():
        raise Refused(_("Give the compartment a name that its members know it by."))
    seated = _seated(actor, members)
    Compartment(id=identity, compartment_id=identity, name=name.strip()[:200], members=seated).save()


@action("access.change-compartment", roles=KEEPERS, recalled=True)
def change_compartment_members(
    actor: Actor, compartment_id: UUID, members: Collection[UUID], *, reason: str, version: int | None = None
) -> None:
    """Change who is in a compartment that one is in oneself; one does not take oneself out. Raises NotThere, Stale.

    One member decides: whoever is inside could tell a colleague what is there, and nothing leaves the organisation or its marking.
    """
    room = own_compartment(actor, compartment_id)
    if version is not None and room.version != version:
        raise room.stale()
    room.members = _seated(actor, members)
    room.save()


@read
def compartments_of(actor: Actor) -> list[tuple[UUID, str]]:
    """The compartments that the actor is in, by name: (id, name)."""
    rooms = Compartment.objects.filter(id__in=list(actor.compartments), closed=False).order_by("name")
    return list(rooms.values_list("id", "name"))


def own_compartment(actor: Actor, compartment_id: UUID) -> Compartment:
    """A compartment that the actor is in. Raises NotThere: those outside do not learn that there is one."""
    room = Compartment.objects.filter(id=compartment_id, closed=False).first()
    if room is None or compartment_id not in actor.compartments or actor.person not in room.members:
        raise NotThere(_("There is no such compartment."))
    return room


def _seated(actor: Actor, members: Collection[UUID]) -> list[UUID]:
    """Seats of the actor's organisation. Who sits where is the secretariat's record: it is asked on its behalf."""
    wanted = {*members, actor.person}
    found = {member.id for member in own_seats(actor) if member.id in wanted}
    if found != wanted:
        raise NotThere(_("There is no such seat in your organisation."))
    return sorted(found)


def own_seats(actor: Actor) -> list[Member]:
    """The seats of the actor's organisation, by name, for a read or an act inside it: the secretariat keeps the list."""
    found: dict[UUID, Member] = {}
    for owner in sorted(set(Organisation.objects.values_list("owner_id", flat=True))):
        with on_behalf_of(owner):
            found |= {member.id: member for member in Member.objects.filter(organisation_id=actor.organisation)}
    return sorted(found.values(), key=lambda member: (member.name, member.id))


def close_into(compartment: UUID, records: Sequence[Any]) -> None:
    """Put records of one kind and owner into a compartment where they lie, with all that history keeps of them."""
    if not records:
        return
    # what is written about them from here on waits, and finds them gone
    begin_closing()
    for record in records:
        record.compartment_id = compartment
        record.releasable_to = []
    model = type(records[0])
    with on_behalf_of(records[0].owner_id):
        model._default_manager.bulk_change(records, ["compartment_id", "releasable_to"])
    close_history(model._meta.label, [record.id for record in records])


def remove(records: Sequence[Any]) -> None:
    """Remove records that were closed into a compartment; their images stay in the history of the compartment."""
    for record in records:
        with on_behalf_of(record.owner_id):
            record.delete()


def copy_of(record: R, **changes: Any) -> R:
    """The record anew under a new identifier, the actor's organisation's, with some fields changed; not yet saved.

    The identifier is drawn with the act and not in its turn among others: what somebody else keeps beside it, which those who move it do
    not see, shifts nobody's.
    """
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    identity = uuid.uuid5(current_journal().root, f"{record._meta.label} {record.id}")
    values |= {"id": identity, "version": 1, "owner_id": current_actor().organisation, "releasable_to": []}
    return type(record)(**(values | changes))


def rename_in_history(label: str, moved: Mapping[UUID, UUID], compartment: UUID) -> None:
    """Let the history, notes, next steps and grants of records in a compartment speak of them under their new identifiers."""
    if not moved:
        return
    pairs: list[Any] = [list(moved), list(moved.values()), compartment]
    beside = [model for model in models_of_records() if any(way.of == "*" for way in model.inherits)]
    for owner in sorted(Organisation.objects.values_list("id", flat=True)):
        with on_behalf_of(owner), connection.cursor() as cursor:
            cursor.execute(
                "update kernel_change change set record_id = pair.new from unnest(%s::uuid[], %s::uuid[]) as pair(old, new)"
                " where change.record_id = pair.old and change.compartment_id = %s and change.model = %s",
                [*pairs, label],
            )
            for model in beside:
                kept: Any = model._default_manager
                found = list(kept.filter(subject_model=label, subject_id__in=list(moved), owner_id=owner))
                close_into(compartment, found)
                for record in found:
                    record.subject_id = moved[record.subject_id]
                kept.bulk_change(found, ["subject_id"])
