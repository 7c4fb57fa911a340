"""Reports as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Paging, Reason, Shape, Tlp, Version
from sild.wings.disclosure.rules import AudienceKind, ReportState


class WantedReports(Paging):
    """Which reports: `audience` is the identifier of an organisation, or of the mechanism for what is for all of it."""

    audience: UUID | None = None


class SituationReport(Shape):
    """A report in a list. `number` is null for a draft; it counts the reports of one maker for one audience."""

    id: UUID
    version: int
    kind: AudienceKind
    audience_id: UUID
    audience: str
    language: str
    state: ReportState
    number: int | None
    as_of: date
    since: date | None
    issued_on: date | None
    marking: Tlp


class ReportSection(Shape):
    """A part of a report: sentences, what is listed, tables as heads and rows. A cell is text, a number as a decimal string, or null."""

    heading: str
    sentences: list[str]
    listed: list[str]
    tables: list[dict[str, Any]]


class WholeSituationReport(Shape):
    """A report with its words. `sections` are empty and `recalled_why` says why where it was recalled; `digest` is the SHA-256 of the
    content that is kept."""

    report: SituationReport
    summary: str
    digest: str
    recalled_why: str
    sections: list[ReportSection]


class NewReport(Shape):
    """A report to be made. `organisation` is wanted for the kind "organisation" alone."""

    kind: AudienceKind
    organisation: UUID | None = None
    language: Literal["en", "uk"] = "en"


class ReportAgain(Shape):
    """A draft to be made anew, perhaps in another language ("" for the same)."""

    version: Version
    language: Literal["", "en", "uk"] = ""


class ReportToIssue(Shape):
    """A draft to be issued, with why it goes out (may be empty)."""

    version: Version
    reason: Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$")] = ""


class IssuedNumber(Shape):
    """The number under which a report was issued."""

    number: int


class ReportToRecall(Shape):
    """A report to be recalled, and why: those who have it read the reason."""

    version: Version
    reason: Reason
