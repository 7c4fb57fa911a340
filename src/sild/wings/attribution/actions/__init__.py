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
from sild.wings.attribution.actions.sources import NewSource, SourceSealing, name_source, reveal_source, seal_source
from sild.wings.attribution.actions.tracks import NewOpinion, answer_question, cite_incident, state_position, uncite_incident

__all__ = [
    "OPENERS",
    "WORKERS",
    "CaseOpening",
    "NewCase",
    "NewDecision",
    "NewDossier",
    "NewEvidence",
    "NewInput",
    "NewOpinion",
    "NewSource",
    "SourceSealing",
    "answer_question",
    "ask_input",
    "cite_incident",
    "deliver_input",
    "end_case",
    "enter_evidence",
    "grade_evidence",
    "hand_over_evidence",
    "make_dossier",
    "move_case",
    "name_source",
    "open_case",
    "propose_hypothesis",
    "rate_evidence",
    "recall_dossier",
    "record_decision",
    "redact_attribution",
    "reopen_case",
    "restore_evidence",
    "restore_hypothesis",
    "reveal_source",
    "seal_source",
    "show_evidence",
    "state_position",
    "uncite_incident",
    "waive_input",
    "withdraw_evidence",
    "withdraw_hypothesis",
    "word_hypothesis",
]
