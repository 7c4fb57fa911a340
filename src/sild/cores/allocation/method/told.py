"""What is told with every plan: the parts of its worth, the licences that it counts on, and what it changes of what stood before.

Each change has its cause: the limit in the way, or that the plan as a whole is worth more so.
"""

from __future__ import annotations

from dataclasses import replace

from sild.cores.allocation.answer import Answer, Moved, PlannedLicence, PooledOrder, parts_of, shares_of
from sild.cores.allocation.method.kept import Kept, Key, barrier, keep
from sild.cores.allocation.problem import Earlier, Problem
from sild.cores.allocation.problem.licence import days_left

BETTER, ADDED = "better", "added"


def with_tale(problem: Problem, answer: Answer) -> Answer:
    """The answer with the parts of its objective, the licences that it counts on, and what it moved."""
    parts, licences = parts_of(problem, answer.shipments), _licences(problem, answer)
    fairness = shares_of(problem, answer.shipments)
    orders = _orders(problem, answer)
    return replace(answer, parts=parts, licences=licences, fairness=fairness, orders=orders, moved=_moved(problem, answer))


def _orders(problem: Problem, answer: Answer) -> tuple[PooledOrder, ...]:
    minimum = {offer.id: offer.minimum_lots for offer in problem.offers if offer.minimum_lots}
    body = {need.id: need.body for need in problem.needs} if minimum else {}
    lots, bodies = dict[str, int](), dict[str, set[str]]()
    for one in answer.shipments:
        if one.offer in minimum:
            lots[one.offer] = lots.get(one.offer, 0) + one.lots
            bodies.setdefault(one.offer, set()).add(body[one.need])
    return tuple(
        PooledOrder(offer=name, minimum=minimum[name], lots=lots[name], bodies=tuple(sorted(bodies[name]))) for name in sorted(lots)
    )


def _licences(problem: Problem, answer: Answer) -> tuple[PlannedLicence, ...]:
    used = {shipment.offer for shipment in answer.shipments}
    return tuple(
        PlannedLicence(
            offer=offer.id,
            authority=offer.licence.authority,
            quantile=problem.licence_quantile,
            routes=len(offer.licence.days),
            days=days_left(offer.licence, problem.licence_quantile),
            periods=offer.licence.planned,
        )
        for offer in problem.offers
        if offer.id in used and offer.licence.days and offer.licence.state == "pending"
    )


def _moved(problem: Problem, answer: Answer) -> tuple[Moved, ...]:
    if not problem.committed and not problem.planned:
        return ()
    kept = keep(problem)
    now = {(one.need, one.offer, one.period): one.lots for one in answer.shipments}
    committed = {one.key: one for one in problem.committed}
    before = {one.key: one for one in (*problem.planned, *problem.committed)}
    for one in problem.planned:
        if one.key in committed and committed[one.key].lots < one.lots:
            before[one.key] = one
    moved = []
    for key, was in sorted(before.items()):
        lots = now.get(key, 0)
        if lots != was.lots:
            promised = key in committed and lots < committed[key].lots
            why = kept.given_up.get(key, BETTER) if promised else ADDED if lots > was.lots else _why(problem, was, kept)
            moved.append(_told(problem, key, was.lots, lots, why, committed=promised))
    moved.extend(_told(problem, key, 0, lots, ADDED, committed=False) for key, lots in sorted(now.items()) if key not in before)
    return tuple(moved)


def _why(problem: Problem, was: Earlier, kept: Kept) -> str:
    """The limit that keeps all of an earlier delivery away, beside what is committed to others; else it was moved for the better."""
    need = next((need for need in problem.needs if need.id == was.need), None)
    offer = next((offer for offer in problem.offers if offer.id == was.offer), None)
    closed = barrier(problem, was, need, offer)
    if closed is not None or need is None or offer is None:
        return closed or "withdrawn"
    own = sum(one.lots for one in kept.shipments if (one.need, one.offer, one.period) == was.key)
    most, limit = kept.stock.most(need, offer, was.period)
    return limit if own + most < was.lots else BETTER


def _told(problem: Problem, key: Key, before: int, now: int, why: str, *, committed: bool) -> Moved:
    need, offer, period = key
    what = "commitment" if committed else "plan"
    reason = {
        BETTER: "the plan as a whole is worth more so",
        ADDED: "it is new in this plan" if not before else "more of it is to be had",
        "withdrawn": "the need or the offer is no longer there",
        "arrival": "it can no longer arrive so early",
    }.get(why, f"the limit {why} no longer allows it")
    sentence = f"{offer} to {need} in {problem.period} {period}: {now} lots, {before} in the {what} before; {reason}."
    return Moved(need=need, offer=offer, period=period, before=before, now=now, committed=committed, why=why, sentence=sentence)
