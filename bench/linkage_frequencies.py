#!/usr/bin/env python3
"""Measures how often each thing is asked for, by which the linkage core tells a rare agreement from a common one.

    python bench/linkage_frequencies.py

Counts, for each concept of items.yaml, the needs of the sample's truth and of the hand-written linking set of which a line asks for it,
and writes src/sild/cores/linkage/lexicon/frequencies.yaml with its record.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
import linkage_sets as sets
from sild.cores import linkage as core
from sild.cores.linkage import LinkageProblem
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.reading import read
from sild.cores.linkage.method.sides import side_of

FREQUENCIES = Path(str(core.__file__)).parent / "lexicon" / "frequencies.yaml"
HEAD = """# How often each thing (items.yaml) is asked for: its share of all needs. Two lines that agree on a rare thing agree on more.
# Written by bench/linkage_frequencies.py; a thing that does not stand here was never asked for and counts as rare.
# source: counted by bench/linkage_frequencies.py; the record below says when and over what
"""


def main() -> int:
    if not sets.LINKING.exists():
        print(sets.ABSENT)
        return 3
    kin = Kin(LinkageProblem(lines=()))
    needs: dict[str, set[str]] = defaultdict(set)
    every: set[str] = set()
    for lines, truth in ((sets.sample_lines(), sets.SAMPLE / "truth.jsonl"), (sets.linking_lines(), sets.LINKING / "lines.jsonl")):
        need = {row["id"]: row["need"] for row in sets.rows(truth)}
        for line in lines:
            every.add(need[line.id] or line.id)
            for thing in read(line, kin, side_of(line, kin)).heads:
                needs[thing].add(need[line.id] or line.id)
    record = {
        "command": "python bench/linkage_frequencies.py",
        "date": datetime.now(UTC).date().isoformat(),
        "sets": "lines of the sample's truth and of the linking set, each need counted once",
        "needs": len(every),
    }
    shares = {thing: round(len(told) / len(every), 4) for thing, told in sorted(needs.items())}
    FREQUENCIES.write_text(HEAD + yaml.safe_dump({"record": record, "things": shares}, sort_keys=False, width=140), encoding="utf-8")
    print(f"{FREQUENCIES.name}: {len(shares)} things of {len(every)} needs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
