"""The front door of attribution."""

from sild.wings.attribution.actions import CaseOpening, NewCase, open_case, redact_attribution
from sild.wings.attribution.models import Case
from sild.wings.attribution.reads import CASE, CaseRow, InputRow, case_record, late_inputs, list_cases
from sild.wings.attribution.rules import AttributionState, InputState

__all__ = [
    "CASE",
    "AttributionState",
    "Case",
    "CaseOpening",
    "CaseRow",
    "InputRow",
    "InputState",
    "NewCase",
    "case_record",
    "late_inputs",
    "list_cases",
    "open_case",
    "redact_attribution",
]
