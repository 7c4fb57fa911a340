#!/usr/bin/env python3
"""Times the allocation core on the public instances, each plan judged by their independent referee and by the core's own check.

    python bench/allocation_bench.py [--large] [--peer] [--seeds 0-9]

200 x 100 in 2 s, 2,000 x 1,000 in 5 s, and 600 x 300 under every limit at once in 8 s; --large adds 20,000 x 5,000 in 120 s;
--peer adds cold HiGHS on the same arrays. Needs ../shared/bench. "To 1 %" and "to 0.1 %" are seconds of processor time. The bars: every
200 x 100 within 1 % and, in 0.5 s of processor time, within 0.1 %; every 2,000 x 1,000 at 1 % in 5 s of it; no plan broken, no time limit
passed by more than 10 % and 0.2 s.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import numpy as np

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, Progress, explain, solve
from sild.cores.allocation.method.grid import lay_out
from sild.cores.allocation.method.model import build, settle
from sild.cores.allocation.problem import Bundle, Earlier, Fairness, Problem
from sild.cores.allocation.shape import answer_to_json, problem_from_json

INSTANCES = Path(__file__).resolve().parents[2] / "shared" / "bench" / "allocation_instances.py"
MEASURED, MISSED, ABSENT = 0, 1, 3
SMALL, MIDDLE, LARGE = (200, 100, 2.0), (2_000, 1_000, 5.0), (20_000, 5_000, 120.0)
LIMITED = (600, 300, 8.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One instance: seconds taken, gap proved, seconds to explain, what is wrong.

    `one_percent`, `one_permille`: seconds of processor time until that gap (None: not reached); other work on the machine does not count.
    """

    seconds: float
    gap: float
    one_percent: float | None
    one_permille: float | None
    explained: float
    wrong: list[str]


def instances() -> ModuleType | None:
    if not INSTANCES.exists():
        return None
    spec = importlib.util.spec_from_file_location("allocation_instances", INSTANCES)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(bench: ModuleType, size: tuple[int, int, float], seed: int) -> Measured:
    needs, offers, limit = size
    raw = json.loads(json.dumps(bench.make(needs, offers, seed)))
    problem = problem_from_json(raw)
    steps: list[tuple[float, Progress]] = []
    begun, worked = time.monotonic(), time.process_time()
    effort = Effort(seconds=limit, seed=seed, report=lambda step: steps.append((time.process_time() - worked, step)))
    answer = solve(problem, effort)
    seconds = time.monotonic() - begun
    explained = explain(problem, answer)
    explaining = time.monotonic() - begun - seconds
    verdict = bench.referee(raw, answer_to_json(answer))
    wrong = [*verdict["broken"], *(str(finding) for finding in check(problem, explained))]

    def first(gap: float) -> float | None:
        return next((work for work, step in steps if step.gap is not None and step.gap <= gap), None)

    return Measured(seconds=seconds, gap=answer.gap, one_percent=first(0.01), one_permille=first(0.001), explained=explaining, wrong=wrong)


def under_limits(problem: Problem) -> Problem:
    """The same needs and offers under every further limit: bundles, shared sites, smallest orders, fairness, and a plan from before."""
    needs = tuple(replace(need, region=f"r{at % 7}", site=f"s{at % 11}") for at, need in enumerate(problem.needs))
    offers = tuple(
        replace(offer, footprint=at % 3, minimum_lots=0 if at % 4 else offer.lots // 2) for at, offer in enumerate(problem.offers)
    )
    of_body: dict[str, list[str]] = {}
    for need in needs:
        of_body.setdefault(need.body, []).append(need.id)
    room = sum(need.quantity for need in needs) // 33
    dressed = replace(
        problem,
        needs=needs,
        offers=offers,
        bundles=tuple(Bundle(id=body, parts=((ids[0], 1), (ids[1], 2))) for body, ids in of_body.items() if len(ids) > 1),
        hosting={(f"s{site}", start): room * (1 + (start > 0)) for site in range(11) for start in (0, 5)},
        fairness=(Fairness(by="region", rule="max-min", weight=Decimal("0.3")),),
    )
    before = solve(dressed, Effort(seconds=5, gap=0.02))
    stood = tuple(Earlier(need=one.need, offer=one.offer, period=one.period, lots=one.lots) for one in before.shipments)
    weighed = tuple(replace(need, weight=need.weight * (1 + at % 2)) for at, need in enumerate(needs))
    return replace(dressed, needs=weighed, committed=stood[: len(stood) // 8], planned=stood[len(stood) // 8 :], stability=Decimal("0.05"))


def limited(bench: ModuleType, seeds: Sequence[int]) -> list[str]:
    """Plans under all limits at once, judged by the check (the referee knows fewer)."""
    needs, offers, limit = LIMITED
    print(f"\n{needs:,} needs x {offers:,} offers under every limit, {limit:g} s")
    bars = []
    for seed in seeds:
        problem = under_limits(problem_from_json(json.loads(json.dumps(bench.make(needs, offers, seed)))))
        begun = time.monotonic()
        answer = solve(problem, Effort(seconds=limit, seed=seed))
        seconds = time.monotonic() - begun
        wrong = check(problem, explain(problem, answer))
        bars += ["a plan under every limit is broken"] if wrong else []
        print(f"{seed:4}   {seconds:7.2f}   gap {100 * answer.gap:6.3f} %   {len(answer.moved)} moved   {len(wrong)} wrong", flush=True)
    return bars


def cold_highs(problem: Problem, seconds: float) -> tuple[float, float]:
    """HiGHS without start, cuts or search on the same arrays: (seconds, gap)."""
    grid = lay_out(problem)
    model = build(grid, np.arange(len(grid.least), dtype=np.int64), grid.cap, ceilings=False)
    begun = time.monotonic()
    solved = settle(model, None, seconds, 0, 1e-4)
    value = 0.0 if solved.columns is None else float(model.cost @ np.round(solved.columns))
    return time.monotonic() - begun, (solved.bound - value) / solved.bound


def told(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.2f}"


def table(bench: ModuleType, size: tuple[int, int, float], seeds: Sequence[int]) -> list[Measured]:
    needs, offers, limit = size
    print(f"\n{needs:,} needs x {offers:,} offers, {limit:g} s")
    print("seed   seconds    gap %   to 1 %   to 0.1 %   explained   wrong")
    rows = []
    for seed in seeds:
        row = measure(bench, size, seed)
        rows.append(row)
        reached = f"{told(row.one_percent):>7}   {told(row.one_permille):>8}"
        print(f"{seed:4}   {row.seconds:7.2f}   {100 * row.gap:6.3f}  {reached}   {row.explained:9.2f}   {len(row.wrong)}", flush=True)
        for line in row.wrong[:3]:
            print("       ", line)
    gaps = [100 * row.gap for row in rows]
    print(f"median {statistics.median(gaps):.3f} %, worst {max(gaps):.3f} %")
    return rows


def missed(size: tuple[int, int, float], rows: list[Measured]) -> list[str]:
    limit, bars = size[2], []
    if any(row.wrong for row in rows):
        bars.append("a plan is broken")
    if any(row.seconds > 1.1 * limit + 0.2 for row in rows):
        bars.append("a time limit was passed")
    if size == SMALL and any(row.gap > 0.01 for row in rows):
        bars.append("a 200 x 100 stands above 1 %")
    if size == SMALL and any(row.one_permille is None or row.one_permille > 0.5 for row in rows):
        bars.append("a 200 x 100 takes more than 0.5 s of processor time to 0.1 %")
    if size == MIDDLE and any(row.one_percent is None or row.one_percent > 5.0 for row in rows):
        bars.append("a 2,000 x 1,000 did not reach 1 % in 5 s of processor time")
    return bars


def peer(bench: ModuleType, seeds: Sequence[int]) -> None:
    print("\ncold HiGHS on the same arrays")
    for needs, offers, limit in (SMALL, MIDDLE):
        for seed in seeds:
            problem = problem_from_json(json.loads(json.dumps(bench.make(needs, offers, seed))))
            seconds, gap = cold_highs(problem, limit)
            print(f"{needs:6,} x {offers:5,} seed {seed}: {seconds:6.2f} s, gap {100 * gap:.3f} %", flush=True)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="20,000 x 5,000 too (two minutes a seed; seed 0 only)")
    parser.add_argument("--peer", action="store_true", help="cold HiGHS beside it (seeds 0 to 2)")
    parser.add_argument("--seeds", default="0-9", help="first-last")
    chosen = parser.parse_args(arguments)
    first, last = (int(part) for part in chosen.seeds.split("-"))
    bench = instances()
    if bench is None:
        print("not measured: the instances (../shared/bench/allocation_instances.py) are not beside this checkout")
        return ABSENT
    seeds, bars = range(first, last + 1), []
    for size in (SMALL, MIDDLE):
        bars += missed(size, table(bench, size, seeds))
    bars += limited(bench, [first])
    if chosen.large:
        bars += missed(LARGE, table(bench, LARGE, [first]))
    if chosen.peer:
        peer(bench, range(first, min(last, first + 2) + 1))
    for bar in dict.fromkeys(bars):
        print("missed:", bar)
    return MISSED if bars else MEASURED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
