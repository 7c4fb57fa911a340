"""What the extraction is asked: one document, the bodies that are known, and, where somebody knows it, who sent the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.values.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionProblem:
    """`sender_body` is the canonical name of the body that sent the document; None lets the method look for it in the document itself.

    `today` dates the days of documents that do not say when they were written.
    """

    document: Document
    bodies: BodyIndex
    sender_body: str | None = None
    today: date | None = None

    def __post_init__(self) -> None:
        names = [part.name for part in self.document.parts]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.document.name}: two parts have one name, so a span could not say where it stands; name each part once")
        if self.sender_body is not None and not self.sender_body.strip():
            raise ValueError(f"{self.document.name}: the sender's body is an empty name; give None where it is not known")
