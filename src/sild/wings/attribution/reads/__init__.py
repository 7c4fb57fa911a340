"""Questions to attribution."""

from sild.wings.attribution.reads.cases import CASE, CaseRow, CaseView, InputRow, case_record, late_inputs, list_cases
from sild.wings.attribution.reads.catalogue import CatalogueRow, NameView, catalogues, knowledge_now, named
from sild.wings.attribution.reads.decision import DecisionRow, DecisionsView, decisions_of
from sild.wings.attribution.reads.dossiers import DOSSIER, FORMS, case_of_dossier, dossier_content, dossier_file, dossiers_of
from sild.wings.attribution.reads.evidence import EVIDENCE, SOURCE, EvidenceRow, EvidenceView, evidence_file, evidence_for, evidence_of
from sild.wings.attribution.reads.hypotheses import HYPOTHESIS, WeighingView, case_of_hypothesis, weighing_of
from sild.wings.attribution.reads.naming import attribution_naming
from sild.wings.attribution.reads.procedure import procedure
from sild.wings.attribution.reads.ranking import SEEN_TRAIT, RankingView, ranking_of
from sild.wings.attribution.reads.round import (
    INVITATION,
    PROPOSAL,
    ROUND,
    SLICE,
    InvitationView,
    RoundView,
    invitation_record,
    invitations_received,
    own_rounds,
    round_record,
    rounds_of_case,
    rounds_waiting,
)
from sild.wings.attribution.reads.tracks import CITED, TracksView, cases_about, cited_incidents, tracks_of

__all__ = [
    "CASE",
    "CITED",
    "DOSSIER",
    "EVIDENCE",
    "FORMS",
    "HYPOTHESIS",
    "INVITATION",
    "PROPOSAL",
    "ROUND",
    "SEEN_TRAIT",
    "SLICE",
    "SOURCE",
    "CaseRow",
    "CaseView",
    "CatalogueRow",
    "DecisionRow",
    "DecisionsView",
    "EvidenceRow",
    "EvidenceView",
    "InputRow",
    "InvitationView",
    "NameView",
    "RankingView",
    "RoundView",
    "TracksView",
    "WeighingView",
    "attribution_naming",
    "case_of_dossier",
    "case_of_hypothesis",
    "case_record",
    "cases_about",
    "catalogues",
    "cited_incidents",
    "decisions_of",
    "dossier_content",
    "dossier_file",
    "dossiers_of",
    "evidence_file",
    "evidence_for",
    "evidence_of",
    "invitation_record",
    "invitations_received",
    "knowledge_now",
    "late_inputs",
    "list_cases",
    "named",
    "own_rounds",
    "procedure",
    "ranking_of",
    "round_record",
    "rounds_of_case",
    "rounds_waiting",
    "tracks_of",
    "weighing_of",
]
