"""Short letters in seven languages: every line is for the body that needs the thing, and from the one that gives it."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.answer import lines_json
from sild.cores.extraction.check import check
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, Document, Envelope, Part

CASES = Path(__file__).parent / "cases"
PARTIES: list[dict[str, Any]] = yaml.safe_load((CASES / "whose.yaml").read_text(encoding="utf-8"))["parties"]
LETTERS: list[dict[str, Any]] = yaml.safe_load((CASES / "hands.yaml").read_text(encoding="utf-8"))
INDEX = BodyIndex([Body(row["name"], tuple(row["aliases"]), row["country"], row["kind"]) for row in PARTIES])
KNOWN = {row["name"] for row in PARTIES}


def letter(row: dict[str, Any]) -> Document:
    """The row as a mail; lines of its text are paragraphs, or points of a list where they open with a dash."""
    name, _, address = row["by"].rpartition(" <")
    blocks = tuple(
        Block(kind="list-item" if text.startswith("- ") else "paragraph", text=text, locator="body") for text in row["text"].split("\n")
    )
    envelope = Envelope(sender_name=name, sender_address=address.rstrip(">"), subject=row.get("subject", ""))
    part = Part(name="body", media="text/plain", blocks=blocks)
    return Document(name="letter", sha256="0" * 64, format="made", channel="mail", envelope=envelope, parts=(part,))


def is_it(meant: str | None, said: str | None) -> bool:
    """A known body by its name; another by most of its words, in English or as the letter writes it."""
    if meant is None or said is None or meant in KNOWN or said in KNOWN:
        return meant == said
    ours, theirs = meant.lower().split(), said.lower().replace("(", "").replace(")", "").split()
    likeness = SequenceMatcher(None, meant.lower(), said.lower()).ratio()
    return len(set(ours) & set(theirs)) >= 0.66 * min(len(ours), len(theirs)) or likeness >= 0.75


@pytest.mark.parametrize("number", range(len(LETTERS)))
def test_a_line_is_for_who_needs_it_and_from_who_gives_it(number: int) -> None:
    row = LETTERS[number]
    document = letter(row)
    extraction = extract(ExtractionProblem(document=document, bodies=INDEX))
    assert check(document, extraction) == []
    lines = lines_json(document, extraction)
    assert lines, row
    for field, key in (("beneficiary", "for"), ("provider", "from")):
        for line in lines if key in row else ():
            assert is_it(row[key], line[field]), (row["text"], key, row[key], line[field])
