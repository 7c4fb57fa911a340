"""Tables of attribution."""

from sild.wings.attribution.models.cases import AgencyInput, Case
from sild.wings.attribution.models.evidence import Evidence, EvidenceSource, SealedIdentity

__all__ = ["AgencyInput", "Case", "Evidence", "EvidenceSource", "SealedIdentity"]
