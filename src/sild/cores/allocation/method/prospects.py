"""What could be asked for: every single change that one party can make and that may bring more to a need that is short.

Each has an estimate at the prices of the linear relaxation, so that the few that are worth solving again come first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sild.cores.allocation.answer import Change, worth_of
from sild.cores.allocation.method.desk import Desk
from sild.cores.allocation.method.lifts import NOBODY, OF_AUTHORITY, SECRETARIAT, more_room
from sild.cores.allocation.method.places import What
from sild.cores.allocation.problem import LARGEST_QUANTITY, Need, Offer, Problem, money_scales, quality_of

WAIVERS = (
    *("civil-only", "region", "earmark", "re-export", "end-use", "minimum-order", "unit", "licence", "availability", "licence-end"),
    *("fit", "declined"),
)
# what is ruled for one need alone
OF_A_PAIR = ("fit", "declined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A change and what it may gain at the LP's prices; `needs` are those that it reaches directly."""

    change: Change
    estimate: float
    needs: tuple[int, ...]


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
            price += sum(units * self._least(what) for what, units in self.desk.layout.used(need, offer))
        quality = float(quality_of(need, offer) or 1) if offer is not None else 1.0
        return quality * float(worth_of(need, need.quantity, self.problem)) / need.quantity - price

    def _least(self, what: What) -> float:
        """The price of a unit where it is cheapest."""
        every = [key for key in self.desk.places if (key[0], key[1][:-1]) == what]
        return min((self.prices.get(key, 0.0) for key in every), default=0.0)

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


def prospects_of(problem: Problem, desk: Desk, short: list[int], prices: dict[tuple[str, object], float]) -> list[Prospect]:
    """Every change that may bring more to the short needs, with what it may gain at these prices per unit of a shared limit."""
    survey = _Survey(problem, desk, prices)
    found = [*_of_limits(problem, desk, short, prices), *_of_new_offers(problem, desk, short, survey)]
    found.extend(_of_conditions(problem, desk, short, survey))
    found.extend(_of_waiting(problem, desk, short, survey))
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
        elif kind in ("hosting", "intake") and isinstance(key, tuple):
            found.extend(_more_places(desk, short, (kind, key[:-1]), key[-1], price))
        elif kind == "absorption" and isinstance(key, tuple) and of_body[key[0]]:
            body, period = key
            pieces = sum(problem.needs[at].quantity - desk.delivered.get(problem.needs[at].id, 0) for at in of_body[body])
            owner = f"recipient {body}"
            change = Change(limit="absorption", owner=owner, amount=Decimal(pieces), unit="pieces", body=body, period=period)
            found.append(Prospect(change=change, estimate=price * pieces, needs=tuple(of_body[body])))
    return found


def _more_places(desk: Desk, short: list[int], what: What, period: int | None, price: float) -> list[Prospect]:
    """As many units at a site, or of a resource of a body, as the short needs there could use."""
    kind, place = what
    needs = [at for at in short if (desk.problem.needs[at].site if kind == "hosting" else desk.problem.needs[at].body) == place[0]]
    units = 0
    for at in needs:
        need = desk.problem.needs[at]
        used = (dict(desk.layout.used(need, offer)).get(what, 0) for offer, failing in desk.candidates(need) if not failing)
        units += max(used, default=0) * (need.quantity - desk.delivered.get(need.id, 0))
    if not units:
        return []
    change = more_room(what, Decimal(units), None if what in desk.layout.steps else period)
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
    """Conditions of an offer waived for all needs that only they keep away; a later date for one need."""
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
        elif limit in OF_AUTHORITY:
            owner = f"licence authority {offer.licence.authority}".strip()
            if limit == "licence-end":
                amount, unit = offer.arrives - (offer.licence.until or 0), f"{problem.period}s"
        elif limit in ("unit", *OF_A_PAIR):
            owner = SECRETARIAT
        only = problem.needs[needs[0]].id if limit in OF_A_PAIR else None
        change = Change(limit=limit, owner=owner, amount=Decimal(amount), unit=unit, offer=name, need=only)
        reached = needs[:1] if limit in OF_A_PAIR else needs
        found.append(Prospect(change=change, estimate=survey.gain(reached, offer, desk.lots[name] * offer.lot), needs=tuple(reached)))
    return found


def _of_waiting(problem: Problem, desk: Desk, short: list[int], survey: _Survey) -> list[Prospect]:
    """A licence or a delivery that comes sooner, by as much as the needs for which the offer alone is late could use of it."""
    late: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at in short:
        need = problem.needs[at]
        for offer, failing in desk.candidates(need):
            if failing == ("due-date",) and desk.lots[offer.id] > 0:
                late[offer.id].append((offer.arrives - (need.due or 0), at))
    found = []
    for name, waits in late.items():
        offer = desk.offers[name]
        authority = f"licence authority {offer.licence.authority}".strip()
        of_licence = ("licence", authority, offer.licence.wait - max(offer.available_from, 0))
        for limit, owner, span in (of_licence, ("lead-time", f"donor {offer.donor}", offer.lead)):
            in_reach = [(lateness, at) for lateness, at in waits if lateness <= span]
            if in_reach:
                amount, needs = max(lateness for lateness, _ in in_reach), [at for _, at in in_reach]
                change = Change(limit=limit, owner=owner, amount=Decimal(amount), unit=f"{problem.period}s", offer=name)
                gain = survey.gain(needs, offer, desk.lots[name] * offer.lot)
                found.append(Prospect(change=change, estimate=gain, needs=tuple(needs)))
    return found
