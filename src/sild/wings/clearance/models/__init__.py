"""Tables of clearance."""

from sild.wings.clearance.models.cases import LicenceCase
from sild.wings.clearance.models.documents import CaseDocument

__all__ = ["CaseDocument", "LicenceCase"]
