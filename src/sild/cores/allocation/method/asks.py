"""The asks that unlock most: LP prices make the shortlist, the plan is solved again for each of its heads with the change made.

An ask is one change that one party can make. Its amount is trimmed to what the better plan uses of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from time import monotonic

import numpy as np

from sild.cores.allocation.answer import Answer, Ask, Change, Shipment, delivered_by, worth_of
from sild.cores.allocation.method.again import Again, solve_again
from sild.cores.allocation.method.desk import Desk
from sild.cores.allocation.method.grid import Grid, lay_out
from sild.cores.allocation.method.lifts import NEW_OFFER, NOBODY, SECRETARIAT
from sild.cores.allocation.method.model import SolverRefused, build, relax
from sild.cores.allocation.method.widened import widened
from sild.cores.allocation.method.wording import sentence_for
from sild.cores.allocation.problem import LARGEST_QUANTITY, Need, Offer, Problem, money_scales, quality_of

SHORTLIST = 20
ASKS = 5
# a gain counts as exact where bounds leave less than this share of it open
EXACT = 0.02
WAIVERS = ("civil-only", "region", "earmark", "re-export", "end-use", "minimum-order", "unit", "licence", "availability", "fit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A change and what it may gain at the LP's prices; `needs` are those that it reaches directly."""

    change: Change
    estimate: float
    needs: tuple[int, ...]


def with_asks(problem: Problem, answer: Answer, seconds: float = 10.0, seed: int = 0) -> Answer:
    """The answer with its best asks, at most ASKS, those that gain most first."""
    until = monotonic() + seconds
    desk = Desk(problem, answer.shipments)
    short = [at for at, need in enumerate(problem.needs) if desk.delivered.get(need.id, 0) < need.quantity]
    if not short or not problem.needs:
        return answer
    grid = lay_out(problem)
    prices = _prices(grid, max(0.1, seconds / 3), seed)
    ranked = sorted(_prospects(problem, desk, short, prices), key=lambda one: (-one.estimate, one.change.limit, str(one.change)))
    tried: list[tuple[Fraction, Prospect, Again]] = []
    for prospect in ranked[:SHORTLIST]:
        if monotonic() < until:
            seconds_each = min(seconds / (2 * SHORTLIST), until - monotonic())
            changed = lay_out(widened(problem, prospect.change))
            again = solve_again(changed, answer.shipments, prospect.needs, seconds_each, seed, whole=False)
            # what the same search gains without the change is the search's merit, not the change's
            alone = answer.objective
            if answer.status != "optimal":
                alone = solve_again(grid, answer.shipments, prospect.needs, seconds_each, seed, whole=False).value
            tried.append((again.value - alone, prospect, again))
    tried.sort(key=lambda one: (-one[0], one[1].change.limit, str(one[1].change)))
    asks = [_ask(problem, answer, gain, prospect, again, until, seed) for gain, prospect, again in tried[: ASKS + 3] if gain > 0]
    asks.sort(key=lambda ask: (-ask.gain, ask.sentence))
    return replace(answer, asks=tuple(asks[:ASKS]))


def _ask(problem: Problem, answer: Answer, gain: Fraction, prospect: Prospect, again: Again, until: float, seed: int) -> Ask:
    """The ask, its gain proved by solving the changed problem as a whole where time and size allow."""
    exact = False
    if monotonic() < until:
        changed = lay_out(widened(problem, prospect.change))
        whole = solve_again(changed, again.shipments, prospect.needs, (until - monotonic()) / 4, seed, whole=True)
        if whole.bound is not None:
            again, gain = whole, max(gain, whole.value - answer.objective)
            exact = whole.bound - float(whole.value) + answer.bound - float(answer.objective) <= EXACT * float(gain)
    trimmed = _trimmed(problem, prospect.change, again.shipments)
    before = sum(delivered_by(answer.shipments).values())
    pieces = sum(shipment.pieces for shipment in again.shipments) - before
    return Ask(change=trimmed, sentence=sentence_for((trimmed,), problem), gain=gain, pieces=pieces, exact=exact)


def _trimmed(problem: Problem, change: Change, shipments: tuple[Shipment, ...]) -> Change:
    """The change with no more than the better plan uses of it."""
    desk = Desk(problem, ())
    if change.limit == "no-offer":
        used = sum(shipment.lots for shipment in shipments if shipment.offer == NEW_OFFER)
    elif change.limit == "offer-lots":
        used = sum(shipment.lots for shipment in shipments if shipment.offer == change.offer) - desk.lots[change.offer or ""]
    elif change.limit == "absorption":
        mine = [one for one in shipments if desk.needs[one.need].body == change.body and change.period in (None, one.period)]
        used = sum(one.pieces for one in mine) - problem.absorption[change.body or "", change.period]
    elif change.limit == "hosting":
        after = Desk(problem, (one for one in shipments if one.offer != NEW_OFFER))
        used = max((-left for (site, _), left in after.hosting.items() if site == change.site), default=0)
    elif change.limit == "budget":
        donor = change.donor or ""
        mine = [one for one in shipments if one.offer != NEW_OFFER and desk.offers[one.offer].donor == donor]
        spent = sum((Decimal(one.pieces) * desk.offers[one.offer].price for one in mine), Decimal(0))
        return replace(change, amount=min(change.amount, max(spent - (problem.budgets[donor] or 0), Decimal(1) / desk.scale[donor])))
    else:
        return change
    return replace(change, amount=min(change.amount, Decimal(max(1, used))))


def _prices(grid: Grid, seconds: float, seed: int) -> dict[tuple[str, object], float]:
    """What one more unit of each shared limit is worth in the LP; empty where the LP takes too long."""
    # a lane's own ceiling would hide that a shared limit stands behind it
    ceiling = np.where(grid.bonus > 0, grid.most, grid.most_pieces[grid.need] // np.maximum(1, grid.piece))
    free = replace(grid, most=ceiling)
    model = build(free, np.arange(len(grid.least), dtype=np.int64), grid.cap, ceilings=False)
    try:
        relaxed = relax(model, seconds, seed) if len(model.lanes) else None
    except SolverRefused:
        return {}
    if relaxed is None or relaxed.prices is None:
        return {}
    begin = 2 * len(model.needs)
    found = np.abs(relaxed.prices[begin : begin + len(model.shared)])
    return {grid.keys[row]: float(price) for row, price in zip(model.shared.tolist(), found.tolist(), strict=True)}


class _Survey:
    """Estimates at LP prices: what pieces of an offer are worth to a need beyond what they would displace."""

    def __init__(self, problem: Problem, desk: Desk, prices: dict[tuple[str, object], float]) -> None:
        self.problem, self.desk, self.prices = problem, desk, prices
        self.share = float(problem.served_share)

    def margin(self, need: Need, offer: Offer | None) -> float:
        """Value per piece less the prices of everything that a piece draws on."""
        room = [price for (kind, key), price in self._absorption(need).items() if kind == "absorption" and key[0] == need.body]
        price = min(room, default=0.0)
        if offer is not None:
            price += self.prices.get(("offer", offer.id), 0.0) / offer.lot
            price += self.prices.get(("budget", offer.donor), 0.0) * float(offer.price)
        quality = float(quality_of(need, offer) or 1) if offer is not None else 1.0
        return quality * float(worth_of(need, need.quantity, self.problem)) / need.quantity - price

    def _absorption(self, need: Need) -> dict[tuple[str, tuple[str, int | None]], float]:
        keys = [(need.body, None), *((need.body, month) for month in self.desk.months.get(need.body, ()))]
        return {("absorption", key): self.prices.get(("absorption", key), 0.0) for key in keys if key in self.problem.absorption}

    def gain(self, needs: list[int], offer: Offer | None, stock: int) -> float:
        """The margins of the stock given to the best of these needs, pieces that they miss."""
        total, left = 0.0, stock
        ranked = sorted(((self.margin(self.problem.needs[at], offer), at) for at in needs), reverse=True)
        for margin, at in ranked:
            need = self.problem.needs[at]
            pieces = min(left, need.quantity - self.desk.delivered.get(need.id, 0))
            if margin <= 0 or left <= 0:
                break
            total += margin * pieces
            left -= pieces
        return total


def _prospects(problem: Problem, desk: Desk, short: list[int], prices: dict[tuple[str, object], float]) -> list[Prospect]:
    survey = _Survey(problem, desk, prices)
    found = [*_of_limits(problem, desk, short, prices), *_of_new_offers(problem, desk, short, survey)]
    found.extend(_of_conditions(problem, desk, short, survey))
    return [prospect for prospect in found if prospect.estimate > 1e-9]


def _of_limits(problem: Problem, desk: Desk, short: list[int], prices: dict[tuple[str, object], float]) -> list[Prospect]:
    """More lots, money and absorption, where the LP pays for them; as much as the short needs could use."""
    found = []
    wanted: dict[str, int] = defaultdict(int)
    of_body: dict[str, list[int]] = defaultdict(list)
    of_offer: dict[str, list[int]] = defaultdict(list)
    for at in short:
        need = problem.needs[at]
        of_body[need.body].append(at)
        for offer, failing in desk.candidates(need):
            if not failing:
                wanted[offer.id] += need.quantity - desk.delivered.get(need.id, 0)
                of_offer[offer.id].append(at)
    scale = money_scales(problem)
    of_donor: dict[str, list[Offer]] = defaultdict(list)
    for offer in problem.offers:
        of_donor[offer.donor].append(offer)
    for (kind, key), price in prices.items():
        if price <= 1e-9:
            continue
        if kind == "offer" and isinstance(key, str) and wanted[key]:
            offer = desk.offers[key]
            # nobody is asked to multiply what they give: as much again at most; what is missing beyond is an ask for another offer
            lots = min(-(-wanted[key] // offer.lot), max(offer.lots, 1), LARGEST_QUANTITY - offer.lots)
            if lots < 1:
                continue
            change = Change(limit="offer-lots", owner=f"donor {offer.donor}", amount=Decimal(lots), unit="lots", offer=key)
            found.append(Prospect(change=change, estimate=price * lots, needs=tuple(of_offer[key])))
        elif kind == "budget" and isinstance(key, str):
            lines = [(one, min(desk.lots[one.id], -(-wanted[one.id] // one.lot))) for one in of_donor[key] if wanted[one.id]]
            money = sum((one.price * one.lot * lots for one, lots in lines), Decimal(0))
            if money:
                money = money.quantize(Decimal(1) / scale[key])
                change = Change(limit="budget", owner=f"donor {key}", amount=money, unit=problem.currency or "money", donor=key)
                reached = sorted({at for one, _ in lines for at in of_offer[one.id]})
                found.append(Prospect(change=change, estimate=price * float(money), needs=tuple(reached)))
        elif kind == "hosting" and isinstance(key, tuple):
            found.extend(_more_hosting(desk, short, key[0], price))
        elif kind == "absorption" and isinstance(key, tuple) and of_body[key[0]]:
            body, period = key
            pieces = sum(problem.needs[at].quantity - desk.delivered.get(problem.needs[at].id, 0) for at in of_body[body])
            owner = f"recipient {body}"
            change = Change(limit="absorption", owner=owner, amount=Decimal(pieces), unit="pieces", body=body, period=period)
            found.append(Prospect(change=change, estimate=price * pieces, needs=tuple(of_body[body])))
    return found


def _more_hosting(desk: Desk, short: list[int], site: str, price: float) -> list[Prospect]:
    """As many units at a site as the short needs there could use."""
    needs = [at for at in short if desk.problem.needs[at].site == site]
    units = 0
    for at in needs:
        need = desk.problem.needs[at]
        footprint = max((offer.footprint for offer, failing in desk.candidates(need) if not failing), default=0)
        units += footprint * (need.quantity - desk.delivered.get(need.id, 0))
    if not units:
        return []
    change = Change(limit="hosting", owner=f"host {site}", amount=Decimal(units), unit="units", site=site)
    return [Prospect(change=change, estimate=price * units, needs=tuple(needs))]


def _of_new_offers(problem: Problem, desk: Desk, short: list[int], survey: _Survey) -> list[Prospect]:
    """One more offer of a category, of all that is missing there."""
    of_category: dict[str, list[int]] = defaultdict(list)
    for at in short:
        of_category[problem.needs[at].category].append(at)
    found = []
    for category, needs in of_category.items():
        # no single offer is larger than an offer may be, however much is missing
        missing = min(LARGEST_QUANTITY, sum(problem.needs[at].quantity - desk.delivered.get(problem.needs[at].id, 0) for at in needs))
        change = Change(limit="no-offer", owner=NOBODY, amount=Decimal(missing), unit="pieces", category=category)
        found.append(Prospect(change=change, estimate=survey.gain(needs, None, missing), needs=tuple(needs)))
    return found


def _of_conditions(problem: Problem, desk: Desk, short: list[int], survey: _Survey) -> list[Prospect]:
    """Conditions of an offer waived for all needs that only they keep away; a later date for one need; a quicker delivery."""
    waived: dict[tuple[str, str], list[int]] = defaultdict(list)
    found = []
    for at in short:
        need = problem.needs[at]
        late: list[Offer] = []
        for offer, failing in desk.candidates(need):
            if len(failing) == 1 and failing[0] in WAIVERS and desk.lots[offer.id] > 0:
                waived[failing[0], offer.id].append(at)
            elif failing == ("due-date",) and desk.lots[offer.id] > 0:
                late.append(offer)
        if late and need.due is not None:
            amount = min(offer.arrives for offer in late) - need.due
            early = [offer for offer in late if offer.arrives <= need.due + amount]
            estimate = max(survey.gain([at], offer, desk.lots[offer.id] * offer.lot) for offer in early)
            unit = f"{problem.period}s"
            change = Change(limit="due-date", owner=f"recipient {need.body}", amount=Decimal(amount), unit=unit, need=need.id)
            found.append(Prospect(change=change, estimate=estimate, needs=(at,)))
    for (limit, name), needs in waived.items():
        offer = desk.offers[name]
        amount, unit, owner = 1, "decision", f"donor {offer.donor}"
        if limit == "availability":
            amount, unit = offer.leaves - (offer.available_until or 0), f"{problem.period}s"
        elif limit in ("licence", "re-export", "end-use"):
            owner = f"licence authority {offer.licence.authority}".strip()
        elif limit in ("unit", "fit"):
            owner = SECRETARIAT
        only = problem.needs[needs[0]].id if limit == "fit" else None
        change = Change(limit=limit, owner=owner, amount=Decimal(amount), unit=unit, offer=name, need=only)
        reached = needs[:1] if limit == "fit" else needs
        found.append(Prospect(change=change, estimate=survey.gain(reached, offer, desk.lots[name] * offer.lot), needs=tuple(reached)))
    return found
