"""Consignments as people read them: a list with whose move it is, and one with its legs and everything that was done and said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.wings.agreements.public import Agreement, AgreementState
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads.sides import speakers_of
from sild.wings.delivery.reads.stopped import Stopped, still_against, stopped, words_kept
from sild.wings.delivery.rules.consignments import (
    AMOUNTS,
    NOTHING,
    SAID,
    VERBS,
    ConsignmentDeed,
    ConsignmentKind,
    Parts,
    Renewal,
    Speaker,
    State,
    deeds_for,
    mover_of,
)
from sild.wings.delivery.rules.going_out import was_let_on, went_out
from sild.wings.delivery.rules.legs import Leg, legs_of
from sild.wings.parties.public import desk_day
from sild.wings.planning.public import Check

CONSIGNMENT = "delivery.Consignment"
MOVING = (State.PREPARED, State.UNDER_WAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentFilter:
    """Which consignments: by state, kind, body, giver, agreement, words; `overdue`: those that were to be there already."""

    state: str = ""
    kind: str = ""
    category: str = ""
    body: str = ""
    giver: str = ""
    text: str = ""
    overdue: bool = False
    agreement: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentRow:
    """A consignment in a list. `rest` is what nobody has answered for, `arrived` what is there; `mover` empty: nobody has to move."""

    id: UUID
    version: int
    created_at: datetime
    agreement_id: UUID
    need_id: UUID
    title: str
    body: str
    giver: str
    category: str
    unit: str
    kind: ConsignmentKind
    quantity: Decimal
    accepted: Decimal
    disputed: Decimal
    returned: Decimal
    lost: Decimal
    rest: Decimal
    arrived: Decimal
    state: State
    stage: State
    since: date
    due: date | None
    overdue: bool
    ends_on: date | None
    renewal: Renewal
    renew_on: date | None
    in_use: Decimal | None
    reported: Decimal | None
    asked_until: date | None
    asked_back: Decimal
    mover: str
    marking: int

    @property
    def parts(self) -> Parts:
        """Its pieces as the rules count them."""
        return Parts(
            quantity=self.quantity,
            stage=self.stage,
            accepted=self.accepted,
            disputed=self.disputed,
            returned=self.returned,
            lost=self.lost,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was done or said: `told_by` names the officer who wrote it down for a side; `amounts` and `said` by what they are."""

    on: date
    deed: ConsignmentDeed
    side: Speaker
    by: str
    told_by: str
    amounts: dict[str, Decimal]
    said: dict[str, str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentView:
    """One consignment whole. `agreement` is None where the reader does not see it; `mine` is what the reader may do for a side of theirs,
    `told` what an officer may write down of what a side did. `contradictions` are kinds of what does not fit: see `contradictions_of`.
    `stopped`: in words what keeps it from going out today, or kept it on the day on which it went."""

    row: ConsignmentRow
    own: bool
    agreement: UUID | None
    legs: tuple[Leg, ...]
    steps: tuple[Step, ...]
    mine: tuple[ConsignmentDeed, ...]
    told: tuple[tuple[Speaker, ConsignmentDeed], ...]
    contradictions: tuple[str, ...]
    stopped: tuple[str, ...]
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView


@read
def list_consignments(
    actor: Actor, wanted: ConsignmentFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[ConsignmentRow], tuple[datetime, UUID] | None]:
    """The consignments that the reader may see, the newest first, and the key from which the next page goes on (None at the end)."""
    today = desk_day(actor)
    found = _narrowed(wanted, today)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    rows = [row_of(one, today) for one in found.order_by("-created_at", "-id")[: limit + 1]]
    return rows[:limit], (rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None


@read
def consignments_waiting(actor: Actor, *, most: int = 5) -> list[ConsignmentRow]:
    """The consignments that wait for the actor, at most one more than `most`: for recipients what is there and unanswered, for givers
    what is disputed or late, for officers what is late."""
    today = desk_day(actor)
    late = Q(state__in=MOVING, due__lt=today)
    asked = Q()
    if Role.RECIPIENT in actor.roles:
        asked |= Q(state__in=[State.ARRIVED, State.HANDED_OVER]) | Q(asked_back__gt=0)
    if actor.roles & {Role.DONOR, Role.COMPANY}:
        asked |= Q(state=State.DISPUTED) | Q(asked_until__isnull=False) | late
    if Role.OFFICER in actor.roles:
        asked |= late
    if not asked:
        return []
    rows: list[ConsignmentRow] = []
    for one in Consignment.objects.filter(asked).order_by("state_since", "created_at", "id"):
        speakers = speakers_of(actor, one)
        mover = mover_of(ConsignmentKind(one.kind), one.parts)
        if mover in speakers or (Speaker.SECRETARIAT in speakers and one.state in MOVING):
            rows.append(row_of(one, today))
        if len(rows) > most:
            break
    return rows


@read
def consignment_record(actor: Actor, consignment_id: UUID) -> ConsignmentView:
    """One consignment. Raises NotThere."""
    one: Consignment = Consignment.found(consignment_id)
    row, speakers, steps = row_of(one, desk_day(actor)), speakers_of(actor, one), steps_of(one)
    kind, parts, ahead = ConsignmentKind(one.kind), one.parts, one.legs_ahead
    mine = deeds_for(kind, parts, speakers, legs_ahead=ahead)
    everything = deeds_for(kind, parts, Speaker, legs_ahead=ahead)
    agreement = Agreement.objects.filter(id=one.agreement_id).first()
    stops = _stopped(actor, one, steps)
    # that a side took its word back is a contradiction of its own: "ended"
    against = [told for told in stops.against if told.condition.check not in (Check.REQUESTER, Check.GIVER)]
    still = still_against(against, words_kept(one.agreement_id), reasoned=was_let_on(steps))
    return ConsignmentView(
        row=row,
        own=one.owner_id == actor.organisation,
        agreement=agreement.id if agreement is not None else None,
        legs=legs_of(one.legs),
        steps=steps,
        mine=mine,
        told=tuple((VERBS[deed].speakers[0], deed) for deed in everything if deed not in mine) if Speaker.SECRETARIAT in speakers else (),
        contradictions=contradictions_of(
            row, steps, ended=agreement is not None and agreement.state != AgreementState.COMMITTED, held=bool(still)
        ),
        stopped=stops.sentences,
        audience=audience_of(actor, one),
        notes=notes_on(actor, CONSIGNMENT, one.id),
        handling=handling_of(actor, CONSIGNMENT, [one.id]).get(one.id, HandlingView()),
    )


def _stopped(actor: Actor, one: Consignment, steps: Sequence[Step]) -> Stopped:
    if one.parts.carries <= NOTHING:
        return Stopped()
    gone = went_out(steps)
    return stopped(actor, one.agreement_id, (one.need_id, one.offer_id), gone or desk_day(actor), went=gone is not None)


def contradictions_of(row: ConsignmentRow, steps: Sequence[Step], *, ended: bool, held: bool = False) -> tuple[str, ...]:
    """What does not fit together, by kind: "missing" (it was said to be there, the recipient has less), "use" (giver and recipient count
    differently), "ended" (the agreement has ended, and pieces of it are on their way or there), "stopped" (it is prepared, and something
    stops it from going out), "went-without" (it went out on a day on which something stopped it)."""
    found = []
    if row.parts.carries > NOTHING and held:
        found.append("stopped" if went_out(steps) is None else "went-without")
    said_there = any(step.deed == ConsignmentDeed.HAND_OVER for step in steps)
    if said_there and row.rest and row.stage == State.UNDER_WAY:
        found.append("missing")
    if row.in_use is not None and row.reported is not None and row.in_use != row.reported:
        found.append("use")
    if ended and row.parts.carries > NOTHING:
        found.append("ended")
    return tuple(found)


def steps_of(one: Consignment) -> tuple[Step, ...]:
    """Everything that was done and said, in order."""
    return tuple(_steps(one.steps))


def _steps(kept: Iterable[dict[str, Any]]) -> Iterable[Step]:
    for told in kept:
        yield Step(
            on=date.fromisoformat(told["on"]),
            deed=ConsignmentDeed(told["deed"]),
            side=Speaker(told["side"]),
            by=told["by"],
            told_by=told["told_by"],
            amounts={name: Decimal(told["amounts"][name]) for name in AMOUNTS if name in told["amounts"]},
            said={name: told["said"][name] for name in SAID if name in told["said"]},
            reason=told["reason"],
        )


def _narrowed(wanted: ConsignmentFilter, today: date) -> QuerySet[Consignment]:
    exact = {name: getattr(wanted, name) for name in ("state", "kind", "category", "body", "giver") if getattr(wanted, name)}
    found = Consignment.objects.filter(**exact)
    if wanted.agreement is not None:
        found = found.filter(agreement_id=wanted.agreement)
    if wanted.overdue:
        found = found.filter(state__in=MOVING, due__lt=today)
    if wanted.text.strip():
        said = Q()
        for column in ("title", "body", "giver"):
            said |= Q(**{f"{column}__icontains": wanted.text.strip()})
        found = found.filter(said)
    return found


def row_of(one: Consignment, today: date) -> ConsignmentRow:
    """A consignment as lists show it."""
    alike = ("title", "body", "giver", "category", "unit", "agreement_id", "need_id", "quantity", "due", "ends_on", "renew_on")
    parts = one.parts
    return ConsignmentRow(
        id=one.id,
        version=one.version,
        created_at=one.created_at,
        **{name: getattr(one, name) for name in (*alike, *Consignment.COUNTED, "in_use", "reported", "asked_until")},
        kind=ConsignmentKind(one.kind),
        rest=parts.rest,
        arrived=parts.arrived,
        state=State(one.state),
        stage=State(one.stage),
        since=one.state_since,
        overdue=one.due is not None and one.due < today and one.state in MOVING,
        renewal=Renewal(one.renewal),
        mover=str(mover_of(ConsignmentKind(one.kind), parts) or ""),
        marking=one.marking,
    )
