"""The limits that can be lifted for one need, each as a function from an amount to the room that it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sild.cores.allocation.answer import Change
from sild.cores.allocation.fit import gates, misfits
from sild.cores.allocation.method.desk import Desk
from sild.cores.allocation.method.places import PlaceKey, What
from sild.cores.allocation.method.room import PLENTY, Room, Supply
from sild.cores.allocation.problem import Licence, Need, Offer

NOBODY = "secretariat, to find a giver"
SECRETARIAT = "secretariat"
# of one kind of limit no more offers are tried: a need is told at most a handful of reasons
OFFERS_LIFTED = 12
# limits that only who rules on the licence can move
OF_AUTHORITY = ("licence", "licence-end", "re-export", "end-use")
# the offer that an answer names where nobody has offered yet
NEW_OFFER = "new offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """One limit (or, where `limits` has several names, limits that only help together) of a need.

    `apply(room, amount)` is the room with it lifted by `amount` smallest steps; at `most` it surely no longer binds. `downward`:
    the amount is what a minimum or a lot is lowered to, so that the largest amount is the smallest change.
    """

    limits: tuple[str, ...]
    most: int
    apply: Callable[[Room, int], Room]
    changes: Callable[[int], tuple[Change, ...]]
    downward: bool = False


def gate_changes(need: Need, desk: Desk) -> tuple[Change, ...]:
    """The decisions without which the need is in no plan, or in none alone."""
    alone: tuple[Change, ...] = ()
    if need.id in desk.bundle_of:
        owner_of_it = f"recipient {need.body}"
        alone = (Change(limit="bundle", owner=owner_of_it, amount=Decimal(1), unit="decision", need=need.id),)
    owner = {"endorsement": f"endorsing gates of {need.body}", "channel": SECRETARIAT}
    closed = gates(need, desk.problem)
    return (*(Change(limit=limit, owner=owner[limit], amount=Decimal(1), unit="decision", need=need.id) for limit in closed), *alone)


def lifts_of(need: Need, desk: Desk, room: Room) -> Iterator[Lift]:
    """Every single limit whose lifting could bring this need more."""
    fits = [desk.offers[supply.offer] for supply in room.supplies]
    cheapest = sorted(room.supplies, key=lambda one: (one.cost / one.lot, one.lot, one.offer))[:OFFERS_LIFTED]
    yield from (_more_lots(need, desk.offers[supply.offer]) for supply in cheapest)
    yield from _more_money(fits, desk, room)
    yield from _more_absorption(need, room)
    yield from _more_places(room)
    if need.due is not None:
        yield _later(need, desk, room)
    lifted: dict[str, int] = {}
    for offer, failing in desk.candidates(need):
        if len(failing) == 1 and lifted.get(failing[0], 0) < OFFERS_LIFTED:
            lifted[failing[0]] = lifted.get(failing[0], 0) + 1
            yield from _admissions(need, offer, failing[0], desk, room)
        elif not failing and offer.lot > room.high and lifted.get("", 0) < OFFERS_LIFTED:
            lifted[""] = lifted.get("", 0) + 1
            yield from _split(need, offer, (), desk, room)
    if room.low == need.least > 1 and need.id not in desk.held:
        yield _lower_minimum(need)


def lifts_together(need: Need, desk: Desk, room: Room, few: int) -> Iterator[Lift]:
    """Offers that several of their own limits keep away, at most `few` of them, and an offer that nobody has made."""
    taken = 0
    for offer, failing in desk.candidates(need):
        if len(failing) > 1 and taken < few:
            lift = admission(need, offer, failing, desk, room)
            if lift is not None:
                taken += 1
                yield lift
    yield new_offer(need, desk, room)


def new_offer(need: Need, desk: Desk, room: Room) -> Lift:
    """One more offer of the need's category, without conditions, in single pieces."""

    def apply(base: Room, amount: int) -> Room:
        last = desk.horizon if need.due is None else PLENTY
        supply = Supply(offer=NEW_OFFER, lot=1, left=amount, cost=0, donor="", first=0, last=last)
        return replace(base, supplies=(*base.supplies, supply))

    def changes(amount: int) -> tuple[Change, ...]:
        return (Change(limit="no-offer", owner=NOBODY, amount=Decimal(amount), unit="pieces", need=need.id, category=need.category),)

    return Lift(limits=("no-offer",), most=room.high, apply=apply, changes=changes)


def _more_lots(need: Need, offer: Offer) -> Lift:
    def apply(room: Room, amount: int) -> Room:
        more = tuple(replace(one, left=one.left + amount) if one.offer == offer.id else one for one in room.supplies)
        return replace(room, supplies=more)

    def changes(amount: int) -> tuple[Change, ...]:
        return (Change(limit="offer-lots", owner=f"donor {offer.donor}", amount=Decimal(amount), unit="lots", offer=offer.id),)

    return Lift(limits=("offer-lots",), most=-(-need.quantity // offer.lot), apply=apply, changes=changes)


def _more_money(fits: list[Offer], desk: Desk, room: Room) -> Iterator[Lift]:
    cost = {supply.offer: supply.cost for supply in room.supplies}
    for donor in dict.fromkeys(offer.donor for offer in fits):
        top = sum(cost[offer.id] * (room.high // offer.lot + 1) for offer in fits if offer.donor == donor)
        if donor in desk.money and top:
            yield _budget(donor, top, desk)


def _budget(donor: str, top: int, desk: Desk) -> Lift:
    unit = desk.problem.currency or "money"

    def apply(room: Room, amount: int) -> Room:
        return replace(room, money={**room.money, donor: room.money[donor] + amount})

    def changes(amount: int) -> tuple[Change, ...]:
        money = Decimal(amount) / desk.scale[donor]
        return (Change(limit="budget", owner=f"donor {donor}", amount=money, unit=unit, donor=donor),)

    return Lift(limits=("budget",), most=top, apply=apply, changes=changes)


def _more_absorption(need: Need, room: Room) -> Iterator[Lift]:
    if room.total < PLENTY:
        yield _absorption(need, None, room.high)
    for period in sorted(room.months):
        yield _absorption(need, period, room.high)


def _absorption(need: Need, period: int | None, top: int) -> Lift:
    def apply(room: Room, amount: int) -> Room:
        if period is None:
            return replace(room, total=room.total + amount)
        return replace(room, months={**room.months, period: room.months[period] + amount})

    def changes(amount: int) -> tuple[Change, ...]:
        owner = f"recipient {need.body}"
        return (Change(limit="absorption", owner=owner, amount=Decimal(amount), unit="pieces", body=need.body, period=period),)

    return Lift(limits=("absorption",), most=top, apply=apply, changes=changes)


def _more_places(room: Room) -> Iterator[Lift]:
    """More units where the supplies take some up: throughout where they stay taken, else period by period and in all."""
    largest: dict[What, int] = {}
    for supply in room.supplies:
        for what, units in supply.used:
            largest[what] = max(units, largest.get(what, 0))
    for what, units in sorted(largest.items()):
        keys = [key for key in room.places if (key[0], key[1][:-1]) == what]
        if what in room.layout.steps:
            yield _placed(what, None, keys, units * room.high)
        else:
            for key in sorted(keys, key=lambda one: (one[1][-1] is not None, one[1][-1] or 0)):
                yield _placed(what, key[1][-1], [key], units * room.high)


def _placed(what: What, period: str | int | None, keys: Sequence[PlaceKey], top: int) -> Lift:
    def apply(room: Room, amount: int) -> Room:
        return replace(room, places={**room.places, **{key: room.places[key] + amount for key in keys}})

    def changes(amount: int) -> tuple[Change, ...]:
        return (more_room(what, Decimal(amount), period if isinstance(period, int) else None),)

    return Lift(limits=("hosting" if what[0] == "hosting" else "absorption",), most=top, apply=apply, changes=changes)


def more_room(what: What, amount: Decimal, period: int | None) -> Change:
    """More units at a site, or of a resource of a body in a period (None: in all, or throughout where they stay taken)."""
    if what[0] == "hosting":
        (site,) = what[1]
        return Change(limit="hosting", owner=f"host {site}", amount=amount, unit="units", site=site)
    body, resource = what[1]
    owner = f"recipient {body}"
    return Change(limit="absorption", owner=owner, amount=amount, unit="units", body=body, period=period, resource=resource)


def _later(need: Need, desk: Desk, room: Room) -> Lift:
    """A later due date: offers that come too late then fit, and later months are open to the others."""
    due = need.due or 0
    late = [offer for offer, failing in desk.candidates(need) if failing == ("due-date",)]
    end = max([due, *(offer.arrives for offer in late), *(month + 1 for month in room.months)])

    def apply(base: Room, amount: int) -> Room:
        moved, there = replace(need, due=due + amount), {one.offer for one in base.supplies}
        in_time = [desk.supply(moved, offer) for offer in late if offer.id not in there and not misfits(moved, offer)]
        return replace(base, supplies=(*base.supplies, *in_time), due=max(base.due, due + amount))

    def changes(amount: int) -> tuple[Change, ...]:
        return (
            Change(limit="due-date", owner=f"recipient {need.body}", amount=Decimal(amount), unit=f"{desk.problem.period}s", need=need.id),
        )

    return Lift(limits=("due-date",), most=max(1, end - due), apply=apply, changes=changes)


def _admissions(need: Need, offer: Offer, limit: str, desk: Desk, room: Room) -> Iterator[Lift]:
    if limit == "lot-size":
        yield from _split(need, offer, (), desk, room)
    elif limit == "due-date":
        lateness = offer.arrives - (need.due or 0)
        if offer.lead >= lateness:
            yield one_change(need, replace(offer, lead=offer.lead - lateness), "lead-time", lateness, desk)
        if offer.licence.wait - max(offer.available_from, 0) >= lateness:
            sooner = replace(offer, licence=offer.licence.sooner(lateness))
            yield one_change(need, sooner, "licence", lateness, desk)
    elif limit != "category":
        lift = admission(need, offer, (limit,), desk, room)
        if lift is not None:
            yield lift


def admission(need: Need, offer: Offer, failing: tuple[str, ...], desk: Desk, room: Room) -> Lift | None:
    """The offer with all its failing limits waived; None where that is not enough or a lot would have to be split."""
    changed_need, changed_offer = need, offer
    made: list[Change] = []
    for limit in failing:
        if limit in ("category", "lot-size"):
            return None
        amount = 1
        if limit == "due-date":
            amount = changed_offer.arrives - (need.due or 0)
            if amount <= 0:
                continue
            changed_need = replace(need, due=changed_offer.arrives)
        elif limit == "availability":
            amount = changed_offer.leaves - (changed_offer.available_until or 0)
            if amount <= 0:
                continue
            changed_offer = replace(changed_offer, available_until=changed_offer.leaves)
        elif limit == "licence-end":
            amount = changed_offer.arrives - (changed_offer.licence.until or 0)
            if amount <= 0:
                continue
            changed_offer = replace(changed_offer, licence=changed_offer.licence.longer(amount))
        else:
            changed_offer = waived(changed_offer, limit)
        made.append(_change(need, offer, limit, amount, desk))
    if misfits(changed_need, changed_offer) and failing != ("fit",):
        return None
    supply = desk.supply(changed_need, changed_offer)
    if changed_need.due == need.due:
        return Lift(limits=failing, most=1, apply=lambda base, _amount: _with(base, supply), changes=lambda _amount: tuple(made))
    # a later date is the need's: it admits every other offer that was only late, too
    later, weeks = _later(need, desk, room), (changed_need.due or 0) - (need.due or 0)
    return Lift(
        limits=failing,
        most=1,
        apply=lambda base, _amount: _with(later.apply(base, weeks), supply),
        changes=lambda _amount: tuple(made),
    )


def one_change(need: Need, changed: Offer, limit: str, amount: int, desk: Desk) -> Lift:
    supply = desk.supply(need, changed)
    change = _change(need, changed, limit, amount, desk)
    if limit == "licence":
        change = replace(change, unit=f"{desk.problem.period}s")
    return Lift(limits=(limit,), most=1, apply=lambda room, _amount: _with(room, supply), changes=lambda _amount: (change,))


def _with(room: Room, supply: Supply) -> Room:
    return replace(room, supplies=(*(one for one in room.supplies if one.offer != supply.offer), supply))


def waived(offer: Offer, limit: str) -> Offer:
    """The offer without one of its conditions."""
    if limit == "licence":
        return replace(offer, licence=Licence(state="granted", authority=offer.licence.authority))
    if limit == "unit":
        return replace(offer, unit=None)
    if limit == "civil-only":
        return replace(offer, civil_only=False)
    if limit == "region":
        return replace(offer, regions=frozenset())
    if limit == "earmark":
        return replace(offer, earmark_bodies=frozenset(), earmark_categories=frozenset(), earmark_sectors=frozenset())
    if limit == "re-export":
        return replace(offer, no_reexport=False)
    if limit == "end-use":
        return replace(offer, end_uses=frozenset())
    if limit == "minimum-order":
        return replace(offer, minimum_lots=0)
    return offer


def _change(need: Need, offer: Offer, limit: str, amount: int, desk: Desk) -> Change:
    owner = {
        **dict.fromkeys(("unit", "fit", "declined"), SECRETARIAT),
        "due-date": f"recipient {need.body}",
        **dict.fromkeys(OF_AUTHORITY, f"licence authority {offer.licence.authority}".strip()),
    }.get(limit, f"donor {offer.donor}")
    unit = f"{desk.problem.period}s" if limit in ("due-date", "availability", "licence-end", "lead-time") else "decision"
    return Change(
        limit=limit, owner=owner, amount=Decimal(amount), unit=unit, need=need.id, offer=None if limit == "due-date" else offer.id
    )


def _split(need: Need, offer: Offer, before: tuple[Change, ...], desk: Desk, room: Room) -> Iterator[Lift]:
    """One lot sent in part; tried with the largest part that every limit allows, so that one piece more would break one."""
    supply = desk.supply(need, offer)
    if supply.left < 1:
        return
    each = supply.cost // supply.lot
    top = min(supply.lot - 1, room.high, room.total)
    if each:
        top = min(top, room.money.get(offer.donor, PLENTY) // each)
    top = min(top, max((_part_in(room, supply, period) for period in room.periods(supply)), default=0))
    if top < 1:
        return

    def apply(base: Room, amount: int) -> Room:
        part = replace(supply, lot=amount, left=1, cost=each * amount)
        return replace(base, supplies=(*(one for one in base.supplies if one.offer != offer.id), part))

    def changes(amount: int) -> tuple[Change, ...]:
        change = _change(need, offer, "lot-size", amount, desk)
        return (*before, replace(change, unit="pieces"))

    yield Lift(limits=("lot-size",), most=top, apply=apply, changes=changes, downward=True)


def _part_in(room: Room, supply: Supply, period: int) -> int:
    """The most pieces of one lot that body and site can take in a period."""
    pieces = [room.places[key] // units for key, units in room.drawn(supply, period)]
    return min([room.months.get(period, PLENTY), *pieces])


def _lower_minimum(need: Need) -> Lift:
    def changes(amount: int) -> tuple[Change, ...]:
        owner = f"recipient {need.body}"
        return (Change(limit="minimum-share", owner=owner, amount=Decimal(amount), unit="pieces", need=need.id),)

    return Lift(
        limits=("minimum-share",),
        most=need.least - 1,
        apply=lambda room, amount: replace(room, low=amount),
        changes=changes,
        downward=True,
    )
