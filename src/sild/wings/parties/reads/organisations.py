"""The organisations that act in the mechanism, as everybody in it may know them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.values.marking import Marking
from sild.wings.parties.reads.parties import mechanism_file


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """An organisation with its office, its name in the parties file (empty: none), its ceiling, and whether it is the actor's own."""

    id: UUID
    slug: str
    name: str
    office: str
    party: str
    ceiling: Marking
    own: bool


@read
def organisations(actor: Actor) -> list[OrganisationView]:
    """Every organisation of the mechanism, by name."""
    entries = {entry.slug: entry for entry in mechanism_file(actor).organisations}
    return [
        OrganisationView(
            id=one.id,
            slug=one.slug,
            name=one.name,
            office=entries[one.slug].office if one.slug in entries else "",
            party=(entries[one.slug].party or "") if one.slug in entries else "",
            ceiling=Marking(one.ceiling),
            own=one.id == actor.organisation,
        )
        for one in Organisation.objects.order_by("name", "id")
    ]
