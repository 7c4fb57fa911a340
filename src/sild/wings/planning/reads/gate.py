"""The lights of matches: the facts of the deliverability gate, gathered from every wing that knows one, for planned and agreed matches.

Each reader's light is made of what that reader may see; what they may not see is unknown to them, and never passes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.wings.agreements.public import Agreement, AgreementRow, agreements_by_need, lines_agreed
from sild.wings.clearance.public import (
    Condition,
    LicenceStand,
    ObjectionRow,
    donations_of,
    licence_stands,
    line_conditions,
    open_objections,
    signatures_of,
)
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.models import OF_NEWEST_PLAN, Match, Outcome
from sild.wings.planning.reads.licensing import licence_facts, stated_objection
from sild.wings.planning.reads.limits import Known, known_limits
from sild.wings.planning.reads.room import Arriving, Rooms
from sild.wings.planning.rules import Against, Facts, Light, ObjectionFact, ScreeningFact, against_leaving, light_of, months_of
from sild.wings.register.public import Answer, NeedRecord, NeedView, OfferView, endorsement_of, final_ones, need_record, needs, offers
from sild.wings.screening.public import screening_of

SEES_OBJECTIONS = frozenset({Role.OFFICER, Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE, Role.LICENCE_LIAISON, Role.SERVICE})
"""Who is shown by rule whatever is said against giving a thing; to others silence may hide an objection."""
SEES_ALL = frozenset({Role.OFFICER, Role.SERVICE})
"""Who sees all that is planned and agreed for a body."""
ARRIVING = frozenset({"", "proposed", "accepted", "committed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """A condition that stays with a line of the match: its words, what set it (licence, objection, donation), and who.

    `record` is what set it and `number` its place there; `stand` what was said of it last (met, carried, "" nothing), `words` how, and
    `said_by` and `said_on` by whom and when.
    """

    text: str
    source: str
    by: str
    record: UUID
    number: int
    stand: str = ""
    words: str = ""
    said_by: str = ""
    said_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLight:
    """A match and its light. `agreement` is None for what the newest plan proposes alone; `offer` None: the reader does not see it.

    `keep`: the conditions that whoever gives and takes it has to keep.
    """

    offer: UUID | None
    agreement: UUID | None
    title: str
    provider: str
    quantity: Decimal
    unit: str
    month: date | None
    light: Light
    keep: tuple[Keep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLights:
    """A need and the lights of its matches: agreed ones first, then those of the newest plan."""

    need: UUID
    title: str
    body: str
    rows: tuple[MatchLight, ...]
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matched:
    offer: UUID | None
    agreement: UUID | None
    giver: str
    quantity: Decimal
    unit: str
    month: date | None
    answer: str
    arrived: Decimal = Decimal(0)
    lines: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    id: UUID
    title: str
    beneficiary: str
    category: str
    channel: str
    endorsement: str
    lines: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What was said of the end use of lines: what a dual-use decision says that they are for, the day of a signed statement."""

    purposes: Mapping[UUID, str]
    signed: Mapping[UUID, date]


def _said_of(actor: Actor, lines: Collection[UUID]) -> _Said:
    purposes = {row.line_id: row.purpose for row in donations_of(actor, lines) if row.purpose}
    return _Said(purposes=purposes, signed=signatures_of(actor, lines))


class _Desk:
    """What the lights of all matches share, as one reader sees it; each source is asked once. Lives inside a read."""

    def __init__(self, actor: Actor, *, on: date | None = None) -> None:
        """`on`: the day on which something leaves; licences are told as they stood then."""
        spec = mechanism_file(actor)
        self.spec = spec
        self.actor = actor
        self.today = spec.today or clock.today()
        self.quantile = Decimal(str(spec.objective.licence_quantile))
        self.known: Known = known_limits()
        self.needs: dict[UUID, NeedView] = {need.id: need for need in needs(actor)}
        self.offers: dict[UUID, OfferView] = {offer.id: offer for offer in offers(actor)}
        self.stands: dict[UUID, tuple[LicenceStand, ...]] = licence_stands(actor, self.today, on=on)
        self.objections: dict[UUID, tuple[ObjectionRow, ...]] = open_objections(actor)
        self.agreed: dict[UUID, tuple[AgreementRow, ...]] = agreements_by_need(actor)
        self.lines_agreed: dict[UUID, tuple[UUID, ...]] = lines_agreed(actor)
        # where the offer of an agreement was joined into another one since
        told = {row.offer_id for rows in self.agreed.values() for row in rows if row.offer_id is not None}
        self.offer_now: dict[UUID, UUID] = final_ones(actor, "offer", told)
        self.planned: dict[UUID, list[Match]] = _newest_matches()
        self.all_seen = bool(actor.roles & SEES_ALL)

    def matched(self, need: UUID) -> list[_Matched]:
        """Everything that is agreed for a need, then what the newest plan alone proposes for it."""
        rows = self.agreed.get(need, ())
        standing = {self.offer_now[row.offer_id] for row in rows if row.standing and row.offer_id is not None}
        return [*(self._agreed(row) for row in rows), *_proposed(self.planned.get(need, ()), standing)]

    def _agreed(self, row: AgreementRow) -> _Matched:
        return _Matched(
            offer=self.offer_now[row.offer_id] if row.offer_id is not None else None,
            agreement=row.id,
            giver=row.giver,
            quantity=row.standing or row.proposed,
            unit=row.unit,
            month=row.month,
            answer=row.state,
            arrived=row.arrived,
            lines=self.lines_agreed.get(row.id, ()),
        )

    @cached_property
    def taken(self) -> dict[tuple[str, date], Decimal]:
        """(body, month) -> the pieces of all its needs that arrive then, as far as the reader sees."""
        taken: dict[tuple[str, date], Decimal] = {}
        for need in {*self.agreed, *self.planned}:
            body = self._body(need)
            for one in self.matched(need):
                if one.month is not None and one.answer in ARRIVING:
                    taken[body, one.month] = taken.get((body, one.month), Decimal(0)) + max(one.quantity - one.arrived, Decimal(0))
        return taken

    @cached_property
    def rooms(self) -> Rooms:
        """What of each resource all that arrives takes."""
        return Rooms(
            self.known,
            self.spec,
            (
                Arriving(
                    body=self._body(need),
                    month=one.month,
                    quantity=max(one.quantity - one.arrived, Decimal(0)),
                    offer=self.offers.get(one.offer) if one.offer is not None else None,
                )
                for need in {*self.agreed, *self.planned}
                for one in self.matched(need)
                if one.month is not None and one.answer in ARRIVING
            ),
        )

    def _body(self, need: UUID) -> str:
        if need in self.needs:
            return self.needs[need].beneficiary
        return next((row.body for row in self.agreed.get(need, ())), "")

    def objections_to(self, asked: _Asked, offer: OfferView | None) -> list[ObjectionFact]:
        """What is said against giving it: objections to the need's lines, then what stops the offer, stated ones among them."""
        rows = [row for line in sorted(asked.lines) for row in self.objections.get(line, ())]
        facts = [ObjectionFact(raised_by=row.raised_by, stops=row.stops) for row in rows]
        if offer is None:
            return facts
        for line in offer.lines:
            told = [stand for stand in self.stands.get(line, ()) if stand.kind != "case"]
            facts += [ObjectionFact(raised_by=stand.authority, stops=True, decided=stand.kind == "decision") for stand in told]
            facts += [ObjectionFact(raised_by=row.raised_by, stops=False) for row in self.objections.get(line, ()) if not row.stops]
        objector = stated_objection(self.known, offer)
        return facts if objector is None else [*facts, ObjectionFact(raised_by=objector, stops=True)]

    def given(self, offer: OfferView | None, asked: _Asked, one: _Matched) -> OfferView | None:
        """The offer with what else was agreed on: a line with a case, an objection or a decision counts wherever it was put since."""
        if offer is None:
            return None
        more = [line for line in (*one.lines, *asked.lines) if line in self.stands and line not in offer.lines]
        return replace(offer, lines=(*offer.lines, *dict.fromkeys(more))) if more else offer

    def stopped(self, line: UUID) -> bool:
        """Whether what stands of a line itself keeps it from going: its cases, an objection, a decision."""
        return any(stand.state in ("denied", "pending", "unknown") for stand in self.stands.get(line, ()))

    def needs_licence(self, line: UUID) -> bool:
        """Whether a case of the line says that it needs a licence."""
        return any(stand.kind == "case" and stand.state in ("pending", "granted") for stand in self.stands.get(line, ()))

    def room(self, body: str, one: _Matched) -> tuple[Decimal | None, Decimal, date | None]:
        """What the body can take in the month of the match, what arrives for it then, and the next month with room for the match."""
        stated = self.known.months("absorption", body)
        month = one.month or self.today.replace(day=1)
        limit = stated.get(month)
        drawn = self.taken.get((body, month), Decimal(0))
        if one.month is None or one.answer not in ARRIVING:
            drawn += one.quantity
        room = next(
            (
                later
                for later, told in sorted(stated.items())
                if later > month and told.amount is not None and told.amount >= self.taken.get((body, later), Decimal(0)) + one.quantity
            ),
            None,
        )
        return (limit.amount if limit is not None else None), drawn, room


@read
def lights_of(
    actor: Actor, needs_of: Collection[UUID] | None = None, *, pairs: Collection[tuple[UUID, UUID]] | None = None
) -> list[NeedLights]:
    """The lights of every match that is planned or agreed, need by need in the order in which they were asked, as the reader may know them.

    `needs_of`: only these needs; `pairs`: only matches of these (need, offer). Needs that the reader does not see, that were joined into
    others, or that have no such match are left out. The work grows with the register, not with the number of needs asked for: ask once.
    """
    desk = _Desk(actor)
    wanted = [need for need in desk.needs.values() if needs_of is None or need.id in needs_of]
    found: list[tuple[_Asked, list[_Matched]]] = []
    for need in wanted:
        matched = [one for one in desk.matched(need.id) if pairs is None or (need.id, one.offer) in pairs]
        if matched:
            found.append((_asked(desk, need, need.lines), matched))
    return _lit(desk, found)


@read
def lights_of_need(actor: Actor, need_id: UUID) -> NeedLights:
    """The lights of everything that is planned or agreed for a need. Raises NotThere."""
    record = need_record(actor, need_id)
    desk = _Desk(actor)
    view = desk.needs.get(record.id)
    asked = _asked(desk, view or record, view.lines if view is not None else [line.id for line in record.lines])
    return _lit(desk, [(asked, desk.matched(record.id))])[0]


@read
def light_of_agreement(actor: Actor, agreement_id: UUID) -> MatchLight | None:
    """The light of one agreement; None where the reader does not see its need. Raises NotThere where they do not see the agreement."""
    Agreement.found(agreement_id)
    return _one(_Desk(actor), agreement_id)


@read
def against_leaving_on(actor: Actor, agreement_id: UUID, day: date) -> tuple[Against, ...] | None:
    """What stands against anything of an agreement leaving on a day, of what the reader may know; None where its need is not shown.

    It is the light of that day: licences as they stood then, and for what is on its way, whatever the month of the match.
    """
    desk = _Desk(actor, on=day)
    found = _matched_in(desk, agreement_id)
    if found is None:
        return None
    asked, one = found
    offer = desk.offers.get(one.offer) if one.offer is not None else None
    names = {asked.beneficiary, offer.provider if offer is not None else one.giver} - {""}
    standing = {name: row.standing for name, row in screening_of(actor, names).items()}
    given = desk.given(offer, asked, one)
    facts = _facts(desk, asked, one, given, standing, _said_of(actor, given.lines if given is not None else ()))
    lines = [*(given.lines if given is not None else ()), *asked.lines]
    keep = _keep(asked, given, line_conditions(actor, lines))
    return against_leaving(light_of(replace(facts, today=day, month=None, conditions=[it.stand for it in keep])))


def _matched_in(desk: _Desk, agreement: UUID) -> tuple[_Asked, _Matched] | None:
    for need, rows in desk.agreed.items():
        if any(row.id == agreement for row in rows):
            view = desk.needs.get(need)
            if view is None:
                return None
            return _asked(desk, view, view.lines), next(one for one in desk.matched(need) if one.agreement == agreement)
    return None


def _one(desk: _Desk, agreement: UUID) -> MatchLight | None:
    found = _matched_in(desk, agreement)
    return _lit(desk, [(found[0], [found[1]])])[0].rows[0] if found is not None else None


def _asked(desk: _Desk, need: NeedView | NeedRecord, lines: Iterable[UUID]) -> _Asked:
    told = {name: getattr(need, name) for name in ("id", "title", "beneficiary", "category", "channel")}
    return _Asked(**told, endorsement=endorsement_of(need, desk.spec, desk.today).standing, lines=tuple(lines))


def _newest_matches() -> dict[UUID, list[Match]]:
    # whoever is shown a plan in part sees outcomes of it, not the plan
    plan = Outcome.objects.order_by(*OF_NEWEST_PLAN).values_list("plan_id", flat=True).first()
    found: dict[UUID, list[Match]] = {}
    for match in Match.objects.filter(plan_id=plan).order_by("month", "offer_id") if plan is not None else ():
        found.setdefault(match.need_id, []).append(match)
    return found


def _proposed(matches: Iterable[Match], agreed: Collection[UUID]) -> list[_Matched]:
    """What the plan proposes of offers that nobody agreed on yet."""
    return [
        _Matched(offer=one.offer_id, agreement=None, giver="", quantity=one.quantity, unit=one.unit, month=one.month, answer="")
        for one in matches
        if one.offer_id not in agreed
    ]


def _lit(desk: _Desk, found: Sequence[tuple[_Asked, Sequence[_Matched]]]) -> list[NeedLights]:
    """The lights of some needs; what is asked by name or by line is asked for all of them at once."""
    given = {one.offer: desk.offers[one.offer] for _, matched in found for one in matched if one.offer in desk.offers}
    names = {asked.beneficiary for asked, _ in found} | {offer.provider for offer in given.values()}
    names |= {one.giver for _, matched in found for one in matched}
    lines = {line for offer in given.values() for line in offer.lines}
    lines |= {line for _, matched in found for one in matched for line in one.lines}
    standing = {name: row.standing for name, row in screening_of(desk.actor, names - {""}).items()}
    said = _said_of(desk.actor, lines)
    kept = line_conditions(desk.actor, lines | {line for asked, _ in found for line in asked.lines})
    told = []
    for asked, matched in found:
        rows = []
        for one in matched:
            offer = desk.given(given.get(one.offer), asked, one) if one.offer is not None else None
            provider = offer.provider if offer is not None else one.giver
            keep = _keep(asked, offer, kept)
            facts = replace(_facts(desk, asked, one, offer, standing, said), conditions=[it.stand for it in keep])
            rows.append(
                MatchLight(
                    offer=offer.id if offer is not None else None,
                    agreement=one.agreement,
                    title=offer.title if offer is not None else "",
                    provider=provider,
                    quantity=one.quantity,
                    unit=one.unit,
                    month=one.month,
                    light=light_of(facts),
                    keep=keep,
                )
            )
        told.append(NeedLights(need=asked.id, title=asked.title, body=asked.beneficiary, rows=tuple(rows), category=asked.category))
    return told


def _keep(asked: _Asked, offer: OfferView | None, kept: Mapping[UUID, tuple[Condition, ...]]) -> tuple[Keep, ...]:
    """The conditions on the lines of a match, each once."""
    spoken_of = dict.fromkeys([*(offer.lines if offer is not None else ()), *asked.lines])
    return tuple(_kept(one) for line in spoken_of for one in kept.get(line, ()))


def _kept(one: Condition) -> Keep:
    keep = Keep(text=one.text, source=one.source, by=one.by, record=one.record, number=one.number)
    if one.told is None:
        return keep
    return replace(keep, stand=one.told.stand, words=one.told.words, said_by=one.told.by, said_on=one.told.on)


def _facts(desk: _Desk, asked: _Asked, one: _Matched, offer: OfferView | None, standing: Mapping[str, str], said: _Said) -> Facts:
    known, body = desk.known, asked.beneficiary
    use, consent = known.limit("intended-use", body, asked.category), known.limit("consent", body, asked.category)
    lead = known.limit("lead-time", offer.provider, offer.category) if offer is not None else None
    licences, without = licence_facts(offer, known, desk.stands, desk.today, desk.quantile) if offer is not None else ([], 0)
    capacity, drawn, room = desk.room(body, one)
    counted = one.month is not None and one.answer in ARRIVING
    resources = desk.rooms.facts(body, offer, one.quantity, one.month or desk.today.replace(day=1), counted=counted)
    provider = offer.provider if offer is not None else one.giver
    lines = offer.lines if offer is not None else ()
    told = [said.purposes[line] for line in lines if line in said.purposes]
    signed = [said.signed[line] for line in lines if line in said.signed]
    return Facts(
        today=desk.today,
        channel=asked.channel,
        endorsement=asked.endorsement,
        body=body,
        provider=provider,
        withdrawn=offer.withdrawn if offer is not None else False,
        declined=offer is not None and offer.answer == Answer.DECLINED,
        available_from=offer.available_from if offer is not None else None,
        available_until=offer.available_until if offer is not None else None,
        month=one.month,
        quantity=one.quantity,
        licences=licences,
        objections=desk.objections_to(asked, offer),
        screenings=[ScreeningFact(party=name, standing=standing[name]) for name in dict.fromkeys([body, provider]) if name in standing],
        end_use=(str(use.detail["uses"][0]) if use is not None else "") or next(iter(told), ""),
        capacity=capacity,
        drawn=drawn,
        next_room=room,
        answer=one.answer,
        consent_refused=consent is not None and consent.detail["state"] == "refused",
        lead=(months_of(lead.amount) or 0) if lead is not None else 0,
        lines_without=without,
        offer_seen=offer is not None,
        objections_seen=bool(desk.actor.roles & SEES_OBJECTIONS),
        drawn_whole=desk.all_seen,
        lines=len(lines),
        lines_stopped=sum(desk.stopped(line) for line in lines),
        end_use_signed=max(signed, default=None),
        resources=resources,
        unsigned=sum(desk.needs_licence(line) for line in lines if line not in said.signed),
    )
