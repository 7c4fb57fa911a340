"""Verbs about the mechanism: found it, take in a changed file of it. Every mechanism has the desk's own services as members."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Mechanism, Member, Organisation
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.parties.rules import SERVICES, MechanismFile, member_ceiling, organisation_ceiling

FOUNDERS = frozenset({Role.SERVICE})
KEEPERS = frozenset({Role.OFFICER, Role.SERVICE})


@action("parties.found-mechanism", roles=FOUNDERS)
def found_mechanism(actor: Actor, spec: MechanismFile) -> None:
    """Write the mechanism, its organisations and its members, with the service actors of the secretariat."""
    organisations = {entry.slug: actor.organisation if entry.office == "secretariat" else uuid.uuid4() for entry in spec.organisations}
    Mechanism(
        id=actor.mechanism,
        slug=spec.mechanism,
        name=spec.name,
        exercise=spec.exercise,
        spec=spec.model_dump(mode="json"),
        # who belongs to the mechanism is known to everybody who does, whatever their ceiling
        marking=int(Marking.CLEAR),
        releasable_to=_others(actor, organisations.values()),
    ).save()
    _add_organisations(actor, spec, organisations)
    _set_members(spec, organisations)
    _complete(actor)


@action("parties.complete-seats", roles=KEEPERS)
def complete_seats(actor: Actor) -> None:
    """Bring the seats of a mechanism from before up to date: its service actors, and who reads of which seat."""
    _complete(actor)


def _complete(actor: Actor) -> None:
    """The service actors that this mechanism lacks are made; a seat of another organisation becomes readable by that organisation."""
    present = set(Member.objects.values_list("slug", flat=True))
    Member.objects.bulk_create(
        [
            Member(slug=slug, name=name, organisation_id=actor.organisation, roles=[Role.SERVICE.value])
            for slug, name in SERVICES.items()
            if slug not in present
        ]
    )
    unread = [member for member in Member.objects.all() if member.releasable_to != _readers(actor, member.organisation_id)]
    for member in unread:
        member.releasable_to = _readers(actor, member.organisation_id)
    Member.objects.bulk_change(unread, ["releasable_to"])


def _readers(actor: Actor, organisation: uuid.UUID) -> list[uuid.UUID]:
    return [] if organisation == actor.organisation else [organisation]


@action("parties.change-mechanism", roles=KEEPERS)
def change_mechanism(actor: Actor, spec: MechanismFile) -> bool:
    """Take in a changed file of the mechanism. Organisations and members only grow; roles and ceilings become the file's. Returns: changed?

    Raises Refused when the file would turn a real mechanism into an exercise, or the other way round.
    """
    mechanism = Mechanism.objects.get(id=actor.mechanism)
    if mechanism.exercise != spec.exercise:
        kind = "an exercise" if mechanism.exercise else "no exercise"
        raise Refused(f"The mechanism {mechanism.slug} is {kind} and stays so. Give the file another short name to found a new mechanism.")
    _complete(actor)
    content = spec.model_dump(mode="json")
    if mechanism.spec == content:
        return False
    organisations = {organisation.slug: organisation.id for organisation in Organisation.objects.all()}
    fresh = {entry.slug: uuid.uuid4() for entry in spec.organisations if entry.slug not in organisations}
    organisations |= fresh
    mechanism.spec, mechanism.name = content, spec.name
    mechanism.releasable_to = _others(actor, organisations.values())
    mechanism.save()
    told = {entry.slug: organisation_ceiling(entry) for entry in spec.organisations}
    for organisation in Organisation.objects.all():
        organisation.releasable_to = mechanism.releasable_to
        organisation.ceiling = int(told.get(organisation.slug, organisation.ceiling))
        organisation.save()
    _add_organisations(actor, spec, organisations)
    _set_members(spec, organisations)
    _complete(actor)
    return True


def _others(actor: Actor, organisations: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return sorted(identity for identity in organisations if identity != actor.organisation)


def _add_organisations(actor: Actor, spec: MechanismFile, organisations: dict[str, uuid.UUID]) -> None:
    present = set(Organisation.objects.values_list("slug", flat=True))
    released = _others(actor, organisations.values())
    Organisation.objects.bulk_create(
        [
            Organisation(
                id=organisations[entry.slug],
                slug=entry.slug,
                name=entry.name,
                ceiling=int(organisation_ceiling(entry)),
                marking=int(Marking.CLEAR),
                releasable_to=released,
            )
            for entry in spec.organisations
            if entry.slug not in present
        ]
    )


def _set_members(spec: MechanismFile, organisations: dict[str, uuid.UUID]) -> None:
    """Members of the file are there with the roles of the file: a role that is taken away there is taken away here.

    A member whom the file does not name keeps its roles; its ceiling follows its organisation's all the same.
    """
    present = {member.slug: member for member in Member.objects.all()}
    slugs = {identity: slug for slug, identity in organisations.items()}
    fresh, changed = [], []
    for entry in spec.members:
        member = present.pop(entry.slug, None)
        ceiling = int(member_ceiling(spec, entry.organisation, entry.roles))
        wanted = (entry.name, organisations[entry.organisation], list(entry.roles), ceiling)
        if member is None:
            # its own organisation reads of a seat, whatever the ceiling there
            marking = int(Marking.CLEAR)
            fresh.append(
                Member(slug=entry.slug, name=wanted[0], organisation_id=wanted[1], roles=wanted[2], ceiling=ceiling, marking=marking)
            )
        elif (member.name, member.organisation_id, member.roles, member.ceiling) != wanted:
            member.name, member.organisation_id, member.roles, member.ceiling = wanted
            changed.append(member)
    for member in present.values():
        if member.slug in SERVICES or slugs.get(member.organisation_id) not in {entry.slug for entry in spec.organisations}:
            continue
        ceiling = int(member_ceiling(spec, slugs[member.organisation_id], member.roles))
        if member.ceiling != ceiling:
            member.ceiling = ceiling
            changed.append(member)
    Member.objects.bulk_create(fresh)
    Member.objects.bulk_change(changed, ["name", "organisation_id", "roles", "ceiling"])
