"""How often the field readers find what the truth of an inbox says, anywhere in the message; figures only, odd and even numbers apart.

    fields_score.py INBOX_DIR TRUTH_DIR

TRUTH_DIR holds truth.jsonl, messages.jsonl and parties.csv. Rules are written on odd messages, so the even half tells how they hold.
"held out" leaves each body of the parties out in turn and asks whether its names still give a name that mostly agrees.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.fields.changes import find_change
from sild.cores.extraction.fields.conditions import find_channel, find_conditions
from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.fields.markings import find_marking
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.quantities import find_quantities
from sild.cores.extraction.fields.references import find_reference
from sild.cores.extraction.fields.single_service import find_single_service
from sild.cores.extraction.fields.urgency import find_urgency
from sild.formats import Unreadable, read_document


def jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def bodies_of(path: Path) -> list[Body]:
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Body(
                row["canonical_name"],
                tuple(name.strip() for key in row if key.startswith("names_") for name in (row[key] or "").split(";") if name.strip()),
                row["country"],
                row["kind"],
                row["sector"],
            )
            for row in csv.DictReader(rows)
        ]


def texts_of(path: Path) -> list[str]:
    """Sender and blocks of a message, one text each; nothing of a file that cannot be read."""
    try:
        document = read_document(path.name, path.read_bytes())
    except Unreadable:
        return []
    envelope = document.envelope
    return [envelope.sender_name, envelope.subject, *(block.text for _, _, block in document.blocks())]


def findings(line: dict[str, Any], texts: list[str], sent: date, index: BodyIndex) -> Iterator[tuple[str, bool]]:
    """(reader, whether it found the truth's value) for each field that the line has."""
    evidence = " | ".join(line["evidence"])
    yield "language", language_of(evidence) == line["language"]
    if line.get("quantity") is not None:
        said = {float(quantity.value) for piece in (evidence, *line["evidence"]) for quantity in find_quantities(piece)}
        change, single = find_change(evidence), find_single_service(evidence)
        said |= {float(change[1])} if change else set()
        said |= {1.0} if single is not None else set()
        yield "quantity", float(line["quantity"]) in said
    for field in ("beneficiary", "provider"):
        if line.get(field):
            yield field, any(line[field] == hit.name for text in texts for hit in index.find_all(text))
    for field in ("needed_by", "available_from", "available_until"):
        if line.get(field):
            yield field, any(line[field] == str(hit.day) for text in texts for hit in find_dates(text, sent))
    if line.get("urgency"):
        yield (
            "urgency",
            any(found.level == line["urgency"] for text in texts for piece in text.split(" | ") if (found := find_urgency(piece))),
        )
    if line.get("reference"):
        yield "reference", any(hit.number == line["reference"] for text in texts for hit in find_reference(text))
    if line.get("marking"):
        yield "marking", any(found.marking.label == line["marking"] for text in texts if (found := find_marking(text)))
    if line.get("value_eur"):
        yield "money", any(float(hit.money.amount) == line["value_eur"] for text in texts for hit in find_money(text))
    for code in line.get("conditions") or []:
        yield (
            "conditions",
            any(hit.code == code for text in texts for piece in (text, *text.split(" | ")) for hit in find_conditions(piece)),
        )
    if line.get("channel") == "military":
        yield "military", any(find_channel(text) == "military" for text in texts)


def held_out(bodies: list[Body]) -> tuple[int, int]:
    right = total = 0
    for body in bodies:
        index = BodyIndex([other for other in bodies if other is not body])
        for name in (body.name, *body.aliases):
            found = index.resolve(name)
            own, said = set(body.name.lower().split()), set(found.name.lower().split()) if found else set()
            total += 1
            right += bool(said) and len(own & said) >= 0.66 * min(len(own), len(said))
    return right, total


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    inbox, truth = Path(sys.argv[1]), Path(sys.argv[2])
    bodies = bodies_of(truth / "parties.csv")
    index = BodyIndex(bodies)
    sent = {row["file"]: date.fromisoformat(row["sent_at"][:10]) for row in jsonl(truth / "messages.jsonl")}
    texts = {name: texts_of(inbox / name) for name in sent}
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for line in jsonl(truth / "truth.jsonl"):
        half = "odd" if int(line["message"][:4]) % 2 else "even"
        for reader, found in findings(line, texts[line["message"]], sent[line["message"]], index):
            total[half, reader] += 1
            right[half, reader] += found
    for reader in dict.fromkeys(reader for _, reader in total):
        shown = "   ".join(f"{half} {right[half, reader]:>3} of {total[half, reader]:<3}" for half in ("odd", "even"))
        print(f"{reader:<16}{shown}")
    agreed, names = held_out(bodies)
    print(f"{'held out':<16}{agreed} of {names} names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
