#!/usr/bin/env python3
"""Scores reading and linking together on the sample inbox: formats, extraction core and linkage core, without the register.

    python bench/linkage_extracted.py [--without-share N]

Prints the scorer's figures for odd and even messages (each half linked for itself) and all: with vectors, as a desk with the bundled model
links, where that is installed, and without. `--without-share N` leaves every Nth body out of the parties.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import extraction_score as reading
import linkage_score as scoring
import linkage_sets as sets
from linkage_trials import vectors_of
from sild.cores.extraction.answer import DraftLine, lines_json
from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.cores.linkage import Body, Line, LinkageProblem, check, link
from sild.formats import Unreadable, read_document
from sild.values.document import Document

Read = tuple[Line, dict[str, Any]]
Vectors = Mapping[str, Sequence[float]] | None


def core_line(name: str, number: int, draft: DraftLine, document: Document) -> Line:
    """One draft line as the register hands it on."""
    envelope = document.envelope
    return Line(
        id=f"{name}#{number}",
        kind=draft.kind,
        message=name,
        sent_at=sets.moment(envelope.sent_at.isoformat()) if envelope.sent_at else None,
        category=draft.category,
        item=draft.item,
        evidence=" ".join(span.text for span in draft.evidence),
        quantity=draft.quantity,
        unit=draft.unit,
        beneficiary=draft.beneficiary,
        provider=draft.provider,
        sent_by=draft.sent_by,
        needed_by=draft.needed_by,
        reference=draft.reference,
        threads=tuple(thread for thread in (envelope.message_id, envelope.in_reply_to, *envelope.references) if thread),
        subject=envelope.subject,
        language=draft.language,
        channel=draft.channel,
        additional=draft.additional,
        changes=draft.changes.old_quantity if draft.changes else None,
        digest=document.sha256,
    )


def read_all(without: int) -> tuple[list[Read], tuple[Body, ...]]:
    """Every extracted line of the sample inbox with its record for the scorer, and the bodies that were known."""
    known = reading.bodies_of(sets.SAMPLE / "parties.csv", without)
    index = BodyIndex(known)
    found: list[Read] = []
    for path in sorted(sets.INBOX.iterdir()):
        try:
            document = read_document(path.name, path.read_bytes())
        except Unreadable:
            continue
        extraction = extract(ExtractionProblem(document=document, bodies=index))
        records = lines_json(document, extraction)
        for number, (draft, record) in enumerate(zip(extraction.lines, records, strict=True), 1):
            found.append((core_line(path.name, number, draft, document), record))
    bodies = tuple(
        Body(id=one.name, names=(one.name, *one.aliases), country=one.country, kind=one.kind, sector=one.sector) for one in known
    )
    return found, bodies


def figures(found: Sequence[Read], bodies: tuple[Body, ...], half: str, vectors: Vectors) -> dict[str, dict[str, float]]:
    wanted = {"odd": (1,), "even": (0,), "all": (0, 1)}[half]
    chosen = [(line, record) for line, record in found if int(line.message[:4]) % 2 in wanted]
    problem = LinkageProblem(lines=tuple(line for line, _ in chosen), bodies=bodies, vectors=vectors)
    answer = link(problem)
    if findings := check(problem, answer):
        raise SystemExit(f"{len(findings)} broken promises, first: {findings[0]}")
    cluster = answer.cluster_of()
    truth = sets.SAMPLE
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, key in (("truth.jsonl", "message"), ("messages.jsonl", "file")):
            kept = [row for row in sets.rows(truth / file) if int(row[key][:4]) % 2 in wanted]
            (folder / file).write_text("\n".join(map(json.dumps, kept)), encoding="utf-8")
        for file in ("pairs.tsv", "parties.csv"):
            shutil.copy(truth / file, folder / file)
        said = [record | {"need": cluster.get(line.id)} for line, record in chosen]
        (folder / "lines.jsonl").write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
        return scoring.judged([str(truth / "score.py"), str(folder), str(folder / "lines.jsonl")])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-share", type=int, default=0)
    chosen = parser.parse_args()
    found, bodies = read_all(chosen.without_share)
    told = vectors_of(line for line, _ in found)
    for vectors, how in ((told, "vectors"), (None, "no vectors")):
        for half in ("odd", "even", "all") if told or vectors is None else ():
            scored = figures(found, bodies, half, vectors)
            lines, fields = scored["lines"], scored["fields"]
            print(
                f"lines F1 {lines['f1']:.3f}  beneficiary {fields['beneficiary']['right']}  category {fields['category']['right']}",
                end="  ",
            )
            scoring.show(f"sample, extracted, {half}, {how}", scored)
    return 0


if __name__ == "__main__":
    sys.exit(main())
