"""The front door of attribution."""

from sild.wings.attribution.actions import CaseOpening, NewCase, open_case, redact_attribution
from sild.wings.attribution.models import Case
from sild.wings.attribution.reads import (
    CASE,
    CaseRow,
    EvidenceRow,
    EvidenceView,
    InputRow,
    case_record,
    evidence_for,
    late_inputs,
    list_cases,
)
from sild.wings.attribution.rules import AttributionState, EvidenceAudience, InputState

__all__ = [
    "CASE",
    "AttributionState",
    "Case",
    "CaseOpening",
    "CaseRow",
    "EvidenceAudience",
    "EvidenceRow",
    "EvidenceView",
    "InputRow",
    "InputState",
    "NewCase",
    "case_record",
    "evidence_for",
    "late_inputs",
    "list_cases",
    "open_case",
    "redact_attribution",
]
