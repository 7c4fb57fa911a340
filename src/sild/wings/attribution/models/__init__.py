"""Tables of attribution."""

from sild.wings.attribution.models.cases import AgencyInput, Case
from sild.wings.attribution.models.dossiers import Dossier
from sild.wings.attribution.models.evidence import Evidence, EvidenceSource, SealedIdentity
from sild.wings.attribution.models.hypotheses import EvidenceRating, Hypothesis

__all__ = ["AgencyInput", "Case", "Dossier", "Evidence", "EvidenceRating", "EvidenceSource", "Hypothesis", "SealedIdentity"]
