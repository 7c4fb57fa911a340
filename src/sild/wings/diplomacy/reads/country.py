"""The State for which the actor's organisation speaks."""

from __future__ import annotations

from sild.kernel.actor import Actor
from sild.values.country import country_called
from sild.wings.parties.public import mechanism_file, organisation_ids, parties


def own_country(actor: Actor) -> str:
    """The country of the party for which the actor's organisation speaks; "" where the mechanism's file names none."""
    slugs = {identity: slug for slug, identity in organisation_ids(actor).items()}
    own = slugs.get(actor.organisation, "")
    party = next((one.party for one in mechanism_file(actor).organisations if one.slug == own), "")
    if not party:
        return ""
    # who is no officer may see no parties: a State is then known by its name
    return next((one.country for one in parties(actor) if one.name == party and one.country), "") or country_called(party)
