"""Verbs of the parties wing: found a mechanism, take in a parties file, keep an unknown body for review."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Mechanism, Member, Organisation
from sild.wings.parties.models import Party
from sild.wings.parties.rules import MechanismFile, PartyRow, PartyStatus

FOUNDERS = frozenset({Role.SERVICE})
KEEPERS = frozenset({Role.OFFICER, Role.SERVICE})


@action("parties.found-mechanism", roles=FOUNDERS)
def found_mechanism(actor: Actor, spec: MechanismFile) -> None:
    """Write the mechanism, its organisations and its members, with the service actors `run` and `sequencer` of the secretariat."""
    organisations = {entry.slug: actor.organisation if entry.office == "secretariat" else uuid.uuid4() for entry in spec.organisations}
    everybody = [identity for identity in organisations.values() if identity != actor.organisation]
    Mechanism(
        id=actor.mechanism,
        slug=spec.mechanism,
        name=spec.name,
        exercise=spec.exercise,
        spec=spec.model_dump(mode="json"),
        releasable_to=everybody,
    ).save()
    Organisation.objects.bulk_create(
        [
            Organisation(id=organisations[entry.slug], slug=entry.slug, name=entry.name, releasable_to=everybody)
            for entry in spec.organisations
        ]
    )
    services = [("run", "the run"), ("sequencer", "the sequencer")]
    Member.objects.bulk_create(
        [
            Member(
                slug=entry.slug,
                name=entry.name,
                organisation_id=organisations[entry.organisation],
                roles=list(entry.roles),
            )
            for entry in spec.members
        ]
        + [Member(slug=slug, name=name, organisation_id=actor.organisation, roles=[Role.SERVICE.value]) for slug, name in services]
    )


@action("parties.change-mechanism", roles=KEEPERS)
def change_mechanism(actor: Actor, spec: MechanismFile) -> bool:
    """Take in a changed file of the mechanism: weights, gates, scope. Organisations and members only grow. Returns: changed?"""
    mechanism = Mechanism.objects.get(id=actor.mechanism)
    content = spec.model_dump(mode="json")
    if mechanism.spec == content:
        return False
    mechanism.spec, mechanism.name = content, spec.name
    mechanism.save()
    known = {organisation.slug: organisation.id for organisation in Organisation.objects.all()}
    fresh = [entry for entry in spec.organisations if entry.slug not in known]
    for entry in fresh:
        known[entry.slug] = uuid.uuid4()
    Organisation.objects.bulk_create([Organisation(id=known[entry.slug], slug=entry.slug, name=entry.name) for entry in fresh])
    present = set(Member.objects.values_list("slug", flat=True))
    Member.objects.bulk_create(
        [
            Member(
                slug=entry.slug,
                name=entry.name,
                organisation_id=known[entry.organisation],
                roles=list(entry.roles),
            )
            for entry in spec.members
            if entry.slug not in present
        ]
    )
    return True


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
            fresh.append(Party(name=row.name, aliases=aliases, country=row.country, kind=row.kind, sector=row.sector))
            continue
        wanted = (aliases, row.country, row.kind, row.sector, PartyStatus.KNOWN)
        if (party.aliases, party.country, party.kind, party.sector, party.status) != wanted:
            party.aliases, party.country, party.kind, party.sector, party.status = wanted
            changed.append(party)
    Party.objects.bulk_create(fresh)
    Party.objects.bulk_change(changed, ["aliases", "country", "kind", "sector", "status"])
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
