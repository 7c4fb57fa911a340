"""`sild link`: from a file of extracted lines to a file of links, without a home; and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .telling import refused, told

PARTIES = (
    "canonical_name,names_uk,country,kind,sector,parent\nMinistry,,UA,recipient-body,health,\nHospital,,UA,recipient-body,health,Ministry\n"
)
ROWS = [
    {"id": "1", "kind": "request", "text": "Sixty rugged laptops for deminers.", "quantity": 60, "unit": "laptop", "sent_by": "Hospital"},
    {"id": "2", "kind": "request", "text": "60 rugged laptops for the deminers", "quantity": 60, "unit": "laptop", "sent_by": "Ministry"},
]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(row | {"beneficiary": "Hospital"}) + "\n" for row in ROWS), encoding="utf-8")
    return path


def test_lines_are_linked_from_file_to_file(lines: Path, tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text(PARTIES, encoding="utf-8")
    out = tmp_path / "links.jsonl"
    said = told("link", lines, "--parties", tmp_path / "parties.csv", "--out", out)
    first, second = (json.loads(row) for row in out.read_text(encoding="utf-8").splitlines())
    assert (first["id"], first["relation"]) == ("1", None)
    assert (second["id"], second["need"], second["relation"]) == ("2", first["need"], "same-as")
    assert "2 lines, 1 needs and offers" in said and "1 links" in said
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_bad_line_is_named_and_nothing_is_written(lines: Path, tmp_path: Path) -> None:
    lines.write_text(lines.read_text(encoding="utf-8") + '{"id": "3"}\n', encoding="utf-8")
    assert "lines.jsonl, line 3: kind is missing or empty" in refused("link", lines, "--out", tmp_path / "links.jsonl")
    assert not (tmp_path / "links.jsonl").exists()


def test_files_that_are_not_there_or_are_not_text_are_named(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "links.jsonl"
    assert "nowhere.jsonl cannot be read" in refused("link", tmp_path / "nowhere.jsonl", "--out", out)
    assert "absent.csv cannot be read" in refused("link", lines, "--parties", tmp_path / "absent.csv", "--out", out)
    assert "Make it first" in refused("link", lines, "--out", tmp_path / "no" / "links.jsonl")
    assert "is the file of the lines itself" in refused("link", lines, "--out", lines)
    lines.write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8" in refused("link", lines, "--out", out)
