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
from sild.wings.clearance.actions.moving import move_cases

__all__ = [
    "LIAISONS",
    "OPENERS",
    "Description",
    "Move",
    "chase_case",
    "describe_case",
    "empty_documents",
    "erase_cases",
    "follow_lines",
    "make_document",
    "move_case",
    "move_cases",
    "open_case",
    "redact_cases",
    "show_documents",
]
