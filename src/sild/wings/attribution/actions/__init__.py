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
from sild.wings.attribution.actions.erasing import redact_attribution
from sild.wings.attribution.actions.inputs import NewInput, ask_input, deliver_input, waive_input

__all__ = [
    "OPENERS",
    "WORKERS",
    "CaseOpening",
    "NewCase",
    "NewInput",
    "ask_input",
    "deliver_input",
    "end_case",
    "move_case",
    "open_case",
    "redact_attribution",
    "reopen_case",
    "waive_input",
]
