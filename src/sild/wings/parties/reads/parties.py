"""Questions about parties and the mechanism."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.identity import Mechanism, Organisation
from sild.kernel.refusals import NotThere
from sild.wings.parties.models import Party
from sild.wings.parties.rules import MechanismFile, PartyStatus

STOREYS = 12
"""How far up a party's line is followed; a line that goes in a circle ends by itself."""

MOST_BELOW = 400
"""Parties below others that are read with them: a ministry may have thousands."""


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
    return [_view(party) for party in Party.objects.order_by("name")]


@read
def parties_with_above(actor: Actor, names: Iterable[str]) -> list[PartyView]:
    """The parties of these canonical names with all above them, by name; a question for each storey, at most `STOREYS`."""
    found: dict[str, PartyView] = {}
    wanted = set(names) - {""}
    for _storey in range(STOREYS):
        fresh = [_view(party) for party in Party.objects.filter(name__in=wanted)] if wanted else []
        found |= {party.name: party for party in fresh}
        wanted = {party.parent for party in fresh} - found.keys() - {""}
    return [found[name] for name in sorted(found)]


@read
def parties_around(actor: Actor, names: Iterable[str]) -> list[PartyView]:
    """The parties of these canonical names with all above them and what stands below them, by name; of the latter `MOST_BELOW` at most."""
    found = {party.name: party for party in parties_with_above(actor, names)}
    uppers = {*names} & found.keys()
    left = MOST_BELOW
    for _storey in range(STOREYS):
        if not uppers or left <= 0:
            break
        lower = [_view(party) for party in Party.objects.filter(parent__in=uppers).order_by("name")[:left]]
        fresh = {party.name: party for party in lower if party.name not in found}
        left -= len(fresh)
        uppers = set(fresh)
        found |= fresh
    return [found[name] for name in sorted(found)]


@read
def right_below(actor: Actor, names: Iterable[str], *, most: int) -> dict[str, tuple[str, ...]]:
    """The names of the parties right below each of these, for those with at most `most` of them."""
    wanted = sorted(set(names) - {""})
    counted = Party.objects.filter(parent__in=wanted).order_by().values_list("parent").annotate(Count("id"))
    few = [parent for parent, count in counted if count <= most]
    below: dict[str, list[str]] = {parent: [] for parent in few}
    if few:
        for parent, name in Party.objects.filter(parent__in=few).order_by("name").values_list("parent", "name"):
            below[parent].append(name)
    return {parent: tuple(found) for parent, found in below.items()}


def _view(party: Party) -> PartyView:
    return PartyView(
        id=party.id,
        name=party.name,
        aliases=tuple((language, alias) for language, alias in party.aliases),
        country=party.country,
        kind=party.kind,
        sector=party.sector,
        parent=party.parent,
        known=party.status == PartyStatus.KNOWN,
    )


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
