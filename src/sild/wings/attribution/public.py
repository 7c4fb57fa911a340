"""The front door of attribution."""

from sild.wings.attribution.actions import CaseOpening, NewCase, open_case, redact_attribution
from sild.wings.attribution.models import Case
from sild.wings.attribution.reads import (
    CASE,
    CaseRow,
    DecisionRow,
    DecisionsView,
    EvidenceRow,
    EvidenceView,
    InputRow,
    case_record,
    cases_about,
    decisions_of,
    evidence_for,
    late_inputs,
    list_cases,
    rounds_waiting,
)
from sild.wings.attribution.rules import AttributionState, DecisionKind, EvidenceAudience, InputState

__all__ = [
    "CASE",
    "AttributionState",
    "Case",
    "CaseOpening",
    "CaseRow",
    "DecisionKind",
    "DecisionRow",
    "DecisionsView",
    "EvidenceAudience",
    "EvidenceRow",
    "EvidenceView",
    "InputRow",
    "InputState",
    "NewCase",
    "case_record",
    "cases_about",
    "decisions_of",
    "evidence_for",
    "late_inputs",
    "list_cases",
    "open_case",
    "redact_attribution",
    "rounds_waiting",
]
