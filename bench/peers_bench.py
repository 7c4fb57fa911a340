"""Linking by columns beside its peers: Splink alone, recordlinkage, dedupe, on the structured sets and on generated registers.

    python bench/peers_bench.py --sets febrl1,febrl3,fake1000 --lines 1000,10000,100000 --times 3

Needs the peers' environment (requirements-peers.lock; the folder beside the checkout with the real sets). Every program runs in a
process of its own, the programs take turns, and of several turns the least seconds count; memory is the most of the process.
Bars: from 100,000 lines on relinking takes at most 1.15 times what Splink takes for the same comparisons and rules, with at least its F1.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SOURCE, DATA = HERE.parent / "src", HERE.parents[1] / "shared" / "data"
PEERS = ("splink", "recordlinkage", "dedupe")
MEASURED, MISSED, ABSENT = 0, 1, 3
RATIO = 1.15
LEAST_JUDGED = 100_000  # lines; shorter registers say more about starting up than about linking
# rows up to which a peer is tried: beyond, it does not end within the time or the memory
MOST = {"sild": 10**9, "splink": 10**9, "recordlinkage": 100_000, "dedupe": 5_000}

Result = dict[str, Any]


def part(program: str, told: Path, seconds: int) -> Result:
    """One turn of one program."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(SOURCE)])}
    command = [sys.executable, "-m", "peers.part", program, str(told)]
    pipe = subprocess.PIPE
    # a session of its own, since some programs start helpers, which would outlive a stopped turn and slow the next
    with subprocess.Popen(command, cwd=HERE, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as turn:
        try:
            said, wrong = turn.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(turn.pid, signal.SIGKILL)
            return {"failed": f"did not end within {seconds} s"}
    if turn.returncode:
        return {"failed": (wrong.strip().splitlines() or ["ended without a word"])[-1][:160]}
    made: Result = json.loads(said.strip().splitlines()[-1])
    return made


def least(turns: list[Result]) -> Result:
    """The turn with the least seconds; the most memory of all."""
    ended = [turn for turn in turns if "failed" not in turn]
    if not ended:
        return turns[0]
    best = min(ended, key=lambda turn: sum(turn["wall"].values()))
    return best | {"memory_mb": max(turn["memory_mb"] for turn in ended)}


def row_of(name: str, program: str, turn: Result) -> str:
    """A row of the table."""
    if "failed" in turn:
        return f"| {name} | {program} | {turn['failed']} | | | | | | |"
    wall, used = turn["wall"], turn["processor"]
    pairs = "" if not turn["compared"] else f"{turn['compared'] / wall['score']:,.0f}"
    stages = " + ".join(f"{wall.get(stage, 0.0):.2f}" for stage in ("load", "train", "score", "cluster"))
    clusters = "" if turn["clusters_f1"] is None else f"{turn['clusters_f1']:.3f}"
    return (
        f"| {name} | {program} | {turn['f1_best']:.3f} | {turn['f1_even']:.3f} | {clusters} | {sum(wall.values()):.2f} ({stages}) "
        f"| {sum(used.values()):.1f} | {pairs} | {turn['memory_mb']:,.0f} |"
    )


def measure(name: str, asked: argparse.Namespace) -> tuple[str, int, dict[str, Result]] | None:
    """All programs on one set, taking turns; None where the set is absent."""
    sys.path.insert(0, str(SOURCE))
    sets = importlib.import_module("peers.sets")
    told = sets.load(name, asked.data, asked.seed)
    if told is None:
        print(f"{name}: its folder is not beside the checkout; left out", flush=True)
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "told.pickle"
        path.write_bytes(pickle.dumps(told))
        size, label = len(told), told.name
        del told  # the processes below need the memory
        programs = [one for one in ("sild", *asked.peers) if size <= MOST[one]]
        turns: dict[str, list[Result]] = {program: [] for program in programs}
        for _ in range(asked.times):
            for program in programs:
                if not any("failed" in turn for turn in turns[program]):
                    turns[program].append(part(program, path, asked.seconds))
    return label, size, {program: least(found) for program, found in turns.items()}


def bars(name: str, size: int, found: dict[str, Result]) -> list[str]:
    """What the bars say of one set: ratios of seconds, and of F1."""
    mine, theirs = found["sild"], found.get("splink", {"failed": "was not asked"})
    if "failed" in mine or "failed" in theirs:
        return []
    total, scoring = (
        sum(sum(one["wall"][stage] for stage in stages) for one in [mine]) / sum(theirs["wall"][stage] for stage in stages)
        for stages in (("load", "train", "score", "cluster"), ("score",))
    )
    used = sum(mine["processor"].values()) / sum(theirs["processor"].values())
    print(
        f"{name}: relinking takes {total:.2f} times what Splink takes (scoring alone {scoring:.2f}, the processor {used:.2f})", flush=True
    )
    missed = []
    if size >= LEAST_JUDGED and total > RATIO:
        missed.append(f"{name}: {total:.2f} times Splink's seconds; the bar is {RATIO}")
    if mine["f1_best"] < theirs["f1_best"]:
        said = f"{name}: F1 {mine['f1_best']:.4f} is below Splink's {theirs['f1_best']:.4f}"
        print(said, flush=True)
        if size >= LEAST_JUDGED:
            missed.append(said)
    return missed


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sets", default="febrl1,febrl2,febrl3,febrl4,fake1000,historical,transactions", help="real sets, between commas")
    parser.add_argument("--lines", default="1000,3000,10000,30000,100000", help="lines of generated registers, between commas")
    parser.add_argument("--peers", type=lambda text: tuple(filter(None, text.split(","))), default=PEERS)
    parser.add_argument("--times", type=int, default=1, help="turns of each program")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=900, help="after which a program is stopped")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--svg", type=Path, help="draw the growth of the registers here")
    asked = parser.parse_args(arguments)
    absent = [peer for peer in asked.peers if importlib.util.find_spec(peer) is None]
    if absent:
        print(f"{', '.join(absent)} not installed: run this with an environment made from requirements-peers.lock")
        return ABSENT
    print(f"load of the machine: {', '.join(f'{one:.1f}' for one in os.getloadavg())}, {os.cpu_count()} cores")
    print(
        "| set | program | best F1 | F1 at even odds | clusters F1 | seconds (load + train + score + cluster) | processor | pairs/s | MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    missed, every = [], {}
    for name in [*filter(None, asked.sets.split(",")), *filter(None, asked.lines.split(","))]:
        measured = measure(name, asked)
        if measured is not None:
            label, size, found = measured
            every[label] = {"rows": size, "load": os.getloadavg()[0], "programs": found}
            for program, turn in found.items():
                print(row_of(label, program, turn), flush=True)
            missed += bars(label, size, found)
    if asked.svg:
        importlib.import_module("peers.growth").plot(every, asked.svg)
    if asked.json:
        asked.json.write_text(json.dumps(every, indent=1), encoding="utf-8")
    print("\n".join(missed) or "every bar was reached")
    return MISSED if missed else MEASURED


if __name__ == "__main__":
    sys.exit(main())
