"""Who is who in a mechanism, as the rule of release knows it, and which organisation decides about a need or an offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.parties.public import MechanismFile, mechanism_file, organisation_ids, parents
from sild.wings.register.rules.release import Audiences


@read
def decides(actor: Actor, own: bool, body: str) -> bool:
    """Whether the actor's organisation decides about a need or an offer: it is its own, or for a body that it speaks for.

    Others to whom it was released read it.
    """
    return own or actor.organisation in audiences_of(actor).concerned(body)


def audiences_of(actor: Actor) -> Audiences:
    """The mechanism's organisations as the rule sees them."""
    spec, identities = mechanism_file(actor), organisation_ids(actor)
    return Audiences(
        front_offices=_in_office(spec, identities, "front-office"),
        donors=_in_office(spec, identities, "donor"),
        recipients=_by_party(spec, identities, {"recipient"}),
        givers=_by_party(spec, identities, {"donor", "company"}),
        parents=parents(actor),
    )


def _in_office(spec: MechanismFile, identities: dict[str, UUID], office: str) -> frozenset[UUID]:
    return frozenset(identities[entry.slug] for entry in spec.organisations if entry.office == office and entry.slug in identities)


def _by_party(spec: MechanismFile, identities: dict[str, UUID], offices: Collection[str]) -> dict[str, frozenset[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for entry in spec.organisations:
        if entry.office in offices and entry.party and entry.slug in identities:
            found[entry.party].add(identities[entry.slug])
    return {party: frozenset(ids) for party, ids in found.items()}
