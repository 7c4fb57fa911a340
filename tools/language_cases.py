"""Reads a table of sentences and says which of them are read as it says they should be: the check of a language's words.

    language_cases.py CASES.yaml [--folder FOLDER] [--sent YEAR-MONTH-DAY]

CASES.yaml holds rows `[who, text, [[kind, category, quantity], ...], needed by or null]`; the day may be left out, and the rows may stand
under headings. `who` is needy (a body of the recipient), giver (a state that donates), firm (a company). FOLDER holds lexicon files with
the words of one more language. Ends with 1 where a sentence is misread.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from sild.cores.extraction.check import check
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.fields.lexicon_files import add_folder
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, Document, Envelope, Part

WRITERS = {
    "needy": Body("Brody Regional Office", (), "UA", "recipient-body"),
    "giver": Body("Norland", (), "NO", "donor-state", "government"),
    "firm": Body("Kettel Systems Ltd", (), "GB", "company"),
}


def rows_of(table: Any) -> Iterator[list[Any]]:
    """The rows of a table, whether they stand under headings or not."""
    for group in table.values() if isinstance(table, dict) else [table]:
        yield from group


def mail(text: str, sent: datetime) -> Document:
    """A mail of one paragraph."""
    part = Part(name="body", media="text/plain", blocks=(Block(kind="paragraph", text=text, locator="body"),))
    return Document(name="case", sha256="0" * 64, format="made", channel="mail", envelope=Envelope(subject="", sent_at=sent), parts=(part,))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--sent", default="2026-01-12")
    chosen = parser.parse_args()
    if chosen.folder is not None:
        add_folder(chosen.folder)
    sent = datetime.fromisoformat(f"{chosen.sent}T09:00:00+00:00")
    bodies = BodyIndex(tuple(WRITERS.values()))
    right = misread = 0
    for who, text, lines, *due in rows_of(yaml.safe_load(chosen.cases.read_text(encoding="utf-8"))):
        document = mail(text, sent)
        found = extract(ExtractionProblem(document=document, bodies=bodies, sender_body=WRITERS[who].name))
        read = [[line.kind, line.category, None if line.quantity is None else float(line.quantity)] for line in found.lines]
        wanted = [[kind, category, None if quantity is None else float(quantity)] for kind, category, quantity in lines]
        days = [line.needed_by for line in found.lines if line.needed_by is not None]
        said = check(document, found)
        if read == wanted and not said and (not due or not due[0] or days == [due[0]]):
            right += 1
            continue
        misread += 1
        print(f"MISREAD {text}\n  should be {wanted} {due[0] if due else ''}\n  was read  {read} {[str(day) for day in days]} {said or ''}")
    print(f"{right} of {right + misread} sentences are read as they should be")
    return 1 if misread else 0


if __name__ == "__main__":
    sys.exit(main())
