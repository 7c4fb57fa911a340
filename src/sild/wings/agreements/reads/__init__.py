"""Questions to agreements."""

from sild.wings.agreements.reads.agreed import Agreed, agreed_quantities, agreement_between, agreements_naming, refused_pairs
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
from sild.wings.agreements.reads.sides import agreement_readers, sides_of
from sild.wings.agreements.reads.subjects import Candidate, NeedAgreements, agreements_of_need

__all__ = [
    "AGREEMENT",
    "Agreed",
    "AgreementFilter",
    "AgreementRow",
    "AgreementView",
    "Candidate",
    "NeedAgreements",
    "Step",
    "agreed_quantities",
    "agreement_between",
    "agreement_readers",
    "agreement_record",
    "agreements_naming",
    "agreements_of_need",
    "agreements_waiting",
    "list_agreements",
    "refused_pairs",
    "sides_of",
]
