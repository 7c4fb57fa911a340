"""Verbs of signals."""

from sild.wings.signals.actions.erasing import redact_signals
from sild.wings.signals.actions.importing import IMPORTERS, import_incidents
from sild.wings.signals.actions.recording import (
    REPORTERS,
    IncidentFacts,
    Weighing,
    mend_incident,
    move_incident,
    record_incident,
    tie_incidents,
    untie_incidents,
    weigh_incident,
)

__all__ = [
    "IMPORTERS",
    "REPORTERS",
    "IncidentFacts",
    "Weighing",
    "import_incidents",
    "mend_incident",
    "move_incident",
    "record_incident",
    "redact_signals",
    "tie_incidents",
    "untie_incidents",
    "weigh_incident",
]
