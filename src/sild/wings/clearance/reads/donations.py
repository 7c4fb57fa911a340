"""Decisions on giving dual-use things as people read them: the list, those of lines, one whole with positions and precedents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.wings.clearance.models import Donation
from sild.wings.clearance.rules import OUTCOMES, DonationState, Stance, latest_positions
from sild.wings.register.public import Line

DONATION = "clearance.Donation"
MOST_PROPOSED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationRow:
    """A decision in a list."""

    id: UUID
    version: int
    created_at: datetime
    line_id: UUID
    item: str
    category: str
    provider: str
    beneficiary: str
    purpose: str
    potential: str
    state: DonationState
    since: date
    decided_by: str
    reason: str
    conditions: tuple[str, ...]
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionView:
    """The last word of a state, on which day, and who wrote it down."""

    state: str
    stance: Stance
    words: str
    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentView:
    """What was held beside it: `decision` where it is one of this desk that the reader sees."""

    decision: DonationRow | None
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationTurn:
    """What happened on a day, by whom of which office."""

    on: date
    turn: str
    by: str
    office: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationView:
    """One decision whole. `may_write`: the reader's organisation prepared it, or the reader keeps the line.

    `proposed` are earlier decisions on things of its category.
    """

    row: DonationRow
    may_write: bool
    line: UUID | None
    positions: tuple[PositionView, ...]
    precedents: tuple[PrecedentView, ...]
    proposed: tuple[DonationRow, ...]
    turns: tuple[DonationTurn, ...]
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView


@read
def list_donations(
    actor: Actor, *, state: str = "", category: str = "", after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[DonationRow], tuple[datetime, UUID] | None]:
    """The decisions that the reader may see, the newest first, and the key from which the next page goes on (None at the end)."""
    exact = {name: value for name, value in (("state", state), ("category", category)) if value}
    found = Donation.objects.filter(**exact)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    records = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = [_row(one) for one in records[:limit]]
    return rows, (rows[-1].created_at, rows[-1].id) if len(records) > limit else None


@read
def donations_of(actor: Actor, lines: Iterable[UUID]) -> list[DonationRow]:
    """The decisions on some lines, the newest first."""
    return [_row(one) for one in Donation.objects.filter(line_id__in=list(lines)).order_by("-created_at", "-id")]


@read
def refused_donations(actor: Actor) -> list[DonationRow]:
    """The decisions that a thing is not given, of all lines that the reader sees decisions on."""
    return [_row(one) for one in Donation.objects.filter(state=DonationState.NOT_GIVEN).order_by("created_at", "id")]


@read
def donation_record(actor: Actor, donation_id: UUID) -> DonationView:
    """One decision. Raises NotThere."""
    donation: Donation = Donation.found(donation_id)
    keeps = donation.line_owner_id == actor.organisation and Role.OFFICER in actor.roles
    cited = [UUID(one["decision"]) for one in donation.precedents if one["decision"]]
    earlier = {one.id: _row(one) for one in Donation.objects.filter(id__in=cited)}
    alike = Donation.objects.filter(category=donation.category, state__in=OUTCOMES).exclude(id__in=[donation.id, *cited])
    line = Line.objects.filter(id=donation.line_id).first()
    return DonationView(
        row=_row(donation),
        may_write=keeps or donation.owner_id == actor.organisation,
        line=line.id if line is not None else None,
        positions=tuple(_position(told) for told in latest_positions(donation.positions)),
        precedents=tuple(_precedent(told, earlier) for told in donation.precedents),
        proposed=tuple(_row(one) for one in alike.order_by("-state_since", "id")[:MOST_PROPOSED]) if donation.category else (),
        turns=tuple(DonationTurn(**{**told, "on": date.fromisoformat(told["on"])}) for told in donation.turns),
        audience=audience_of(actor, donation),
        notes=notes_on(actor, DONATION, donation.id),
        handling=handling_of(actor, DONATION, [donation.id]).get(donation.id, HandlingView()),
    )


def _position(told: Any) -> PositionView:
    return PositionView(
        state=told["state"], stance=Stance(told["stance"]), words=told["words"], on=date.fromisoformat(told["on"]), by=told["by"]
    )


def _precedent(told: dict[str, Any], earlier: dict[UUID, DonationRow]) -> PrecedentView:
    decision = earlier.get(UUID(told["decision"])) if told["decision"] else None
    return PrecedentView(decision=decision, text=told["text"], source=told["source"])


def _row(donation: Donation) -> DonationRow:
    alike = ("id", "version", "created_at", "line_id", "item", "category", "provider", "beneficiary", "purpose", "potential", "decided_by")
    return DonationRow(
        **{name: getattr(donation, name) for name in alike},
        reason=donation.reason,
        state=DonationState(donation.state),
        since=donation.state_since,
        conditions=tuple(donation.conditions),
        marking=donation.marking,
    )
