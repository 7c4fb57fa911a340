"""Agreements as people read them: a list with whose move it is, and one with what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role, current_actor
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.reads.sides import givers, sides_of
from sild.wings.agreements.rules import MOVER, AgreementSide, AgreementState, Visibility, Word, words_for
from sild.wings.register.public import Need, Offer

AGREEMENT = "agreements.Agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFilter:
    """Which agreements: by state, whose move, category, body, giver, words."""

    state: str = ""
    mover: str = ""
    category: str = ""
    body: str = ""
    giver: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """An agreement in a list. `standing` is what is spoken for at present, 0 once it has ended; `mover` empty: nobody has to move.

    `arrived`: what was taken over of it by now. `visibility`: how it is shown to others, until it is named on the day `named_from`.
    `offer_id` is None where the giver is not named, but to who keeps the agreement and who gives: an offer tells its giver to everybody
    who sees it, and one offer in two rows would tell of one giver.
    """

    id: UUID
    version: int
    created_at: datetime
    need_id: UUID
    offer_id: UUID | None
    title: str
    body: str
    giver: str
    category: str
    unit: str
    month: date | None
    proposed: Decimal
    accepted: Decimal | None
    committed: Decimal | None
    standing: Decimal
    arrived: Decimal
    state: AgreementState
    since: date
    mover: str
    marking: int
    visibility: Visibility = Visibility.NAMED
    named_from: date | None = None

    @property
    def partly(self) -> bool:
        """Whether less stands than was proposed."""
        return 0 < self.standing < self.proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was said: `told_by` names the officer who wrote it down for a side that said it elsewhere."""

    on: date
    word: Word
    side: AgreementSide
    by: str
    told_by: str
    quantity: Decimal | None
    conditions: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """One agreement whole. `need` and `offer` are None where the reader does not see them; `mine` is what the reader may say for a side
    of theirs, `told` what an officer may write down of what a side said elsewhere; `shows`: they may say how it is shown to others."""

    row: AgreementRow
    own: bool
    need: UUID | None
    offer: UUID | None
    conditions: tuple[str, ...]
    steps: tuple[Step, ...]
    mine: tuple[Word, ...]
    shows: bool
    told: tuple[tuple[AgreementSide, Word], ...]
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView


@read
def list_agreements(
    actor: Actor, wanted: AgreementFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[AgreementRow], tuple[datetime, UUID] | None]:
    """The agreements that the reader may see, the newest first, and the key from which the next page goes on (None at the end)."""
    found = _narrowed(wanted)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    rows = rows_of(list(found.order_by("-created_at", "-id")[: limit + 1]))
    return rows[:limit], (rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None


@read
def agreements_waiting(actor: Actor, *, most: int = 5) -> list[AgreementRow]:
    """The agreements that wait for a word of the actor's side, the oldest first, at most one more than `most`."""
    states = [state for state, side in MOVER.items() if side in _sides_by_role(actor)]
    rows: list[AgreementRow] = []
    for one in Agreement.objects.filter(state__in=states).order_by("state_since", "created_at", "id"):
        if MOVER[AgreementState(one.state)] in sides_of(actor, one):
            rows.append(row_of(one))
        if len(rows) > most:
            break
    return rows


def _sides_by_role(actor: Actor) -> set[AgreementSide]:
    sides = {AgreementSide.REQUESTER} if Role.RECIPIENT in actor.roles else set()
    return sides | ({AgreementSide.GIVER} if actor.roles & {Role.DONOR, Role.COMPANY} else set())


@read
def agreement_record(actor: Actor, agreement_id: UUID) -> AgreementView:
    """One agreement. Raises NotThere."""
    one: Agreement = Agreement.found(agreement_id)
    row, sides = row_of(one), sides_of(actor, one)
    elsewhere = [
        (side, word)
        for side in (AgreementSide.REQUESTER, AgreementSide.GIVER)
        if side not in sides
        for word in words_for(row.state, [side])
    ]
    # what either side may say now is not written down for one of them
    said_once = Counter(word for _side, word in elsewhere)
    need, offer = Need.objects.filter(id=one.need_id).first(), Offer.objects.filter(id=one.offer_id).first()
    return AgreementView(
        row=row,
        own=one.owner_id == actor.organisation,
        need=need.id if need is not None else None,
        offer=offer.id if offer is not None and row.offer_id is not None else None,
        conditions=tuple(one.conditions),
        steps=tuple(_steps(one)),
        mine=words_for(row.state, sides),
        shows=bool(sides & {AgreementSide.GIVER, AgreementSide.SECRETARIAT}),
        told=tuple(one for one in elsewhere if said_once[one[1]] == 1) if AgreementSide.SECRETARIAT in sides else (),
        audience=audience_of(actor, one),
        notes=notes_on(actor, AGREEMENT, one.id),
        handling=handling_of(actor, AGREEMENT, [one.id]).get(one.id, HandlingView()),
    )


def _steps(one: Agreement) -> Iterable[Step]:
    for told in one.steps:
        yield Step(
            on=date.fromisoformat(told["on"]),
            word=Word(told["word"]),
            side=AgreementSide(told["side"]),
            by=told["by"],
            told_by=told["told_by"],
            quantity=Decimal(told["quantity"]) if told["quantity"] is not None else None,
            conditions=tuple(told["conditions"]),
            reason=told["reason"],
        )


def _narrowed(wanted: AgreementFilter) -> QuerySet[Agreement]:
    exact = {name: getattr(wanted, name) for name in ("state", "category", "body", "giver") if getattr(wanted, name)}
    found = Agreement.objects.filter(**exact)
    if wanted.mover:
        found = found.filter(state__in=[state for state, side in MOVER.items() if side == wanted.mover])
    if wanted.text.strip():
        said = Q()
        for column in ("title", "body", "giver"):
            said |= Q(**{f"{column}__icontains": wanted.text.strip()})
        found = found.filter(said)
    return found


def rows_of(found: Sequence[Agreement]) -> list[AgreementRow]:
    """Agreements as lists show them. Needs an actor."""
    reader, unnamed = current_actor(), [one.offer_id for one in found if not one.giver_told]
    seen = dict(Offer.objects.filter(id__in=unnamed).values_list("id", "provider")) if unnamed else {}
    own = {offer for offer, provider in seen.items() if reader.organisation in givers(reader, provider)}
    kept = {one.id for one in found if one.offer_id in seen and one.owner_id == reader.organisation}
    return [_row(one, one.offer_id if one.giver_told or one.offer_id in own or one.id in kept else None) for one in found]


def row_of(one: Agreement) -> AgreementRow:
    """An agreement as lists show it. Needs an actor."""
    return rows_of([one])[0]


def _row(one: Agreement, offer: UUID | None) -> AgreementRow:
    alike = ("title", "body", "giver", "category", "unit", "month", "proposed", "accepted", "committed", "arrived", "need_id")
    state = AgreementState(one.state)
    return AgreementRow(
        id=one.id,
        version=one.version,
        created_at=one.created_at,
        **{name: getattr(one, name) for name in alike},
        offer_id=offer,
        standing=one.spoken.standing,
        state=state,
        since=one.state_since,
        mover=str(MOVER[state] or ""),
        marking=one.marking,
        visibility=Visibility(one.visibility),
        named_from=one.named_from,
    )
