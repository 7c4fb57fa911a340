"""Questions to signals."""

from sild.wings.signals.reads.importing import ImportResult, preview_import
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

__all__ = [
    "INCIDENT",
    "TIE",
    "FactorView",
    "ImportResult",
    "IncidentFilter",
    "IncidentLine",
    "IncidentRow",
    "IncidentStep",
    "IncidentView",
    "TieView",
    "all_incidents",
    "incident_record",
    "incident_rows",
    "incidents_naming",
    "line_of",
    "list_incidents",
    "preview_import",
]
