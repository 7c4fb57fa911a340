"""Whose a line is: letters in seven languages, with bodies that the list of parties holds and such as it lacks."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.check import check
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, BlockKind, Document, Envelope, Part

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "whose.yaml").read_text(encoding="utf-8"))
BODIES = [Body(row["name"], tuple(row["aliases"]), row["country"], row["kind"]) for row in TABLE["parties"]]
INDEX, KNOWN = BodyIndex(BODIES), {body.name for body in BODIES}
LETTERS = {f"{number} {row['name'] or row['address']}": row for number, row in enumerate(TABLE["letters"], 1)}


def letter(row: dict[str, Any]) -> Document:
    """The letter as a mail of paragraphs, points of a list told by their dash or number."""
    blocks = []
    for text in row["text"].split("\n\n"):
        for piece in text.split("\n") if text.startswith(("- ", "---")) else [text]:
            kind: BlockKind = "list-item" if piece.startswith(("- ", "1. ", "2. ", "3. ")) else "paragraph"
            blocks.append(Block(kind=kind, text=piece, locator="body"))
    envelope = Envelope(
        subject=row["subject"], sender_name=row["name"], sender_address=row["address"], sent_at=datetime(2026, 2, 2, tzinfo=UTC)
    )
    part = Part(name="body", media="text/plain", blocks=tuple(blocks))
    return Document(name="letter", sha256="0" * 64, format="made", channel="mail", envelope=envelope, parts=(part,))


def is_named(meant: str | None, said: str | None) -> bool:
    """A known body by its name; one that no list holds by most of its words."""
    if meant is None or said is None or meant in KNOWN or said in KNOWN:
        return meant == said
    ours, theirs = set(meant.lower().split()), set(said.lower().split())
    return len(ours & theirs) >= 0.66 * min(len(ours), len(theirs)) or SequenceMatcher(None, meant.lower(), said.lower()).ratio() >= 0.75


@pytest.mark.parametrize("name", LETTERS)
def test_every_line_is_for_and_from_the_bodies_that_the_letter_means(name: str) -> None:
    row = LETTERS[name]
    document = letter(row)
    extraction = extract(ExtractionProblem(document=document, bodies=INDEX))
    assert check(document, extraction) == []
    for meant in row["lines"]:
        line = next((line for line in extraction.lines if meant["says"] in " ~ ".join(span.text for span in line.evidence)), None)
        assert line is not None, meant
        if "for" in meant:
            assert is_named(meant["for"], line.beneficiary), (meant, line.beneficiary, line.fields.get("beneficiary"))
            assert line.beneficiary_known == (line.beneficiary in KNOWN)
        if "from" in meant:
            assert is_named(meant["from"], line.provider), (meant, line.provider)


def test_what_the_text_names_stands_with_its_words_and_a_confidence() -> None:
    for row in LETTERS.values():
        document = letter(row)
        for line in extract(ExtractionProblem(document=document, bodies=INDEX)).lines:
            assert {"kind", "category", "quantity"} <= set(line.fields) or line.quantity is None or line.category is None
            assert all(0.0 < read.confidence < 1.0 for read in line.fields.values())
            assert 0.0 < line.confidence < 1.0
