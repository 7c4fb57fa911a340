"""Verbs of signals."""

from sild.wings.signals.actions.closing import MOVERS, close_incident_into, close_statement_into
from sild.wings.signals.actions.erasing import redact_signals
from sild.wings.signals.actions.importing import IMPORTERS, import_incidents
from sild.wings.signals.actions.influence import ASKERS, ask_study, end_study, keep_study
from sild.wings.signals.actions.notices import WRITERS as NOTICE_WRITERS
from sild.wings.signals.actions.notices import NewNotice, acknowledge_notice, give_notice, recall_notice
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
from sild.wings.signals.actions.statements import (
    import_statements,
    mend_statement,
    record_statement,
    restore_statement,
    withdraw_statement,
)
from sild.wings.signals.reads.telling import StatementFacts

__all__ = [
    "ASKERS",
    "IMPORTERS",
    "MOVERS",
    "NOTICE_WRITERS",
    "REPORTERS",
    "IncidentFacts",
    "NewNotice",
    "StatementFacts",
    "Weighing",
    "acknowledge_notice",
    "ask_study",
    "close_incident_into",
    "close_statement_into",
    "end_study",
    "give_notice",
    "import_incidents",
    "import_statements",
    "keep_study",
    "mend_incident",
    "mend_statement",
    "move_incident",
    "recall_notice",
    "record_incident",
    "record_statement",
    "redact_signals",
    "restore_statement",
    "tie_incidents",
    "untie_incidents",
    "weigh_incident",
    "withdraw_statement",
]
