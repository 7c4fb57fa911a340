"""Questions about parties and the mechanism."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.identity import Mechanism, Organisation
from sild.kernel.refusals import NotThere
from sild.wings.parties.models import Party
from sild.wings.parties.rules import MechanismFile, PartyStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """A party as others read it; `aliases` are (language, name) pairs, `parent` the canonical name of the party above it or empty."""

    id: UUID
    name: str
    aliases: tuple[tuple[str, str], ...]
    country: str
    kind: str
    sector: str
    parent: str
    known: bool


@read
def parties(actor: Actor) -> list[PartyView]:
    """Every party that the actor may see, by name."""
    return [
        PartyView(
            id=party.id,
            name=party.name,
            aliases=tuple((language, alias) for language, alias in party.aliases),
            country=party.country,
            kind=party.kind,
            sector=party.sector,
            parent=party.parent,
            known=party.status == PartyStatus.KNOWN,
        )
        for party in Party.objects.order_by("name")
    ]


@read
def mechanism_file(actor: Actor) -> MechanismFile:
    """The mechanism that the actor works in, as its file says. Raises NotThere."""
    mechanism = Mechanism.objects.filter(id=actor.mechanism).first()
    if mechanism is None:
        raise NotThere("There is no such mechanism.")
    return MechanismFile.model_validate(mechanism.spec)


@read
def organisation_ids(actor: Actor) -> dict[str, UUID]:
    """The organisations of the mechanism, by their short names."""
    return {organisation.slug: organisation.id for organisation in Organisation.objects.all()}


@read
def parents(actor: Actor) -> dict[str, str]:
    """The name of the party above each party that has one."""
    return dict(Party.objects.exclude(parent="").values_list("name", "parent"))
