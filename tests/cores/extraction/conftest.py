"""A small desk of invented bodies, and messages made of plain words, for the tests of the extraction core."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from sild.cores.extraction.answer import Extraction
from sild.cores.extraction.check import check
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, BlockKind, Cell, Channel, Document, Envelope, Part

BODIES = (
    Body("Brody Regional Office", ("Бродівське обласне управління", "БОУ"), "UA", "recipient-body"),
    Body("Brody Central Hospital", ("Бродівська центральна лікарня", "Brody hospital"), "UA", "recipient-body", "health"),
    Body("Halych Water Works", ("Галицький водоканал", "Halych waterworks"), "UA", "recipient-body", "water"),
    Body("Norland", ("Норландія",), "NO", "donor-state", "government"),
    Body("Ministry of Foreign Affairs of Norland", ("Norland MFA",), "NO", "donor-state", "foreign affairs"),
    Body("Kettel Systems Ltd", ("Kettel",), "GB", "company"),
    Body("Lantern Foundation", ("Lantern",), "NL", "foundation"),
)
WRITERS = {"needy": "Brody Regional Office", "giver": "Norland", "firm": "Kettel Systems Ltd"}
SENT = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)


@dataclass
class Desk:
    """Reads messages and insists that every reading passes the check."""

    index: BodyIndex = field(default_factory=lambda: BodyIndex(BODIES))

    def read(self, document: Document, sender: str | None = None) -> Extraction:
        """Extract, check, and hand over."""
        extraction = extract(ExtractionProblem(document=document, bodies=self.index, sender_body=sender))
        assert check(document, extraction) == []
        return extraction

    def mail(
        self, *paragraphs: str, sender: str | None = "Brody Regional Office", subject: str = "", quoted: tuple[str, ...] = ()
    ) -> Extraction:
        """A mail of plain paragraphs; a paragraph that begins with "- " is a list item; `quoted` stands below behind ">" marks."""
        blocks = [_paragraph(text) for text in paragraphs] + [_paragraph(text, 1) for text in quoted]
        return self.read(_document("mail", blocks, subject), sender)

    def sheet(self, *rows: tuple[str, ...], sender: str | None = "Brody Regional Office", channel: Channel = "sheet") -> Extraction:
        """A sheet; empty cells are left out, as the formats leave them out."""
        return self.read(_document(channel, [_row(number, row) for number, row in enumerate(rows, 1)]), sender)

    def chat(self, *turns: tuple[str, str]) -> Extraction:
        """A chat: (author, words) per turn."""
        blocks = [
            Block(kind="chat", text=words, locator=f"line {number}", author=author, said_at=SENT)
            for number, (author, words) in enumerate(turns, 1)
        ]
        return self.read(_document("chat", blocks))

    def form(self, **fields: str) -> Extraction:
        """A form with its fields."""
        blocks = [Block(kind="field", text=text, locator=f"field:{name}", name=name) for name, text in fields.items()]
        return self.read(_document("form", blocks))


def _paragraph(text: str, quoted: int = 0) -> Block:
    kind: BlockKind = "list-item" if text.startswith("- ") else "paragraph"
    return Block(kind=kind, text=text, locator="body", quoted=quoted)


def _row(number: int, texts: tuple[str, ...]) -> Block:
    cells = tuple(Cell(column=column, text=text) for column, text in enumerate(texts) if text)
    return Block(kind="row", text=" | ".join(cell.text for cell in cells), locator=f"row {number}", cells=cells, table=1, row=number)


def _document(channel: Channel, blocks: list[Block], subject: str = "") -> Document:
    part = Part(name="body", media="text/plain", blocks=tuple(blocks))
    return Document(
        name="message", sha256="0" * 64, format="made", channel=channel, envelope=Envelope(subject=subject, sent_at=SENT), parts=(part,)
    )


@pytest.fixture(scope="session")
def desk() -> Desk:
    """One desk for all tests: its index of bodies never changes."""
    return Desk()
