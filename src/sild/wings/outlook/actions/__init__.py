"""Verbs of outlook."""

from sild.wings.outlook.actions.capacity import SPEAKERS, StatedMonth, state_capacity
from sild.wings.outlook.actions.erasing import redact_terms
from sild.wings.outlook.actions.terms import KEEPERS, NewTerm, end_term, keep_term, renew_term

__all__ = [
    "KEEPERS",
    "SPEAKERS",
    "NewTerm",
    "StatedMonth",
    "end_term",
    "keep_term",
    "redact_terms",
    "renew_term",
    "state_capacity",
]
