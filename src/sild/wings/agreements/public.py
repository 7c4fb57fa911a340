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
    agreements_of_offers,
    agreements_waiting,
    arrived_quantities,
    lines_agreed,
    list_agreements,
    refused_pairs,
    sides_of,
)
from sild.wings.agreements.reads.showing import tells_visibility
from sild.wings.agreements.reads.sides import among_sides
from sild.wings.agreements.rules import QUIET, AgreementSide, AgreementState, SpokenFor, Visibility, Word, unnamed_steps

__all__ = [
    "QUIET",
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
    "Visibility",
    "Word",
    "agreed_quantities",
    "agreement_between",
    "agreements_by_need",
    "agreements_naming",
    "agreements_of_need",
    "agreements_of_offers",
    "agreements_waiting",
    "among_sides",
    "arrived_quantities",
    "lines_agreed",
    "list_agreements",
    "move_agreements",
    "note_arrivals",
    "propose_agreement",
    "redact_agreements",
    "refused_pairs",
    "sides_of",
    "tells_visibility",
    "unnamed_steps",
]
