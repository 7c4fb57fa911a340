"""kill -9 of server processes, worker, sequencer, database and `sild serve` itself at random points under load through the API.

Bar: every acknowledged write is there once, and each act is in the ledger once; the ledger verifies. `--points 60 --seed 1`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.cli.conftest import start
from tests.stories.killing import round_of_kills


def main() -> int:
    """Prepare a home with the whole sample, kill, judge, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--points", type=int, default=60)
    words.add_argument("--seed", type=int, default=1)
    told = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="sild-kills-") as place:
        home = Path(place) / "home"
        done = start(home, "--plain", "demo", "--no-serve")
        if done.returncode:
            sys.exit(f"the sample did not run: {done.stderr[-2000:]}")
        try:
            outcome = round_of_kills(home, Path(place) / "serve.log", told.points, told.seed)
            verified = start(home, "ledger", "verify")
        finally:
            start(home, "reset", "--yes")
    print(f"load of the machine  {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    print(f"killed               {', '.join(f'{count} x {kind}' for kind, count in sorted(outcome.killed.items()))}, seed {told.seed}")
    print(f"acknowledged writes  {outcome.acknowledged} in {outcome.attempts} attempts; refused by a rule: {outcome.refused}")
    print(f"rulings among them   {outcome.rulings}, each with links and plan made anew")
    print(f"longest wait         {outcome.longest_s:.1f} s until a write was answered, retries included")
    print(f"seconds              {outcome.seconds:.0f}")
    print(f"found afterwards     {outcome.told}")
    print(
        f"ledger verify        ended with {verified.returncode}: {verified.stdout.splitlines()[0] if verified.stdout else verified.stderr}"
    )
    for fault in outcome.faults[:20]:
        print(f"FAULT                {fault}")
    print(f"faults               {len(outcome.faults)} (bar: 0)")
    return int(bool(outcome.faults) or verified.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
