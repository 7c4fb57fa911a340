"""Verbs of attribution."""

from sild.wings.attribution.actions.cases import (
    OPENERS,
    WORKERS,
    CaseOpening,
    NewCase,
    end_case,
    move_case,
    open_case,
    reopen_case,
)
from sild.wings.attribution.actions.catalogue import IMPORTERS, NewCatalogue, import_catalogue
from sild.wings.attribution.actions.decision import NewDecision, record_decision
from sild.wings.attribution.actions.dossiers import NewDossier, make_dossier, recall_dossier
from sild.wings.attribution.actions.erasing import redact_attribution
from sild.wings.attribution.actions.evidence import (
    NewEvidence,
    enter_evidence,
    grade_evidence,
    hand_over_evidence,
    restore_evidence,
    show_evidence,
    withdraw_evidence,
)
from sild.wings.attribution.actions.hypotheses import (
    propose_hypothesis,
    rate_evidence,
    restore_hypothesis,
    withdraw_hypothesis,
    word_hypothesis,
)
from sild.wings.attribution.actions.inputs import NewInput, ask_input, deliver_input, waive_input
from sild.wings.attribution.actions.letting_out import NewSlice, decline_slice, let_out_slice, propose_slice, recall_slice
from sild.wings.attribution.actions.ranking import NewSeenTrait, see_trait, unsee_trait
from sild.wings.attribution.actions.round import (
    NewAnswer,
    NewRound,
    answer_round,
    invite_state,
    move_t_hour,
    open_round,
    recall_invitation,
    show_joint_text,
    write_joint_text,
)
from sild.wings.attribution.actions.sources import NewSource, SourceSealing, name_source, reveal_source, seal_source
from sild.wings.attribution.actions.tracks import NewOpinion, answer_question, cite_incident, state_position, uncite_incident

__all__ = [
    "IMPORTERS",
    "OPENERS",
    "WORKERS",
    "CaseOpening",
    "NewAnswer",
    "NewCase",
    "NewCatalogue",
    "NewDecision",
    "NewDossier",
    "NewEvidence",
    "NewInput",
    "NewOpinion",
    "NewRound",
    "NewSeenTrait",
    "NewSlice",
    "NewSource",
    "SourceSealing",
    "answer_question",
    "answer_round",
    "ask_input",
    "cite_incident",
    "decline_slice",
    "deliver_input",
    "end_case",
    "enter_evidence",
    "grade_evidence",
    "hand_over_evidence",
    "import_catalogue",
    "invite_state",
    "let_out_slice",
    "make_dossier",
    "move_case",
    "move_t_hour",
    "name_source",
    "open_case",
    "open_round",
    "propose_hypothesis",
    "propose_slice",
    "rate_evidence",
    "recall_dossier",
    "recall_invitation",
    "recall_slice",
    "record_decision",
    "redact_attribution",
    "reopen_case",
    "restore_evidence",
    "restore_hypothesis",
    "reveal_source",
    "seal_source",
    "see_trait",
    "show_evidence",
    "show_joint_text",
    "state_position",
    "uncite_incident",
    "unsee_trait",
    "waive_input",
    "withdraw_evidence",
    "withdraw_hypothesis",
    "word_hypothesis",
    "write_joint_text",
]
