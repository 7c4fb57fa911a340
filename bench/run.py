"""Runs every bench of this folder, one after another, and says at the end which bars were missed. See README.md beside it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
MEASURED, MISSED, ABSENT = 0, 1, 3
WORDS = {MEASURED: "measured", MISSED: "a bar was missed", ABSENT: "not measured: something is absent"}


def run(bench: Path) -> str:
    """Run one bench, its output passed through; what to say of it."""
    print(f"\n== {bench.stem.removesuffix('_bench')}", flush=True)
    begun = time.monotonic()
    code = subprocess.run([sys.executable, str(bench)], check=False).returncode
    return f"{WORDS.get(code, f'broke off with exit code {code}')} ({time.monotonic() - begun:.0f} s)"


def main(folder: Path = HERE) -> int:
    benches = sorted(folder.glob("*_bench.py"))
    if not benches:
        print(f"There is no bench in {folder}.")
        return 1
    said = {bench.stem.removesuffix("_bench"): run(bench) for bench in benches}
    print("\n" + "\n".join(f"{name:24} {words}" for name, words in said.items()))
    return int(any(not words.startswith((WORDS[MEASURED], WORDS[ABSENT])) for words in said.values()))


if __name__ == "__main__":
    sys.exit(main())
