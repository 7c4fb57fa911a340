"""Custody at size: many files copied into a repository, verified where they lie, restored and held against what they were.

`python bench/custody.py [--files 50000] [--megabytes 2000] [--kill]`: files of random bytes and sizes drawn with a seed; seconds of each
deed by the clock, and the peak memory of this process and of restic. With --kill the copy is first killed half-way and begun again.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sild.custody.copies import make_copy, restore_copy, verify_copy
from sild.custody.manifest import difference, manifest_of
from sild.custody.restic import Repository

KEY = "0f" * 32
IN_A_FOLDER = 500
COPYING = (
    "import sys; from pathlib import Path; from sild.custody.copies import make_copy; from sild.custody.restic import Repository; "
    "make_copy(Repository(sys.argv[1], sys.argv[2]), Path(sys.argv[3]), 'bench')"
)


def filled(folder: Path, files: int, megabytes: int) -> None:
    """So many files with so many megabytes in all; most are small, as in an archive of letters."""
    drawn = random.Random(7)
    weights = [drawn.lognormvariate(0, 1.5) for _ in range(files)]
    scale = megabytes * 1_000_000 / sum(weights)
    for number, weight in enumerate(weights):
        place = folder / f"{number // IN_A_FOLDER:04}"
        place.mkdir(exist_ok=True)
        (place / f"{number}.bin").write_bytes(drawn.randbytes(max(1, int(weight * scale))))


def killed_half_way(place: Path, source: Path, megabytes: int) -> float:
    """Start a copy in a process of its own and kill it when half of it is stored; the share that was."""
    copying = subprocess.Popen([sys.executable, "-c", COPYING, str(place), KEY, str(source)], start_new_session=True)
    stored = 0.0
    while copying.poll() is None:
        stored = sum(file.stat().st_size for file in place.rglob("*") if file.is_file()) / 1e6 if place.exists() else 0.0
        if stored > megabytes / 2:
            os.killpg(copying.pid, signal.SIGKILL)
            break
        time.sleep(0.2)
    copying.wait()
    return stored / megabytes


def main() -> None:
    """Do all of it in a throwaway folder, and print a line for each deed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=50_000)
    asked.add_argument("--megabytes", type=int, default=2_000)
    asked.add_argument("--kill", action="store_true")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="sild-custody-") as name:
        root = Path(name)
        source, place = root / "source", root / "custody"
        source.mkdir()
        filled(source, told.files, told.megabytes)
        if told.kill:
            print(f"killed when {killed_half_way(place, source, told.megabytes):.0%} was stored; begun again:")
        repository = Repository(str(place), KEY)
        for deed in (
            lambda: make_copy(repository, source, "bench"),
            lambda: verify_copy(repository, "bench"),
            lambda: restore_copy(repository, "bench", root / "back"),
        ):
            done = deed()
            print(f"{done.deed}: {done.seconds:.1f} s, {done.files} files, {done.bytes / 1e6:.0f} MB, sound {done.sound} {done.found}")
        same = not difference(manifest_of(source), manifest_of(root / "back"))
        # one of those that were written last: a copy that was killed leaves packs behind that nothing refers to
        pack = max((file for file in (place / "data").rglob("*") if file.is_file()), key=lambda file: file.stat().st_mtime_ns)
        data = bytearray(pack.read_bytes())
        data[len(data) // 2] ^= 1
        pack.chmod(0o600)
        pack.write_bytes(data)
        found = verify_copy(repository, "bench")
        print(f"bytes equal after the restore: {same}; a flipped bit: sound {found.sound}, {found.found[:120]}")
        own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(f"peak memory: this process {own:.0f} MB, the largest call of restic {child:.0f} MB")
        shutil.rmtree(root / "back")


if __name__ == "__main__":
    main()
