"""Questions to clearance."""

from sild.wings.clearance.reads.cases import (
    CASE,
    Board,
    CaseFilter,
    CaseRow,
    CaseView,
    Lane,
    case_board,
    case_record,
    cases_naming,
    cases_of_lines,
    find_case,
    list_cases,
)
from sild.wings.clearance.reads.conditions import Condition, line_conditions
from sild.wings.clearance.reads.day import desk_day
from sild.wings.clearance.reads.documents import DOCUMENT, DocumentRow, document_file, documents_naming, documents_of
from sild.wings.clearance.reads.donations import (
    DONATION,
    DonationRow,
    DonationView,
    donation_record,
    donations_of,
    list_donations,
    refused_donations,
)
from sild.wings.clearance.reads.naming import beside_lines_naming
from sild.wings.clearance.reads.objections import (
    OBJECTION,
    ObjectionFilter,
    ObjectionRow,
    ObjectionView,
    list_objections,
    objection_record,
    objections_of,
    objections_waiting,
    open_objections,
)
from sild.wings.clearance.reads.routes import PastRoute, Typical, past_routes, typical_of
from sild.wings.clearance.reads.stands import LicenceStand, licence_stands, taken_together
from sild.wings.clearance.reads.suggesting import candidates_for, candidates_of

__all__ = [
    "CASE",
    "DOCUMENT",
    "DONATION",
    "OBJECTION",
    "Board",
    "CaseFilter",
    "CaseRow",
    "CaseView",
    "Condition",
    "DocumentRow",
    "DonationRow",
    "DonationView",
    "Lane",
    "LicenceStand",
    "ObjectionFilter",
    "ObjectionRow",
    "ObjectionView",
    "PastRoute",
    "Typical",
    "beside_lines_naming",
    "candidates_for",
    "candidates_of",
    "case_board",
    "case_record",
    "cases_naming",
    "cases_of_lines",
    "desk_day",
    "document_file",
    "documents_naming",
    "documents_of",
    "donation_record",
    "donations_of",
    "find_case",
    "licence_stands",
    "line_conditions",
    "list_cases",
    "list_donations",
    "list_objections",
    "objection_record",
    "objections_of",
    "objections_waiting",
    "open_objections",
    "past_routes",
    "refused_donations",
    "taken_together",
    "typical_of",
]
