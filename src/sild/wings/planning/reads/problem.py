"""From the register and the known limits to an allocation problem. What is missing is left out and said, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from uuid import UUID

from sild.cores.allocation.problem import LARGEST_QUANTITY, Need, Offer, Problem
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.public import LicenceStand, ObjectionRow, licence_stands, open_objections
from sild.wings.parties.public import MILITARY_SECTORS, MechanismFile, PartyView, mechanism_file, parties
from sild.wings.planning.reads.earlier import Arrived, arrived_by_now, stood_before, without_refused
from sild.wings.planning.reads.licensing import licence_of, markings
from sild.wings.planning.reads.limits import Known, known_limits
from sild.wings.planning.reads.particulars import (
    accepted_instead,
    bundles,
    fairness_rules,
    hosting,
    taken_in,
    under_conditions,
    with_particulars,
)
from sild.wings.planning.reads.priorities import priority_of_need
from sild.wings.planning.reads.scope import takes_endorsed_alone
from sild.wings.planning.reads.subjects import Subject, speaks_of, subject_of
from sild.wings.planning.reads.wording import Said, said_left_out, said_supposed
from sild.wings.planning.rules import CAPACITIES, FEWEST_MONTHS, LASTING, MOST_MONTHS, Priority, month_index, months_of, unit_family, worth
from sild.wings.register.public import CLOSED, Answer, Channel, NeedView, OfferView, endorsement_of, lines, needs, offers

FAR_YEAR = 2100
"""A day from this year on is no date that anybody plans for."""

CIVIL_ONLY, REGION, CURRENCY = "civil-only", "region:", "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """The problem, the priorities of its needs, what its needs and offers are in the register and are called, and what was left
    out and why. Needs and offers stand under the problem's own numbers.
    `arrived`: what of needs has been taken over already, and is not asked for again.
    `closed_by`: the markings of what else it was told from. `minimum`: the share of a need below which it is not served."""

    problem: Problem
    identities: dict[str, UUID]
    priorities: dict[str, Priority]
    names: dict[str, str]
    left_out_needs: list[tuple[NeedView, str, str, Said]]
    left_out_offers: list[tuple[OfferView, Said]]
    assumptions: list[Said]
    closed_by: list[int] = field(default_factory=list)
    arrived: Mapping[UUID, Decimal] = field(default_factory=dict)
    minimum: str = "0"
    only_endorsed: bool = False


@dataclass(slots=True)
class _Posing:
    """The problem while it is put together. Needs and offers are numbered by what they say, not by their random identifiers."""

    known: Known
    spec: MechanismFile
    today: date
    bodies: dict[str, PartyView]
    texts: dict[UUID, str]
    licences: dict[UUID, tuple[LicenceStand, ...]]
    objections: dict[UUID, tuple[ObjectionRow, ...]]
    arrived: Arrived
    only_endorsed: bool = False
    read_only: bool = False
    identities: dict[str, UUID] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    priorities: dict[str, Priority] = field(default_factory=dict)
    subjects: set[Subject] = field(default_factory=set)
    needs: list[Need] = field(default_factory=list)
    views: list[NeedView] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    left_needs: list[tuple[NeedView, str, str, Said]] = field(default_factory=list)
    left_offers: list[tuple[OfferView, Said]] = field(default_factory=list)

    def add_need(self, told: NeedView, arrived: Decimal) -> None:
        """Take a need in with what of it has not arrived; one of which all has is no part of a plan any more."""
        need = told if told.quantity is None else replace(told, quantity=told.quantity - arrived)
        if arrived and need.quantity is not None and need.quantity <= 0:
            return
        body = self.bodies.get(need.beneficiary)
        left = _why_not_needed(need, self.known, self.spec, body) or self._objected(need) or self._unendorsed(told)
        if left is not None:
            self.left_needs.append((need, *left))
            return
        number = f"need-{len(self.needs) + 1:04}"
        self.identities[number] = need.id
        self.names[number] = f"“{need.title}” for {need.beneficiary}"
        self.priorities[number] = priority_of_need(need, self.known, self.spec, self.today)
        subject = subject_of(need.category, (self.texts[line] for line in need.lines))
        self.subjects.add(subject)
        posed = _need(need, subject, self.priorities[number], self.spec, self.today)
        posed = with_particulars(posed, need, self.known)
        self.needs.append(replace(posed, id=number, sector=body.sector or None if body is not None else None))
        self.views.append(need)

    def _objected(self, need: NeedView) -> tuple[str, str, Said] | None:
        """(limit, owner, smallest change) for a need to a line of which somebody objects so that nothing of it is planned."""
        rows = [row for line in need.lines for row in self.objections.get(line, ()) if row.stops]
        return ("objection", rows[0].raised_by, said_left_out("objection", who=rows[0].raised_by)) if rows else None

    def _unendorsed(self, need: NeedView) -> tuple[str, str, Said] | None:
        """The same for a need that is not endorsed, where endorsed needs alone are planned."""
        if not self.only_endorsed or endorsement_of(need, self.spec, self.today).counts:
            return None
        return "endorsement", f"endorsing gates of {need.beneficiary}", said_left_out("endorsement")

    def add_offer(self, offer: OfferView) -> None:
        refusal = _why_not_offered(offer, self.today)
        if refusal is not None:
            self.left_offers.append((offer, refusal))
            return
        number = f"offer-{len(self.offers) + 1:04}"
        self.identities[number] = offer.id
        self.read_only = self.read_only or offer.provisional
        self.names[number] = f"“{offer.title}” by {offer.provider}"
        subject = subject_of(offer.category, (self.texts[line] for line in offer.lines))
        serves = sorted({one.label for one in self.subjects if speaks_of(subject, one)}) or [subject.label]
        licence = licence_of(offer, self.known, self.licences, self.today)
        posed = replace(_offer(offer, tuple(serves), self.known, self.today), id=number, licence=licence)
        self.offers.append(under_conditions(posed, offer, self.known, self.spec, accepted_instead(self.needs)))

    def last_month(self) -> int:
        """The last month that the plan counts where a body told of some months: a year at least, later where a date or an offer is."""
        named = [*(need.due for need in self.needs if need.due is not None), *(offer.arrives for offer in self.offers)]
        told = (month for (kind, _, _, month) in self.known.limits if kind in CAPACITIES and month is not None)
        return min(max([FEWEST_MONTHS - 1, *named, *(month_index(self.today, month) for month in told)]), MOST_MONTHS - 1)


@read
def posed_problem(actor: Actor, today: date) -> Posed:
    """The problem of a plan of months from `today`. A limit without data stays unknown and is listed in the assumptions."""
    posing = _Posing(
        known=known_limits(),
        spec=mechanism_file(actor),
        today=today,
        bodies={party.name: party for party in parties(actor)},
        texts={line.id: f"{line.item} {' '.join(str(span['text']) for span in line.evidence)}" for line in lines(actor)},
        licences=licence_stands(actor, today),
        objections=open_objections(actor),
        arrived=arrived_by_now(actor),
        only_endorsed=takes_endorsed_alone(actor),
    )
    for need in sorted(needs(actor), key=lambda one: (str(one.first_asked), one.beneficiary, one.category, str(one.quantity), one.title)):
        # a need without lines was ruled on before linking moved its lines elsewhere: planned there, not twice
        if need.state not in CLOSED and need.lines:
            posing.add_need(need, posing.arrived.needs.get(need.id, Decimal(0)))
    for offer in sorted(offers(actor), key=lambda one: (str(one.first_offered), one.provider, one.category, str(one.quantity), one.title)):
        # what the requester declined is not planned with; it stays in the register with the reason
        if not offer.withdrawn and offer.answer != Answer.DECLINED:
            gone = posing.arrived.offers.get(offer.id, Decimal(0))
            if offer.quantity is None or not gone or offer.quantity - gone >= 1:
                posing.add_offer(offer if offer.quantity is None else replace(offer, quantity=offer.quantity - gone))
    bundled, not_bundled = bundles(posing.known, list(zip(posing.needs, posing.views, strict=True)))
    objective = posing.spec.objective
    views = {view.id: need for need, view in zip(posing.needs, posing.views, strict=True)}
    stood = stood_before(actor, today, views, {posing.identities[offer.id]: offer for offer in posing.offers}, posing.names)
    room = taken_in(posing.known, posing.needs, today, posing.last_month())
    problem = Problem(
        needs=tuple(posing.needs),
        offers=tuple(posing.offers),
        budgets={donor: _budget(posing.known, donor) for donor in sorted({offer.donor for offer in posing.offers})},
        absorption=room.absorption,
        intake=room.intake,
        lasting=LASTING,
        served_share=Decimal(str(objective.served_share)),
        basis="endorsed" if _endorsed(posing) else "provisional",
        period="month",
        currency=CURRENCY,
        bundles=tuple(bundled),
        committed=stood.committed,
        planned=stood.planned,
        stability=Decimal(str(objective.stability)),
        licence_quantile=Decimal(str(objective.licence_quantile)),
        fairness=fairness_rules(posing.spec),
        hosting=hosting(posing.known, posing.needs, today),
    )
    problem = without_refused(actor, problem, posing.identities)
    return Posed(
        problem=problem,
        identities=posing.identities,
        priorities=posing.priorities,
        names=posing.names,
        left_out_needs=posing.left_needs,
        left_out_offers=posing.left_offers,
        assumptions=[*_taken_in(posing), *_assumptions(problem, posing.known, room.supposed), *not_bundled, *stood.said],
        minimum=f"{objective.minimum_fraction:f}",
        only_endorsed=posing.only_endorsed,
        arrived=posing.arrived.needs,
        closed_by=sorted(
            markings(posing.licences.values())
            | {row.marking for rows in posing.objections.values() for row in rows if row.stops}
            | set(stood.markings)
            | set(posing.arrived.markings)
            | {one.marking for one in (*posing.known.of_needs.values(), *posing.known.overrides.values())}
        ),
    )


def _taken_in(posing: _Posing) -> list[Said]:
    """That endorsed needs alone are planned, with how many wait for their gates; nothing where all are."""
    waiting = sum(limit == "endorsement" for _, limit, _, _ in posing.left_needs)
    return [said_supposed("endorsed-alone", amount=str(waiting))] if posing.only_endorsed else []


def _endorsed(posing: _Posing) -> bool:
    """Whether nothing in the problem waits for a person: every need passed both gates, every offer rests on a line that was accepted."""
    return bool(posing.needs) and all(need.endorsed for need in posing.needs) and not posing.read_only


def _why_not_needed(need: NeedView, known: Known, spec: MechanismFile, body: PartyView | None) -> tuple[str, str, Said] | None:
    """(limit, owner, smallest change) for a need that cannot enter a plan."""
    who = need.beneficiary or "secretariat"
    armed = need.channel == Channel.UNDETERMINED and body is not None and body.sector in MILITARY_SECTORS
    if (need.channel == Channel.MILITARY or armed) and "military" not in spec.scope.channels:
        return "military", "secretariat", said_left_out("military", other=spec.scope.handed_over_to or "the military mechanism")
    if not need.category:
        return "category-unknown", "secretariat", said_left_out("category-unknown")
    if spec.scope.categories and need.category not in spec.scope.categories:
        return "out-of-scope", "secretariat", said_left_out("out-of-scope", what=need.category)
    if spec.scope.countries and body is not None and body.country and body.country not in spec.scope.countries:
        return "out-of-scope", "secretariat", said_left_out("out-of-scope", what=body.country)
    if not need.beneficiary:
        return "beneficiary-unknown", "secretariat", said_left_out("beneficiary-unknown")
    if need.quantity is None or need.quantity <= 0:
        return "quantity-unknown", who, said_left_out("quantity-unknown")
    if need.quantity > LARGEST_QUANTITY:
        return "quantity-implausible", who, said_left_out("quantity-implausible", amount=f"{need.quantity:f}")
    if need.taken_back:
        return "taken-back", "secretariat", said_left_out("taken-back")
    consent = known.limit("consent", need.beneficiary, need.category)
    if consent is not None and consent.detail["state"] == "refused":
        return "consent", need.beneficiary, said_left_out("consent")
    return None


def _why_not_offered(offer: OfferView, today: date) -> Said | None:
    if not offer.provider:
        return said_left_out("provider-unknown")
    if not offer.category:
        return said_left_out("offer-category-unknown")
    if offer.available_until is not None and offer.available_until < today:
        return said_left_out("ended", day=offer.available_until.isoformat(), donor=offer.provider)
    if offer.quantity is not None and offer.quantity > LARGEST_QUANTITY:
        return said_left_out("offer-implausible", amount=f"{offer.quantity:f}", donor=offer.provider)
    if offer.quantity is None or offer.quantity < 1:
        return said_left_out("offer-quantity-unknown", donor=offer.provider)
    return None


def _budget(known: Known, donor: str) -> Decimal | None:
    """A donor's budget in the plan's currency; None where it is unknown or was told in another."""
    limit = known.limit("budget", donor)
    return limit.amount if limit is not None and limit.unit == CURRENCY else None


def _need(need: NeedView, subject: Subject, priority: Priority, spec: MechanismFile, today: date) -> Need:
    due = month_index(today, need.needed_by) if need.needed_by is not None and need.needed_by.year < FAR_YEAR else None
    return Need(
        id=str(need.id),
        category=subject.label,
        quantity=int((need.quantity or Decimal(0)).to_integral_value(ROUND_CEILING)),
        weight=worth(priority.stands, int((need.quantity or Decimal(1)).to_integral_value(ROUND_CEILING))),
        body=need.beneficiary,
        minimum_fraction=Decimal(str(spec.objective.minimum_fraction)),
        # what is overdue is wanted as soon as it can be had
        due=due if due is not None and due >= 0 else None,
        channel="military" if need.channel == Channel.MILITARY else "civil" if need.channel == Channel.CIVIL else "undetermined",
        unit=unit_family(need.unit, need.category),
        endorsed=endorsement_of(need, spec, today).counts,
    )


def _offer(offer: OfferView, serves: tuple[str, ...], known: Known, today: date) -> Offer:
    waiver = known.limit("waiver", offer.provider, offer.category)
    waived = set(waiver.detail.get("waives", ())) if waiver is not None else set()
    codes = {code for condition in offer.conditions if (code := condition.get("code", "")) and code.split(":")[0] not in waived}
    cost = known.limit("unit-cost", offer.provider, offer.category)
    lead = known.limit("lead-time", offer.provider, offer.category)
    earmark = known.limit("earmark", offer.provider, offer.category)
    start = month_index(today, offer.available_from) if offer.available_from is not None and offer.available_from.year < FAR_YEAR else 0
    end = month_index(today, offer.available_until) if offer.available_until is not None and offer.available_until.year < FAR_YEAR else None
    bodies = set(earmark.detail["bodies"] if earmark else ()) | ({offer.beneficiary} if offer.beneficiary else set())
    return Offer(
        id=str(offer.id),
        categories=serves,
        donor=offer.provider,
        lot=1,
        lots=int((offer.quantity or Decimal(0)).to_integral_value(ROUND_FLOOR)),
        unit_cost=cost.amount if cost is not None and cost.unit == CURRENCY else None,
        lead=(months_of(lead.amount) or 0) if lead is not None else 0,
        available_from=max(start, 0),
        available_until=end,
        civil_only=CIVIL_ONLY in codes,
        unit=unit_family(offer.unit, offer.category),
        regions=frozenset(code.removeprefix(REGION) for code in codes if code.startswith(REGION)),
        earmark_bodies=frozenset(bodies),
        earmark_sectors=frozenset(earmark.detail["sectors"] if earmark else ()),
    )


def _assumptions(problem: Problem, known: Known, untold: list[str]) -> list[Said]:
    told = [said_supposed("provisional")] if problem.basis == "provisional" else []
    told += [said_supposed("contradiction", what=words) for words in known.contradictions]
    unknown = [donor for donor, money in problem.budgets.items() if money is None]
    if unknown:
        told.append(said_supposed("budgets", currency=CURRENCY, names=", ".join(unknown)))
    bare = sorted({need.body for need in problem.needs} - {body for body, *_ in (*problem.absorption, *problem.intake)})
    if bare:
        told.append(said_supposed("absorption", names=", ".join(bare)))
    if untold:
        told.append(said_supposed("untold-months", names=", ".join(untold)))
    open_licences = sorted({offer.donor for offer in problem.offers if offer.licence.state == "unknown"})
    if open_licences:
        told.append(said_supposed("licences", names=", ".join(open_licences)))
    return told
