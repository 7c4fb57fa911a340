"""Verbs of disclosure."""

from sild.wings.disclosure.actions.erasing import redact_reports
from sild.wings.disclosure.actions.following import close_reports
from sild.wings.disclosure.actions.reports import MAKERS, drop_report, issue_report, make_report, recall_report, renew_report

__all__ = ["MAKERS", "close_reports", "drop_report", "issue_report", "make_report", "recall_report", "redact_reports", "renew_report"]
