"""The whole main job on the sample, from files to checked plan, in a home of its own: seconds, memory of all processes, quality.

Bars: 60 s and 2 GB on 2 cores, the home's making included. Quality is read by the corpus's own scorer, beside its truth.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from sild import sample

SECONDS, BYTES = 60.0, 2e9
CORPUS = Path(__file__).resolve().parents[1] / "tests" / "corpus"


def memory_since(begun: float, root: psutil.Process) -> int:
    """Bytes of our processes and of the database that we started, shared pages counted once (PSS)."""
    ours = {one.pid for one in root.children(recursive=True)}
    total = 0
    for process in psutil.process_iter(["pid", "name", "create_time"]):
        is_database = process.info["name"] == "postgres" and process.info["create_time"] >= begun
        if process.info["pid"] in ours or is_database:
            try:
                total += process.memory_full_info().pss
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
    return total


def run(home: Path, *words: str | Path) -> tuple[float, int]:
    """One command in the home: seconds and peak bytes. Ends the bench where the command fails."""
    begun, peak = time.time(), 0
    env = {**os.environ, "SILD_HOME": str(home), "NO_COLOR": "1"}
    env.pop("DATABASE_URL", None)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "sild", "--plain", *map(str, words)], env=env, stdout=said, stderr=subprocess.STDOUT
        )
        me = psutil.Process()
        while process.poll() is None:
            peak = max(peak, memory_since(begun, me))
            time.sleep(0.2)
        seconds = time.time() - begun
        if process.returncode:
            said.seek(0)
            sys.exit(f"sild {words[0]} ended with {process.returncode}: {said.read().decode(errors='replace')[-2000:]}")
    return seconds, peak


def score(lines: Path) -> None:
    """Print what the scorer says of the lines; it stands beside the truth that it reads."""
    if not (CORPUS / "score.py").exists():
        print("quality: not measured, the corpus's truth is not here")
        return
    subprocess.run([sys.executable, CORPUS / "score.py", CORPUS, lines], check=True)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="sild-bench-") as folder:
        home, lines, plan = Path(folder, "home"), Path(folder, "lines.jsonl"), Path(folder, "plan.json")
        files = ("--mechanism", sample.MECHANISM, "--parties", sample.PARTIES, "--register", sample.SUPPLEMENT)
        first, peak_first = run(home, "init", *files)
        whole, peak_whole = run(home, "run", sample.INBOX, "--decisions", sample.DECISIONS, "--lines", lines, "--plan", plan)
        again, peak_again = run(home, "run", sample.INBOX)
        print(f"{'init':24}{first:8.1f} s {peak_first / 1e9:8.2f} GB")
        print(f"{'run on the sample':24}{whole:8.1f} s {peak_whole / 1e9:8.2f} GB")
        print(f"{'the same folder again':24}{again:8.1f} s {peak_again / 1e9:8.2f} GB")
        score(lines)
        run(home, "reset", "--yes")
    too_slow, too_large = first + whole > SECONDS, max(peak_first, peak_whole) > BYTES
    if too_slow or too_large:
        print(f"missed: at most {SECONDS:.0f} s and {BYTES / 1e9:.0f} GB")
    return int(too_slow or too_large)


if __name__ == "__main__":
    sys.exit(main())
