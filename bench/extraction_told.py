"""The weights that tell a clause that asks or offers from one that only tells of a thing.

    extraction_told.py INBOX:TRUTH[:odd|even] ... [--clauses CLAUSES.jsonl] [--fit WEIGHTS.yaml] [--below 0.3] [--date 2026-11-23]

Every piece of running text that the rules take for a request or an offer is right where its message's truth holds a line of that kind and
category with that number, or a changed one. Logistic weights (ridge, Newton's method) are learned from the signs of its clause
(method/told.py) and judged on messages that were left out: ten folds by message, and each set by the weights of the others. CLAUSES is a
file of short messages of one's own, one JSON object a line: `set`, `sender`, `address`, `text`, `lines` of kind, categories, quantity.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from extraction_score import HALVES, bodies_of
from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.method import extract, prose
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats import Unreadable, read_document
from sild.values.document import Document

FOLDS = 10
RIDGE = 1.0
WRITTEN = "Mon, 02 Mar 2026 09:00:00 +0200"


@dataclass(frozen=True)
class Example:
    """One piece taken for a line: of which set and message, with which signs, and whether the truth holds it."""

    origin: str
    message: str
    signs: dict[str, float]
    right: bool


def examples_in(document: Document, bodies: BodyIndex, truth: Iterable[Mapping[str, Any]], origin: str, message: str) -> list[Example]:
    """The pieces of a message that the rules take for lines, marked by its truth."""
    seen: list[tuple[dict[str, float], Any]] = []
    signs, told, filled = (vars(prose)[name] for name in ("signs_of", "is_told", "_filled"))

    def keep(*args: Any) -> dict[str, float]:
        seen.append((signs(*args), None))
        return dict(seen[-1][0])

    def fill(*args: Any, **named: Any) -> Any:
        draft = filled(*args, **named)
        if seen and seen[-1][1] is None and draft.kind in ("request", "offer"):
            seen[-1] = (seen[-1][0], draft)
        return draft

    vars(prose).update(signs_of=keep, is_told=lambda _: False, _filled=fill)
    try:
        extract(ExtractionProblem(document=document, bodies=bodies))
    finally:
        vars(prose).update(signs_of=signs, is_told=told, _filled=filled)
    marked = list(truth)
    return [Example(origin, message, found, _holds(marked, draft)) for found, draft in seen if draft is not None]


def _holds(truth: list[Mapping[str, Any]], draft: Any) -> bool:
    """Whether the truth has a line of that category and number, of the category where either leaves the number open, or of the number."""
    for line in truth:
        same = draft.category in line.get("categories", (line.get("category"),))
        number = line.get("quantity")
        if same and (number is None or draft.amount is None or float(number) == float(draft.amount)):
            return True
        if number is not None and draft.amount is not None and float(number) == float(draft.amount) > 1:
            return True  # read as another kind of thing, yet a line
    return False


def of_inbox(spec: str) -> list[Example]:
    """The examples of INBOX:TRUTH[:half]."""
    inbox, truth, *half = spec.split(":")
    marked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in Path(truth, "truth.jsonl").read_text(encoding="utf-8").splitlines():
        marked[json.loads(line)["message"]].append(json.loads(line))
    bodies = BodyIndex(bodies_of(Path(truth, "parties.csv")))
    found: list[Example] = []
    for path in sorted(p for p in Path(inbox).iterdir() if p.is_file()):
        if not HALVES[half[0] if half else "all"](int(path.name.split("-")[0])):
            continue
        try:
            document = read_document(path.name, path.read_bytes())
        except Unreadable:
            continue
        found += examples_in(document, bodies, marked[path.name], Path(truth).name, path.name)
    return found


def of_clauses(path: Path, parties: Path) -> list[Example]:
    """The examples of short messages of one's own."""
    bodies = BodyIndex(bodies_of(parties))
    found: list[Example] = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines()):
        entry = json.loads(row)
        mail = EmailMessage()
        mail["From"], mail["To"] = f'"{entry["sender"]}" <{entry["address"]}>', "desk@bridge.example"
        mail["Date"], mail["Subject"] = WRITTEN, "Cyber assistance"
        mail.set_content(entry["text"])
        document = read_document("mail.eml", mail.as_bytes())
        found += examples_in(document, bodies, entry["lines"], f"clauses {entry['set']}", f"{entry['set']}-{number}")
    return found


def learned(examples: list[Example], names: list[str]) -> np.ndarray:
    """Weights and, last, the bias, that make the examples likeliest under the ridge."""
    table = np.array([[e.signs.get(name, 0.0) for name in names] + [1.0] for e in examples])
    right = np.array([float(e.right) for e in examples])
    ridge = np.diag([RIDGE] * len(names) + [1e-3])
    weights = np.zeros(len(names) + 1)
    for _ in range(30):
        sure = 1 / (1 + np.exp(-table @ weights))
        step = np.linalg.solve(table.T @ (table * (sure * (1 - sure))[:, None]) + ridge, table.T @ (right - sure) - ridge @ weights)
        weights += step
    return weights


def judged(weights: np.ndarray, names: list[str], examples: list[Example]) -> np.ndarray:
    """The share of lines among such examples, one for each."""
    table = np.array([[e.signs.get(name, 0.0) for name in names] + [1.0] for e in examples])
    share: np.ndarray = 1 / (1 + np.exp(-table @ weights))
    return share


def main() -> None:
    """Learn, judge what was left out, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--clauses", type=Path)
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--below", type=float, default=0.3)
    parser.add_argument("--date", default="")
    options = parser.parse_args()
    examples = [e for spec in options.sets for e in of_inbox(spec)]
    if options.clauses:
        examples += of_clauses(options.clauses, Path(options.sets[0].split(":")[1], "parties.csv"))
    names = sorted(name for name in {n for e in examples for n in e.signs} if sum(name in e.signs for e in examples) >= 3)
    messages = sorted({(e.origin, e.message) for e in examples})
    fold = {message: number % FOLDS for number, message in enumerate(messages)}
    print("ten folds by message")
    _table(examples, names, lambda e: fold[e.origin, e.message])
    print("each set by the others")
    _table(examples, names, lambda e: e.origin.split()[0])
    if options.fit:
        weights = learned(examples, names)
        counts = {o: sum(e.origin == o for e in examples) for o in sorted({e.origin for e in examples})}
        record = {
            "trained_on": {"date": options.date, "examples": counts, "right": sum(e.right for e in examples)},
            "below": options.below, "bias": round(float(weights[-1]), 4),
            "weights": {name: round(float(w), 4) for name, w in zip(names, weights, strict=False)},
        }  # fmt: skip
        head = "# What each sign of a clause says for its being a line: logistic weights; below `below` a clause only tells.\n"
        head += "# source: learned by bench/extraction_told.py from messages marked by readers; `trained_on` says when and on how much\n"
        options.fit.write_text(head + yaml.safe_dump(record, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _table(examples: list[Example], names: list[str], part: Any) -> None:
    share: dict[int, float] = {}
    for left in sorted({part(e) for e in examples}, key=str):
        out = [n for n, e in enumerate(examples) if part(e) == left]
        weights = learned([e for e in examples if part(e) != left], names)
        share |= dict(zip(out, judged(weights, names, [examples[n] for n in out]), strict=True))
    for below in (0.1, 0.2, 0.3, 0.4, 0.5):
        cells = []
        for origin in sorted({e.origin for e in examples}):
            mine = [n for n, e in enumerate(examples) if e.origin == origin]
            wrong = [n for n in mine if not examples[n].right]
            caught, lost = sum(share[n] < below for n in wrong), sum(share[n] < below for n in mine if examples[n].right)
            cells.append(f"{origin}: {caught}/{len(wrong)} caught, {lost}/{len(mine) - len(wrong)} lost")
        print(f"  below {below}: " + "; ".join(cells))


if __name__ == "__main__":
    main()
