"""kill -9 at random points of intake: run, watch, fetching, fetching that clears its mailbox, reading, database; and while it is served:
web under uploads and under the web form, worker, its reading, sandbox, sequencer, `sild serve`. Every point is a kill that was met.

Bar: every letter that was put before a door is there once, with its original and its lines; the ledger verifies. `--points 50 --seed 1`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.stories.intake_killing import kills_during_intake


def main() -> int:
    """Kill, finish, judge, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--points", type=int, default=50)
    words.add_argument("--seed", type=int, default=1)
    told = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="sild-intake-kills-") as place:
        outcome = kills_during_intake(Path(place), told.points, told.seed)
    print(f"load of the machine  {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    print(f"killed               {', '.join(f'{count} x {kind}' for kind, count in sorted(outcome.killed.items()))}, seed {told.seed}")
    print(f"ended before         {outcome.ended_before} (the command was quicker than the moment that was drawn)")
    print(f"sent while served    {outcome.answered} letters answered, {outcome.attempts} attempts")
    print(f"letters put in       {outcome.letters}; messages {outcome.messages}, lines {outcome.lines}")
    print(f"seconds              {outcome.seconds:.0f}")
    for fault in outcome.faults[:20]:
        print(f"FAULT                {fault}")
    print(f"faults               {len(outcome.faults)} (bar: 0)")
    return int(bool(outcome.faults))


if __name__ == "__main__":
    sys.exit(main())
