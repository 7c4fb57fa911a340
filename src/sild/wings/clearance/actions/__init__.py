"""Verbs of clearance."""

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
from sild.wings.clearance.actions.documents import empty_documents, make_document, show_documents
from sild.wings.clearance.actions.erasing import erase_cases, redact_cases
from sild.wings.clearance.actions.following import follow_lines
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
    "RAISERS",
    "SPEAKERS",
    "WRITES_FOR_OTHERS",
    "Closing",
    "Description",
    "Move",
    "Raised",
    "begin_silence",
    "chase_case",
    "close_objection",
    "describe_case",
    "empty_documents",
    "erase_cases",
    "follow_line",
    "follow_lines",
    "make_document",
    "move_case",
    "move_cases",
    "object_in_case",
    "open_case",
    "raise_objection",
    "redact_cases",
    "reopen_objection",
    "reply_to_objection",
    "show_documents",
]
