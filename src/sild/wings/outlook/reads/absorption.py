"""What bodies can take in by month, and what the plan brings them: for the page, and for whoever asks of one body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.wings.agreements.public import AgreementState, agreed_quantities
from sild.wings.outlook.rules import MONTHS_AHEAD, NOTHING, Month, ResourceMonths, month_of
from sild.wings.parties.public import PartyKind, desk_day, mechanism_file, organisation_ids, parties
from sild.wings.planning.public import RESOURCES, Resource, Stated, plan_sheet, stated_capacities, stated_capacity, uses_of_offers
from sild.wings.register.public import needs

Drawn = dict[tuple[str, date], Decimal]
OfResource = dict[tuple[str, str, date], Decimal]


@dataclass(frozen=True, slots=True)
class Taken:
    """By (body, resource, month): what the plan takes, what of that is committed, and pieces of which nobody said what one takes."""

    planned: OfResource = field(default_factory=lambda: defaultdict(Decimal))
    committed: OfResource = field(default_factory=lambda: defaultdict(Decimal))
    silent: OfResource = field(default_factory=lambda: defaultdict(Decimal))


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyCapacity:
    """A body with its months, the first one this month's. `undated` is planned for it without a month; `own`: the reader may state it."""

    body: str
    months: tuple[Month, ...]
    undated: Decimal
    own: bool
    resources: tuple[ResourceMonths, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anybody said what it can take in, in any month."""
        return any(one.capacity is not None for one in self.months) or any(one.told for one in self.resources)

    @property
    def over(self) -> int:
        """In how many months more is planned than it can take in."""
        return sum(one.over for one in self.months) + sum(one.over for one in self.resources)

    @property
    def told(self) -> tuple[ResourceMonths, ...]:
        """The resources of which somebody said what the body has."""
        return tuple(one for one in self.resources if one.told)


@read
def absorption_of(actor: Actor, body: str, *, months: int = MONTHS_AHEAD) -> tuple[Month, ...]:
    """What a body can take in over the next months and what is planned for it, in pieces of all things, as far as the reader may see."""
    planned, committed, _undated = _planned(actor)
    return _months(desk_day(actor), body, months, stated_capacity(actor).get(body, {}), (planned, committed))


@read
def absorption_page(actor: Actor) -> list[BodyCapacity]:
    """Every body that something is planned for or of which capacity is stated, the reader's own first, then those with too much."""
    planned, committed, undated = _planned(actor)
    own, every, today = speaks_for(actor), stated_capacities(actor), desk_day(actor)
    stated, taken = every.get("", {}), _taken(actor)
    spoken_of = {body for bodies in every.values() for body in bodies}
    # who speaks for all is shown those of which something is known; who speaks for one, that one always
    always = own if len(own) == 1 else frozenset()
    found = [
        BodyCapacity(
            body=body,
            months=_months(today, body, MONTHS_AHEAD, stated.get(body, {}), (planned, committed)),
            undated=undated.get(body, NOTHING),
            own=body in own,
            resources=tuple(_resource(today, body, one, every.get(one.name, {}).get(body, {}), taken) for one in RESOURCES.values()),
        )
        for body in sorted({body for body, _month in planned} | set(undated) | spoken_of | always)
        if body
    ]
    shown = [one for one in found if one.body in always or one.known or any(month.planned for month in one.months) or one.undated]
    return sorted(shown, key=lambda one: (one.body not in always, -one.over, one.body))


@read
def speaks_for(actor: Actor) -> frozenset[str]:
    """The bodies whose capacity the reader may state: a recipient its own, the front office's authority and an officer every body's."""
    if Role.OFFICER in actor.roles:
        return _bodies(actor)
    if Role.RECIPIENT not in actor.roles:
        return frozenset()
    identities = organisation_ids(actor)
    mine = [one for one in mechanism_file(actor).organisations if identities.get(one.slug) == actor.organisation]
    if any(one.office == "front-office" for one in mine):
        return _bodies(actor)
    return frozenset(one.party for one in mine if one.party)


def _bodies(actor: Actor) -> frozenset[str]:
    """Recipient bodies of the register, and those whose needs the reader sees: the parties themselves are the secretariat's."""
    known = {party.name for party in parties(actor) if party.kind == PartyKind.RECIPIENT_BODY}
    return frozenset(known | {need.beneficiary for need in needs(actor) if need.beneficiary})


def _planned(actor: Actor) -> tuple[Drawn, Drawn, dict[str, Decimal]]:
    """What the plan that the reader sees brings each body by month, how much of it is committed, and what has no month."""
    planned: Drawn = defaultdict(Decimal)
    undated: dict[str, Decimal] = defaultdict(Decimal)
    sheet = plan_sheet(actor)
    for row in sheet.rows if sheet is not None else ():
        for given in row.given:
            if given.month is None:
                undated[row.beneficiary] += given.quantity
            else:
                planned[row.beneficiary, given.month.replace(day=1)] += given.quantity
    return planned, _committed(actor, {key[0] for key in planned}), undated


def _taken(actor: Actor) -> Taken:
    """What the plan's matches take of each resource by body and month, how much of that is committed, and the pieces without a use."""
    uses, taken = uses_of_offers(actor), Taken()
    agreed = {(one.need, one.offer, one.month) for one in agreed_quantities(actor) if one.state == AgreementState.COMMITTED}
    sheet = plan_sheet(actor)
    for row in sheet.rows if sheet is not None else ():
        for given in row.given:
            if given.month is None:
                continue
            month, told = given.month.replace(day=1), uses.get(given.offer, {}) if given.offer is not None else {}
            for name in RESOURCES:
                key = (row.beneficiary, name, month)
                if name not in told:
                    taken.silent[key] += given.quantity
                    continue
                taken.planned[key] += given.quantity * told[name].amount
                if (row.need, given.offer, given.month) in agreed:
                    taken.committed[key] += given.quantity * told[name].amount
    return taken


def _resource(today: date, body: str, resource: Resource, stated: Mapping[date, Stated], taken: Taken) -> ResourceMonths:
    """The months of one resource of a body; of what stays taken a month holds all that has come by then."""
    found = []
    for later in range(MONTHS_AHEAD):
        month = month_of(today, later)
        holds = [day for day in sorted(stated) if day == month or (resource.lasting and day < month)]
        said = stated[holds[-1]] if holds else None
        months = [month_of(today, one) for one in range(later + 1)] if resource.lasting else [month]
        found.append(
            Month(
                month=month,
                capacity=said.amount if said is not None else None,
                planned=sum((taken.planned[body, resource.name, one] for one in months), NOTHING),
                committed=sum((taken.committed[body, resource.name, one] for one in months), NOTHING),
                source=said.source if said is not None else "",
                as_of=said.as_of if said is not None else None,
                carried=bool(holds) and holds[-1] != month,
                silent=sum((taken.silent[body, resource.name, one] for one in months), NOTHING),
            )
        )
    return ResourceMonths(name=resource.name, months=tuple(found))


def _committed(actor: Actor, bodies: Collection[str]) -> Drawn:
    told: Drawn = defaultdict(Decimal)
    of_need: dict[UUID, str] = {need.id: need.beneficiary for need in needs(actor)}
    for one in agreed_quantities(actor):
        body = of_need.get(one.need, "")
        if one.state == AgreementState.COMMITTED and one.month is not None and body in bodies:
            told[body, one.month.replace(day=1)] += one.quantity
    return told


def _months(today: date, body: str, count: int, stated: Mapping[date, Stated], drawn: tuple[Drawn, Drawn]) -> tuple[Month, ...]:
    found = []
    for later in range(count):
        month = month_of(today, later)
        said = stated.get(month)
        planned = drawn[0].get((body, month), NOTHING)
        found.append(
            Month(
                month=month,
                capacity=said.amount if said is not None else None,
                planned=planned,
                committed=min(drawn[1].get((body, month), NOTHING), planned),
                source=said.source if said is not None else "",
                as_of=said.as_of if said is not None else None,
            )
        )
    return tuple(found)
