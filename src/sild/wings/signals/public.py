"""The front door of signals."""

from sild.wings.signals.actions import (
    IncidentFacts,
    Weighing,
    mend_incident,
    move_incident,
    record_incident,
    redact_signals,
    tie_incidents,
    weigh_incident,
)
from sild.wings.signals.reads import (
    INCIDENT,
    IncidentFilter,
    IncidentRow,
    IncidentView,
    all_incidents,
    incident_record,
    incident_rows,
    incidents_naming,
    list_incidents,
)
from sild.wings.signals.rules import FACTORS, SECTORS, Degree, IncidentKind, IncidentState, Precision, TieKind, WhyNot

__all__ = [
    "FACTORS",
    "INCIDENT",
    "SECTORS",
    "Degree",
    "IncidentFacts",
    "IncidentFilter",
    "IncidentKind",
    "IncidentRow",
    "IncidentState",
    "IncidentView",
    "Precision",
    "TieKind",
    "Weighing",
    "WhyNot",
    "all_incidents",
    "incident_record",
    "incident_rows",
    "incidents_naming",
    "list_incidents",
    "mend_incident",
    "move_incident",
    "record_incident",
    "redact_signals",
    "tie_incidents",
    "weigh_incident",
]
