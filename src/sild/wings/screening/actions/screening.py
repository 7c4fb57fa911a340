"""Holding parties against the list in force. Hits are made, mended and reopened; nothing is ruled here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.cores.screening import Hit as Found
from sild.cores.screening import Kind, ListIndex, Party, screen_against
from sild.formats.follow_the_money import ListedEntity
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.jobs import defer
from sild.kernel.turns import turn_until_commit
from sild.wings.parties.public import PartyKind, PartyView, mechanism_file
from sild.wings.screening.actions.lists import OFFICERS, Loaded
from sild.wings.screening.models import Hit, Screening, ScreeningList
from sild.wings.screening.reads.standing import names_of, to_screen
from sild.wings.screening.rules import MOST_HITS, READ, RULED, Grounds, HitState, names_digest, still_holds

WHO = frozenset({Role.OFFICER, Role.SERVICE})
KINDS = dict.fromkeys(PartyKind, Kind.ORGANISATION)
WRITTEN = (
    *("party", "list_id", "in_list", "entry", "entry_digest", "names_digest", "party_name", "entry_name", "score", "parts"),
    *("state", "rulings"),
)
"""What a screening writes of a hit that is there."""
SHOWN_NAMES = 40
"""Names of an entry that a hit keeps; a hit is a question, and the list has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """How many parties were held against the list, and how many hits wait for a person because of it: new ones, and reopened ones."""

    parties: int = 0
    fresh: int = 0
    reopened: int = 0


@action("screening.ask", roles=OFFICERS)
def ask_screening(actor: Actor) -> None:
    """Ask the worker to read new lists and to screen whoever has to be."""
    defer(READ, actor=actor)


@action("screening.screen", roles=WHO, recalled=True)
def screen_parties(actor: Actor, list_id: UUID, loaded: Loaded) -> Screened:
    """Hold every party that has to be screened anew against a list that was read. Raises NotThere.

    A hit that a person ruled keeps its ruling while the entry and the party's names are what they were; else it is open again.
    """
    against: ScreeningList = ScreeningList.found(list_id)
    # two at once would write the same hits: the second finds nothing left to do
    turn_until_commit(actor.mechanism, "screening")
    wanted = to_screen(actor)
    if not wanted:
        return Screened()
    answer = screen_against(ListIndex(tuple(loaded.entries())), (_asked(party) for party in wanted))
    found: dict[str, list[Found]] = defaultdict(list)
    for hit in answer.hits:
        found[hit.party].append(hit)
    keeping = _Keeping(actor, against, loaded.entities, wanted)
    for party in wanted:
        keeping.keep(party, found[str(party.id)][:MOST_HITS])
    return keeping.done()


def _asked(party: PartyView) -> Party:
    countries = frozenset({party.country}) if len(party.country) == 2 else frozenset()
    kind = KINDS.get(PartyKind(party.kind), Kind.ANY) if party.kind in {*PartyKind} else Kind.ANY
    return Party(id=str(party.id), names=names_of(party), kind=kind, countries=countries)


class _Keeping:
    """One screening as it is written down: hits of each party beside those that are there."""

    def __init__(self, actor: Actor, against: ScreeningList, entities: Mapping[str, ListedEntity], parties: Sequence[PartyView]) -> None:
        self._against, self._entities = against, entities
        self._today = mechanism_file(actor).today or clock.today()
        ids = [party.id for party in parties]
        self._there: dict[UUID, dict[str, Hit]] = defaultdict(dict)
        for hit in Hit.objects.filter(party_id__in=ids, owner_id=actor.organisation):
            self._there[hit.party_id][hit.entry_id] = hit
        self._done = {one.party_id: one for one in Screening.objects.filter(party_id__in=ids, owner_id=actor.organisation)}
        self._new: list[Hit] = []
        self._changed: list[Hit] = []
        self._first: list[Screening] = []
        self._again: list[Screening] = []
        self._reopened = 0

    def keep(self, party: PartyView, found: Sequence[Found]) -> None:
        """Write down what was found for one party."""
        names = names_digest(names_of(party))
        there = self._there[party.id]
        for hit in found:
            entity = self._entities[hit.entry]
            known = there.pop(hit.entry, None)
            record = known if known is not None else Hit(party_id=party.id, entry_id=hit.entry)
            now = Grounds(entry=entity.digest(), names=names)
            if known is not None:
                self._review(record, now)
            record.party, record.list_id, record.in_list = party.name, self._against.id, True
            record.entry, record.entry_digest, record.names_digest = _kept(entity), now.entry, now.names
            record.party_name, record.entry_name = hit.party_name[:300], hit.entry_name[:300]
            record.score, record.parts = Decimal(str(hit.score)).quantize(Decimal("0.01")), _parts(hit)
            if known is None:
                self._new.append(record)
            elif record.image() != record.remembered():
                self._changed.append(record)
        self._lose(there.values())
        self._note(party, names, len(found))

    def _review(self, record: Hit, now: Grounds) -> None:
        """What was ruled stands while what it was ruled on stands."""
        before = HitState(record.state)
        held = still_holds(Grounds(entry=record.entry_digest, names=record.names_digest), now)
        if before == HitState.GONE or (before in RULED and not held):
            why = "" if before == HitState.GONE else "changed"
            record.rulings = [*record.rulings, _opened(self._today, before, why)]
            record.state = HitState.OPEN
            self._reopened += 1

    def _lose(self, gone: Iterable[Hit]) -> None:
        """Hits that are not found any more: an open one is gone, what a person ruled stays, and says that the list no longer has it."""
        for record in gone:
            record.in_list = False
            if record.state == HitState.OPEN:
                record.state = HitState.GONE
            if record.image() != record.remembered():
                self._changed.append(record)

    def _note(self, party: PartyView, names: str, count: int) -> None:
        done = self._done.get(party.id)
        record = done if done is not None else Screening(party_id=party.id)
        record.list_id, record.names_digest, record.screened_on, record.hits = self._against.id, names, self._today, count
        (self._first if done is None else self._again).append(record)

    def done(self) -> Screened:
        """Write it all, and tell how much it was."""
        Hit.objects.bulk_create(self._new)
        Hit.objects.bulk_change(self._changed, WRITTEN)
        Screening.objects.bulk_create(self._first)
        Screening.objects.bulk_change(self._again, ("list_id", "names_digest", "screened_on", "hits"))
        return Screened(parties=len(self._first) + len(self._again), fresh=len(self._new), reopened=self._reopened)


def _kept(entity: ListedEntity) -> dict[str, Any]:
    """The entry as a hit keeps it."""
    return {
        "type": entity.schema,
        "kind": entity.kind,
        "names": list(entity.names[:SHOWN_NAMES]),
        "weak": list(entity.weak[:SHOWN_NAMES]),
        "names_in_all": len(entity.names) + len(entity.weak),
        "countries": list(entity.countries),
        "topics": list(entity.topics),
        "programmes": list(entity.programmes),
        "births": list(entity.births),
        "link": entity.link,
    }


def _parts(hit: Found) -> list[dict[str, Any]]:
    # points as text: what is printed is what adds up
    return [{"kind": str(part.kind), "points": f"{part.points:.2f}", "party": part.party, "entry": part.entry} for part in hit.parts]


def _opened(on: date, before: HitState, reason: str) -> dict[str, Any]:
    return {"on": on.isoformat(), "by": "", "state": str(HitState.OPEN), "before": str(before), "reason": reason}
