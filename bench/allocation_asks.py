"""The asks beside brute force: is the first ask the change that unlocks most, and what does the ranking cost?

    python bench/allocation_asks.py [--cases 200] [--seeds 0-2]

Cases: generated problems of 12 needs and 10 offers under all kinds of conditions. Brute force enumerates every single change on its own
terms (each condition of each offer waived, each licence or delivery sooner, each date later, each donor's money, each body's room, each
offer's lots, one more offer of each category) and solves each changed problem to the optimum. Bars: the first ask gains what the best
change gains in at least 95 % of the cases; more than 1,000 candidates on 2,000 x 1,000 are ranked in at most twice the processor time
of the plan (to a gap of 1 %).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from allocation_peers import instances
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.method.desk import Desk
from sild.cores.allocation.method.grid import lay_out
from sild.cores.allocation.method.prospects import prospects_of
from sild.cores.allocation.method.widened import widened
from sild.cores.allocation.problem import Licence, Need, Offer, Problem
from sild.cores.allocation.shape import problem_from_json

MEASURED, MISSED, ABSENT = 0, 1, 3
EXACT = Effort(seconds=30, gap=0.0)
SHARE, TIMES = 0.95, 2.0
# beyond the longest lead, licence and date of a case
LATE = 12


def drawn(seed: int) -> Problem:
    """A case."""
    chance = random.Random(seed)
    categories, bodies, donors = ([f"{kind}{at}" for at in range(4)] for kind in "cbd")
    needs = tuple(
        Need(
            id=f"n{at}",
            category=chance.choice(categories),
            quantity=chance.randint(2, 40),
            weight=Decimal(chance.choice([1, 2, 4, 8])),
            body=chance.choice(bodies),
            minimum_fraction=Decimal(chance.choice(["0", "0.25", "0.5", "1"])),
            due=chance.choice([None, 2, 3, 4, 6]),
            channel=chance.choice(["civil", "civil", "military"]),
            region=chance.choice([None, "x", "y"]),
            end_use=chance.choice([None, "own", "other"]),
            passes_on=chance.choice([None, True, False]),
        )
        for at in range(12)
    )
    offers = tuple(
        Offer(
            id=f"o{at}",
            categories=(chance.choice(categories),),
            donor=chance.choice(donors),
            lot=chance.choice([1, 1, 5]),
            lots=chance.randint(1, 12),
            unit_cost=Decimal(chance.choice([0, 1, 2, 5])),
            lead=chance.randint(0, 4),
            civil_only=chance.random() < 0.3,
            regions=frozenset({"x"}) if chance.random() < 0.3 else frozenset(),
            end_uses=frozenset({"own"}) if chance.random() < 0.2 else frozenset(),
            no_reexport=chance.random() < 0.2,
            licence=_licence(chance),
        )
        for at in range(10)
    )
    absorption: dict[tuple[str, int | None], int] = {(body, None): chance.randint(10, 60) for body in bodies[:3]}
    absorption |= {(body, month): chance.randint(0, 15) for body in bodies[:2] for month in range(7)}
    return Problem(
        needs=needs,
        offers=offers,
        budgets={donor: Decimal(chance.randint(5, 60)) for donor in donors[:3]},
        absorption=absorption,
        period="month",
    )


def _licence(chance: random.Random) -> Licence:
    state = chance.choice(["not-needed", "granted", "pending", "denied"])
    return Licence(state=state, lead=chance.randint(1, 4) if state == "pending" else None)


def every_change(problem: Problem, missing: dict[str, int]) -> Iterator[tuple[str, Problem]]:
    """Each single change by its name, made: as much as the short needs could use, and no offer multiplied more than once."""
    yield from _of_offers(problem, missing)
    for need in problem.needs:
        if need.due is not None and missing[need.id]:
            for later in range(1, LATE):
                moved = replace(need, due=need.due + later)
                yield (
                    f"due-date {need.id} +{later}",
                    replace(problem, needs=tuple(moved if one is need else one for one in problem.needs)),
                )
    for body, month in problem.absorption:
        pieces = sum(missing[need.id] for need in problem.needs if need.body == body)
        if pieces:
            room = {**problem.absorption, (body, month): problem.absorption[body, month] + pieces}
            yield f"absorption {body} {month}", replace(problem, absorption=room)
    for donor, money in problem.budgets.items():
        if money is not None:
            worth = sum((offer.price * offer.lot * offer.lots for offer in problem.offers if offer.donor == donor), Decimal(0))
            yield f"budget {donor}", replace(problem, budgets={**problem.budgets, donor: money + worth})
    for category in {need.category for need in problem.needs}:
        pieces = sum(missing[need.id] for need in problem.needs if need.category == category)
        if pieces:
            made = Offer(id="made", categories=(category,), donor="made", lot=1, lots=pieces)
            yield f"no-offer {category}", replace(problem, offers=(*problem.offers, made))


def _of_offers(problem: Problem, missing: dict[str, int]) -> Iterator[tuple[str, Problem]]:
    for offer in problem.offers:
        wanted = sum(missing[need.id] for need in problem.needs if need.category in offer.categories)
        waits = [(f"licence {offer.id} -{less}", {"licence": offer.licence.sooner(less)}) for less in range(1, offer.licence.wait + 1)]
        changes: list[tuple[str, dict[str, object]]] = [
            (f"civil-only {offer.id}", {"civil_only": False}),
            (f"region {offer.id}", {"regions": frozenset()}),
            (f"end-use {offer.id}", {"end_uses": frozenset()}),
            (f"re-export {offer.id}", {"no_reexport": False}),
            *waits,
            *((f"lead-time {offer.id} -{less}", {"lead": offer.lead - less}) for less in range(1, offer.lead + 1)),
        ]
        if offer.licence.state == "denied":
            changes.append((f"licence {offer.id}", {"licence": Licence(state="granted")}))
        if wanted:
            changes.append((f"offer-lots {offer.id}", {"lots": offer.lots + min(-(-wanted // offer.lot), max(offer.lots, 1))}))
        for name, fields in changes:
            new = replace(offer, **fields)
            if new != offer:
                yield name, replace(problem, offers=tuple(new if one is offer else one for one in problem.offers))


def compared(cases: int) -> bool:
    """Whether the first ask gains what the best change gains, often enough."""
    right = counted = exact = 0
    for seed in range(cases):
        problem = drawn(seed)
        answer = explain(problem, solve(problem, EXACT))
        missing = {need.id: need.quantity for need in problem.needs}
        for one in answer.shipments:
            missing[one.need] -= one.pieces
        gains = {name: solve(changed, EXACT).objective - answer.objective for name, changed in every_change(problem, missing)}
        best = max(gains.values(), default=0)
        asks = with_asks(problem, answer, seconds=30).asks
        gained = solve(widened(problem, asks[0].change), EXACT).objective - answer.objective if asks else 0
        counted += 1
        exact += bool(asks) and asks[0].exact
        if float(gained) >= float(best) * (1 - 1e-6) - 1e-9:
            right += 1
        else:
            name = max(gains, key=lambda one: gains[one])
            told = f"{asks[0].change.limit} {asks[0].change.offer or asks[0].change.need or ''}" if asks else "nothing"
            print(f"case {seed}: best {name} gains {float(best):.4f}, the first ask ({told}) {float(gained):.4f}", flush=True)
    print(f"the first ask is the best of all single changes in {right} of {counted} cases; called exact in {exact}")
    return right >= SHARE * counted


def timed(seeds: Sequence[int]) -> bool | None:
    """Whether the candidates of 2,000 x 1,000 are ranked in at most TIMES the plan's processor time; None without the instances."""
    bench, fits = instances(), True
    if bench is None:
        return None
    print(f"load {os.getloadavg()[0]:.1f}\nseed   candidates   plan, cpu s   asks, cpu s   ratio")
    for seed in seeds:
        problem = problem_from_json(json.loads(json.dumps(bench.make(2_000, 1_000, seed))))
        begun = time.process_time()
        answer = solve(problem, Effort(seconds=60, gap=0.01))
        planned = time.process_time() - begun
        begun = time.process_time()
        with_asks(problem, answer, seconds=60)
        asked = time.process_time() - begun
        desk = Desk(problem, answer.shipments)
        short = [at for at, need in enumerate(problem.needs) if desk.delivered.get(need.id, 0) < need.quantity]
        many = len(prospects_of(problem, desk, short, dict.fromkeys(lay_out(problem).keys, 1.0)))
        fits &= asked <= TIMES * planned
        print(f"{seed:4}{many:13,}{planned:14.2f}{asked:14.2f}{asked / planned:8.2f}", flush=True)
    return fits


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seeds", default="0-2", help="first-last, of 2,000 x 1,000")
    chosen = parser.parse_args(arguments)
    first, last = (int(part) for part in chosen.seeds.split("-"))
    quick = timed(range(first, last + 1))
    if quick is None:
        print("not timed: the instances (../shared/bench/allocation_instances.py) are not beside this checkout")
    right = compared(chosen.cases)
    if not right or quick is False:
        print("missed: " + ", ".join(name for name, met in (("95 %", right), ("twice the plan's time", quick)) if met is False))
        return MISSED
    return MEASURED if quick else ABSENT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
