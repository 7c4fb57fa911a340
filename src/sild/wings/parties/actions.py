"""Verbs of the parties wing: found a mechanism, take in a parties file, keep an unknown body for review."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Mechanism, Member, Organisation
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.parties.models import Party
from sild.wings.parties.rules import SERVICES, MechanismFile, PartyRow, PartyStatus, member_ceiling, organisation_ceiling

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
    services = [
        Member(slug=slug, name=name, organisation_id=actor.organisation, roles=[Role.SERVICE.value]) for slug, name in SERVICES.items()
    ]
    Member.objects.bulk_create(services)


@action("parties.change-mechanism", roles=KEEPERS)
def change_mechanism(actor: Actor, spec: MechanismFile) -> bool:
    """Take in a changed file of the mechanism. Organisations and members only grow; roles and ceilings become the file's. Returns: changed?

    Raises Refused when the file would turn a real mechanism into an exercise, or the other way round.
    """
    mechanism = Mechanism.objects.get(id=actor.mechanism)
    if mechanism.exercise != spec.exercise:
        kind = "an exercise" if mechanism.exercise else "no exercise"
        raise Refused(f"The mechanism {mechanism.slug} is {kind} and stays so. Give the file another short name to found a new mechanism.")
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
            fresh.append(Member(slug=entry.slug, name=wanted[0], organisation_id=wanted[1], roles=wanted[2], ceiling=ceiling))
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


@action("parties.import", roles=KEEPERS)
def import_parties(actor: Actor, rows: Iterable[PartyRow]) -> tuple[int, int]:
    """Take in the rows of a parties file: (new, changed). A party that the file does not name stays as it is."""
    known = {party.name: party for party in Party.objects.all()}
    fresh: list[Party] = []
    changed: list[Party] = []
    for row in rows:
        aliases = [list(pair) for pair in row.aliases]
        party = known.get(row.name)
        if party is None:
            fresh.append(Party(name=row.name, aliases=aliases, country=row.country, kind=row.kind, sector=row.sector, parent=row.parent))
            continue
        wanted = (aliases, row.country, row.kind, row.sector, row.parent, PartyStatus.KNOWN)
        if (party.aliases, party.country, party.kind, party.sector, party.parent, party.status) != wanted:
            party.aliases, party.country, party.kind, party.sector, party.parent, party.status = wanted
            changed.append(party)
    Party.objects.bulk_create(fresh)
    Party.objects.bulk_change(changed, ["aliases", "country", "kind", "sector", "parent", "status"])
    return len(fresh), len(changed)


@action("parties.keep-for-review", roles=KEEPERS)
def keep_for_review(actor: Actor, met: dict[str, list[str]]) -> int:
    """Keep bodies that no file names, with the messages that name them; an officer reviews them. Returns how many are new."""
    known = {party.name: party for party in Party.objects.filter(name__in=list(met))}
    fresh = [
        Party(name=name, status=PartyStatus.FOR_REVIEW, met_in=sorted(messages)) for name, messages in met.items() if name not in known
    ]
    widened = []
    for name, party in known.items():
        joined = sorted({*party.met_in, *met[name]})
        if party.status == PartyStatus.FOR_REVIEW and joined != party.met_in:
            party.met_in = joined
            widened.append(party)
    Party.objects.bulk_create(fresh)
    Party.objects.bulk_change(widened, ["met_in"])
    return len(fresh)
