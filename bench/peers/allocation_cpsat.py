"""CP-SAT on an instance of the public generator, in an environment of its own: PROBLEM.json SECONDS WORKERS -> one JSON line.

Whole lots per pair, a served bit per need, and the limits as they stand; money in ten-thousandths, worth in millionths. Prints the plan,
its value, CP-SAT's own bound, and the seconds of wall and processor that building and solving took.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

MONEY, WORTH = 10_000, 1_000_000


def solve(problem: dict[str, Any], seconds: float, workers: int) -> dict[str, Any]:
    """The answer as the generator's referee reads it, with the bound and the times."""
    begun = time.monotonic()
    needs, offers, share = problem["needs"], problem["offers"], problem["served_share"]
    model = cp_model.CpModel()
    of_need, of_offer, of_donor, of_body = (defaultdict(list) for _ in range(4))
    lots, worth, gains = {}, [], []
    for need, offer in problem["pairs"]:
        size = offers[offer]["lot"]
        lane = lots[need, offer] = model.new_int_var(0, min(offers[offer]["lots"], needs[need]["quantity"] // size), "")
        of_need[need].append((lane, size))
        of_offer[offer].append(lane)
        of_donor[offers[offer]["donor"]].append((lane, round(size * offers[offer]["unit_cost"] * MONEY)))
        of_body[needs[need]["body"]].append((lane, size))
        worth.append(lane)
        gains.append(round(needs[need]["weight"] * (1 - share) * size / needs[need]["quantity"] * WORTH))
    for at, need in enumerate(needs):
        if of_need[at]:
            served, pieces = model.new_bool_var(""), sum(size * lane for lane, size in of_need[at])
            model.add(pieces <= need["quantity"] * served)
            model.add(pieces >= math.ceil(need["minimum_fraction"] * need["quantity"] - 1e-9) * served)
            worth.append(served)
            gains.append(round(need["weight"] * share * WORTH))
    for at, lanes in of_offer.items():
        model.add(sum(lanes) <= offers[at]["lots"])
    for donor, drawn in of_donor.items():
        model.add(sum(cost * lane for lane, cost in drawn) <= math.floor(problem["budgets"][donor] * MONEY + 1e-6))
    for body, drawn in of_body.items():
        model.add(sum(size * lane for lane, size in drawn) <= problem["absorption"][body])
    model.maximize(cp_model.LinearExpr.weighted_sum(worth, gains))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - begun))
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 0
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    shipments = [
        {"need": needs[need]["id"], "offer": offers[offer]["id"], "lots": solver.value(lane)}
        for (need, offer), lane in lots.items()
        if found and solver.value(lane)
    ]
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "shipments": shipments,
        "bound": solver.best_objective_bound / WORTH,
        "seconds": time.monotonic() - begun,
        "processor": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss // 1024,
    }


if __name__ == "__main__":
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(json.dumps(solve(told, float(sys.argv[2]), int(sys.argv[3]))))
