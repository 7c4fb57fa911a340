"""Reports as people read them: a list by audience, one with its paper, its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from sild.formats.report_docx import write_document
from sild.formats.report_paper import ReportPaper, paper_of_data
from sild.formats.report_pdf import write_pdf
from sild.formats.report_xlsx import write_workbook
from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused
from sild.wings.disclosure.models import Report
from sild.wings.disclosure.rules import ReportState, digest_of

REPORT = "disclosure.Report"
FORMS: Mapping[str, tuple[str, Callable[[ReportPaper], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_document),
    "pdf": ("application/pdf", write_pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook),
}
"""The files of a report: the kind of each and who writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report in a list. `number` None: a draft; `own`: the reader's organisation made it."""

    id: UUID
    version: int
    created_at: datetime
    kind: str
    audience_id: UUID
    audience: str
    language: str
    state: ReportState
    number: int | None
    as_of: date
    since: date | None
    issued_on: date | None
    marking: int
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """One report whole. `paper` is None for the stub that a recall leaves; `changes` are the sentences of what changed."""

    row: ReportRow
    summary: str
    digest: str
    made_by: str
    recalled_why: str
    paper: ReportPaper | None
    audience: Audience


@read
def list_reports(
    actor: Actor, *, audience: UUID | None = None, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[ReportRow], tuple[datetime, UUID] | None]:
    """The reports that the reader may see, the newest first, and the key from which the next page goes on (None at the end)."""
    found = Report.objects.defer("content", "needs", "offers", "agreements", "consignments", "cases", "flows", "terms")
    if audience is not None:
        found = found.filter(audience_id=audience)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    rows = [row_of(actor, one) for one in found.order_by("-created_at", "-id")[: limit + 1]]
    return rows[:limit], (rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None


@read
def report_record(actor: Actor, report_id: UUID) -> ReportRecord:
    """One report. Raises NotThere."""
    one: Report = Report.found(report_id)
    return ReportRecord(
        row=row_of(actor, one),
        summary=one.summary,
        digest=one.digest,
        made_by=one.made_by_name if one.owner_id == actor.organisation else "",
        recalled_why=one.recalled_why,
        paper=paper_of_data(one.content["paper"]) if "paper" in one.content else None,
        audience=audience_of(actor, one),
    )


@read
def report_file(actor: Actor, report_id: UUID, form: str) -> tuple[str, str, bytes]:
    """A report as a file: its name, its kind, its bytes. Raises NotThere, and Refused for what was recalled or is not as it was kept."""
    one: Report = Report.found(report_id)
    if form not in FORMS:
        raise NotThere(_("A report is no such file. Choose docx, pdf or xlsx."))
    if "paper" not in one.content:
        raise Refused(_("This report was recalled: its words are not kept any more."))
    if digest_of(one.content) != one.digest:
        raise Refused(_("This report is not as it was kept: its digest differs. Ask the administrator of the home."))
    kind, write = FORMS[form]
    return f"{_name(one)}.{form}", kind, write(paper_of_data(one.content["paper"]))


def may_make(actor: Actor) -> bool:
    """Whether the actor makes reports."""
    return Role.OFFICER in actor.roles


def row_of(actor: Actor, one: Report) -> ReportRow:
    """A report as lists show it."""
    alike = ("id", "version", "created_at", "kind", "audience_id", "language", "number", "as_of", "since", "issued_on", "marking")
    return ReportRow(
        **{name: getattr(one, name) for name in alike},
        audience=one.audience_name,
        state=ReportState(one.state),
        own=one.owner_id == actor.organisation,
    )


def _name(one: Report) -> str:
    number = f"{one.number}" if one.number else "draft"
    return f"situation-report-{number}-{one.as_of.isoformat()}"
