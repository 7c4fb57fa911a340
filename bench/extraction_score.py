"""Score the reading of an inbox: read every message, extract its lines, write them as `--lines` does, and call the corpus's own scorer.

    extraction_score.py INBOX_DIR TRUTH_DIR SCORE_PY [--lines OUT.jsonl] [--parties FILE] [--without-share N]

TRUTH_DIR holds truth.jsonl, messages.jsonl and parties.csv. Figures are given for all messages and for those with odd and even
numbers: rules are written on the odd half only, so the even half tells how they hold on an unseen inbox.
Links need the register and are not scored here.
`--without-share N` leaves every Nth body out of the parties, to see how names that nobody listed are read.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from sild.cores.extraction.answer import lines_json
from sild.cores.extraction.check import check
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats import Unreadable, read_document

HALVES: dict[str, Callable[[int], bool]] = {"all": lambda _: True, "odd": lambda n: n % 2 == 1, "even": lambda n: n % 2 == 0}


def bodies_of(path: Path, without: int = 0) -> list[Body]:
    """The bodies of a parties file; `without` leaves out every so many."""
    with path.open(encoding="utf-8", newline="") as rows:
        table = list(csv.DictReader(rows))
    return [
        Body(
            name=row["canonical_name"],
            aliases=tuple(n.strip() for key in row if key.startswith("names_") for n in (row[key] or "").split(";") if n.strip()),
            country=row.get("country") or "",
            kind=row.get("kind") or "",
            sector=row.get("sector") or "",
        )
        for number, row in enumerate(table, 1)
        if not without or number % without
    ]


def read_inbox(inbox: Path, bodies: BodyIndex) -> tuple[dict[str, list[dict[str, Any]]], list[str], float]:
    """Lines per message, findings of the check and refusals, and the seconds it took."""
    lines: dict[str, list[dict[str, Any]]] = {}
    said: list[str] = []
    started = time.perf_counter()
    for path in sorted(p for p in inbox.iterdir() if p.is_file()):
        try:
            document = read_document(path.name, path.read_bytes())
        except Unreadable as refusal:
            said.append(f"{path.name}: {refusal}")
            continue
        extraction = extract(ExtractionProblem(document=document, bodies=bodies))
        said += [f"{path.name}: {finding}" for finding in check(document, extraction)]
        lines[path.name] = lines_json(document, extraction)
    return lines, said, time.perf_counter() - started


def score_half(scorer: ModuleType, truth: Path, lines: dict[str, list[dict[str, Any]]], keep: Callable[[int], bool]) -> dict[str, Any]:
    """The scorer's figures over the messages whose number is kept."""
    with tempfile.TemporaryDirectory() as folder:
        half = Path(folder)
        for name, key in (("truth.jsonl", "message"), ("messages.jsonl", "file")):
            rows = (truth / name).read_text(encoding="utf-8").splitlines()
            (half / name).write_text(
                "\n".join(row for row in rows if row.strip() and keep(int(json.loads(row)[key][:4]))), encoding="utf-8"
            )
        shutil.copy(truth / "parties.csv", half / "parties.csv")
        kept = [line for name, own in lines.items() if keep(int(name[:4])) for line in own]
        (half / "lines.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in kept), encoding="utf-8")
        figures: dict[str, Any] = scorer.score(half, half / "lines.jsonl")
        return figures


def scorer_of(path: Path) -> ModuleType | None:
    """The corpus's scorer as a module; None where the file is no Python file."""
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    if spec is None or spec.loader is None:
        return None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inbox", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--parties", type=Path)
    parser.add_argument("--without-share", type=int, default=0)
    chosen = parser.parse_args()
    scorer = scorer_of(chosen.scorer)
    if scorer is None:
        print(f"{chosen.scorer} is no Python file: give the corpus's score.py", file=sys.stderr)
        return 2
    bodies = BodyIndex(bodies_of(chosen.parties or chosen.truth / "parties.csv", chosen.without_share))
    lines, said, seconds = read_inbox(chosen.inbox, bodies)
    if chosen.lines:
        chosen.lines.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for own in lines.values() for line in own), encoding="utf-8"
        )
    for name, keep in HALVES.items():
        figures = score_half(scorer, chosen.truth, lines, keep)
        fields = "  ".join(f"{field} {f['right']} of {f['of']}" for field, f in figures["fields"].items())
        print(f"{name:<5} lines {figures['lines']}  noise {figures['noise']}\n      {fields}")
    print(f"{len(lines)} messages in {seconds:.1f} s, {len(said)} findings or refusals")
    print("\n".join(text for text in said if int(text[:4]) % 2)[:4000])
    return 0


if __name__ == "__main__":
    sys.exit(main())
