"""Whose a line is, told by another sentence, an incident, a twin town, a chat's author; bodies and givers that no list holds."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.answer import DraftLine
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, Document, Envelope, Part

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "told_elsewhere.yaml").read_text(encoding="utf-8"))
INDEX = BodyIndex(Body(row["name"], tuple(row["aliases"]), row["country"], row["kind"]) for row in TABLE["parties"])


def lines_of(blocks: list[Block], sender: str = "", subject: str = "") -> tuple[DraftLine, ...]:
    """The lines of a mail, or of a chat where the blocks are turns."""
    envelope = Envelope(sender_name=sender, sender_address="a@b.example", subject=subject, sent_at=datetime(2026, 2, 2, tzinfo=UTC))
    channel = "chat" if blocks[0].kind == "chat" else "mail"
    part = Part(name="body", media="text/plain", blocks=tuple(blocks))
    document = Document(name="m", sha256="0" * 64, format="made", channel=channel, envelope=envelope, parts=(part,))
    return extract(ExtractionProblem(document=document, bodies=INDEX)).lines


def paragraphs(text: str) -> list[Block]:
    """Paragraphs apart by an empty line, points of a list by their dash."""
    pieces = [piece for part in text.split("\n\n") for piece in (part.split("\n") if part.startswith("- ") else [part])]
    return [Block(kind="list-item" if piece.startswith("- ") else "paragraph", text=piece, locator="body") for piece in pieces]


def is_said(meant: str, said: str) -> bool:
    """Whether most of the name's words are said."""
    ours, theirs = set(meant.lower().split()), set(said.lower().split())
    return len(ours & theirs) >= 0.66 * min(len(ours), len(theirs)) or SequenceMatcher(None, meant.lower(), said.lower()).ratio() >= 0.75


@pytest.mark.parametrize("row", [pytest.param(row, id=row["text"][:50]) for row in TABLE["letters"]])
def test_a_letter_tells_elsewhere_whom_its_lines_are_for(row: dict[str, Any]) -> None:
    read = lines_of(paragraphs(row["text"]), row["from"], row.get("subject", ""))
    assert [line.beneficiary for line in read] == row["for"]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["text"][:50]) for row in TABLE["unlisted"]])
def test_a_body_that_no_list_holds_is_named_as_the_text_names_it(row: dict[str, Any]) -> None:
    (line,) = lines_of(paragraphs(row["text"]), row["from"])
    assert not line.beneficiary_known
    assert is_said(row["for"], line.beneficiary_as_written or "") or is_said(row["for"], line.beneficiary or "")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["text"][:40]) for row in TABLE["givers"]])
def test_who_gives_is_kept_although_no_list_holds_them(row: dict[str, Any]) -> None:
    (line,) = lines_of(paragraphs(row["text"]), "Ilze Kalnina")
    assert (line.kind, line.provider) == ("offer", row["by"])


@pytest.mark.parametrize("turns", TABLE["chats"])
def test_who_writes_in_a_chat_is_known_by_a_shortened_name(turns: list[dict[str, Any]]) -> None:
    read = lines_of([Block(kind="chat", text=turn["says"], author=turn["author"], locator="turn") for turn in turns])
    assert [line.beneficiary for line in read] == [turn["for"] for turn in turns if turn["for"] is not None]
