"""The front door of agreements."""

from sild.wings.agreements.actions import SAYING, Proposal, Saying, move_agreements, note_arrivals, propose_agreement, redact_agreements
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.reads import (
    About,
    Agreed,
    AgreementFilter,
    AgreementRow,
    Hearing,
    agreed_quantities,
    agreement_between,
    agreements_by_need,
    agreements_naming,
    agreements_of_need,
    agreements_waiting,
    arrived_quantities,
    lines_agreed,
    list_agreements,
    refused_pairs,
    sides_of,
)
from sild.wings.agreements.reads.day import desk_day
from sild.wings.agreements.rules import AgreementSide, AgreementState, SpokenFor, Word

__all__ = [
    "SAYING",
    "About",
    "Agreed",
    "Agreement",
    "AgreementFilter",
    "AgreementRow",
    "AgreementSide",
    "AgreementState",
    "Hearing",
    "Proposal",
    "Saying",
    "SpokenFor",
    "Word",
    "agreed_quantities",
    "agreement_between",
    "agreements_by_need",
    "agreements_naming",
    "agreements_of_need",
    "agreements_waiting",
    "arrived_quantities",
    "desk_day",
    "lines_agreed",
    "list_agreements",
    "move_agreements",
    "note_arrivals",
    "propose_agreement",
    "redact_agreements",
    "refused_pairs",
    "sides_of",
]
