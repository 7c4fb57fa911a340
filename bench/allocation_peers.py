"""The allocation core beside its peers on the public instances: HiGHS cold on the same arrays, CP-SAT, and first come, first served.

    python bench/allocation_peers.py --sizes small,middle,large --seeds 0-9 --cpsat /path/to/python

Every program runs in a process of its own with the same seconds of wall time, in turns; every plan goes to the generator's referee.
The gap is to the best bound that anybody proved for the instance. CP-SAT needs an environment of its own with ortools; without --cpsat
it is left out. Prints the load, and per size the median and the worst gap, seconds of processor and megabytes of each.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from sild.cores.allocation.method import Effort, first_come, solve
from sild.cores.allocation.method.grid import lay_out
from sild.cores.allocation.method.model import build, settle
from sild.cores.allocation.method.plan import shipments_of
from sild.cores.allocation.shape import problem_from_json

HERE = Path(__file__).resolve().parent
INSTANCES = HERE.parents[1] / "shared" / "bench" / "allocation_instances.py"
SIZES = {"small": (200, 100, 2.0), "middle": (2_000, 1_000, 5.0), "large": (20_000, 5_000, 120.0)}
PROGRAMS = ("sild", "highs", "first-come", "cpsat")
MEASURED, MISSED, ABSENT = 0, 1, 3
THREADS = 2
# a process that builds its model slowly is not cut off for it
GRACE = 3.0


def instances() -> ModuleType | None:
    if not INSTANCES.exists():
        return None
    spec = importlib.util.spec_from_file_location("allocation_instances", INSTANCES)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def turn(program: str, told: Path, seconds: float) -> dict[str, Any]:
    """One program's answer, with bound, seconds and megabytes; runs in a process of its own."""
    problem = problem_from_json(json.loads(told.read_text(encoding="utf-8")))
    begun, worked, bound = time.monotonic(), time.process_time(), None
    if program == "sild":
        answer = solve(problem, Effort(seconds=seconds, seed=0))
        shipments, bound = answer.shipments, answer.bound
    elif program == "first-come":
        shipments = first_come(problem).shipments
    else:
        grid = lay_out(problem)
        model = build(grid, np.arange(len(grid.least), dtype=np.int64), grid.cap, ceilings=False)
        solved = settle(model, None, seconds - (time.monotonic() - begun), 0, 1e-4)
        lots = np.zeros(len(grid.need), dtype=np.int64)
        if solved.columns is not None:
            lots[model.lanes] = np.round(solved.columns[: len(model.lanes)]).astype(np.int64)
        shipments, bound = shipments_of(grid, lots if grid.holds(lots) else np.zeros_like(lots)), solved.bound
    return {
        "shipments": [{"need": one.need, "offer": one.offer, "lots": one.lots} for one in shipments],
        "bound": bound,
        "seconds": time.monotonic() - begun,
        "processor": time.process_time() - worked,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def asked(program: str, told: Path, seconds: float, cpsat: str) -> dict[str, Any] | None:
    """The answer of a program from its own process; None where it gave none."""
    ours = [sys.executable, __file__, "--turn", program, str(told), str(seconds)]
    command = [cpsat, str(HERE / "peers" / "allocation_cpsat.py"), str(told), str(seconds), str(THREADS)] if program == "cpsat" else ours
    environment = os.environ | {"PYTHONPATH": str(HERE.parent / "src")}
    try:
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds * GRACE + 60, check=False)
    except subprocess.TimeoutExpired:
        return None
    if ended.returncode:
        print(ended.stderr[-500:], file=sys.stderr)
        return None
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def compared(bench: ModuleType, size: str, seeds: Sequence[int], programs: Sequence[str], cpsat: str, stretch: float) -> list[str]:
    needs, offers, seconds = SIZES[size]
    seconds *= stretch
    print(f"\n{needs:,} needs x {offers:,} offers, {seconds:g} s of wall time, load {os.getloadavg()[0]:.1f}")
    print("seed   " + "".join(f"{name:>34}" for name in programs) + "\n       " + "        gap %   seconds   cpu s    MB" * len(programs))
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    faults = []
    for seed in seeds:
        raw = json.loads(json.dumps(bench.make(needs, offers, seed)))
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "problem.json"
            told.write_text(json.dumps(raw), encoding="utf-8")
            answers = {name: asked(name, told, seconds, cpsat) for name in programs}
        verdicts = {name: bench.referee(raw, {"shipments": one["shipments"]}) for name, one in answers.items() if one is not None}
        told_bounds = [one["bound"] for one in answers.values() if one is not None and one["bound"] is not None]
        # a program that was stopped before it had a bound says 0
        best = min((bound for bound in told_bounds if bound > 0), default=None)
        line = f"{seed:4}   "
        for name in programs:
            one = answers[name]
            if one is None or best is None or verdicts[name]["broken"]:
                line += f"{'none' if one is None else 'broken':>34}"
                faults += [f"{name} broke a limit on seed {seed} of {size}"] if one is not None and name in ("sild", "first-come") else []
                continue
            row = {
                "gap": 100 * (best - verdicts[name]["objective"]) / best,
                **{key: one[key] for key in ("seconds", "processor", "megabytes")},
            }
            rows[name].append(row)
            line += f"{row['gap']:12.3f}{row['seconds']:10.2f}{row['processor']:8.2f}{row['megabytes']:6.0f}"
        print(line, flush=True)
    for name, found in rows.items():
        if found:
            gaps = [row["gap"] for row in found]
            most = max(row["megabytes"] for row in found)
            print(f"{name}: gap median {statistics.median(gaps):.3f} %, worst {max(gaps):.3f} %, at most {most:.0f} MB")
    return faults


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["--turn"]:
        print(json.dumps(turn(arguments[1], Path(arguments[2]), float(arguments[3]))))
        return MEASURED
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="small,middle")
    parser.add_argument("--seeds", default="0-9", help="first-last")
    parser.add_argument("--programs", default=",".join(PROGRAMS))
    parser.add_argument("--stretch", type=float, default=1.0, help="times the seconds of wall time, where other work takes the processor")
    parser.add_argument("--cpsat", default="", help="a Python with ortools")
    chosen = parser.parse_args(arguments)
    bench = instances()
    if bench is None:
        print("not measured: the instances (../shared/bench/allocation_instances.py) are not beside this checkout")
        return ABSENT
    first, last = (int(part) for part in chosen.seeds.split("-"))
    programs = [name for name in chosen.programs.split(",") if name != "cpsat" or chosen.cpsat]
    faults = [
        fault
        for size in chosen.sizes.split(",")
        for fault in compared(bench, size, range(first, last + 1), programs, chosen.cpsat, chosen.stretch)
    ]
    for fault in faults:
        print("missed:", fault)
    return MISSED if faults else MEASURED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
