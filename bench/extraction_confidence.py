"""How well the confidences of the reading tell what is right, and the weights that make them do so.

    extraction_confidence.py SCORE_PY INBOX:TRUTH[:odd|even]|READINGS.jsonl ... [--fit WEIGHTS.yaml]
        [--after WEIGHTS.yaml] [--date 2026-11-22] [--save READINGS.jsonl]

Every set is read, its lines are paired with the truth by the corpus's own scorer, and each field of a paired line is right or wrong. The
table gives, for bins of confidence, how many readings fell in, what was promised on average and how many were right. With `--fit`
logistic weights are learned (ridge, Newton's method) and written, and the table shows what they promise for messages that were left out
(ten folds by message), so that no line is judged by weights that saw it. `--save` keeps the readers' own confidences of a reading in a
file that stands in for its set later: an inbox that rules were mended by tells too much good of them, so what is learned from is how it was
read first. `--after` carries earlier weights on: what is learned is held to them as firmly as the readings that they rest on would hold it
if those were made up like the new ones, and their record is kept. The last table learns on every other message and judges the rest. A whole
line is right where it is real and its kind, category, quantity, unit and whose it is are right.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import yaml

from extraction_score import HALVES, bodies_of, scorer_of
from sild.cores.extraction.answer import lines_json
from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.method import extract, uncalibrated
from sild.cores.extraction.method.calibration import WHOLE, features
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats import Unreadable, read_document

FIELDS = ("kind", "category", "quantity", "unit", "beneficiary", "provider", "needed_by", "urgency", "reference")
JUDGED = ("kind", "category", "quantity", "unit")
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
FOLDS = 10
RIDGE = 2.0


@dataclass(frozen=True)
class Reading:
    """One field as read: of which message, with which features, promised how surely, and whether it was right."""

    field: str
    message: str
    found: dict[str, float]
    promised: float
    right: bool


def readings_of(scorer: ModuleType, inbox: Path, truth: Path, half: str, *, raw: bool) -> list[Reading]:
    """Every field of every line of the set. A line that is not in the truth is wrong as a whole, and its kind is."""
    with (truth / "parties.csv").open(encoding="utf-8", newline="") as rows:
        scorer.KNOWN_BODIES.clear()
        scorer.KNOWN_BODIES.update(scorer.fold(row["canonical_name"]) for row in csv.DictReader(rows))
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in scorer.read_jsonl(truth / "truth.jsonl"):
        told[row["message"]].append(row)
    index = BodyIndex(bodies_of(truth / "parties.csv"))
    found: list[Reading] = []
    for path in sorted(p for p in inbox.iterdir() if p.is_file() and HALVES[half](int(p.name[:4]))):
        try:
            document = read_document(path.name, path.read_bytes())
        except Unreadable:
            continue
        problem = ExtractionProblem(document=document, bodies=index)
        read = uncalibrated(problem) if raw else extract(problem)
        rows = lines_json(document, read)
        pairs = {id(row): truth_row for truth_row, row in scorer.pair_up(told.get(path.name, []), rows)}
        for line, row in zip(read.lines, rows, strict=True):
            meant = pairs.get(id(row))
            whose = "provider" if line.of == "offer" else "beneficiary"
            whole = meant is not None and all(scorer.same(name, meant.get(name), row[name]) for name in (*JUDGED, whose))
            message, count = f"{inbox}/{path.name}", len(read.lines)
            found.append(Reading(WHOLE, message, features(document, line, WHOLE, count), line.confidence, whole))
            for name, own in line.fields.items():
                if name not in FIELDS or (meant is None and name != "kind"):
                    continue
                right = meant is not None and scorer.same(name, meant.get(name), row[name])
                found.append(Reading(name, message, features(document, line, name, count), own.confidence, right))
    return found


@dataclass(frozen=True)
class Earlier:
    """Weights of one field that were learned before, and how many readings they rest on."""

    bias: float
    weights: dict[str, float]
    readings: int
    right: int


def fitted(rows: list[Reading], earlier: Earlier | None = None) -> tuple[float, dict[str, float]]:
    """Bias and weights by ridge logistic regression; the bias is not held back, so that the mean is right."""
    known = earlier.weights if earlier is not None else {}
    names = sorted({name for row in rows for name in row.found} | set(known))
    matrix = np.array([[1.0, *(row.found.get(name, 0.0) for name in names)] for row in rows])
    right = np.array([float(row.right) for row in rows])
    held, start = np.diag([1e-3, *([RIDGE] * len(names))]), np.zeros(matrix.shape[1])
    if earlier is not None:
        start = np.array([earlier.bias, *(known.get(name, 0.0) for name in names)])
        told = earlier.right / earlier.readings
        firm = earlier.readings * told * (1 - told) * (matrix**2).mean(axis=0)
        held = held + np.diag([firm[0], *(share if name in known else 0.0 for name, share in zip(names, firm[1:], strict=True))])
    else:
        # one reading of each kind, right half the time, keeps an always right field from promising certainty
        matrix, right = np.vstack([matrix, [[1.0] + [0.0] * len(names)] * 2]), np.append(right, [1.0, 0.0])
    weights = start
    for _ in range(60):
        sure = 1.0 / (1.0 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (right - sure) - held @ (weights - start)
        bend = (matrix * (sure * (1 - sure))[:, None]).T @ matrix + held
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return round(float(weights[0]), 4), {name: round(float(weight), 4) for name, weight in zip(names, weights[1:], strict=True)}


def promise(bias: float, weights: dict[str, float], found: dict[str, float]) -> float:
    """What the weights promise for features."""
    total = bias + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return float(1.0 / (1.0 + np.exp(-np.clip(total, -30, 30))))


def left_out(rows: list[Reading], earlier: Earlier | None = None) -> list[tuple[float, bool]]:
    """For each reading what weights promise that were learned without its message."""
    messages = sorted({row.message for row in rows})
    fold = {message: number % FOLDS for number, message in enumerate(messages)}
    told: list[tuple[float, bool]] = []
    for number in range(FOLDS):
        known = [row for row in rows if fold[row.message] != number]
        unseen = [row for row in rows if fold[row.message] == number]
        if known and unseen:
            bias, weights = fitted(known, earlier)
            told += [(min(0.98, max(0.02, promise(bias, weights, row.found))), row.right) for row in unseen]
    return told


def half_by_half(rows: list[Reading], earlier: Earlier | None = None) -> list[tuple[float, bool]]:
    """What weights of every other message promise for the messages between."""
    even = {message for number, message in enumerate(sorted({row.message for row in rows})) if number % 2 == 0}
    known, unseen = [row for row in rows if row.message in even], [row for row in rows if row.message not in even]
    if not known or not unseen:
        return []
    bias, weights = fitted(known, earlier)
    return [(min(0.98, max(0.02, promise(bias, weights, row.found))), row.right) for row in unseen]


def told_by(text: str, scorer: ModuleType, *, raw: bool) -> tuple[list[Reading], str]:
    """The readings of a set, or those saved in a file, and which part of the set they are."""
    if text.endswith(".jsonl"):
        rows = [json.loads(line) for line in Path(text).read_text(encoding="utf-8").splitlines()]
        return [Reading(**row) for row in rows], "as first read"
    inbox, truth, *half = text.split(":")
    part = half[0] if half else "all"
    return readings_of(scorer, Path(inbox), Path(truth), part, raw=raw), part


def table(told: list[tuple[float, bool]]) -> str:
    """One line per bin: how many, what was promised, how many were right; then the mean gap weighed by counts (ECE) and Brier's score."""
    lines, gap = [], 0.0
    for low, high in pairwise(BINS):
        inside = [(p, right) for p, right in told if low <= p < high or (high == 1.0 and p == 1.0)]
        if inside:
            promised, right = sum(p for p, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside)
            gap += abs(promised - right) * len(inside)
            lines.append(f"  {low:.2f}-{high:.2f}  {len(inside):4}  promised {promised:.2f}  right {right:.2f}")
    brier = sum((p - right) ** 2 for p, right in told) / max(1, len(told))
    return "\n".join([*lines, f"  mean gap {gap / max(1, len(told)):.3f}  Brier {brier:.3f}  of {len(told)}"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--after", type=Path)
    parser.add_argument("--date", default="")
    parser.add_argument("--save", type=Path)
    chosen = parser.parse_args()
    scorer = scorer_of(chosen.scorer)
    if scorer is None:
        print(f"{chosen.scorer} is no Python file: give the corpus's score.py", file=sys.stderr)
        return 2
    rows: list[Reading] = []
    before: dict[str, Any] = yaml.safe_load(chosen.after.read_text(encoding="utf-8")) if chosen.after else {"fields": {}}
    earlier = {name: Earlier(**entry) for name, entry in before["fields"].items()}
    record = list(before["trained_on"]["sets"]) if chosen.after else []
    for text in chosen.sets:
        own, part = told_by(text, scorer, raw=chosen.fit is not None or chosen.save is not None)
        messages = len({row.message for row in own})
        record.append({"half": part, "messages": messages, "lines": sum(row.field == WHOLE for row in own)})
        rows += own
    if chosen.save:
        chosen.save.write_text("".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    by_field: dict[str, list[Reading]] = defaultdict(list)
    for row in rows:
        by_field[row.field].append(row)
    learned: dict[str, Any] = {}
    everything: list[tuple[float, bool]] = []
    halves: list[tuple[float, bool]] = []
    for field in (WHOLE, *FIELDS):
        own = by_field.get(field, [])
        if not own:
            continue
        told = left_out(own, earlier.get(field)) if chosen.fit else [(row.promised, row.right) for row in own]
        everything += told if field != WHOLE else []
        halves += half_by_half(own, earlier.get(field)) if chosen.fit and field != WHOLE else []
        print(f"{field}: {sum(row.right for row in own)} of {len(own)} right\n{table(told)}")
        if chosen.fit:
            past = earlier.get(field)
            bias, weights = fitted(own, past)
            counts = {"readings": len(own), "right": sum(row.right for row in own)}
            if past is not None:
                counts = {"readings": counts["readings"] + past.readings, "right": counts["right"] + past.right}
            learned[field] = {**counts, "bias": bias, "weights": weights}
    print(f"all fields\n{table(everything)}")
    if halves:
        print(f"all fields, learned on every other message and judged on the rest\n{table(halves)}")
    if chosen.fit:
        head = (
            "# How much each feature of a reading speaks for it: logistic weights, learned by bench/extraction_confidence.py.\n"
            "# `trained_on` tells when and on how much; `readings` and `right` are counts of the field's readings there.\n"
            "# source: learned by bench/extraction_confidence.py from messages marked by readers; `trained_on` says when and which\n"
        )
        data = {
            "trained_on": {"date": chosen.date, "method": f"ridge logistic regression, ridge {RIDGE}", "sets": record},
            "fields": learned,
        }
        chosen.fit.write_text(head + yaml.safe_dump(data, allow_unicode=True, sort_keys=True, width=140), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
