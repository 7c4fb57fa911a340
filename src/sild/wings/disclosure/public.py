"""The front door of disclosure."""

from sild.wings.disclosure.actions import issue_report, make_report, recall_report
from sild.wings.disclosure.reads import ReportRow, list_reports, report_file, report_record
from sild.wings.disclosure.rules import AudienceKind, ReportState

__all__ = [
    "AudienceKind",
    "ReportRow",
    "ReportState",
    "issue_report",
    "list_reports",
    "make_report",
    "recall_report",
    "report_file",
    "report_record",
]
