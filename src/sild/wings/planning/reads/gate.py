"""The facts of the deliverability gate, gathered from every wing that knows one, for the matches of a need: planned ones and agreed ones.

Each reader's light is made of what that reader may see; what they may not see is unknown to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.agreements.public import AgreementRow, agreements_of_need
from sild.wings.clearance.public import LicenceStand, donations_of, licence_stands, open_objections
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.models import Match, Plan
from sild.wings.planning.reads.limits import Known, known_limits
from sild.wings.planning.rules import Facts, LicenceFact, Light, ObjectionFact, ScreeningFact, light_of, month_at
from sild.wings.register.public import CLOSED, Answer, NeedRecord, OfferView, need_record, offers
from sild.wings.screening.public import screening_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLight:
    """A match and its light. `agreement` is None for what the newest plan proposes alone; `offer` None: the reader does not see it."""

    offer: UUID | None
    agreement: UUID | None
    title: str
    provider: str
    quantity: Decimal
    unit: str
    month: date | None
    light: Light


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLights:
    """A need and the lights of its matches: agreed ones first, then those of the newest plan."""

    need: UUID
    title: str
    body: str
    rows: tuple[MatchLight, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matched:
    offer: UUID | None
    agreement: UUID | None
    giver: str
    quantity: Decimal
    unit: str
    month: date | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What all matches of a need share."""

    need: NeedRecord
    known: Known
    today: date
    offers: dict[UUID, OfferView]
    stands: dict[UUID, tuple[LicenceStand, ...]]
    objections: tuple[ObjectionFact, ...]
    taken: dict[date, Decimal]


@read
def lights_of_need(actor: Actor, need_id: UUID) -> NeedLights:
    """The lights of everything that is planned or agreed for a need. Raises NotThere."""
    need = need_record(actor, need_id)
    today = mechanism_file(actor).today or clock.today()
    agreed = agreements_of_need(actor, need_id).rows
    matched = [*_agreed(agreed), *_planned(need.id, {row.offer_id for row in agreed if row.standing and row.offer_id is not None})]
    around = _Around(
        need=need,
        known=known_limits(),
        today=today,
        offers={offer.id: offer for offer in offers(actor)},
        stands=licence_stands(actor, today),
        objections=_objections(actor, need),
        taken=_taken(actor, matched),
    )
    rows = tuple(_lit(actor, around, one) for one in matched)
    return NeedLights(need=need.id, title=need.title, body=need.beneficiary, rows=rows)


def _agreed(rows: Iterable[AgreementRow]) -> Iterable[_Matched]:
    for row in rows:
        yield _Matched(
            offer=row.offer_id,
            agreement=row.id,
            giver=row.giver,
            quantity=row.standing or row.proposed,
            unit=row.unit,
            month=row.month,
            answer=row.state,
        )


def _planned(need: UUID, agreed: set[UUID]) -> Iterable[_Matched]:
    """The matches of the newest plan whose offers nobody agreed on yet."""
    plan = Plan.objects.order_by("-created_at").values_list("id", flat=True).first()
    for match in Match.objects.filter(plan_id=plan, need_id=need).order_by("month", "offer_id") if plan is not None else ():
        if match.offer_id not in agreed:
            yield _Matched(
                offer=match.offer_id,
                agreement=None,
                giver="",
                quantity=match.quantity,
                unit=match.unit,
                month=match.month,
                answer="",
            )


def _objections(actor: Actor, need: NeedRecord) -> tuple[ObjectionFact, ...]:
    rows = open_objections(actor, [line.id for line in need.lines])
    return tuple(ObjectionFact(raised_by=row.raised_by, stops=row.stops) for line in sorted(rows) for row in rows[line])


def _taken(actor: Actor, matched: Iterable[_Matched]) -> dict[date, Decimal]:
    """How much of the need arrives in each month, all its standing matches together."""
    taken: dict[date, Decimal] = {}
    for one in matched:
        if one.month is not None and one.answer in ("", "proposed", "accepted", "committed"):
            taken[one.month] = taken.get(one.month, Decimal(0)) + one.quantity
    return taken


def _lit(actor: Actor, around: _Around, one: _Matched) -> MatchLight:
    offer = around.offers.get(one.offer) if one.offer is not None else None
    provider = offer.provider if offer is not None else one.giver
    return MatchLight(
        offer=offer.id if offer is not None else None,
        agreement=one.agreement,
        title=offer.title if offer is not None else "",
        provider=provider,
        quantity=one.quantity,
        unit=one.unit,
        month=one.month,
        light=light_of(_facts(actor, around, one, offer, provider)),
    )


def _facts(actor: Actor, around: _Around, one: _Matched, offer: OfferView | None, provider: str) -> Facts:
    need, known, today = around.need, around.known, around.today
    lines = offer.lines if offer is not None else ()
    stands = [stand for line in lines for stand in around.stands.get(line, ())]
    use = known.limit("intended-use", need.beneficiary, need.category)
    purposes = [row.purpose for row in donations_of(actor, lines) if row.purpose]
    consent = known.limit("consent", need.beneficiary, need.category)
    capacity, drawn, room = _room(around, one)
    parties = [name for name in (need.beneficiary, provider) if name]
    return Facts(
        today=today,
        channel=need.channel,
        need_state=need.state,
        need_closed=need.state in CLOSED,
        body=need.beneficiary,
        provider=provider,
        withdrawn=offer.withdrawn if offer is not None else False,
        declined=offer is not None and offer.answer == Answer.DECLINED,
        available_from=offer.available_from if offer is not None else None,
        available_until=offer.available_until if offer is not None else None,
        month=one.month,
        quantity=one.quantity,
        licences=[_licence(stand, today) for stand in stands if stand.kind == "case"],
        objections=[
            *around.objections,
            *(
                ObjectionFact(raised_by=stand.authority, stops=True, decided=stand.kind == "decision")
                for stand in stands
                if stand.kind != "case"
            ),
        ],
        screenings=[ScreeningFact(party=name, standing=row.standing) for name, row in screening_of(actor, parties).items()],
        end_use=(str(use.detail["uses"][0]) if use is not None else "") or next(iter(purposes), ""),
        capacity=capacity,
        drawn=drawn,
        next_room=room,
        answer=one.answer,
        consent_refused=consent is not None and consent.detail["state"] == "refused",
    )


def _licence(stand: LicenceStand, today: date) -> LicenceFact:
    expected = month_at(today, stand.lead) if stand.lead is not None else None
    return LicenceFact(jurisdiction="", word=stand.state, authority=stand.authority, expected=expected, expires=stand.expires)


def _room(around: _Around, one: _Matched) -> tuple[Decimal | None, Decimal, date | None]:
    """What the body can take in the month of the match, what arrives of this need by then, and the next month with room for it."""
    stated = around.known.months("absorption", around.need.beneficiary)
    month = one.month or around.today.replace(day=1)
    limit = stated.get(month)
    drawn = around.taken.get(month, one.quantity)
    room = next(
        (
            later
            for later, told in sorted(stated.items())
            if later > month and told.amount is not None and told.amount >= around.taken.get(later, Decimal(0)) + one.quantity
        ),
        None,
    )
    return (limit.amount if limit is not None else None), drawn, room
