"""Generalised assignment instances by the allocation core: jobs are needs, an agent is a donor whose budget is its capacity.

    python bench/allocation_gap.py --classes a,b,c --seconds 10 [--largest 4000]

Each job asks for one piece; every agent that could do it offers one, at a unit cost of what the job consumes there. What an assignment
costs becomes the quality of a substitute, so that the best plan is the cheapest assignment (jobs left out cost more than all others).
Needs ../shared/data/opt_gap. Bars, for classes a to c: the known optimum, or the gap to the best known bound, printed by instance.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, solve
from sild.cores.allocation.problem import Need, Offer, Problem

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "opt_gap" / "data"
MEASURED, MISSED, ABSENT = 0, 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Costs and consumptions by agent and job, and what each agent can do."""

    name: str
    costs: list[list[int]]
    consumptions: list[list[int]]
    capacities: list[int]

    @property
    def above(self) -> int:
        """More than any assignment of one job costs, by so much that leaving a job out never pays."""
        return sum(max(row[job] for row in self.costs) for job in range(len(self.costs[0]))) + 1


def read(path: Path) -> Assignment:
    """An instance as the OR-Library writes it: agents and jobs, costs, consumptions, capacities."""
    with zipfile.ZipFile(path) as packed:
        numbers = [int(word) for word in packed.read(packed.namelist()[0]).split()]
    agents, jobs = numbers[:2]
    rows = [numbers[2 + at * jobs : 2 + (at + 1) * jobs] for at in range(2 * agents)]
    return Assignment(name=path.stem, costs=rows[:agents], consumptions=rows[agents:], capacities=numbers[2 + 2 * agents * jobs :][:agents])


def posed(told: Assignment) -> Problem:
    """The assignment as an allocation problem: its worth is `above` for each job that is done, less what all of it costs."""
    top = told.above
    needs, offers = [], []
    for job in range(len(told.costs[0])):
        # a quality has to be a decimal: the worth of a piece is top - cost, in units of 1 / 10**12
        able = [agent for agent, row in enumerate(told.consumptions) if row[job] <= told.capacities[agent]]
        qualities = {agent: Decimal(top - told.costs[agent][job]) / Decimal(top) for agent in able}
        needs.append(
            Need(
                id=f"job {job}",
                category=f"job {job}",
                quantity=1,
                weight=Decimal(top),
                body=f"job {job}",
                substitutes=tuple((f"job {job} by {agent}", qualities[agent]) for agent in able),
            )
        )
        offers.extend(
            Offer(
                id=f"{agent} does {job}",
                categories=(f"job {job} by {agent}",),
                donor=f"agent {agent}",
                lot=1,
                lots=1,
                unit_cost=Decimal(told.consumptions[agent][job]),
            )
            for agent in able
        )
    budgets: dict[str, Decimal | None] = {f"agent {agent}": Decimal(capacity) for agent, capacity in enumerate(told.capacities)}
    return Problem(needs=tuple(needs), offers=tuple(offers), budgets=budgets, served_share=Decimal(0))


def known() -> dict[str, tuple[int, int]]:
    """Instance -> (best known bound, best known cost) of the cheapest assignment."""
    found = {}
    for line in (DATA / "bounds.txt").read_text(encoding="utf-8").splitlines():
        name, low, high = line.split()[:3]
        if name.endswith("_Min"):
            found[name.removesuffix("_Min")] = (int(low), int(high))
    return found


def measured(told: Assignment, seconds: float) -> tuple[int | None, float, float, list[str]]:
    """(cost of the plan, None where a job stays undone; proven bound on the cost; seconds of processor; faults of the check)."""
    problem, worked = posed(told), time.process_time()
    answer = solve(problem, Effort(seconds=seconds, gap=0.0, seed=0))
    spent = time.process_time() - worked
    faults = [str(finding) for finding in check(problem, answer)]
    jobs = len(told.costs[0])
    agent_of = {one.need: int(one.offer.split(" does ")[0]) for one in answer.shipments}
    cost = sum(told.costs[agent][int(need.removeprefix("job "))] for need, agent in agent_of.items()) if len(agent_of) == jobs else None
    return cost, told.above * jobs - answer.bound, spent, faults


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--classes", default="a,b,c")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--largest", type=int, default=4_000, help="agents times jobs")
    parser.add_argument("--names", default="", help="these instances alone")
    chosen = parser.parse_args(arguments)
    if not DATA.exists():
        print("not measured: the instances (../shared/data/opt_gap) are not beside this checkout")
        return ABSENT
    bounds, gaps, reached, faulty = known(), [], 0, 0
    print(f"{chosen.seconds:g} s each, load {os.getloadavg()[0]:.1f}")
    print("instance     best known      ours     proven bound   gap %   cpu s")
    for path in sorted(DATA.glob("*.zip")):
        wanted = path.stem in chosen.names.split(",") if chosen.names else path.stem[0] in chosen.classes.split(",")
        told = read(path) if wanted else None
        if told is None or len(told.costs) * len(told.costs[0]) > chosen.largest:
            continue
        cost, bound, spent, faults = measured(told, chosen.seconds)
        low, high = bounds.get(path.stem, (0, 0))
        best = max(low, bound) if high else bound
        gap = 100 * (cost - best) / best if cost is not None and best > 0 else float("inf")
        gaps.append(max(0.0, gap))
        reached += cost is not None and high > 0 and cost <= high
        faulty += bool(faults)
        print(
            f"{path.stem:10}{high or '-':>12}{cost if cost is not None else 'none':>12}{bound:15.1f}{max(0.0, gap):9.3f}{spent:8.2f}",
            flush=True,
        )
    if gaps:
        print(
            f"{len(gaps)} instances: best known reached in {reached}; gap median {statistics.median(gaps):.3f} %, worst {max(gaps):.3f} %"
        )
    return MISSED if faulty else MEASURED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
