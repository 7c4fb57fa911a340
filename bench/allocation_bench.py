#!/usr/bin/env python3
"""Times the allocation core on the public instances, each plan judged by their independent referee and by the core's own check.

    python bench/allocation_bench.py [--large] [--peer] [--seeds 0-9]

200 x 100 in 2 s and 2,000 x 1,000 in 5 s; --large adds 20,000 x 5,000 in 120 s; --peer adds cold HiGHS on the same arrays. Needs
../shared/bench. The bars: every 200 x 100 within 1 %, no plan broken, no time limit passed by more than 10 % and 0.2 s.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, Progress, explain, solve
from sild.cores.allocation.method.grid import lay_out
from sild.cores.allocation.method.model import build, settle
from sild.cores.allocation.problem import Problem
from sild.cores.allocation.shape import answer_to_json, problem_from_json

INSTANCES = Path(__file__).resolve().parents[2] / "shared" / "bench" / "allocation_instances.py"
MEASURED, MISSED, ABSENT = 0, 1, 3
SMALL, MIDDLE, LARGE = (200, 100, 2.0), (2_000, 1_000, 5.0), (20_000, 5_000, 120.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One instance: seconds taken, gap proved, seconds until 1 % and 0.1 % (None: not reached), seconds to explain, what is wrong."""

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
    steps: list[Progress] = []
    begun = time.monotonic()
    answer = solve(problem, Effort(seconds=limit, seed=seed, report=steps.append))
    seconds = time.monotonic() - begun
    explained = explain(problem, answer)
    explaining = time.monotonic() - begun - seconds
    verdict = bench.referee(raw, answer_to_json(answer))
    wrong = [*verdict["broken"], *(str(finding) for finding in check(problem, explained))]

    def first(gap: float) -> float | None:
        return next((step.seconds for step in steps if step.gap is not None and step.gap <= gap), None)

    return Measured(seconds=seconds, gap=answer.gap, one_percent=first(0.01), one_permille=first(0.001), explained=explaining, wrong=wrong)


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
    if chosen.large:
        bars += missed(LARGE, table(bench, LARGE, [first]))
    if chosen.peer:
        peer(bench, range(first, min(last, first + 2) + 1))
    for bar in dict.fromkeys(bars):
        print("missed:", bar)
    return MISSED if bars else MEASURED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
