"""Questions to agreements."""

from sild.wings.agreements.reads.agreed import (
    Agreed,
    agreed_quantities,
    agreement_between,
    agreements_naming,
    arrived_quantities,
    lines_agreed,
    refused_pairs,
)
from sild.wings.agreements.reads.records import (
    AGREEMENT,
    AgreementFilter,
    AgreementRow,
    AgreementView,
    Step,
    agreement_record,
    agreements_waiting,
    list_agreements,
)
from sild.wings.agreements.reads.sides import About, Hearing, sides_of
from sild.wings.agreements.reads.subjects import Candidate, NeedAgreements, agreements_by_need, agreements_of_need, agreements_of_offers

__all__ = [
    "AGREEMENT",
    "About",
    "Agreed",
    "AgreementFilter",
    "AgreementRow",
    "AgreementView",
    "Candidate",
    "Hearing",
    "NeedAgreements",
    "Step",
    "agreed_quantities",
    "agreement_between",
    "agreement_record",
    "agreements_by_need",
    "agreements_naming",
    "agreements_of_need",
    "agreements_of_offers",
    "agreements_waiting",
    "arrived_quantities",
    "lines_agreed",
    "list_agreements",
    "refused_pairs",
    "sides_of",
]
