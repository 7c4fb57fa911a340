"""To whom what is stated goes besides who states it: the offices that plan, and the body of which it speaks where it has a seat."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.parties.public import mechanism_file, organisation_ids
from sild.wings.planning.rules import KIND_FORMS, LimitEntry

OFFICES = frozenset({"secretariat", "front-office", "back-office"})
PLANS = frozenset({"secretariat"})


def readers_of_limit(actor: Actor, entry: LimitEntry) -> list[UUID]:
    """The organisations that see a limit, but for the one that states it: what a giver says of itself goes to the secretariat alone."""
    of_body = KIND_FORMS[entry.kind].about == "body"
    offices = OFFICES if of_body else PLANS
    identities = organisation_ids(actor)
    return sorted(
        identities[one.slug]
        for one in mechanism_file(actor).organisations
        if one.slug in identities
        and (one.office in offices or (of_body and one.party and one.party == entry.subject))
        and identities[one.slug] != actor.organisation
    )
