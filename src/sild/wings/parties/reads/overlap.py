"""What the mechanism's file says about asking across walls, and which parties stand above a body."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.identity import Mechanism, Organisation
from sild.wings.parties.models import Party
from sild.wings.parties.rules import OverlapEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapTerms:
    """How often one may ask across walls, and who is left out: organisations, and by name the parties that they speak for.

    `coordinators` are short names of members; `secretariat` is the organisation that keeps the mechanism's parties.
    """

    person_per_day: int
    organisation_per_day: int
    coordinators: frozenset[str]
    left_out: frozenset[UUID]
    parties_left_out: frozenset[str]
    secretariat: UUID


@read
def overlap_terms(actor: Actor) -> OverlapTerms | None:
    """The terms of the actor's mechanism; None where its file does not let anybody ask."""
    found = Mechanism.objects.filter(id=actor.mechanism).values_list("owner_id", "spec__overlap", "spec__organisations").first()
    if found is None or found[1] is None:
        return None
    secretariat, told, organisations = found
    entry = OverlapEntry.model_validate(told)
    return OverlapTerms(
        person_per_day=entry.person_per_day,
        organisation_per_day=entry.organisation_per_day,
        coordinators=frozenset(entry.coordinators),
        left_out=frozenset(Organisation.objects.filter(slug__in=entry.left_out).values_list("id", flat=True))
        if entry.left_out
        else frozenset(),
        parties_left_out=frozenset(one["party"] for one in organisations if one["slug"] in entry.left_out and one["party"]),
        secretariat=secretariat,
    )


@read
def asks_across_walls(actor: Actor) -> bool:
    """Whether the actor's organisation may ask across walls: the file lets people ask, and does not leave it out."""
    terms = overlap_terms(actor)
    return terms is not None and actor.organisation not in terms.left_out


@read
def above(actor: Actor, names: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The party above each of the named parties and of those above them, and the kind of every party met: both by name."""
    parents: dict[str, str] = {}
    kinds: dict[str, str] = {}
    wanted = {name for name in names if name}
    while wanted:
        rows = Party.objects.filter(name__in=wanted, owner_id=actor.organisation).values_list("name", "parent", "kind")
        for name, parent, kind in rows:
            parents[name], kinds[name] = parent, kind
        wanted = {parents[name] for name in wanted if parents.get(name)} - set(parents)
    return parents, kinds
