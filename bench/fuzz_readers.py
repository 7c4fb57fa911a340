"""Fuzz the readers with atheris, guided by coverage: whatever the bytes, the end is a document, a bundle or a refusal.

    python bench/fuzz_readers.py READER [--runs N] [--seconds N]     one reader, or a bundle
    python bench/fuzz_readers.py all [--seconds N]                   each in a process of its own, and a table of what was run

The readers are the seeds of tests/formats/seeds.py, so that each kind that is declared is there; pictures are read with recognition where
it is installed, workbooks also as the template. Anything else than those three ends is printed by atheris with the bytes that caused it,
kept in --keep FOLDER, and the run ends with an error. `make fuzz SECONDS=30`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["sild.formats"]):
    from sild.formats import Unreadable, read_document
    from sild.formats.document_json import document_from_json, document_to_json
    from sild.formats.recognition import Recogniser, installed_languages
    from sild.formats.template import TEMPLATE, check_sheets, find_template
    from sild.formats.unpacking import unpack

from tests.formats.seeds import BUNDLES, SEEDS

READERS = (*SEEDS, *BUNDLES)
_DONE = re.compile(r"^Done (\d+) runs in (\d+) second", re.MULTILINE)
_PATHS = re.compile(r"^#\d+\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)", re.MULTILINE)


def one_file(data: bytes) -> None:
    """Read the bytes; a document must survive its own JSON."""
    try:
        document = read_document("a", data)
    except Unreadable:
        return
    written = json.dumps(document_to_json(document))
    if document_from_json(json.loads(written)) != document:
        raise AssertionError("the document changed on its way through JSON")
    found = find_template(TEMPLATE, document.parts[0]) if document.format == "xlsx" else None
    if found is not None:
        check_sheets(TEMPLATE, found)


def one_picture(data: bytes) -> None:
    """Read the bytes as a picture, with recognition."""
    languages = installed_languages()
    with contextlib.suppress(Unreadable):
        read_document("a", data, recogniser=Recogniser(languages, seconds=5.0) if languages else None)


def one_bundle(data: bytes) -> None:
    """Unpack the bytes; names must be plain."""
    try:
        bundle = unpack("a", data)
    except Unreadable:
        return
    for member in bundle.members if bundle else ():
        if "/" in member.name or not member.name:
            raise AssertionError(f"a name that is not plain: {member.name!r}")


def _target(reader: str) -> Callable[[bytes], None]:
    if reader in BUNDLES:
        return one_bundle
    return one_picture if SEEDS[reader].kind == "picture" else one_file


def fuzz_one(reader: str, chosen: argparse.Namespace) -> None:
    """Fuzz one reader in this process, which ends with it."""
    with tempfile.TemporaryDirectory(prefix="sild-fuzz-") as folder:
        Path(folder, "seed").write_bytes(BUNDLES[reader] if reader in BUNDLES else SEEDS[reader].data)
        limits = [
            f"-runs={chosen.runs}",
            f"-max_total_time={chosen.seconds}",
            "-max_len=200000",
            "-timeout=20",
            "-rss_limit_mb=2048",
            f"-artifact_prefix={chosen.keep or folder}/",
        ]
        atheris.Setup([sys.argv[0], folder, *limits], _target(reader))
        atheris.Fuzz()


def fuzz_all(chosen: argparse.Namespace) -> int:
    """Fuzz each reader in a process of its own; returns how many of them found a fault."""
    faults = 0
    print(f"{'reader':20} {'runs':>9} {'s':>5} {'edges':>7} {'kept':>6}  end")
    for reader in READERS:
        words = [sys.executable, __file__, reader, "--seconds", str(chosen.seconds), "--runs", str(chosen.runs)]
        done = subprocess.run([*words, *(["--keep", chosen.keep] if chosen.keep else [])], capture_output=True, text=True, check=False)
        ended, paths = _DONE.search(done.stderr), _PATHS.findall(done.stderr)
        edges, _, kept = paths[-1] if paths else ("", "", "")
        runs, seconds = ended.groups() if ended else ("", "")
        bad = done.returncode != 0 or ended is None
        faults += bad
        print(f"{reader:20} {runs:>9} {seconds:>5} {edges:>7} {kept:>6}  {'FAULT' if bad else 'ok'}", flush=True)
        if bad:
            print(done.stderr[-3000:], flush=True)
    print(f"faults {faults} (bar: 0)")
    return faults


def main() -> int:
    """Fuzz the reader that the command line names, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=(*READERS, "all"))
    parser.add_argument("--runs", type=int, default=10_000_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", default="", help="a folder for bytes that brought a reader down")
    chosen = parser.parse_args()
    if chosen.reader == "all":
        return int(bool(fuzz_all(chosen)))
    fuzz_one(chosen.reader, chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
