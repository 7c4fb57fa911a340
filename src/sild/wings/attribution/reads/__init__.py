"""Questions to attribution."""

from sild.wings.attribution.reads.cases import CASE, CaseRow, CaseView, InputRow, case_record, late_inputs, list_cases
from sild.wings.attribution.reads.naming import attribution_naming
from sild.wings.attribution.reads.procedure import procedure

__all__ = ["CASE", "CaseRow", "CaseView", "InputRow", "attribution_naming", "case_record", "late_inputs", "list_cases", "procedure"]
