"""Every piece of evidence in the truth of the sample stands in what was read, at the place that the truth names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sild.formats import read_document
from sild.values.document import Document

ROOT = Path(__file__).resolve().parents[2]
INBOX = ROOT / "src" / "sild" / "sample" / "inbox"
TRUTH = ROOT / "tests" / "corpus" / "truth.jsonl"


@pytest.fixture(scope="module")
def inbox() -> dict[str, Document]:
    return {path.name: read_document(path.name, path.read_bytes()) for path in sorted(INBOX.iterdir())}


def folded(text: str) -> str:
    return " ".join(text.split())


def test_every_file_of_the_sample_is_read(inbox: dict[str, Document]) -> None:
    assert len(inbox) == 119
    assert all(document.warnings == () for document in inbox.values())


def test_all_evidence_stands_at_the_place_that_the_truth_names(inbox: dict[str, Document]) -> None:
    missing = []
    for line in TRUTH.read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        there = [folded(block.text) for _, _, block in inbox[truth["message"]].blocks() if block.locator == truth["locator"]]
        missing += [(truth["id"], piece) for piece in truth["evidence"] if not any(folded(piece) in text for text in there)]
    assert missing == []


def test_of_each_row_all_evidence_stands_in_one_block(inbox: dict[str, Document]) -> None:
    for line in TRUTH.read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        if "row" in truth["locator"] or "!" in truth["locator"]:
            blocks = [block for _, _, block in inbox[truth["message"]].blocks() if block.locator == truth["locator"]]
            assert len(blocks) == 1, truth["id"]
            assert all(folded(piece) in folded(blocks[0].text) for piece in truth["evidence"]), truth["id"]
