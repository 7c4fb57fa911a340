"""Reports for programs: the list, one report, its files, making, making anew, issuing, recalling, dropping."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Query, Router

from sild.formats.report_paper import ReportPaper
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, Download, route
from sild.kernel.shapes import Listed, Made, plain
from sild.wings.disclosure import schemas
from sild.wings.disclosure.actions import MAKERS, drop_report, issue_report, make_report, recall_report, renew_report
from sild.wings.disclosure.reads import REPORT, list_reports, report_file, report_record

router = Router(tags=["reports"])

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"report": REPORT}


@route(router, "get", "/reports", roles=READERS, answer=Listed[schemas.SituationReport])
def list_all_reports(actor: Actor, wanted: Query[schemas.WantedReports]) -> Cut:
    """The situation reports that you may see, the newest first."""
    found, after = list_reports(actor, audience=wanted.audience, after=wanted.key, limit=wanted.limit)
    return Cut(items=[_row(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "post", "/reports", roles=MAKERS, answer=Made)
def make_new_report(actor: Actor, new: schemas.NewReport) -> Made:
    """Make the draft of a report: computed through the access rules, as its audience reads."""
    return Made(id=make_report(actor, new.kind, new.organisation, language=new.language))


@route(router, "get", "/reports/{report}", roles=READERS, answer=schemas.WholeSituationReport, subjects=ONE)
def read_report(actor: Actor, report: UUID) -> schemas.WholeSituationReport:
    """A report with its words, figures and tables."""
    seen = report_record(actor, report)
    told = {name: getattr(seen, name) for name in ("summary", "digest", "recalled_why")}
    return schemas.WholeSituationReport(report=_row(seen.row), sections=_sections(seen.paper), **told)


def _give(form: str, told: str) -> None:
    """A route for each file of a report."""

    def given(actor: Actor, report: UUID) -> Download:
        name, _kind, data = report_file(actor, report, form)
        return Download(name=name, data=data)

    given.__name__, given.__doc__ = f"read_report_{form}", told
    route(router, "get", f"/reports/{{report}}/{form}", roles=READERS, answer=Download, subjects=ONE)(given)


for _form, _told in (("docx", "The report as a Word document."), ("pdf", "The report as a PDF."), ("xlsx", "The report as a workbook.")):
    _give(_form, _told)


@route(router, "post", "/reports/{report}/renewal", roles=MAKERS, answer=None, status=204, subjects=ONE)
def make_report_anew(actor: Actor, report: UUID, told: schemas.ReportAgain) -> None:
    """Make a draft anew from what stands now."""
    renew_report(actor, report, language=told.language, version=told.version)


@route(router, "post", "/reports/{report}/issue", roles=MAKERS, answer=schemas.IssuedNumber, subjects=ONE)
def issue_draft(actor: Actor, report: UUID, told: schemas.ReportToIssue) -> schemas.IssuedNumber:
    """Give a draft its number and show it to its audience. Refused where what it tells has changed since it was made."""
    return schemas.IssuedNumber(number=issue_report(actor, report, version=told.version, reason=told.reason))


@route(router, "post", "/reports/{report}/recall", roles=MAKERS, answer=None, status=204, subjects=ONE)
def recall_issued(actor: Actor, report: UUID, told: schemas.ReportToRecall) -> None:
    """Recall an issued report: its number and the reason stay, its words go."""
    recall_report(actor, report, version=told.version, reason=told.reason)


@route(router, "delete", "/reports/{report}", roles=MAKERS, answer=None, status=204, subjects=ONE)
def drop_draft(actor: Actor, report: UUID) -> None:
    """Drop a draft."""
    drop_report(actor, report)


def _row(row: object) -> schemas.SituationReport:
    return schemas.SituationReport.model_validate({name: getattr(row, name) for name in schemas.SituationReport.model_fields})


def _sections(paper: ReportPaper | None) -> list[schemas.ReportSection]:
    parts = [part for part in paper.parts if not part.sheet_only] if paper is not None else []
    return [
        schemas.ReportSection(
            heading=part.heading,
            sentences=list(part.sentences),
            listed=list(part.listed),
            tables=[
                {"name": one.name, "heads": list(one.heads), "rows": [[_cell(cell) for cell in row] for row in one.rows]}
                for one in part.tables
            ],
        )
        for part in parts
    ]


def _cell(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else cell
