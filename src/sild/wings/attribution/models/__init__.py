"""Tables of attribution."""

from sild.wings.attribution.models.cases import AgencyInput, Case
from sild.wings.attribution.models.catalogue import ActorCatalogue, SeenTrait
from sild.wings.attribution.models.decision import Decision
from sild.wings.attribution.models.dossiers import Dossier
from sild.wings.attribution.models.evidence import Evidence, EvidenceSource, SealedIdentity
from sild.wings.attribution.models.hypotheses import EvidenceRating, Hypothesis
from sild.wings.attribution.models.round import CaseRound, Round, RoundAnswer, RoundInvitation, RoundSlice, SliceProposal
from sild.wings.attribution.models.statement import Statement, StatementApproval, StatementVersion
from sild.wings.attribution.models.tracks import BodyPosition, CitedIncident, TrackOpinion

__all__ = [
    "ActorCatalogue",
    "AgencyInput",
    "BodyPosition",
    "Case",
    "CaseRound",
    "CitedIncident",
    "Decision",
    "Dossier",
    "Evidence",
    "EvidenceRating",
    "EvidenceSource",
    "Hypothesis",
    "Round",
    "RoundAnswer",
    "RoundInvitation",
    "RoundSlice",
    "SealedIdentity",
    "SeenTrait",
    "SliceProposal",
    "Statement",
    "StatementApproval",
    "StatementVersion",
    "TrackOpinion",
]
