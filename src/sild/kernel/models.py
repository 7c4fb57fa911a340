"""The kernel's tables, gathered for the framework."""

from sild.kernel.history import Act, LedgerEntry
from sild.kernel.identity import Mechanism, Member, Organisation

__all__ = ["Act", "LedgerEntry", "Mechanism", "Member", "Organisation"]
