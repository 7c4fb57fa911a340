"""What stood before, again: commitments are kept unless a limit forbids it, and the answer tells every difference with its true cause."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sild.cores.allocation.answer import Answer, Moved
from sild.cores.allocation.check.ledger import (
    Finding,
    Ledger,
    conditions_by_name,
    first_arrival,
    gates_by_name,
    places_held,
    places_told,
    window,
)

Key = tuple[str, str, int]

CAPACITIES = ("offer-lots", "budget", "absorption", "quantity", "hosting")


def earlier_findings(answer: Answer, ledger: Ledger) -> Iterator[Finding]:
    """What is wrong with commitments and with the tale of what moved; the ledger holds the plan."""
    problem = ledger.problem
    committed, planned = {one.key: one.lots for one in problem.committed}, {one.key: one.lots for one in problem.planned}
    told = {(one.need, one.offer, one.period): one for one in answer.moved}
    if len(told) < len(answer.moved):
        yield Finding(rule="moved", record="answer", text="tells a delivery twice")
    keys = {*committed, *planned} | (set(ledger.shipped) if committed or planned else set())
    for key in sorted(keys | set(told)):
        before, now = max(committed.get(key, 0), planned.get(key, 0)), ledger.shipped.get(key, 0)
        record, said = f"{key[0]} <- {key[1]} in {key[2]}", told.get(key)
        if key not in keys or (before == now) != (said is None):
            yield Finding(rule="moved", record=record, text=f"{now} lots now, {before} before; the answer tells {said and said.now}")
        elif said is not None:
            short = now < committed.get(key, 0)
            if (said.before, said.now, said.committed) != (before, now, short):
                yield Finding(rule="moved", record=record, text="is not told as it is")
            yield from _cause(said, key, ledger, wanted=now + 1 if short else before, short=short)


def _cause(said: Moved, key: Key, ledger: Ledger, *, wanted: int, short: bool) -> Iterator[Finding]:
    record = f"{key[0]} <- {key[1]} in {key[2]}"
    if said.now > said.before:
        causes = {"added"}
    else:
        causes = in_the_way(key, wanted, ledger)
        if not causes and short:
            yield Finding(rule="commitment", record=record, text="is given up, and no limit forbids to keep it")
            return
        causes = causes or {"better"}
    if said.why not in causes:
        yield Finding(rule="moved", record=record, text=f"is said to be for {said.why}, it is for {', '.join(sorted(causes))}")


def in_the_way(key: Key, lots: int, ledger: Ledger) -> set[str]:
    """The names of the limits that these lots would break together with the commitments that are kept."""
    problem, need, offer = ledger.problem, ledger.needs.get(key[0]), ledger.offers.get(key[1])
    if need is None or offer is None:
        return {"withdrawn"}
    closed = {name for name, _ in gates_by_name(need, problem)}
    paired = problem.pairs is not None
    if problem.pairs is not None and (need.id, offer.id) not in problem.pairs:
        closed.add("fit")
    if (need.id, offer.id) in problem.declined:
        closed.add("declined")
    if not paired:
        closed |= {name for name, _ in conditions_by_name(need, offer)}
        if offer.lot > need.quantity:
            closed.add("lot-size")
    first, last = window(need, offer, ledger.horizon, paired=paired)
    if last < first:
        closed |= {"due-date", "availability", "licence-end"}
    elif key[2] < first_arrival(offer):
        closed.add("arrival")
    elif key[2] > last:
        licensed = offer.licence.until is None or key[2] <= offer.licence.until
        closed.add("due-date" if need.due is not None and key[2] > need.due else "availability" if licensed else "licence-end")
    return closed or _over(key, lots, ledger)


def _over(key: Key, lots: int, ledger: Ledger) -> set[str]:
    need, offer, problem = ledger.needs[key[0]], ledger.offers[key[1]], ledger.problem
    pieces = lots * offer.lot
    used, asked, taken, at_once, spent = lots, pieces, pieces, pieces, pieces * Fraction(offer.unit_cost or 0)
    for (other_need, other_offer, period), count in ledger.kept.items():
        if (other_need, other_offer, period) == key:
            continue
        receiver, giver = ledger.needs[other_need], ledger.offers[other_offer]
        brought = count * giver.lot
        used += count if giver.id == offer.id else 0
        asked += brought if receiver.id == need.id else 0
        spent += brought * Fraction(giver.unit_cost or 0) if giver.donor == offer.donor else 0
        taken += brought if receiver.body == need.body else 0
        at_once += brought if receiver.body == need.body and period == key[2] else 0
    units = {place: pieces * each for place, each in places_held(need, offer, key[2], problem)}
    for (other_need, other_offer, period), count in ledger.kept.items():
        if (other_need, other_offer, period) != key:
            giver = ledger.offers[other_offer]
            for place, each in places_held(ledger.needs[other_need], giver, period, problem):
                if place in units:
                    units[place] += count * giver.lot * each
    budget = problem.budgets.get(offer.donor)
    whole, month = problem.absorption.get((need.body, None)), problem.absorption.get((need.body, key[2]))
    told = places_told(problem)
    full = {place[0] for place, total in units.items() if total > told[place]}
    broken = {
        "offer-lots": used > offer.lots,
        "quantity": asked > need.quantity,
        "hosting": "site" in full,
        "budget": budget is not None and spent > Fraction(budget),
        "absorption": "body" in full or (whole is not None and taken > whole) or (month is not None and at_once > month),
    }
    return {name for name in CAPACITIES if broken[name]}
