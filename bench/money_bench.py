#!/usr/bin/env python3
"""Public flows of money, taken in whole: rows, what their sources state of them against what they make, and contradictions.

    python bench/money_bench.py             the files of flows and facts that stand beside the checkout
    python bench/money_bench.py FOLDER ...  other files of the known forms

A home of its own is made for it and thrown away. Bars: every sum that an answer of the Financial Tracking Service states of itself, and
every monthly sum of the Ukraine Support Tracker, is what its rows make, to the cent; a second import changes nothing. What
contradicts is counted and named, which is no fault: it is what the sources say.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sild.config import start  # noqa: F401 - the framework must know its tables before a wing is imported

# isort: split
from sild import sample
from sild.kernel import house
from sild.kernel.actor import Actor
from sild.kernel.progress import Silence
from sild.wings.intake.commands import take_files
from sild.wings.money.commands import files_in, import_files
from sild.wings.money.reads import FlowFilter, contradictions, totals_of
from sild.wings.money.rules import Verdict

BESIDE = Path(__file__).resolve().parents[2] / "shared"
PLACES = (
    "data/ocha_fts",
    "data/kiel_ust_website/data",
    "data/tallinn_mechanism_facts",
    "reference/tallinn_mechanism.yaml",
    "reference/it_coalition.yaml",
)
NOT_MEASURED, MISSED = 3, 1


def taken(actor: Actor, files: list[Path]) -> Counter[str]:
    """Take the files in and count what became of them."""
    found: Counter[str] = Counter()
    for _path, file, result in import_files(actor, files, lenient=True, progress=Silence()):
        if file is None or isinstance(result, str):
            found["files of no known form"] += 1
            continue
        found.update({"files": 1, "rows": file.rows, "rows not read": len(file.faults), "sums within rows": file.sums})
        found.update({"flows": result.flows, "new": result.fresh, "changed": result.changed, "differing": result.differing})
        found.update({"claims": result.claims, "claims new": result.fresh_claims, "parents elsewhere": result.parentless})
    return found


def measured(actor: Actor, files: list[Path]) -> int:
    """Print the figures; 1 where a bar is missed."""
    begun = time.perf_counter()
    first = taken(actor, files)
    seconds = time.perf_counter() - begun
    again = taken(actor, files)
    print("first import: " + ", ".join(f"{name} {many}" for name, many in first.items()) + f", {seconds:.1f} s")
    print("second import: " + ", ".join(f"{name} {again[name]}" for name in ("new", "changed", "differing", "claims new")))
    missed = [f"a second import changed {name}: {again[name]}" for name in ("new", "changed", "claims new") if again[name]]
    begun = time.perf_counter()
    found = contradictions(actor, everything=True)
    print(f"sums stated of rows: {found.sums}, of which {found.sums_held} are what the rows make ({time.perf_counter() - begun:.1f} s)")
    print("topics: " + ", ".join(f"{verdict} {many}" for verdict, many in found.by_verdict))
    apart = Counter((topic.series, topic.topic.rsplit(":", 1)[-1][:24]) for topic in found.topics if topic.verdict == Verdict.CONTRADICT)
    print(
        "contradicting, by collection: "
        + ", ".join(f"{name} {many}" for name, many in Counter(name for name, _what in apart.elements()).items())
    )
    print(f"rows off their own rate: {len(found.off_rate)}; rows read twice that differ: {len(found.readings)}")
    own = [topic for topic in found.topics if topic.reckoned is not None]
    for told, many in (
        ("sums that an answer states of itself", [one for one in own if "fundingTotal" in one.topic or "flowCount" in one.topic]),
        ("monthly sums", [one for one in own if one.series == "kiel-ust" and one.topic.split(":")[1][:2] == "20"]),
    ):
        exact = [any(claim.apart == 0 for claim in topic.claims) for topic in many]
        print(f"{told}: {sum(exact)} of {len(exact)} to the cent")
        missed += [f"{told}: {len(exact) - sum(exact)} are not what the rows make"] * (sum(exact) < len(exact))
    begun = time.perf_counter()
    rows = totals_of(actor, FlowFilter(), group="giver").rows
    print(f"totals by giver over {rows} flows: {time.perf_counter() - begun:.2f} s")
    for one in missed:
        print(f"MISSED: {one}")
    return MISSED if missed else 0


def main() -> int:
    """Measure in a home of its own."""
    named = [Path(one) for one in sys.argv[1:]] or [BESIDE / place for place in PLACES]
    there = [path for path in named if path.exists()]
    if not there:
        print("not measured: no public flows beside the checkout; name files of the known forms")
        return NOT_MEASURED
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SILD_HOME"] = str(Path(folder) / "home")
        with house.opened():
            actor, _told = take_files(sample.DEFAULT_MECHANISM.read_bytes())
            return measured(actor, files_in(there))


if __name__ == "__main__":
    sys.exit(main())
