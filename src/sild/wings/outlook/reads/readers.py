"""To whom what is said about a body goes, besides who says it: the offices that plan and chase, and the body itself where it has a seat."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.parties.public import mechanism_file, organisation_ids

OFFICES = frozenset({"secretariat", "front-office", "back-office"})


def readers_of(actor: Actor, body: str) -> list[UUID]:
    """The organisations that see what is said about a body, but for the one that says it."""
    identities = organisation_ids(actor)
    return sorted(
        identities[one.slug]
        for one in mechanism_file(actor).organisations
        if one.slug in identities and (one.office in OFFICES or one.party == body) and identities[one.slug] != actor.organisation
    )
