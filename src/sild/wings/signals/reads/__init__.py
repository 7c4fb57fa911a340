"""Questions to signals."""

from sild.wings.signals.reads.calendar import CalendarFilter, calendar_of
from sild.wings.signals.reads.importing import ImportResult, preview_import
from sild.wings.signals.reads.influence import STUDY, StudyQuestion, StudyRow, StudyView, list_studies, study_record
from sild.wings.signals.reads.lists import (
    INCIDENT,
    IncidentFilter,
    IncidentLine,
    IncidentRow,
    all_incidents,
    incident_rows,
    incidents_naming,
    line_of,
    list_incidents,
)
from sild.wings.signals.reads.records import TIE, FactorView, IncidentStep, IncidentView, TieView, incident_record
from sild.wings.signals.reads.statements import (
    STATEMENT,
    StatementFilter,
    StatementLine,
    StatementRow,
    StatementView,
    all_statements,
    list_statements,
    statement_line,
    statement_record,
    statements_naming,
    statements_of,
)

__all__ = [
    "INCIDENT",
    "STATEMENT",
    "STUDY",
    "TIE",
    "CalendarFilter",
    "FactorView",
    "ImportResult",
    "IncidentFilter",
    "IncidentLine",
    "IncidentRow",
    "IncidentStep",
    "IncidentView",
    "StatementFilter",
    "StatementLine",
    "StatementRow",
    "StatementView",
    "StudyQuestion",
    "StudyRow",
    "StudyView",
    "TieView",
    "all_incidents",
    "all_statements",
    "calendar_of",
    "incident_record",
    "incident_rows",
    "incidents_naming",
    "line_of",
    "list_incidents",
    "list_statements",
    "list_studies",
    "preview_import",
    "statement_line",
    "statement_record",
    "statements_naming",
    "statements_of",
    "study_record",
]
