"""The front door of clearance."""

from sild.wings.clearance.actions import (
    Description,
    Move,
    describe_case,
    erase_cases,
    make_document,
    move_case,
    move_cases,
    open_case,
    redact_cases,
)
from sild.wings.clearance.reads import (
    CaseFilter,
    CaseRow,
    LicenceStand,
    case_board,
    cases_naming,
    cases_of_lines,
    documents_naming,
    find_case,
    licence_stands,
    list_cases,
    taken_together,
)
from sild.wings.clearance.rules import CaseState, PaperKind

__all__ = [
    "CaseFilter",
    "CaseRow",
    "CaseState",
    "Description",
    "LicenceStand",
    "Move",
    "PaperKind",
    "case_board",
    "cases_naming",
    "cases_of_lines",
    "describe_case",
    "documents_naming",
    "erase_cases",
    "find_case",
    "licence_stands",
    "list_cases",
    "make_document",
    "move_case",
    "move_cases",
    "open_case",
    "redact_cases",
    "taken_together",
]
