"""Questions of disclosure: whose eyes (`readers`), what they see (`material`), the facts (`composing`), the words (`telling`)."""

from sild.wings.disclosure.reads.composing import composed, told_before
from sild.wings.disclosure.reads.drawing import drawn
from sild.wings.disclosure.reads.naming import reports_naming
from sild.wings.disclosure.reads.readers import ReportAudience, audience_named, seated_organisations
from sild.wings.disclosure.reads.records import (
    FORMS,
    REPORT,
    ReportRecord,
    ReportRow,
    list_reports,
    may_make,
    report_file,
    report_record,
)
from sild.wings.disclosure.reads.telling import Cover, change_in_words, paper_of, summary_of, title_of

__all__ = [
    "FORMS",
    "REPORT",
    "Cover",
    "ReportAudience",
    "ReportRecord",
    "ReportRow",
    "audience_named",
    "change_in_words",
    "composed",
    "drawn",
    "list_reports",
    "may_make",
    "paper_of",
    "report_file",
    "report_record",
    "reports_naming",
    "seated_organisations",
    "summary_of",
    "title_of",
    "told_before",
]
