"""One program on one set, in a process of its own: python -m peers.part PROGRAM SET.pickle, run from the bench folder. Prints JSON."""

from __future__ import annotations

import importlib
import json
import pickle
import sys
from pathlib import Path


def main(program: str, told: str) -> None:
    """Load the set, run the program, say how it went."""
    linked = importlib.import_module(f"peers.by_{program}")
    made = linked.run(pickle.loads(Path(told).read_bytes()))
    print("\n" + json.dumps(made))


if __name__ == "__main__":
    main(*sys.argv[1:])
