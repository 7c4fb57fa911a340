"""Where parties stand with screening: for the page, and for whoever asks by name (the deliverability gate)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.parties.public import PartyView, parties
from sild.wings.screening.models import Hit, Screening
from sild.wings.screening.reads.lists import ListView, current_list, lists
from sild.wings.screening.rules import STANDINGS, HitState, Standing, names_digest, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyStanding:
    """Where a party stands, `list_name` of `as_of` against which it was screened last (empty, None: never), on which day, and its hits.

    `renamed`: it goes by other names since; `older_list`: a newer list is there. `party` is None where the reader knows none of that name.
    """

    party: UUID | None
    name: str
    standing: Standing
    list_name: str = ""
    as_of: date | None = None
    screened_on: date | None = None
    open: int = 0
    cleared: int = 0
    confirmed: int = 0
    renamed: bool = False
    older_list: bool = False
    kind: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningPage:
    """All parties with their standing, those to look at first; `counts` by standing; `current` None: no list is in force."""

    rows: tuple[PartyStanding, ...]
    counts: Mapping[Standing, int]
    current: ListView | None
    reading: int


@read
def screening_of(actor: Actor, names: Iterable[str]) -> dict[str, PartyStanding]:
    """Where the parties of these canonical names stand, by name; of names and screenings that the reader does not see: not screened.

    Whoever keeps the list and the rulings (the secretariat) sees them; to others every party is not screened, as far as they may know.
    """
    wanted = set(names)
    known = {party.name: party for party in parties(actor) if party.name in wanted}
    told = {one.name: one for one in _standings(actor, list(known.values()))}
    return {name: told.get(name, PartyStanding(party=None, name=name, standing=Standing.NOT_SCREENED)) for name in sorted(wanted)}


@read
def screening_page(actor: Actor, *, standing: str = "", text: str = "") -> ScreeningPage:
    """The parties with their standing, narrowed to one standing and to words of their names."""
    every = _standings(actor, parties(actor))
    counts = {one: sum(row.standing == one for row in every) for one in STANDINGS}
    said = text.strip().casefold()
    rows = [row for row in every if (not standing or row.standing == standing) and said in row.name.casefold()]
    rows.sort(key=lambda row: (STANDINGS.index(row.standing), row.name))
    kept = lists(actor)
    current = next((one for one in kept if one.current), None)
    return ScreeningPage(
        rows=tuple(rows), counts=counts, current=current, reading=sum(one.entries is None and not one.withdrawn for one in kept)
    )


@read
def to_screen(actor: Actor) -> list[PartyView]:
    """The parties whose names of today were not held against the list in force; none where there is no list."""
    current = current_list(actor)
    if current is None:
        return []
    done = {one.party_id: (one.list_id, one.names_digest) for one in Screening.objects.filter(owner_id=actor.organisation)}
    return [party for party in parties(actor) if done.get(party.id) != (current.id, names_digest(names_of(party)))]


def names_of(party: PartyView) -> tuple[str, ...]:
    """Every name by which a party goes."""
    return tuple(dict.fromkeys([party.name, *(alias for _language, alias in party.aliases)]))


def _standings(actor: Actor, wanted: list[PartyView]) -> list[PartyStanding]:
    identities = [party.id for party in wanted]
    hits: dict[UUID, list[HitState]] = defaultdict(list)
    for party, state in Hit.objects.filter(party_id__in=identities).values_list("party_id", "state"):
        hits[party].append(HitState(state))
    done = {one.party_id: one for one in Screening.objects.filter(party_id__in=identities)}
    kept = {one.id: one for one in lists(actor)}
    current = next((one for one in kept.values() if one.current), None)
    return [_standing(party, done.get(party.id), hits[party.id], kept, current) for party in wanted]


def _standing(
    party: PartyView, done: Screening | None, hits: list[HitState], kept: Mapping[UUID, ListView], current: ListView | None
) -> PartyStanding:
    renamed = done is not None and done.names_digest != names_digest(names_of(party))
    older = done is not None and (current is None or done.list_id != current.id)
    against = kept.get(done.list_id) if done is not None else None
    return PartyStanding(
        party=party.id,
        name=party.name,
        standing=standing_of(hits, current=done is not None and not renamed and not older),
        list_name=against.name if against is not None else "",
        as_of=against.as_of if against is not None else None,
        screened_on=done.screened_on if done is not None else None,
        open=hits.count(HitState.OPEN),
        cleared=hits.count(HitState.CLEARED),
        confirmed=hits.count(HitState.CONFIRMED),
        renamed=renamed,
        older_list=older,
        kind=party.kind,
        country=party.country,
    )
