"""Hits as people read them: a list, those that wait, and one with both sides and the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.parties.public import parties
from sild.wings.screening.models import Hit
from sild.wings.screening.reads.lists import ListView, lists
from sild.wings.screening.reads.standing import names_of
from sild.wings.screening.rules import RULINGS, HitState

HIT = "screening.Hit"


@dataclass(frozen=True, slots=True, kw_only=True)
class HitFilter:
    """Which hits: by state, by party, by words of either name."""

    state: str = ""
    party: UUID | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """A hit in a list: the two names that agree best, and how many points of 100."""

    id: UUID
    version: int
    created_at: datetime
    party_id: UUID
    party: str
    party_name: str
    entry_id: str
    entry_name: str
    score: Decimal
    state: HitState
    in_list: bool
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What was ruled: `by` empty is the desk, which opened it anew because names or entry had changed."""

    on: date
    by: str
    state: HitState
    before: HitState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One hit whole: all names of both sides, the parts that add up, what was ruled, what may be ruled now."""

    row: HitRow
    party_names: tuple[str, ...]
    party_kind: str
    party_country: str
    entry: Mapping[str, Any]
    parts: tuple[Mapping[str, Any], ...]
    rulings: tuple[Ruling, ...]
    following: tuple[HitState, ...]
    against: ListView | None


@read
def list_hits(
    actor: Actor, wanted: HitFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[HitRow], tuple[datetime, UUID] | None]:
    """The hits that the reader may see, the newest first, and the key from which the next page goes on (None at the end)."""
    found = Hit.objects.all()
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.party is not None:
        found = found.filter(party_id=wanted.party)
    if wanted.text.strip():
        said = wanted.text.strip()
        found = found.filter(Q(party__icontains=said) | Q(party_name__icontains=said) | Q(entry_name__icontains=said))
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    rows = [row_of(one) for one in found.order_by("-created_at", "-id")[: limit + 1]]
    return rows[:limit], (rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None


@read
def hits_waiting(actor: Actor, *, most: int = 5) -> list[HitRow]:
    """Open hits, those with most points first."""
    return [row_of(one) for one in Hit.objects.filter(state=HitState.OPEN).order_by("-score", "created_at", "id")[:most]]


@read
def hits_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's hits in which one of the words stands, as plain data to hand out to whom they name."""
    said = Q()
    for word in words:
        for column in ("party", "party_name", "entry_name", "told", "held"):
            said |= Q(**{f"{column}__icontains": word})
    if not said:
        return []
    hits = Hit.objects.annotate(told=Cast("rulings", TextField()), held=Cast("entry", TextField()))
    found = hits.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
    return [{"party": one.party, "entry": one.entry, "state": one.state, "rulings": one.rulings} for one in found]


@read
def hit_record(actor: Actor, hit_id: UUID) -> HitView:
    """One hit. Raises NotThere."""
    hit: Hit = Hit.found(hit_id)
    party = next((one for one in parties(actor) if one.id == hit.party_id), None)
    return HitView(
        row=row_of(hit),
        party_names=names_of(party) if party is not None else (hit.party_name,),
        party_kind=party.kind if party is not None else "",
        party_country=party.country if party is not None else "",
        entry=hit.entry,
        parts=tuple(hit.parts),
        rulings=tuple(_ruling(told) for told in hit.rulings),
        following=tuple(state for state in HitState if state in RULINGS[HitState(hit.state)]),
        against=next((one for one in lists(actor) if one.id == hit.list_id), None),
    )


def row_of(hit: Hit) -> HitRow:
    """A hit as a row."""
    alike = ("id", "version", "created_at", "party_id", "party", "party_name", "entry_id", "entry_name", "score", "in_list", "marking")
    return HitRow(**{name: getattr(hit, name) for name in alike}, state=HitState(hit.state))


def _ruling(told: Mapping[str, Any]) -> Ruling:
    on = date.fromisoformat(told["on"])
    return Ruling(on=on, by=told["by"], state=HitState(told["state"]), before=HitState(told["before"]), reason=told["reason"])
