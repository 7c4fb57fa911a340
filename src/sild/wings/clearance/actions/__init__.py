"""Verbs of clearance."""

from sild.wings.clearance.actions.attaching import CameFile, attach_file, detach_file
from sild.wings.clearance.actions.cases import (
    LIAISONS,
    OPENERS,
    Description,
    Move,
    chase_case,
    describe_case,
    move_case,
    open_case,
)
from sild.wings.clearance.actions.conditions import TELLERS, tell_condition
from sild.wings.clearance.actions.documents import empty_documents, make_document, show_documents
from sild.wings.clearance.actions.donations import (
    POSITIONED,
    PREPARERS,
    Outcome,
    Position,
    Precedent,
    Prepared,
    cite_precedent,
    decide_donation,
    describe_donation,
    prepare_donation,
    reopen_donation,
    state_position,
)
from sild.wings.clearance.actions.erasing import erase_cases, redact_cases
from sild.wings.clearance.actions.following import follow_lines
from sild.wings.clearance.actions.handovers import Answer, answer_handover, hand_over, rule_line
from sild.wings.clearance.actions.line_bound import follow_line
from sild.wings.clearance.actions.moving import move_cases
from sild.wings.clearance.actions.objections import (
    RAISERS,
    SPEAKERS,
    WRITES_FOR_OTHERS,
    Closing,
    Raised,
    begin_silence,
    close_objection,
    object_in_case,
    raise_objection,
    reopen_objection,
    reply_to_objection,
)

__all__ = [
    "LIAISONS",
    "OPENERS",
    "POSITIONED",
    "PREPARERS",
    "RAISERS",
    "SPEAKERS",
    "TELLERS",
    "WRITES_FOR_OTHERS",
    "Answer",
    "CameFile",
    "Closing",
    "Description",
    "Move",
    "Outcome",
    "Position",
    "Precedent",
    "Prepared",
    "Raised",
    "answer_handover",
    "attach_file",
    "begin_silence",
    "chase_case",
    "cite_precedent",
    "close_objection",
    "decide_donation",
    "describe_case",
    "describe_donation",
    "detach_file",
    "empty_documents",
    "erase_cases",
    "follow_line",
    "follow_lines",
    "hand_over",
    "make_document",
    "move_case",
    "move_cases",
    "object_in_case",
    "open_case",
    "prepare_donation",
    "raise_objection",
    "redact_cases",
    "reopen_donation",
    "reopen_objection",
    "reply_to_objection",
    "rule_line",
    "show_documents",
    "state_position",
    "tell_condition",
]
