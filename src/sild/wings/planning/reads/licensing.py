"""The licence of an offer, as plans take it and as the gate tells it: by the cases of its lines, else by what was stated of its giver.

One rule for both: the worst case counts, whichever ends first ends all, a pending one takes what the mechanism's quantile says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sild.cores.allocation.problem import LARGEST_PERIOD, Licence
from sild.cores.allocation.problem.licence import periods_left
from sild.wings.clearance.public import LicenceStand, taken_together
from sild.wings.planning.reads.limits import Known
from sild.wings.planning.rules import LicenceFact, month_at, month_index, months_of
from sild.wings.register.public import OfferView

STATED = ("not-needed", "granted", "pending", "denied")
LIAISON = "licence liaison"

Stands = Mapping[UUID, Sequence[LicenceStand]]


def stated_objection(known: Known, offer: OfferView) -> str | None:
    """Who objects to what the giver offers, as the supplement or a person stated it; None: nobody, as far as was stated."""
    objection = known.limit("objection", offer.provider, offer.category)
    if objection is None or objection.detail["state"] != "open":
        return None
    return str(objection.detail["authority"] or objection.subject)


def licence_of(offer: OfferView, known: Known, stands: Stands, today: date) -> Licence:
    """The licence as a plan of months takes it: a stated objection first, then the cases of the lines, then what was stated."""
    objector = stated_objection(known, offer)
    if objector is not None:
        return Licence(state="denied", authority=f"{objector} (objection)")
    told = [_for_the_month(stand, today) for line in offer.lines for stand in stands.get(line, ())]
    case = taken_together(told)
    if case is None:
        return _stated(offer, known)
    if case.state in ("granted", "not-needed") and _lines_without(offer, stands):
        # what one line of the offer is licensed for licenses no other
        case = replace(case, state="unknown")
    until = _last_month(case.expires, today) if case.state not in ("not-needed", "denied") else None
    if case.routes:
        return Licence(state=case.state, authority=case.authority, days=case.routes, waited=case.waited, until=until)
    # how long it still takes may be stated where neither a term nor past cases tell it
    lead = case.lead if case.lead is not None or case.state != "pending" else _stated(offer, known).lead
    return Licence(state=case.state, authority=case.authority, lead=lead, until=until)


def licence_facts(offer: OfferView, known: Known, stands: Stands, today: date, quantile: Decimal) -> tuple[list[LicenceFact], int]:
    """The licences as the gate tells them, each with its own day, and how many lines of the offer have no word of their own."""
    cases = [stand for line in offer.lines for stand in stands.get(line, ()) if stand.kind == "case"]
    if not cases:
        stated = _stated(offer, known)
        if known.limit("licence", offer.provider, offer.category) is None:
            return [], len(offer.lines)
        return [LicenceFact(word=stated.state, authority=stated.authority, expected=_expected(stated, today, quantile))], 0
    fallback = _stated(offer, known).lead
    facts = []
    for stand in cases:
        lead = stand.lead if stand.lead is not None else fallback
        licence = Licence(state=stand.state, lead=None if stand.routes else lead, days=stand.routes, waited=stand.waited)
        expected = _expected(licence, today, quantile)
        facts.append(LicenceFact(word=stand.state, authority=stand.authority, expected=expected, expires=stand.expires))
    return facts, _lines_without(offer, stands)


def _lines_without(offer: OfferView, stands: Stands) -> int:
    return sum(not any(stand.kind == "case" for stand in stands.get(line, ())) for line in offer.lines)


def _expected(licence: Licence, today: date, quantile: Decimal) -> date | None:
    """The month in which a pending licence is expected; None where nobody knows, or where nothing is pending."""
    if licence.state != "pending":
        return None
    periods = periods_left(licence, quantile, "month") if licence.days else licence.lead
    return None if periods is None else month_at(today, periods)


def _for_the_month(stand: LicenceStand, today: date) -> LicenceStand:
    """A licence that ends before the plan's first month is out carries none of its deliveries: the way begins anew."""
    if stand.state == "granted" and stand.expires is not None and month_index(today, _day_after(stand.expires)) < 1:
        return replace(stand, state="pending", lead=None, expires=None)
    return stand


def _last_month(expires: date | None, today: date) -> int | None:
    """The last month that a licence covers whole: on which day of a month something arrives no plan says."""
    if expires is None:
        return None
    last = month_index(today, _day_after(expires)) - 1
    return last if last <= LARGEST_PERIOD else None


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _stated(offer: OfferView, known: Known) -> Licence:
    """The licence as the supplement or a person stated it of the giver; unknown where nobody did."""
    route = known.limit("licence", offer.provider, offer.category)
    if route is None:
        return Licence(state="unknown", authority=LIAISON)
    state = route.detail["state"]
    return Licence(
        state=state if state in STATED else "unknown",
        authority=route.detail["authority"] or LIAISON,
        lead=months_of(route.amount),
    )


def markings(stands: Iterable[Sequence[LicenceStand]]) -> set[int]:
    """The markings of all that licences were told from."""
    return {stand.marking for told in stands for stand in told}
