"""The front door of agreements."""

from sild.wings.agreements.actions import Proposal, Saying, move_agreements, propose_agreement, redact_agreements
from sild.wings.agreements.reads import (
    Agreed,
    AgreementRow,
    agreed_quantities,
    agreements_naming,
    agreements_of_need,
    agreements_waiting,
    refused_pairs,
)
from sild.wings.agreements.rules import AgreementState, Side, SpokenFor, Word

__all__ = [
    "Agreed",
    "AgreementRow",
    "AgreementState",
    "Proposal",
    "Saying",
    "Side",
    "SpokenFor",
    "Word",
    "agreed_quantities",
    "agreements_naming",
    "agreements_of_need",
    "agreements_waiting",
    "move_agreements",
    "propose_agreement",
    "redact_agreements",
    "refused_pairs",
]
