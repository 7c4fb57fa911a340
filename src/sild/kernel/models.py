"""The kernel's tables, gathered for the framework."""

from sild.kernel.accounts import Account, ApiToken, Invitation
from sild.kernel.casework import Handling, Note
from sild.kernel.grants import Grant
from sild.kernel.history import Act, Change, LedgerEntry
from sild.kernel.identity import Compartment, Mechanism, Member, Organisation
from sild.kernel.lowering import Lowering
from sild.kernel.once import Answered
from sild.kernel.undertaking import Undertaking

__all__ = [
    "Account",
    "Act",
    "Answered",
    "ApiToken",
    "Change",
    "Compartment",
    "Grant",
    "Handling",
    "Invitation",
    "LedgerEntry",
    "Lowering",
    "Mechanism",
    "Member",
    "Note",
    "Organisation",
    "Undertaking",
]
